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
    from geo.store import Store


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
    """

    week: str
    weeks: int = 52
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse a period that cannot be compared with anything."""
        Week.parse(self.week)
        if not 4 <= self.weeks <= 520:
            msg = "the period must be 4 to 520 weeks."
            raise AnalysisError(msg, found=self.weeks, fix="pass --weeks 52")

    def run_id(self, *, content: dict[str, str], former: str | None) -> str:
        """
        Name the run by everything its answer depends on, and by nothing else.

        Parameters
        ----------
        content
            Fingerprint of every frame read; it comes back when a load is
            undone, and with it the run.
        former
            The run that places are followed from.

        Returns
        -------
        str
            16 hexadecimal digits; no clock inside.
        """
        table: dict[str, Any] = {
            "order": asdict(self),
            "content": content,
            "former": former,
            "version": __version__,
        }
        text = json.dumps(table, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def latest_week(store: Store, *, timezone: str) -> Week:
    """
    Find the latest operative week with incidents.

    Parameters
    ----------
    store
        An open store.
    timezone
        The municipality's zone.

    Returns
    -------
    Week
        The week of the last incident.

    Raises
    ------
    AnalysisError
        If there are no incidents with a time.
    """
    times = store.read("incidents")["occurred_from"].dropna()
    if times.empty:
        msg = "there are no incidents with a time to analyse."
        raise AnalysisError(msg, fix="load a file first: lagesbild load incidents FILE --map MAP")
    return Week.of(times.max().to_pydatetime(), timezone=timezone)
