"""When things happen: every hour of three years, weighed by weekday, season and darkness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.clock import DEFAULT_ZONE, Week
from geo.demo import steady
from geo.settings import categories
from geo.sun import altitude_deg

if TYPE_CHECKING:
    from numpy.typing import NDArray

LAST_WEEK = Week(2026, 47)
WEEKS = 156
DARK_BELOW_DEG = -6.0
DARK_ODDS = 1.35
"""Planted: outdoor events of the kinds that darkness may matter to, dark over not dark."""

# Weight of each clock hour 00-23, and of Monday-Sunday (operative days), by rhythm.
_RHYTHMS: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "nightlife": ((9, 8, 6, 3, 1, .5, .3, .3, .4, .5, .7, 1, 1.3, 1.4, 1.5, 1.8, 2, 2.2, 2.6, 3.2,
                   4, 5, 7, 9), (1, 1, 1.2, 1.5, 3.2, 3.6, 1.2)),
    "evening": ((2, 1.2, .7, .4, .3, .3, .5, .8, 1, 1.2, 1.5, 2, 2.3, 2.5, 3, 4, 4.5, 4.6, 5, 5.4,
                 5.2, 4.8, 4, 3), (1, 1, 1.1, 1.2, 1.7, 1.6, 1.1)),
    "night": ((5, 5, 5, 4, 3, 1.6, .8, .7, .8, .9, 1, 1, 1.1, 1.1, 1.2, 1.4, 1.6, 1.8, 2, 2.4, 3,
               3.8, 4.6, 5), (1, 1, 1, 1.1, 1.6, 1.6, 1.2)),
    "day": ((.3, .2, .2, .2, .2, .3, .8, 1.5, 2.4, 3, 3.4, 3.8, 4, 4, 4, 4.2, 4.4, 4, 3, 2, 1.4, 1,
             .7, .5), (1.2, 1.1, 1.1, 1.2, 1.3, 1, .7)),
    "shop": ((0, 0, 0, 0, 0, 0, 0, 0, 0, .5, 1, 1.2, 1.4, 1.5, 2, 3.4, 5.5, 6.5, 6, 4, 1, 0, 0, 0),
             (1, 1, 1, 1.1, 1.3, 1.4, .9)),
}  # fmt: skip
RHYTHM_OF = {
    "violence_public": "nightlife", "robbery": "nightlife", "sexual_harassment": "nightlife",
    "threat": "evening", "weapon_object": "evening", "arson_fire": "night", "burglary": "night",
    "vehicle_crime": "night", "theft": "day", "drug_dealing": "evening",
    "substance_use": "evening", "disorder": "nightlife", "gathering": "evening",
    "vandalism": "night", "graffiti": "night", "reckless_driving": "evening", "noise": "nightlife",
    "unlocked_building": "evening", "staff_incident": "day", "other": "day",
}  # fmt: skip
"""Which rhythm each category keeps."""
# Height of the yearly wave, and the day of the year it peaks.
_SEASONS = {"reckless_driving": (0.45, 170), "noise": (0.4, 190), "burglary": (0.3, 330),
            "gathering": (0.25, 160), "vehicle_crime": (0.15, 310)}  # fmt: skip
_USUAL_SEASON = (0.08, 180)


@dataclass(frozen=True, slots=True)
class Hours:
    """
    The hours that incidents can fall in.

    Parameters
    ----------
    start
        First moment, UTC.
    clock, day, of_year
        Local clock hour, operative weekday (Monday 0) and day of the year of each hour.
    dark
        Whether the sun is more than six degrees below the horizon at its middle.
    """

    start: pd.Timestamp
    clock: NDArray[np.int64]
    day: NDArray[np.int64]
    of_year: NDArray[np.int64]
    dark: NDArray[np.bool_]

    @classmethod
    def of_period(cls, *, lon_deg: float, lat_deg: float) -> Hours:
        """
        Lay out the three years.

        Parameters
        ----------
        lon_deg, lat_deg
            Where the sun is looked at from.

        Returns
        -------
        Hours
            Every hour from the first Monday 06:00 to the last.
        """
        start = pd.Timestamp(LAST_WEEK.shift(1 - WEEKS).start())
        end = pd.Timestamp(LAST_WEEK.end())
        moments = pd.date_range(start, end, freq="h", inclusive="left")
        local = moments.tz_convert(DEFAULT_ZONE)
        operative = (local.tz_localize(None) - pd.Timedelta(hours=6)).day_of_week
        height = altitude_deg(moments + pd.Timedelta(minutes=30), lon_deg=lon_deg, lat_deg=lat_deg)
        return cls(
            start,
            local.hour.to_numpy(np.int64),
            operative.to_numpy(np.int64),
            local.day_of_year.to_numpy(np.int64),
            height < DARK_BELOW_DEG,
        )

    def __len__(self) -> int:
        """Count the hours."""
        return len(self.clock)

    def at(self, moment: str | pd.Timestamp) -> int:
        """
        Give the number of the hour a moment lies in.

        Parameters
        ----------
        moment
            Aware, or local text.

        Returns
        -------
        int
            Hours since the start.
        """
        stamp = pd.Timestamp(moment)
        stamp = stamp if stamp.tzinfo else stamp.tz_localize(DEFAULT_ZONE)
        return int((stamp - self.start) / pd.Timedelta(hours=1))

    def weights(self, category: str, *, rhythm: str = "", darkness: bool) -> NDArray[np.float64]:
        """
        Weigh the hours for a category.

        Parameters
        ----------
        category
            One of ours.
        rhythm
            Another rhythm than the category's own.
        darkness
            Whether darkness matters.

        Returns
        -------
        numpy.ndarray
            Shape (hours,), not normalised.
        """
        of_hour, of_day = _RHYTHMS[rhythm or RHYTHM_OF[category]]
        out = np.array(of_hour)[self.clock] * np.array(of_day)[self.day]
        height, peak = _SEASONS.get(category, _USUAL_SEASON)
        out *= 1 + height * steady.cos(2 * np.pi * (self.of_year - peak) / 365.25)
        if darkness and categories()[category].dark == "yes":
            out *= np.where(self.dark, DARK_ODDS, 1.0)
        return np.asarray(out, float)

    def draw(self, weights: NDArray[np.float64], n: int, *, rng: np.random.Generator) -> pd.Series:
        """
        Draw moments.

        Parameters
        ----------
        weights
            Shape (hours,).
        n
            How many.
        rng
            Source of chance.

        Returns
        -------
        pandas.Series
            UTC, to the minute, shape (n,).
        """
        total = np.cumsum(weights)
        hour = np.searchsorted(total, rng.random(n) * total[-1], side="right")
        minute = hour * 60 + rng.integers(0, 60, n)
        moments = self.start + pd.to_timedelta(minute, unit="min")
        return pd.Series(pd.DatetimeIndex(moments).as_unit("us"))
