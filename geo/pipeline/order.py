"""What an analysis is asked for, and the name its answer gets."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from geo import __version__
from geo.clock import Week
from geo.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame

    from geo.store import Store


USUAL_WEEKS, FEWEST_WEEKS, MOST_WEEKS = 52, 4, 520
_EARLY = 0.005
_TIMES = (
    ("incidents", "occurred_from"),
    ("faults", "reported_at"),
    ("reports", "received_at"),
)
"""What decides the latest week, the first of these that has any time."""


@dataclass(frozen=True, slots=True)
class Order:
    """
    An analysis to make.

    Parameters
    ----------
    week
        The operative week it is for, as ``2026-W47``; the period ends with it.
    weeks
        Length of the period.
    seed
        Seed of every random draw.
    methods
        Other methods to lay beside the picture, from `geo.pipeline.compared.comparable`.
    """

    week: str
    weeks: int = USUAL_WEEKS
    seed: int = 1
    methods: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a period that cannot be compared with anything."""
        Week.parse(self.week)
        if not FEWEST_WEEKS <= self.weeks <= MOST_WEEKS:
            msg = f"the period must be {FEWEST_WEEKS} to {MOST_WEEKS} weeks."
            raise AnalysisError(msg, found=self.weeks, fix="pass --weeks 52")

    def table(self) -> dict[str, Any]:
        """
        Write the order as a run keeps it.

        Returns
        -------
        dict
            Week, weeks and seed; methods where any is asked for, so that a plain order has the
            name it always had.
        """
        told = asdict(self)
        return (
            told | {"methods": list(self.methods)}
            if self.methods
            else {name: value for name, value in told.items() if name != "methods"}
        )

    def run_id(
        self, *, content: dict[str, str], former: str | None, said: Mapping[str, Any] | None = None
    ) -> str:
        """
        Name the run by everything its answer depends on, and by nothing else.

        Parameters
        ----------
        content
            Fingerprint of every frame read; it comes back when a load is
            undone, and with it the run.
        former
            The run that places are followed from.
        said
            What the municipality says that is not the product's own choice: service, classes,
            photometric files. Nothing where it says nothing.

        Returns
        -------
        str
            16 hexadecimal digits; no clock inside.
        """
        table: dict[str, Any] = {
            "order": self.table(),
            "content": content,
            "former": former,
            "version": __version__,
        } | ({"said": said} if said else {})
        text = json.dumps(table, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def latest_week(store: Store, *, timezone: str) -> Week:
    """
    Find the latest operative week with incidents, or of what else there is.

    Parameters
    ----------
    store
        An open store.
    timezone
        The municipality's zone.

    Returns
    -------
    Week
        The week of the last incident; without incidents, that of the last fault report or
        report of feeling unsafe; without those too, that of the last load.

    Raises
    ------
    AnalysisError
        If nothing is loaded that an analysis could be of.
    """
    for name, column in _TIMES:
        times = store.read(name)[column].dropna()
        if not times.empty:
            return Week.of(times.max().to_pydatetime(), timezone=timezone)
    if all(store.read(name).empty for name in ("incidents", "lamps", "streets")):
        msg = "there are no incidents, lamps or streets to analyse."
        raise AnalysisError(msg, fix="load a file first: lagesbild load incidents FILE --map MAP")
    if not store.read("incidents").empty:
        msg = "no incident has a time, so nobody can say which week to analyse."
        raise AnalysisError(
            msg, fix="pass a week, as --week 2026-W47, or load incidents with times"
        )
    last = store.batches()["loaded_at"].max()
    return Week.of(last.to_pydatetime(), timezone=timezone)


def weeks_covered(store: Store, week: Week, *, timezone: str) -> int:
    """
    Count the weeks that the incidents cover, up to and with a week.

    Parameters
    ----------
    store
        An open store.
    week
        The last week of the period.
    timezone
        The municipality's zone.

    Returns
    -------
    int
        From the week of the first incident; the earliest of two hundred are passed over, so
        that a mistyped year does not stretch it. 0 when there is none.
    """
    return _covered(store.read("incidents"), week, timezone=timezone)


def _covered(incidents: GeoDataFrame, week: Week, *, timezone: str) -> int:
    """Count the weeks that these incidents cover."""
    times = incidents["occurred_from"].dropna()
    times = times[times < week.end(timezone=timezone)]
    if times.empty:
        return 0
    first = times.quantile(_EARLY, interpolation="lower").to_pydatetime()
    start = Week.of(first, timezone=timezone).monday
    return (week.monday - start).days // 7 + 1


def period_weeks(store: Store, week: Week, *, timezone: str) -> int:
    """
    Choose the length of a period that nobody asked for: what the data cover, a year at most.

    A rate over 52 weeks of which 30 have data would be too low everywhere, and every
    place would seem to have grown.

    Parameters
    ----------
    store
        An open store.
    week
        The last week of the period.
    timezone
        The municipality's zone.

    Returns
    -------
    int
        4 to 52; 52 without incidents.
    """
    incidents = store.read("incidents")
    if incidents.empty:
        return USUAL_WEEKS
    covered = _covered(incidents, week, timezone=timezone)
    return min(USUAL_WEEKS, max(FEWEST_WEEKS, covered))
