"""Codes of rules, reasons and caveats turned into Swedish and English."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.intervals import binomial_interval
from geo.measures.catalog import RULES
from geo.measures.phrases import ADVICE, CAVEATS, REASONS
from geo.measures.rules import is_missing

if TYPE_CHECKING:
    from collections.abc import Mapping

_NBSP = "\u00a0"


def rule_label(code: str, *, lang: str = "sv") -> str:
    """
    Name a rule.

    Parameters
    ----------
    code
        A key of `RULES`.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        A few words, lower case.
    """
    return RULES[code].sv if lang == "sv" else RULES[code].en


def advice_text(code: str, *, lang: str = "sv") -> str:
    """
    Say what a rule recommends.

    Parameters
    ----------
    code
        A key of `RULES`.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One sentence without a full stop.

    Examples
    --------
    >>> advice_text("presence")
    'Var på plats'
    """
    return ADVICE[code][_at(lang)]


def caveat_text(code: str, *, lang: str = "sv") -> str:
    """
    Say what could make a recommendation wrong.

    Parameters
    ----------
    code
        A key of `CAVEATS`.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One or two sentences.
    """
    return CAVEATS[code][_at(lang)]


def reason_text(reason: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say one reason with its numbers, or without those that may not be told.

    Parameters
    ----------
    reason
        ``code``, ``value``, ``unit`` and ``n`` of a recommendation's reason;
        a hidden number is None.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        A clause without capital or full stop.

    Examples
    --------
    >>> reason_text({"code": "lamps_faulty", "value": 3, "unit": "lamps", "n": 7})
    'släckta ljuspunkter: 3 av 7'
    >>> reason_text({"code": "lamps_faulty", "value": None, "unit": "lamps", "n": None})
    'släckta ljuspunkter'
    """
    told, bare = REASONS[reason["code"]]
    value: Any
    n: Any
    value, n = reason.get("value"), reason.get("n")
    pattern = told[_at(lang)]
    if is_missing(value) or ("{n}" in pattern and is_missing(n)):
        return bare[_at(lang)]
    unit = "time" if reason["code"] == "target_days" else str(reason.get("unit"))
    return pattern.format(
        value=_amount(value, unit, lang=lang),
        n="" if n is None else _number(n, lang=lang),
        span=_span(value, n, lang=lang) if unit == "share" and n is not None else "",
    )


def duration(days: float, *, lang: str = "sv") -> str:
    """
    Write a length of time in whole days, or in hours where it is less than one.

    Parameters
    ----------
    days
        The days.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        A number and its unit.

    Examples
    --------
    >>> duration(30), duration(1 / 24)
    ('30 dygn', '1 timme')
    """
    n, short = (round(days), False) if days >= 1 else (max(1, round(24 * days)), True)
    one, many = {
        ("sv", False): ("dygn", "dygn"), ("sv", True): ("timme", "timmar"),
        ("en", False): ("day", "days"), ("en", True): ("hour", "hours"),
    }[lang, short]  # fmt: skip
    return f"{_number(n, lang=lang)} {one if n == 1 else many}"


def _at(lang: str) -> int:
    """Position of a language in a pair."""
    return 0 if lang == "sv" else 1


def _amount(value: Any, unit: str, *, lang: str) -> str:
    """Write a value as its unit asks."""
    if isinstance(value, str):
        return value
    if unit == "share":
        percent = _number(round(value * 100), lang=lang)
        return f"{percent}{_NBSP}%" if lang == "sv" else f"{percent}%"
    if unit == "time":
        return duration(value, lang=lang)
    if unit in {"ratio", "lx"}:
        return _number(round(value, 1), lang=lang, decimals=1)
    return _number(round(value), lang=lang)


def _span(share: float, n: float, *, lang: str) -> str:
    """Write the exact 95 % limits of a share of `n`, both rounded outwards."""
    low, high = binomial_interval([min(share, 1.0) * n], [n])
    ends = (math.floor(100 * low[0] + 1e-9), math.ceil(100 * high[0] - 1e-9))
    percent = f"{_NBSP}%" if lang == "sv" else "%"
    return f"{ends[0]}\u2013{ends[1]}{percent}"


def _number(value: float, *, lang: str, decimals: int = 0) -> str:
    """Write a number with decimal comma in Swedish."""
    text = f"{value:.{decimals}f}"
    return text.replace(".", ",") if lang == "sv" else text
