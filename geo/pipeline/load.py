"""One file into the store: read, settle, check, append in one transaction, say what came."""

from __future__ import annotations

import csv
import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.errors import IngestError
from geo.pipeline.areas import AreaTally
from geo.pipeline.extent import forget_extent, read_within, settle_extent
from geo.privacy import SCRUBBED

if TYPE_CHECKING:
    from pathlib import Path

    from geo.ingest import Ingested, Mapping
    from geo.pipeline.workspace import Workspace
    from geo.store import Appended, Store, Undone

_log = logging.getLogger(__name__)
_REASONS_TOLD = 5


@dataclass(frozen=True, slots=True)
class LoadReport:
    """
    What one load did; n_read is the sum of the five counts after it.

    Parameters
    ----------
    frame, batch_id
        What was filled, and the load's name for `undo`.
    n_read, n_new, n_changed, n_unchanged, n_rejected, n_refused
        Rows: in the file, new, corrected, as before, impossible, not ours.
    n_unlocated
        Accepted rows without a place.
    n_flagged
        Accepted rows by doubt.
    period
        First and last moment, ISO UTC; empty when the frame has no time.
    categories
        Accepted rows by our category.
    other
        Rows by a source's word that has no category of ours.
    areas
        Accepted rows with a place, by the area they lie in; of the municipality's own division,
        when one is loaded. "" is outside all of them.
    also_in
        Other sources that hold nearly all of these rows -> how many: the same register under two
        names, which counts twice.
    rejects
        File that lists row numbers and reasons; None when nothing was rejected.
    """

    frame: str
    batch_id: str
    n_read: int
    n_new: int
    n_changed: int
    n_unchanged: int
    n_rejected: int
    n_refused: int
    n_unlocated: int
    n_flagged: dict[str, int] = field(default_factory=dict)
    period: list[str] = field(default_factory=list)
    categories: dict[str, int] = field(default_factory=dict)
    other: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)
    also_in: dict[str, int] = field(default_factory=dict)
    rejects: str | None = None

    def as_json(self) -> dict[str, Any]:
        """
        Give the report as `load --json` prints it.

        Returns
        -------
        dict
            Keys in the order of the design.
        """
        names = self.__dataclass_fields__
        return {name: getattr(self, name) for name in names}


def load(
    workspace: Workspace, store: Store, path: Path, *, mapping: Mapping, widen: bool = False
) -> LoadReport:
    """
    Load one file; every row ends as new, changed, unchanged, rejected or refused.

    Parameters
    ----------
    workspace
        The municipality.
    store
        Its open store.
    path
        The file.
    mapping
        How its columns are ours.
    widen
        The file reaches beyond the municipality's extent and is meant to.

    Returns
    -------
    LoadReport
        What came, in the words of the design.

    Raises
    ------
    IngestError
        If the file cannot be read as the mapping says, or every row of it that is ours is
        rejected (they are then listed in a file that the error names); nothing is stored. A
        file whose rows are all refused is a load like another: they are not ours to keep, and
        that nothing else came is worth knowing.
    """
    from geo.store import BatchInfo

    got, extent = read_within(workspace, path, mapping=mapping, widen=widen)
    _require_some(workspace, got, path)
    flagged = got.flagged | _lamp_doubts(store, got)
    also_in = _also_in(store, got, source=mapping.source)
    info = BatchInfo(
        source=mapping.source,
        file_name=path.name,
        mapping_version=mapping.version,
        n_read=got.n_read - got.n_repeated,  # a row twice in one file is one row
        n_refused=got.n_refused,
        n_unlocated=got.n_unlocated,
        refused=got.refused,
        flagged=flagged | {SCRUBBED + kind: n for kind, n in got.scrubbed.items()},
        categories=got.categories,
        period=got.period,
    )
    tally = AreaTally(store) if got.frame == "incidents" else None
    parts = got.parts() if tally is None else tally.passing(got.parts())
    done = store.append(got.frame, parts, batch=info, rejects=got.rejects)
    areas = {} if tally is None else tally.counts()
    report = _report(workspace, got, done, flagged=flagged, areas=areas, also_in=also_in)
    _check_sum(report)
    settle_extent(workspace, extent, batch_id=done.batch_id)
    _log.info(
        "loaded %s: read %d new %d changed %d unchanged %d rejected %d refused %d",
        report.frame,
        report.n_read,
        report.n_new,
        report.n_changed,
        report.n_unchanged,
        report.n_rejected,
        report.n_refused,
    )
    return report


