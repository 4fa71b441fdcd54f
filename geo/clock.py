"""Time: UTC inside, the profile's zone at the door, weeks from Monday 06:00."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from geo.errors import ClockError
from geo.quarters import place, place_by_quarters

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_ZONE = "Europe/Stockholm"
DAY_STARTS_AT = 6  # the operativt dygn runs 06-06: Saturday 01:30 is Friday night
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@lru_cache(maxsize=32)
def zone(name: str) -> ZoneInfo:
    """
    Look up a time zone by its IANA name.

    Parameters
    ----------
    name
        For example ``"Europe/Stockholm"``.

    Returns
    -------
    ZoneInfo
        The zone.

    Raises
    ------
    ClockError
        If there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        msg = f"there is no time zone called {name!r}."
        raise ClockError(msg, expected="an IANA name", fix="write Europe/Stockholm") from None


def local_to_utc(values: pd.Series, *, timezone: str) -> tuple[pd.Series, pd.Series, pd.Series]:
    """
    Place naive local times on the UTC line, and tell which could not be.

    A clock time inside the spring gap never happened and becomes NaT. One in
    the autumn fold happened twice; the earlier (summer time) is taken, and the
    row is marked so that nobody reads the hour as certain.

    Parameters
    ----------
    values
        Naive datetimes, shape (n,); NaT allowed.
    timezone
        IANA name of the zone the clock showed.

    Returns
    -------
    utc : pandas.Series
        ``datetime64[us, UTC]``, same index; NaT where missing or in a gap.
    in_gap : pandas.Series
        bool: a time that the clocks skipped.
    in_fold : pandas.Series
        bool: a time that the clocks showed twice.

    Raises
    ------
    ClockError
        If the values already carry a zone, or the zone is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> night = pd.Series(pd.to_datetime(["2026-03-29 02:30", "2026-10-25 02:30"]))
    >>> utc, in_gap, in_fold = local_to_utc(night, timezone="Europe/Stockholm")
    >>> list(in_gap), list(in_fold), utc[1].isoformat()
    ([True, False], [False, True], '2026-10-25T00:30:00+00:00')
    """
    if getattr(values.dtype, "tz", None) is not None:
        msg = "local times must be naive: they already carry a zone."
        raise ClockError(msg, found=str(values.dtype), fix="convert them with tz_convert instead")
    tz = zone(timezone)
    naive = values.astype("datetime64[us]")
    return place_by_quarters(naive, tz=tz) or place(naive, tz=tz)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """
    An operative week: Monday 06:00 to Monday 06:00, local time.

    Parameters
    ----------
    year, number
        ISO year and ISO week of the Monday it starts on.

    Examples
    --------
    >>> week = Week.parse("2026-W47")
    >>> week.start(timezone="Europe/Stockholm").isoformat()
    '2026-11-16T05:00:00+00:00'
    >>> str(week.shift(-47))
    '2025-W52'
    """

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Week:
        """
        Read ``2026-W47``.

        Parameters
        ----------
        text
            ISO year and week.

        Returns
        -------
        Week
            The week.

        Raises
        ------
        ClockError
            If the text is not a week, or the year has no such week.
        """
        match = _WEEK.fullmatch(text.strip())
        year, number = (int(match[1]), int(match[2])) if match else (0, 0)
        try:
            date.fromisocalendar(year, number, 1)
        except ValueError:
            msg = f"{text!r} is not a week."
            raise ClockError(msg, expected="such as 2026-W47", fix="write YEAR-Wnn") from None
        return cls(year, number)

    @classmethod
    def of(cls, moment: datetime, *, timezone: str = DEFAULT_ZONE) -> Week:
        """
        Find the operative week a moment belongs to.

        Parameters
        ----------
        moment
            An aware datetime.
        timezone
            IANA name of the local zone.

        Returns
        -------
        Week
            Monday 05:59 local still belongs to the week before.

        Raises
        ------
        ClockError
            If the moment is naive.
        """
        day = operative_date(moment, timezone=timezone)
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @property
    def monday(self) -> date:
        """The date of the Monday it starts on."""
        return date.fromisocalendar(self.year, self.number, 1)

    def start(self, *, timezone: str = DEFAULT_ZONE) -> datetime:
        """
        Give the first moment of the week.

        Parameters
        ----------
        timezone
            IANA name of the local zone.

        Returns
        -------
        datetime
            Monday 06:00 local, in UTC.
        """
        monday = self.monday
        local = datetime(
            monday.year, monday.month, monday.day, DAY_STARTS_AT, tzinfo=zone(timezone)
        )
        return local.astimezone(UTC)

    def end(self, *, timezone: str = DEFAULT_ZONE) -> datetime:
        """
        Give the first moment after the week.

        Parameters
        ----------
        timezone
            IANA name of the local zone.

        Returns
        -------
        datetime
            The next Monday 06:00 local, in UTC; 167 or 169 hours later when
            the clocks change.
        """
        return self.shift(1).start(timezone=timezone)

    def shift(self, weeks: int) -> Week:
        """
        Move by whole weeks.

        Parameters
        ----------
        weeks
            How many; negative is earlier.

        Returns
        -------
        Week
            The week that many Mondays away.
        """
        year, number, _ = (self.monday + timedelta(weeks=weeks)).isocalendar()
        return Week(year, number)

    def __str__(self) -> str:
        """Write it as it is read."""
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def label(self) -> str:
        """What a Swede calls it: ``v. 47``."""
        return f"v.\u00a0{self.number}"


def operative_date(moment: datetime, *, timezone: str = DEFAULT_ZONE) -> date:
    """
    Give the date of the operativt dygn a moment belongs to.

    Parameters
    ----------
    moment
        An aware datetime.
    timezone
        IANA name of the local zone.

    Returns
    -------
    date
        The local date, where 00:00-05:59 belongs to the day before.

    Raises
    ------
    ClockError
        If the moment is naive.
    """
    if moment.tzinfo is None:
        msg = "a moment without a time zone cannot be placed in a week."
        raise ClockError(msg, found=moment.isoformat(), fix="attach a zone, or UTC, to it")
    local = moment.astimezone(zone(timezone))
    day = local.date()
    return day if local.hour >= DAY_STARTS_AT else day - timedelta(days=1)


def week_starts(values: pd.Series, *, timezone: str = DEFAULT_ZONE) -> pd.Series:
    """
    Give each moment the Monday its operative week starts on.

    Parameters
    ----------
    values
        Aware datetimes, shape (n,); NaT stays NaT.
    timezone
        IANA name of the local zone.

    Returns
    -------
    pandas.Series
        Naive midnights of the Mondays, ``datetime64[us]``, same index.
    """
    import pandas as pd

    naive = values.dt.tz_convert(zone(timezone)).dt.tz_localize(None)
    shifted = (naive - pd.Timedelta(hours=DAY_STARTS_AT)).dt.normalize()
    return shifted - pd.to_timedelta(shifted.dt.day_of_week, unit="D")
