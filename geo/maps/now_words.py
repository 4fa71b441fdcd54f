"""The words of what is raised just now: alarms with how rare chance makes them, dated advice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.maps import dates, swedish
from geo.maps.sentences import expected_label
from geo.maps.swedish import DASH
from geo.maps.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPELLS = {
    7.0: ("senaste veckan", "in the last week"),
    14.0: ("senaste två veckorna", "in the last two weeks"),
    28.0: ("senaste fyra veckorna", "in the last four weeks"),
}
_TELLING = 0.5  # a ratio to less than half a pair says nothing to anyone
RAREST_WEEKS = 999.5
"""What 999 shuffles, scanned weekly, cannot tell from anything rarer."""


def signal_sentence(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say one row of the frame ``signals``.

    Parameters
    ----------
    row
        Kind, category, n, expected, recurrence_weeks, radius_m, days and last_day.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One or two sentences, without the name of the place.
    """
    return repeat_sentence(row, lang=lang) if row["kind"] == "near_repeat" else _alarm(row, lang)


def repeat_sentence(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say where and until when the risk is raised.

    Parameters
    ----------
    row
        A near repeat of the frame ``signals``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One sentence with kind, reach and last day.

    Examples
    --------
    >>> from datetime import datetime
    >>> row = {"category": "burglary", "radius_m": 200.0, "last_day": datetime(2026, 12, 3)}
    >>> repeat_sentence(row).replace(chr(160), " ")
    'Inbrott: förhöjd risk inom 200 m till och med tor 3 dec.'
    """
    kind = word("category", row["category"], lang=lang)
    reach = f"{swedish.number(row['radius_m'], lang=lang)}{swedish.NBSP}m"
    last = dates.day(row["last_day"], lang=lang)
    if lang == "sv":
        return f"{kind}: förhöjd risk inom {reach} till och med {last}."
    return f"{kind}: raised risk within {reach} until and including {last}."


def _alarm(row: Mapping[str, Any], lang: str) -> str:
    """Say how many, how many were expected, and how rarely chance alone does as much."""
    at = 0 if lang == "sv" else 1
    days = swedish.number(row["days"], lang=lang)
    odd = (f"senaste {days} dagarna", f"in the last {days} days")
    spell = _SPELLS.get(float(row["days"]), odd)[at]
    expected = expected_label(row["expected"], lang=lang)
    wait = swedish.number(math.floor(row["recurrence_weeks"]), lang=lang)
    rarest = row["recurrence_weeks"] >= RAREST_WEEKS
    if lang == "sv":
        events = swedish.plural(row["n"], "händelse", "händelser")
        head = f"{events} {spell}, väntat {expected}"
        if row["kind"] == "unsure":
            return f"{head}: för få för att avgöra om det är mer än slump."
        often = "mer sällan än " if rarest else ""
        return f"{head}. Av ren slump larmar någon plats så starkt {often}en gång på {wait} veckor."
    events = swedish.plural(row["n"], "event", "events", lang=lang)
    head = f"{events} {spell}, expected {expected}"
    if row["kind"] == "unsure":
        return f"{head}: too few to tell it from chance."
    often = "less than " if rarest else ""
    return f"{head}. Chance alone makes some place ring as loudly {often}once in {wait} weeks."


def verdict_sentence(told: Mapping[str, Any], *, numbers: bool, lang: str = "sv") -> str:
    """
    Say whether events of one kind are followed by more near by, and what that rests on.

    Parameters
    ----------
    told
        One of the run's tested kinds.
    numbers
        Whether the role may be told the count of pairs.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One or two sentences.
    """
    at = 0 if lang == "sv" else 1
    kind = word("category", told["category"], lang=lang)
    reach = swedish.number(told["radius_m"], lang=lang) + swedish.NBSP + "m"
    days = swedish.number(told["days"], lang=lang)
    text = _VERDICTS[told["verdict"]][at].format(kind=kind, reach=reach, days=days)
    if not numbers or told["expected"] is None or told["expected"] < _TELLING:
        return f"{text}."
    ratio, low, high = (swedish.number(told[k], decimals=1, lang=lang)
                        for k in ("ratio", "low", "high"))  # fmt: skip
    pairs, weeks = (swedish.number(told[k], lang=lang) for k in ("pairs", "weeks"))
    n = swedish.plural(told["n"], *(("händelse", "händelser"), ("event", "events"))[at], lang=lang)
    expected = expected_label(told["expected"], lang=lang)
    basis = _BASIS[at].format(pairs=pairs, expected=expected, ratio=ratio,
                              span=f"{low}{DASH}{high}", n=n, weeks=weeks)  # fmt: skip
    return f"{text} ({basis})."


_VERDICTS = {
    "raised": (
        "{kind}: en händelse följs av fler inom {reach} under {days} dagar, oftare än av slump",
        "{kind}: one event is followed by more within {reach} for {days} days, beyond chance",
    ),
    "not_raised": (
        "{kind}: inget tyder på att en händelse följs av fler inom {reach} och {days} dagar",
        "{kind}: nothing suggests that an event is followed by more within {reach} and {days} days",
    ),
    "cannot_tell": (
        "{kind}: går inte att avgöra om en händelse följs av fler inom {reach} och {days} dagar",
        "{kind}: cannot tell whether an event is followed by more within {reach} and {days} days",
    ),
}
_BASIS = (
    "{pairs} par mot väntade {expected}; {ratio} gånger, 95 %: {span}; {n} på {weeks} veckor",
    "{pairs} pairs against {expected} expected; {ratio} times, 95%: {span}; {n} in {weeks} weeks",
)
