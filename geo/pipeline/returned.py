"""A filled order into the store: faults closed, lamps working, measures done, reports answered."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.clock import zone
from geo.errors import IngestError
from geo.measures.order import SOURCE, Settled, settle
from geo.pipeline.sheets import sheet_with

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geo.pipeline.workspace import Workspace
    from geo.store import Store

_log = logging.getLogger(__name__)
COLUMNS = {
    "key": "Radnyckel",
    "pole_ref": "Stolpnummer",
    "done_on": "Utfört datum",
    "code": "Anmärkning (kod)",
    "lux": "Uppmätt lux",
}
"""Our names for the columns of an order that are read back."""
NEAR_M = 50.0
"""A report of darkness this near a mended lamp is answered."""
ABOUT_LIGHT = frozenset({"dark", "lamp_out"})


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """
    What a returned order did.

    Parameters
    ----------
    counts
        Rows of the file: n_read is the sum of the others.
    n_faults, n_lamps, n_measures, n_checks, n_reports
        Faults closed, lamps that work again, measures changed, re-measurements
        asked for, reports closed.
    batches
        What to undo it by, the last first.
    rejects
        File that lists the rejected rows; None when there are none.
    answers
        Reports near what was mended, for whoever answers them: id, day mended
        and whether all it spoke of was light.
    refused
        The rejected rows: row, reasons, columns.
    """

    counts: Mapping[str, int]
    n_faults: int
    n_lamps: int
    n_measures: int
    n_checks: int
    n_reports: int
    batches: list[str] = field(default_factory=list)
    rejects: str | None = None
    answers: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)


def take_back(workspace: Workspace, store: Store, path: Path, *, today: date) -> ReturnReport:
    """
    Take a filled order back in.

    Parameters
    ----------
    workspace
        The municipality.
    store
        Its open store.
    path
        The filled workbook or GeoPackage.
    today
        No work is done after this day.

    Returns
    -------
    ReturnReport
        Counts, and the batches to undo it by. The same file a second time
        changes nothing.

    Raises
    ------
    IngestError
        If the file is not one of our orders.
    """
    rows = read_returned(path)
    former = store.read("measures")
    settled = settle(rows, former, today=today)
    local = zone(workspace.profile.timezone)
    faults, lamps = _mended(store, settled, local=local)
    reports, answers = _answered(store, settled, local=local)
    revision = former.set_index("id")["revision"].reindex(settled.measures["id"])
    told = settled.measures[settled.measures["revision"].to_numpy() != revision.to_numpy()]
    measures = pd.concat([told, settled.checks], ignore_index=True)
    rejects = _write_rejects(workspace, settled, path)
    batches, changed = [], {}
    for name, frame in (
        ("measures", measures), ("faults", faults), ("lamps", lamps), ("reports", reports)
    ):  # fmt: skip
        batch, changed[name] = _append(store, name, frame, path, settled)
        batches += [batch] if batch else []
    _log.info("returned order: %s, changed %s", dict(settled.counts), changed)
    n_checks = len(settled.checks)
    return ReturnReport(
        settled.counts, changed["faults"], changed["lamps"], changed["measures"] - n_checks,
        n_checks, changed["reports"], batches[::-1], rejects, answers,
        settled.rejects.to_dict("records"),
    )  # fmt: skip


def read_returned(path: Path) -> pd.DataFrame:
    """
    Read the columns of an order that come back, as text.

    Parameters
    ----------
    path
        A workbook or a GeoPackage.

    Returns
    -------
    DataFrame
        Columns of `COLUMNS`; the index is the row number in the file.

    Raises
    ------
    IngestError
        If there is no column of row keys, or of days.
    """
    table = _cells(path)
    found = {ours: theirs for ours, theirs in COLUMNS.items() if theirs in table}
    if missing := {"key", "done_on"} - set(found):
        msg = f"{path.name} is not an order of ours: column(s) are missing."
        lacking = ", ".join(sorted(COLUMNS[name] for name in missing))
        fix = "return the file that `lagesbild light --order` wrote, with its headings as they were"
        raise IngestError(msg, missing=lacking, fix=fix)
    rows = pd.DataFrame({ours: table[theirs] for ours, theirs in found.items()})
    for name in COLUMNS:
        rows[name] = rows[name].map(str) if name in rows else ""
    return rows[(rows != "").any(axis="columns")]


def _cells(path: Path) -> pd.DataFrame:
    """Read every cell as text; the sheet of a workbook is the one with the row keys."""
    from geo.ingest.cells import cell_text

    if path.suffix.lower() == ".gpkg":
        import pyogrio

        table = pyogrio.read_dataframe(path, read_geometry=False)
        out = table.map(cell_text)
        return out.set_axis(pd.RangeIndex(1, len(out) + 1), axis="index")
    return sheet_with(path, COLUMNS["key"])


def _moment(day: date, *, local: Any) -> datetime:
    """Take noon of a local day for work that was done on it."""
    return datetime.combine(day, time(12), tzinfo=local).astimezone(UTC)


def _mended(store: Store, settled: Settled, *, local: Any) -> tuple[GeoDataFrame, GeoDataFrame]:
    """Close the faults of mended lamps, and let the lamps work again."""
    from geo.lighting.faults import snap_faults

    lamps, faults = store.read("lamps"), store.read("faults")
    done = settled.done
    at = snap_faults(faults, lamps)["lamp_id"].reindex(faults["id"]).to_numpy(object)
    day = pd.Series([done.get(i) for i in at], index=faults.index, dtype="object")
    ends = pd.to_datetime([_end(d, local=local) for d in day], utc=True)
    mine = faults["closed_at"].isna() & day.notna().to_numpy() & (faults["reported_at"] <= ends)
    closed = faults[mine].copy()
    noon = pd.to_datetime([_moment(d, local=local) for d in day[mine]], utc=True)
    closed["closed_at"] = (pd.Series(noon, index=closed.index).astype("datetime64[us, UTC]")).where(
        lambda s: s > closed["reported_at"], closed["reported_at"]
    )
    works = lamps["id"].isin(list(done)) & (lamps["state"] == "faulty")
    mended = lamps[works].copy()
    since = [_moment(done[i], local=local) for i in mended["id"]]
    later = mended["state_since"].isna() | (
        mended["state_since"] <= pd.to_datetime(since, utc=True) + pd.Timedelta(hours=12)
    )
    mended["state"] = "working"
    mended["state_since"] = pd.Series(pd.to_datetime(since, utc=True), index=mended.index).astype(
        "datetime64[us, UTC]"
    )
    return closed, mended[later]


def _end(day: date | None, *, local: Any) -> datetime | None:
    """Give the end of a local day."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=local).astimezone(UTC)


