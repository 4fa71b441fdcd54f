"""What is told of a source: its rows, its loads, its rhythm. Counts only, never a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.maps.quality.rhythm import Delivery, Pace, Rhythm

if TYPE_CHECKING:
    from datetime import datetime

    from geo.clock import Week


@dataclass(frozen=True, slots=True)
class Load:
    """
    One load of a file.

    Parameters
    ----------
    batch_id, file_name
        Its name for `undo`, and the file.
    loaded_at
        When, UTC.
    undone
        Whether it has been taken back.
    last
        Whether it is the latest of its frame, so that it can be taken back now.
    n_read, n_new, n_changed, n_unchanged, n_rejected, n_refused
        Rows; the five last add up to the first.
    rejected, refused
        Rows by reason; a row rejected for two reasons is under both.
    """

    batch_id: str
    file_name: str
    loaded_at: datetime
    undone: bool
    last: bool
    n_read: int
    n_new: int
    n_changed: int
    n_unchanged: int
    n_rejected: int
    n_refused: int
    rejected: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """
    One source of one frame: how much there is, and how much of it can be used.

    Parameters
    ----------
    frame, source, actor
        What it fills, its name, and the organisation most rows are from.
    n
        Rows that hold today.
    n_located, n_timed
        Of them, with a place and with a known hour; None where that is not asked for.
    n_repeated
        Rows that tell an incident which another source also told, beyond the first.
    n_stacked, n_stacks
        Rows on a point that too many share, and the number of such points.
    quiet_hour
        Middle of the calmest hours, local, where that is no time at which people sleep: the
        clock may be another zone's. None where it is, or too few rows tell.
    flagged
        Rows by doubt.
    other
        Rows that fell to the category `other`, by the source's own word.
    also_in
        Earlier sources that hold nearly all of these rows -> how many: the same register twice.
    personal
        Personal data that was found and taken out, by kind.
    first, last
        First and last moment told of, UTC; None without times.
    weekly
        Rows by week as ``2026-W47``, oldest first; empty without times.
    rhythm, delivery
        The latest week against the weeks before; the latest load against the loads before.
    loads
        Its loads, newest first.
    """

    frame: str
    source: str
    actor: str | None
    n: int
    n_located: int | None = None
    n_timed: int | None = None
    n_repeated: int = 0
    n_stacked: int = 0
    n_stacks: int = 0
    quiet_hour: float | None = None
    flagged: dict[str, int] = field(default_factory=dict)
    other: dict[str, int] = field(default_factory=dict)
    also_in: dict[str, int] = field(default_factory=dict)
    personal: dict[str, int] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    weekly: tuple[tuple[str, int], ...] = ()
    rhythm: Rhythm = field(default_factory=lambda: Rhythm(Pace.NO_TIME))
    delivery: Delivery = field(default_factory=Delivery)
    loads: tuple[Load, ...] = ()


@dataclass(frozen=True, slots=True)
class DataQuality:
    """
    What the picture rests on, source by source.

    Parameters
    ----------
    week
        The week that is held against the weeks before; None when nothing has a time.
    whole_week
        Whether the week is over.
    sources
        Streams (incidents first) before stocks, most rows first.
    absent
        Organisations that use to give their weekly assessment and have not; None when nobody does.
    n_reporting
        How many use to.
    """

    week: Week | None
    whole_week: bool
    sources: tuple[SourceQuality, ...] = ()
    absent: tuple[str, ...] | None = None
    n_reporting: int = 0
