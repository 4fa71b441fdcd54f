"""Dates and times as people write them, taken apart strictly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import IngestError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan januari january", "feb februari february", "mar mars march", "apr april",
         "maj may", "jun juni june", "jul juli july", "aug augusti august",
         "sep sept september", "okt oktober oct october", "nov november",
         "dec december"), start=1)
    for name in names.split()
}  # fmt: skip
_WEEKDAY = re.compile(
    r"^(?:mån|tis|ons|tors?|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun)[a-zåäö]*\.?,? (?=\d)"
)
_TIME = (
    r"(?:(?:t|,? (?:kl\.? ?)?)(?P<H>\d{1,2})[:.](?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?)?"
)
_OFFSET = r"(?: ?(?P<offset>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2}))?"
_SHAPES = tuple(
    re.compile(shape + _TIME + _OFFSET)
    for shape in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<a>\d{1,2})(?P<sign>[-/.])(?P<b>\d{1,2})(?:(?P=sign)| )(?P<y>\d{4}|\d{2})",
        r"(?:den )?(?P<d>\d{1,2})[. -]{1,2}(?P<word>[a-zåäö]{3,9})\.?[ -](?P<y>\d{4}|\d{2})",
        r"(?P<word>[a-z]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})",
        r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<y>\d{4})-(?P<m>\d{2})",
        r"(?P<y>(?:19|20)\d{2})",
    )
)
_PACKED = re.compile(r"((?:19|20)\d{6})[ t]?(\d{2})(\d{2})(\d{2})?")
_CLOCK = re.compile(r"(?P<H>\d{1,2})(?:[:.](?P<M>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?| ?h)?")
_MONTHS_A_YEAR = 12
_NO_OFFSET = -(10**6)


@dataclass(frozen=True)
class Parts:
    """
    Written moments, taken apart; arrays of shape (n,).

    Parameters
    ----------
    moment
        ``datetime64[us]`` as the clock showed; NaT when unreadable.
    offset_min
        Minutes east of UTC that the text states; `has_offset` tells where.
    has_offset
        Whether the text states one.
    has_time
        Whether a time of day is written.
    by_month, by_year
        Only a month or only a year is written.
    """

    moment: NDArray[np.datetime64]
    offset_min: NDArray[np.int64]
    has_offset: NDArray[np.bool_]
    has_time: NDArray[np.bool_]
    by_month: NDArray[np.bool_]
    by_year: NDArray[np.bool_]


def take_apart(words: list[str], *, date_order: str | None, column: str) -> Parts:
    """
    Read written moments, each different text once.

    Parameters
    ----------
    words
        Texts; ISO, Swedish ("20/11 2026 kl. 21:30", "20 november 2026"),
        American with `date_order`, compact ("202611202130"), month or year.
    date_order
        "dmy" or "mdy" for 03/04/2026; None lets the column decide, by any
        value that can be read one way only.
    column
        What the column is called; used in the error.

    Returns
    -------
    Parts
        One entry a text.

    Raises
    ------
    IngestError
        If 03/04/2026 could be read both ways throughout.
    """
    found = [_match(word) for word in words]
    order = _order(found, given=date_order, column=column)
    n = len(words)
    numbers = np.zeros((n, 6), dtype="int64")
    offset = np.full(n, _NO_OFFSET, dtype="int64")
    has_time, by_month, by_year, good = (np.zeros(n, dtype=bool) for _ in range(4))
    for at, part in enumerate(found):
        if part is None:
            continue
        read = _numbers(part, order=order)
        if read is None:
            continue
        good[at] = True
        numbers[at] = read
        has_time[at] = part.get("H") is not None
        by_year[at] = not ({"m", "a", "word"} & part.keys())
        by_month[at] = not by_year[at] and part.get("d") is None and "a" not in part
        offset[at] = _minutes(part.get("offset"))
    moment = compose(numbers.T)
    moment[~good] = np.datetime64("NaT")
    stated = offset != _NO_OFFSET
    return Parts(moment, np.where(stated, offset, 0), stated, has_time, by_month, by_year)


def compose(parts: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """
    Make moments of their parts; parts that make no date give NaT.

    Parameters
    ----------
    parts
        Year, month, day, hour, minute, second: shape (6, n); 24:00 is
        midnight after.

    Returns
    -------
    numpy.ndarray
        ``datetime64[us]``, shape (n,).
    """
    year, month, day, hour, minute, second = parts
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    seconds = hour * 3600 + minute * 60 + second
    good = (
        (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
        & (days.astype("datetime64[M]") == months)
        & (hour >= 0) & (minute >= 0) & (minute < 60) & (second >= 0) & (second < 60)
        & (seconds <= 86_400)
    )  # fmt: skip
    moment = days.astype("datetime64[us]") + seconds.astype("timedelta64[s]")
    moment[~good] = np.datetime64("NaT")
    out: NDArray[np.datetime64] = moment
    return out


def clock_text(text: str) -> str | None:
    """
    Write a time of day as HH:MM, from "21:30", "21.30", "2130" or a bare hour.

    Parameters
    ----------
    text
        The cell, trimmed; "" for none.

    Returns
    -------
    str or None
        "" when empty, None when it is no time of day.

    Examples
    --------
    >>> clock_text("kl 21.30"), clock_text("7"), clock_text("0730"), clock_text("x")
    ('21:30', '07:00', '07:30', None)
    """
    bare = re.sub(r"^kl\.? ?", "", text.casefold())
    if not bare:
        return ""
    if re.fullmatch(r"\d{3,4}", bare):
        bare = f"{bare[:-2]}:{bare[-2:]}"
    found = _CLOCK.fullmatch(bare)
    return None if found is None else f"{int(found['H']):02d}:{found['M'] or '00'}"


def _match(word: str) -> dict[str, str] | None:
    """Find the shape a text has; only the groups that took part."""
    text = _WEEKDAY.sub("", " ".join(word.casefold().split()))
    packed = _PACKED.fullmatch(text)
    if packed is not None:
        clock = ":".join(part for part in packed.groups()[1:] if part)
        text = f"{packed[1]} {clock}"
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if found is not None:
            return {k: v for k, v in found.groupdict().items() if v is not None}
    return None


def _order(found: list[dict[str, str] | None], *, given: str | None, column: str) -> str:
    """Decide whether the day or the month comes first in this column."""
    if given is not None:
        return given
    pairs = [(int(p["a"]), int(p["b"]), p["sign"]) for p in found if p is not None and "a" in p]
    pairs = [p for p in pairs if p[0] != p[1] and min(p[:2]) <= _MONTHS_A_YEAR]
    day_first = any(a > _MONTHS_A_YEAR for a, _, _ in pairs)
    month_first = any(b > _MONTHS_A_YEAR for _, b, _ in pairs)
    if day_first != month_first:
        return "dmy" if day_first else "mdy"
    if not pairs or (not month_first and all(sign == "." for _, _, sign in pairs)):
        return "dmy"  # points between are written day first everywhere
    state = "some values fit only the one order, some only the other" if day_first else (
        "every value fits both orders"
    )  # fmt: skip
    msg = f"dates in column {column!r} could be day first or month first."
    fix = 'add date_order = "dmy" or date_order = "mdy" to the mapping'
    raise IngestError(msg, found=state, expected="one order", fix=fix)


def _numbers(part: dict[str, str], *, order: str) -> list[int] | None:
    """Year to second; None when a word is no month or an hour no hour."""
    year = int(part["y"])
    if len(part["y"]) == 2:
        year += 2000 if year < 70 else 1900
    if "a" in part:
        first, second = int(part["a"]), int(part["b"])
        day, month = (first, second) if order == "dmy" else (second, first)
    elif "word" in part:
        day, month = int(part["d"]), MONTHS.get(part["word"], 0)
    else:
        day, month = int(part.get("d", 1)), int(part.get("m", 1))
    hour = int(part.get("H", 0))
    if "half" in part:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if part["half"] == "p" else 0)
    return [year, month, day, hour, int(part.get("M", 0)), int(part.get("S", 0))]


def _minutes(text: str | None) -> int:
    """Minutes east of UTC; a mark for none."""
    if text is None:
        return _NO_OFFSET
    if text in {"z", "utc", "gmt"}:
        return 0
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return -minutes if text[0] == "-" else minutes
