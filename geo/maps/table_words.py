"""Cells of a table in words: what a code, a list or a mapping tells the one who reads a sheet."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.clock import Week
from geo.maps import dates, swedish
from geo.maps.headings import HEADINGS, heading
from geo.maps.hours import slots_label, slots_of, when
from geo.maps.reasons import caveat_text
from geo.maps.words import WORDS, word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_VOCABULARIES: Mapping[str, str] = MappingProxyType(
    {
        "certainty": "certainty",
        "confidence": "certainty",
        "light_source": "light_source",
        "flux_basis": "flux_basis",
        "found_by": "found_by",
        "state": "report_state",
        "channel": "channel",
        "level": "area_level",
        "kind": "area_kind",
        "basis": "type_basis",
        "events_count": "type_events",
        "felt_count": "type_felt",
        "typed_light": "type_light",
    }
)
"""Column without a column of words beside it -> the words of its codes."""
_QUARTERS = ((0, 6), (6, 12), (12, 18), (18, 24))
_MORNING = 6  # rows of a profile begin in the morning


def in_words(name: str, value: Any, *, lang: str = "sv") -> Any:
    """
    Say a cell in words.

    Parameters
    ----------
    name
        The column.
    value
        What it holds: a code, a list of codes, counts by kind, hours, reasons, or anything else.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    Any
        A text; a number or a time is given back as it is, and what is missing as None.

    Examples
    --------
    >>> in_words("light_source", "hps"), in_words("flags", ["time_unknown"])
    ('högtrycksnatrium', 'klockslaget saknas')
    >>> in_words("categories", [{"category": "theft", "n": 3}])
    'Stöld, tillgrepp: 3'
    """
    if swedish.missing(value):
        return None
    if isinstance(value, bool) or type(value).__name__ in {"bool_", "bool"}:
        return ("ja" if value else "nej") if lang == "sv" else ("yes" if value else "no")
    if said := _TELLERS.get(name):
        return said(value, lang)
    if isinstance(value, str) and name in _VOCABULARIES:
        pair = WORDS[_VOCABULARIES[name]].get(value)
        return value if pair is None else pair[lang != "sv"]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def told_as(name: str) -> str:
    """
    Give the name of the column that the words of a code belong under.

    Parameters
    ----------
    name
        A column of codes.

    Returns
    -------
    str
        The column of words where one has a heading, else the same.

    Examples
    --------
    >>> told_as("certainty"), told_as("found_by")
    ('certainty_label', 'found_by')
    """
    label = f"{name}_label"
    coded = ", kod" in HEADINGS.get(name, ("",))[0]
    return label if coded and label in HEADINGS else name


def _tally(kind: str) -> Callable[[Any, str], str]:
    """Say counts by kind, as a list of mappings or one mapping."""

    def told(value: Any, lang: str) -> str:
        rows = [{kind: key, "n": n} for key, n in value.items()] if isinstance(value, dict) else (
            value)  # fmt: skip
        return "; ".join(
            f"{word('category', row[kind], lang=lang) if kind == 'category' else row[kind]}: "
            f"{_count(row['n'], lang)}"
            for row in rows
        )

    return told


def _count(n: Any, lang: str) -> str:
    """Write a count, with a decimal where intervals share it out; a hidden one in words."""
    if swedish.missing(n):
        return swedish.count(None, lang=lang)
    return swedish.number(n, decimals=0 if round(n, 1) == int(n) else 1, lang=lang)


def _peak(value: Any, lang: str) -> str:
    """Say how many of the timed events the hours with most hold."""
    found = when({"peak_hours": value}, lang=lang)
    timed = swedish.count(found["n_timed"], lang=lang)
    if found["n"] is None:
        return str(found["label"])
    n = swedish.number(found["n"], lang=lang)
    if lang == "sv":
        return f"{found['label']}: {n} av {timed} med känt klockslag"
    return f"{found['label']}: {n} of {timed} with a known hour"


def _profile(value: Any, lang: str) -> str:
    """Say 7 x 24 counts as one a day from six to six, and one a quarter of the day."""
    by_day = [f"{dates.weekdays([at], lang=lang)} {_count(sum(row), lang)}"
              for at, row in enumerate(value)]  # fmt: skip
    hours = [sum(row[hour] for row in value) for hour in range(24)]
    by_quarter = [f"{dates.hours(start + _MORNING, end + _MORNING)} "
                  f"{_count(sum(hours[start:end]), lang)}"
                  for start, end in _QUARTERS]  # fmt: skip
    return f"{' · '.join(by_day)}; {' · '.join(by_quarter)}"


def _reasons(value: Any, lang: str) -> str:
    """Say the reasons of a recommendation, a sentence each."""
    from geo.measures.words import reason_text

    return " ".join(f"{swedish.capital(reason_text(row, lang=lang))}." for row in value)


def _flags(value: Any, lang: str) -> str:
    """Say the doubts about a row."""
    from geo.maps.quality import words as doubts

    return "; ".join(doubts.word(doubts.DOUBTS, code, lang=lang) for code in value)


def _assumed(value: Any, lang: str) -> str:
    """Name the columns whose values are assumed."""
    return ", ".join(heading(code, lang=lang) for code in value)


def _rule(value: Any, lang: str) -> str:
    """Name a rule."""
    from geo.measures.words import rule_label

    return swedish.capital(rule_label(value, lang=lang))


def _method(value: Any, lang: str) -> str:
    """Name a method; its title is Swedish."""
    from geo.hotspots import METHODS

    return METHODS[value].title if lang == "sv" and value in METHODS else value


def _week(value: Any, lang: str) -> str:
    """Write a week with its year."""
    return dates.week_label(Week.parse(value), lang=lang, year=True)


_TELLERS: Mapping[str, Callable[[Any, str], str]] = MappingProxyType(
    {
        "categories": _tally("category"),
        "sources": _tally("actor"),
        "caveat": lambda value, lang: caveat_text(value, lang=lang),
        "caveats": lambda value, lang: " ".join(caveat_text(code, lang=lang) for code in value),
        "peak_hours": _peak,
        "window": lambda value, lang: slots_label(slots_of(value), lang=lang),
        "profile": _profile,
        "reasons": _reasons,
        "flags": _flags,
        "assumed": _assumed,
        "rule": _rule,
        "method": _method,
        "list_week": _week,
        "scored_week": _week,
    }
)
"""Column -> what says a value of it."""
