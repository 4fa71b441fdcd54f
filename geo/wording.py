"""
What an error says to people in Swedish.

Code speaks English: an error is raised with an English sentence, and `str(error)` and tracebacks
stay English. The doors (command line, pages) ask here for the same words in Swedish. The catalogue
``errors.sv.toml`` pairs an English template with a Swedish one; an error's text is recognised by
its template, so that nothing is asked of the place that raises it. What the catalogue does not
know is said in English: a missing translation never hides what is wrong.
"""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral, Real
from string import Formatter
from typing import TYPE_CHECKING, Any

from geo.settings import data_dir

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.errors import LagesbildError

CATALOGUE = "errors.sv.toml"
LANGUAGES = ("sv", "en")
TABLES = {  # where a text is looked up, in this order
    "problems": ("problems", "foreign"),
    "fixes": ("fixes",),
    "values": ("values", "problems", "foreign"),
    "words": ("words", "foreign"),
    "foreign": ("foreign",),
}
_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_KINDS = {
    "": r".*?",  # any text, kept as it is
    "d": r"-?\d[\d,]*",  # a whole number
    "g": r"-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?",  # a number
    "%": r"\d+(?:\.\d+)?%",  # a share
    "q": _QUOTED,  # a word in Python's quotation marks
    "w": r".*?",  # a text that has Swedish of its own among the words
}
_LISTED = re.compile(rf"(?:{_QUOTED})(?:, (?:{_QUOTED}))*")
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One line of the catalogue.

    Parameters
    ----------
    english
        Template; a placeholder is ``{name}`` or ``{name:kind}``.
    swedish
        Template with the same names.
    pattern
        Recognises a text that the English template made.
    kinds
        Name of a placeholder -> its kind: "" any text, d a whole number, g a number,
        % a share, q a quoted word, w a text with Swedish of its own.
    weight
        How many characters of the English stand fast: the closer template wins.
    """

    english: str
    swedish: str
    pattern: re.Pattern[str]
    kinds: Mapping[str, str]
    weight: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """
    An error in one language.

    Parameters
    ----------
    problem
        What is wrong, a sentence.
    facts
        Name as in the code -> what was found and expected.
    fix
        What the reader can do.
    """

    problem: str
    facts: dict[str, str]
    fix: str


@lru_cache(maxsize=1)
def catalogue() -> dict[str, tuple[Entry, ...]]:
    """
    Read the catalogue.

    Returns
    -------
    dict
        Name of a table -> its entries, the closest template first.
    """
    raw = _raw()
    return {
        table: tuple(sorted((_entry(*pair) for pair in raw[table].items()),
                            key=lambda entry: (-entry.weight, len(entry.kinds))))
        for table in TABLES
    }  # fmt: skip


def names() -> dict[str, str]:
    """
    Give what facts are called in Swedish.

    Returns
    -------
    dict
        Name in the code -> word on the screen.
    """
    return dict(_raw()["names"])


def find(text: str, *, table: str) -> tuple[Entry, dict[str, str]] | None:
    """
    Recognise an English text.

    Parameters
    ----------
    text
        What an error says.
    table
        What kind of text it is: problems, fixes, values, words or foreign.

    Returns
    -------
    tuple or None
        The entry and what its placeholders hold; None for a text it does not know.
    """
    for name in TABLES[table]:
        for entry in catalogue()[name]:
            match = entry.pattern.fullmatch(text)
            if match and not any(_BETWEEN in held for held in match.groups()):
                return entry, match.groupdict()
    return None


def swedish(text: str, *, table: str) -> str:
    """
    Say a text in Swedish; one that is not known stays as it is.

    Parameters
    ----------
    text
        English. Several texts joined by semicolons are looked up one by one.
    table
        What kind of text it is: problems, fixes, values, words or foreign.

    Returns
    -------
    str
        Swedish where the catalogue has it.
    """
    if found := find(text, table=table):
        entry, held = found
        return entry.swedish.format_map({n: _held(v, entry.kinds[n]) for n, v in held.items()})
    if _BETWEEN not in text:
        return text
    return _BETWEEN.join(swedish(part, table=table) for part in text.split(_BETWEEN))


def speak(error: LagesbildError, *, lang: str = "sv") -> Spoken:
    """
    Say an error in a language.

    Parameters
    ----------
    error
        Any of ours.
    lang
        ``sv``, or ``en`` for its own words.

    Returns
    -------
    Spoken
        What it says.
    """
    if lang != "sv":
        facts = {name: str(value) for name, value in error.facts.items()}
        return Spoken(error.problem, facts, error.fix)
    return Spoken(
        swedish(error.problem, table="problems"),
        {name: value_text(value) for name, value in error.facts.items()},
        swedish(error.fix, table="fixes"),
    )


def value_text(value: Any) -> str:
    """
    Write a fact as Swedes write it.

    Parameters
    ----------
    value
        A text, a number, a list or a table of those.

    Returns
    -------
    str
        With decimal comma, and spaces in thousands from 10 000 on.

    Examples
    --------
    >>> value_text([0.5, 1200, "none"])
    '0,5, 1200, inget'
    """
    if value is None or isinstance(value, str):
        return swedish("none" if value is None else value, table="values")
    if isinstance(value, dict):
        return ", ".join(f"{key} {value_text(held)}" for key, held in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(value_text, value))
    if isinstance(value, Real) and not isinstance(value, bool):
        return _number(str(int(value)) if isinstance(value, Integral) else f"{float(value):.12g}")
    return str(value)


@lru_cache(maxsize=1)
def _raw() -> dict[str, dict[str, str]]:
    """Read the file."""
    raw: dict[str, dict[str, str]] = tomllib.loads(
        (data_dir() / CATALOGUE).read_text(encoding="utf-8")
    )
    return raw


def _entry(english: str, swedish_: str) -> Entry:
    """Make a line of the catalogue ready to recognise texts."""
    pattern, kinds, weight = "", {}, 0
    for literal, name, kind, _ in Formatter().parse(english):
        pattern += re.escape(literal)
        weight += len(literal)
        if name is not None:
            again = name in kinds
            kinds[name] = kind or ""
            pattern += f"(?P={name})" if again else f"(?P<{name}>{_KINDS[kind or '']})"
    return Entry(english, swedish_, re.compile(pattern, re.DOTALL), kinds, weight)


def _held(text: str, kind: str) -> str:
    """Write what a placeholder holds."""
    if kind in {"d", "g"}:
        return _number(text)
    if kind == "%":
        return f"{_number(text[:-1])}\u00a0%"
    if kind == "w":
        return swedish(text, table="words")
    if _LISTED.fullmatch(text):
        return re.sub(_QUOTED, lambda word: f"”{ast.literal_eval(word[0])}”", text)
    return text


def _number(text: str) -> str:
    """Write a number: decimal comma, and spaces in thousands where there are five digits."""
    whole, dot, rest = text.replace(",", "").partition(".")
    if whole.lstrip("-").isdigit() and len(whole.lstrip("-")) > 4:
        whole = f"{int(whole):,}".replace(",", "\u00a0")
    return f"{whole}{',' if dot else ''}{rest}"