def _answered(
    store: Store, settled: Settled, *, local: Any
) -> tuple[GeoDataFrame, list[dict[str, Any]]]:
    """Close the reports of darkness near what is wholly mended; list those to answer by hand."""
    import shapely

    reports = store.read("reports")
    measures = settled.measures[settled.measures["id"].isin(list(settled.finished))]
    if measures.empty or reports.empty:
        return reports.iloc[:0], []
    tree = shapely.STRtree(measures.geometry.to_numpy())
    at, which = tree.query_nearest(
        reports.geometry.to_numpy(), max_distance=NEAR_M, all_matches=False
    )
    days = [settled.finished[str(measures["id"].iloc[i])] for i in which]
    near = reports.iloc[at].assign(done=days)
    ends = pd.to_datetime([_end(d, local=local) for d in days], utc=True)
    asks = near["reasons"].map(lambda r: bool(ABOUT_LIGHT & set(r))).astype(bool)
    open_ = near["state"].isin(["received", "accepted"]) & (near["felt"] == "unsafe")
    near = near[asks & open_ & (near["received_at"] <= ends)]
    only = near["reasons"].map(lambda r: set(r) <= ABOUT_LIGHT).astype(bool)
    answers = [
        {"id": r.id, "done_on": r.done.isoformat(), "closed": bool(whole)}
        for r, whole in zip(near.itertuples(), only, strict=True)
    ]
    return near[only].drop(columns="done").assign(state="closed"), answers


def _append(
    store: Store, name: str, frame: GeoDataFrame, path: Path, settled: Settled
) -> tuple[str | None, int]:
    """Load what changed; nothing is noted where nothing did."""
    from geo.frames import FRAMES
    from geo.store import BatchInfo

    if frame.empty:
        return None, 0
    first = name == "measures"
    rejects = settled.rejects if first and len(settled.rejects) else None
    done = store.append(
        name,
        FRAMES[name].conform(frame, crs=frame.crs),
        batch=BatchInfo(source=SOURCE, file_name=path.name, mapping_version="1"),
        rejects=rejects,
    )
    changed = done.n_new + done.n_changed
    return (done.batch_id if changed else None), changed


def _write_rejects(workspace: Workspace, settled: Settled, path: Path) -> str | None:
    """List the rejected rows by number and reason."""
    if settled.rejects.empty:
        return None
    workspace.out.mkdir(exist_ok=True)
    out = workspace.out / f"rejects-{path.stem}.csv"
    table = settled.rejects.assign(
        reasons=settled.rejects["reasons"].map(", ".join),
        columns=settled.rejects["columns"].map(", ".join),
    )
    table.to_csv(out, sep=";", index=False, encoding="utf-8-sig",
                 header=["rad", "skäl", "kolumner"])  # fmt: skip
    return str(out.relative_to(workspace.folder))