def undo(workspace: Workspace, store: Store, batch_id: str) -> Undone:
    """
    Take back a load; an extent that it had set is given up with it.

    Parameters
    ----------
    workspace
        The municipality.
    store
        Its open store.
    batch_id
        The load's name.

    Returns
    -------
    Undone
        What was removed and restored.
    """
    done = store.undo(batch_id)
    forget_extent(workspace, batch_id=batch_id)
    return done


def _require_some(workspace: Workspace, got: Ingested, path: Path) -> None:
    """Refuse a file of which no row can be kept, though some should be."""
    if len(got.rows) or got.rejects.empty:
        return
    reasons = Counter(reason for row in got.rejects["reasons"] for reason in row)
    told = ", ".join(f"{reason} ({n})" for reason, n in reasons.most_common(_REASONS_TOLD))
    listed = _write_rejects(workspace, got, path.name.split(".")[0]) or ""
    refused = f", and {got.n_refused} are not ours" if got.n_refused else ""
    msg = f"no row of {path.name} can be kept, so nothing was loaded."
    fix = "mend the mapping if it names the wrong column or form, else the rows in the list"
    raise IngestError(
        msg,
        found=f"{len(got.rejects)} of {got.n_read} rows rejected{refused}: {told}",
        expected="at least one row with what the frame needs",
        rejects=str(workspace.folder / listed),  # from where the one stands who reads it
        fix=fix,
    )


def _lamp_doubts(store: Store, got: Ingested) -> dict[str, int]:
    """Count the lamps of a file whose values are not believed: said at once, not first in a sum."""
    if got.frame != "lamps" or not len(got.rows):
        return {}
    from geo.lighting.register import register_doubts

    areas, streets = store.read("areas"), store.read("streets")
    return register_doubts(got.accepted, areas=areas, streets=streets)


def _also_in(store: Store, got: Ingested, *, source: str) -> dict[str, int]:
    """Look for a register that is loaded under another name; read only if there is such a name."""
    from geo.ingest.twins import REGISTERS, also_in

    batches = store.batches()
    held = batches[(batches["state"] == "loaded") & (batches["frame"] == got.frame)]
    others = held.loc[held["source"] != source].set_index("batch_id")["source"]
    if got.frame not in REGISTERS or others.empty or not len(got.rows):
        return {}
    stored = store.read(got.frame)
    stored = stored.loc[stored["batch_id"].isin(others.index)]
    return also_in(got.accepted, stored, frame=got.frame, sources=stored["batch_id"].map(others))


def _report(
    workspace: Workspace, got: Ingested, done: Appended, *, flagged: dict[str, int],
    areas: dict[str, int], also_in: dict[str, int],
) -> LoadReport:  # fmt: skip
    """Put together what the reader and the store counted."""
    return LoadReport(
        frame=got.frame,
        batch_id=done.batch_id,
        n_read=got.n_read,
        n_new=done.n_new,
        n_changed=done.n_changed,
        n_unchanged=done.n_unchanged + got.n_repeated,
        n_rejected=len(got.rejects),
        n_refused=got.n_refused,
        n_unlocated=got.n_unlocated,
        n_flagged=flagged,
        period=[t.isoformat().replace("+00:00", "Z") for t in got.period or ()],
        categories=got.categories,
        other=got.other,
        refused=got.refused,
        areas=areas,
        also_in=also_in,
        rejects=_write_rejects(workspace, got, done.batch_id),
    )


def _write_rejects(workspace: Workspace, got: Ingested, name: str) -> str | None:
    """List the rejected rows by number, so that the owner can mend the file."""
    if got.rejects.empty:
        return None
    workspace.out.mkdir(exist_ok=True)
    path = workspace.out / f"rejects-{name}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(["rad", "skäl", "kolumner"])
        for row in got.rejects.itertuples(index=False):
            out.writerow([row.row, ", ".join(row.reasons), ", ".join(row.columns)])
    return str(path.relative_to(workspace.folder))


def _check_sum(report: LoadReport) -> None:
    """Nothing vanishes: the parts must add up to what was read."""
    parts = (
        report.n_new + report.n_changed + report.n_unchanged + report.n_rejected + report.n_refused
    )
    if parts != report.n_read:
        msg = "the rows of the file do not add up."
        raise IngestError(
            msg, read=report.n_read, accounted_for=parts, fix="report this: it is our fault"
        )
