"""Numbers, counts and lists as they are written on a Swedish page (and an English one)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

THIN = "\u202f"  # narrow and unbreakable: between thousands
NBSP = "\u00a0"
DASH = "\u2013"
ARROW = "\u2192"
MINUS = "\u2212"

_NUMBERS = {
    "sv": (
        "noll",
        "en",
        "två",
        "tre",
        "fyra",
        "fem",
        "sex",
        "sju",
        "åtta",
        "nio",
        "tio",
        "elva",
        "tolv",
    ),
    "en": (
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
}
_FEW = {"sv": "färre än {limit}", "en": "fewer than {limit}"}


def number(value: float, *, decimals: int = 0, lang: str = "sv") -> str:
    """
    Write a number: decimal comma, thin space between thousands.

    Parameters
    ----------
    value
        A finite number.
    decimals
        How many decimals.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        For example ``"1 234,5"`` with a thin space.

    Examples
    --------
    >>> number(0.5, decimals=1), number(-3)
    ('0,5', '−3')
    """
    whole = math.floor(abs(value) * 10**decimals + 0.5) / 10**decimals
    text = f"{whole:,.{decimals}f}"
    if lang == "sv":
        text = text.replace(",", THIN).replace(".", ",")
    return f"{MINUS}{text}" if value < 0 and whole else text


def count(value: float | None, *, limit: int = 5, lang: str = "sv") -> str:
    """
    Write a count, or that it is too small to tell.

    Parameters
    ----------
    value
        The count; missing means hidden because it is small.
    limit
        The smallest count that is told.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        For example ``"14"`` or ``"färre än 5"``.
    """
    if missing(value) or value is None:
        return _FEW[lang].format(limit=limit)
    return number(value, lang=lang)


def missing(value: Any) -> bool:
    """
    Tell whether a scalar is missing (None, NaN, NaT, NA).

    Parameters
    ----------
    value
        Anything out of a frame.

    Returns
    -------
    bool
        True when there is no value.
    """
    if isinstance(value, list | dict | tuple):
        return False
    return value is None or str(value) in {"nan", "NaT", "<NA>", "None"}


def plural(n: float | None, one: str, many: str, *, lang: str = "sv") -> str:
    """
    Write a count with its noun in the right form.

    Parameters
    ----------
    n
        The count; missing means hidden because it is small.
    one, many
        The noun for one, and for any other count.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        For example ``"1 händelse"``, ``"färre än 5 händelser"``.
    """
    noun = one if n == 1 else many
    return f"{count(n, lang=lang)}{NBSP}{noun}"


def counting_word(n: int, *, neuter: bool = False, lang: str = "sv") -> str:
    """
    Write a small number as a word.

    Parameters
    ----------
    n
        Zero or more; above twelve it is written in figures.
    neuter
        ``ett`` instead of ``en``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        For example ``"fem"``.
    """
    if n == 1 and neuter and lang == "sv":
        return "ett"
    words = _NUMBERS[lang]
    return words[n] if 0 <= n < len(words) else number(n, lang=lang)


def percent(share: float, *, lang: str = "sv") -> str:
    """
    Write a share as per cent.

    Parameters
    ----------
    share
        0-1.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        For example ``"78 %"``.
    """
    return f"{number(share * 100, lang=lang)}{NBSP if lang == 'sv' else ''}%"


def length(metres: float, *, lang: str = "sv") -> str:
    """
    Write a length: whole metres below a kilometre, else kilometres with a decimal.

    Parameters
    ----------
    metres
        Zero or more.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``"33 m"`` or ``"71,1 km"``, with a no-break space.

    Examples
    --------
    >>> length(33.2).replace("\N{NO-BREAK SPACE}", " ")
    '33 m'
    """
    if round(metres) < 1000:
        return f"{number(metres, lang=lang)}{NBSP}m"
    return f"{number(metres / 1000, decimals=1, lang=lang)}{NBSP}km"


def joined(parts: Sequence[str], *, lang: str = "sv") -> str:
    """
    Join parts as in speech: ``a, b och c``.

    Parameters
    ----------
    parts
        What to join.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        The list in words.
    """
    if len(parts) < 2:  # a list of one needs no joint
        return "".join(parts)
    link = "och" if lang == "sv" else "and"
    return f"{', '.join(parts[:-1])} {link} {parts[-1]}"


def capital(text: str) -> str:
    """
    Begin a sentence with a capital and leave the rest.

    Parameters
    ----------
    text
        A sentence.

    Returns
    -------
    str
        The same, first letter upper case.
    """
    return text[:1].upper() + text[1:]
