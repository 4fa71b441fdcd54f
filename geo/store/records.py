"""What goes into a store beside frames, and what it answers: small frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class BatchInfo:
    """
    What is known of one load before its rows are compared with what is there.

    Parameters
    ----------
    source
        The export it came with, as the mapping names it.
    file_name
        Name of the file, without its folder.
    mapping_version
        Version of the mapping used.
    n_read
        Data rows in the file; None when the rows were made by hand. When
        given, the store requires rows + rejects + refused to add up to it.
    n_refused
        Rows the product never keeps (events between people in a home).
    n_unlocated
        Accepted rows without a place.
    refused, flagged, categories
        Counts by reason, by doubt and by category of ours.
    period
        First and last moment told of, aware; None when there is none.
    by
        The role that loaded it, for the audit; never a person's name.
    """

    source: str
    file_name: str = ""
    mapping_version: str = ""
    n_read: int | None = None
    n_refused: int = 0
    n_unlocated: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    flagged: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    period: tuple[datetime, datetime] | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Appended:
    """
    What became of a batch; n_new + n_changed + n_unchanged is its number of rows.

    Parameters
    ----------
    batch_id
        The name to undo it by.
    n_new, n_changed, n_unchanged
        Rows not there before; there with other content; there just so.
    revision
        Of the frame, afterwards. Only new or changed rows raise it.
    """

    batch_id: str
    n_new: int
    n_changed: int
    n_unchanged: int
    revision: int


@dataclass(frozen=True, slots=True)
class Undone:
    """
    What taking a batch back did.

    Parameters
    ----------
    frame
        The frame it had been loaded into.
    n_removed
        Rows that the batch had brought, and that are gone.
    n_restored
        Rows that the batch had changed, and that are as they were before.
    revision
        Of the frame, afterwards.
    """

    frame: str
    n_removed: int
    n_restored: int
    revision: int


@dataclass(frozen=True, slots=True)
class Run:
    """
    One analysis: what was asked, of which data, and what came out in short.

    Parameters
    ----------
    run_id
        Hash of order, revisions and version.
    week
        The operative week it is of, as ``2026-W47``.
    order
        What was asked; JSON.
    revisions
        Revision of each frame it read.
    version
        Of the software.
    summary
        What came out, in numbers; JSON.
    written_at
        When the store took it, UTC; None before. Two runs are equal without it.
    """

    run_id: str
    week: str
    order: dict[str, Any]
    revisions: dict[str, int]
    version: str
    summary: dict[str, Any] = field(default_factory=dict)
    written_at: datetime | None = field(default=None, compare=False)
