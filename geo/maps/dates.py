"""Dates, weeks and hours as they are written on a Swedish page (and an English one)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.clock import DEFAULT_ZONE, Week, zone
from geo.maps.swedish import DASH, NBSP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

_DAYS = {
    "sv": ("mån", "tis", "ons", "tor", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = {
    "sv": ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
MIDNIGHT = 24


def day(moment: datetime | date, *, lang: str = "sv", weekday: bool = True) -> str:
    """
    Write a date: ``fre 20 nov``.

    Parameters
    ----------
    moment
        A local date or datetime.
    lang
        ``"sv"`` or ``"en"``.
    weekday
        Whether the day of the week stands first.

    Returns
    -------
    str
        The date, without its year.
    """
    text = f"{moment.day}{NBSP}{_MONTHS[lang][moment.month - 1]}"
    return f"{_DAYS[lang][moment.weekday()]} {text}" if weekday else text


def local(moment: datetime, *, timezone: str = DEFAULT_ZONE) -> datetime:
    """
    Take a moment to the local clock.

    Parameters
    ----------
    moment
        Aware datetime.
    timezone
        IANA name of the local zone.

    Returns
    -------
    datetime
        The same moment, local.
    """
    return moment.astimezone(zone(timezone))


def day_and_time(moment: datetime, *, timezone: str = DEFAULT_ZONE, lang: str = "sv") -> str:
    """
    Write a moment: ``mån 16 nov 06:00``.

    Parameters
    ----------
    moment
        Aware datetime.
    timezone
        IANA name of the local zone.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Local date and 24-hour time.
    """
    there = local(moment, timezone=timezone)
    return f"{day(there, lang=lang)} {there:%H:%M}"


def week_label(week: Week, *, lang: str = "sv", year: bool = False) -> str:
    """
    Write a week: ``v. 47``.

    Parameters
    ----------
    week
        The week.
    lang
        ``"sv"`` or ``"en"``.
    year
        Whether the year is added.

    Returns
    -------
    str
        The week as it is said.
    """
    text = week.label if lang == "sv" else f"week{NBSP}{week.number}"
    return f"{text} {week.year}" if year else text


def weeks_label(span: tuple[Week, Week], *, lang: str = "sv") -> str:
    """
    Write a span of weeks: ``v. 34–46``.

    Parameters
    ----------
    span
        First and last week.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One week when they are the same; years when they differ.
    """
    first, last = span
    if first == last:
        return week_label(last, lang=lang)
    if first.year != last.year:
        told = (week_label(w, lang=lang, year=True) for w in span)
        return f" {DASH} ".join(told)
    return f"{week_label(first, lang=lang)}{DASH}{last.number}"


def hours(start: int, end: int) -> str:
    """
    Write a span of hours: ``21–02``.

    Parameters
    ----------
    start, end
        Hours of the clock; 24 and more count on past midnight.

    Returns
    -------
    str
        Two figures each.
    """
    return f"{start % 24:02d}{DASH}{MIDNIGHT if end == MIDNIGHT else end % 24:02d}"  # midnight


def weekdays(days: Sequence[int], *, lang: str = "sv") -> str:
    """
    Write weekdays, runs joined: ``fre–lör``, ``mån, ons``.

    Parameters
    ----------
    days
        0 is Monday.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        In the order of the week; all seven are "alla dagar".
    """
    wanted = sorted({d % 7 for d in days})
    if len(wanted) == len(_DAYS[lang]):
        return "alla dagar" if lang == "sv" else "every day"
    runs: list[list[int]] = []
    for d in wanted:
        if runs and runs[-1][-1] == d - 1:
            runs[-1].append(d)
        else:
            runs.append([d])
    names = _DAYS[lang]
    short = [
        names[run[0]] if len(run) == 1 else f"{names[run[0]]}{DASH}{names[run[-1]]}" for run in runs
    ]
    return ", ".join(short)
