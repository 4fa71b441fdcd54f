"""Read one file: its cells settled into a checked frame, every row accounted for."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geo.errors import IngestError
from geo.frames import Coded, Packed
from geo.ingest.base import Ingested
from geo.ingest.catalog import sniff
from geo.ingest.complete import complete
from geo.ingest.doubts import Doubts
from geo.ingest.extent import Box, beyond_extent, outside_extent
from geo.ingest.fields import count_words
from geo.ingest.identity import (
    doubled,
    find_repeats,
    hash_content,
    hash_refs,
    ref_ids,
    row_ids,
)
from geo.ingest.mapping import DWELLING
from geo.ingest.moments import EARLIEST, Bounds
from geo.ingest.places import Places
from geo.ingest.positions import read_places
from geo.ingest.settle import Settling
from geo.ingest.sheet import NO_ROWS_FIX
from geo.ingest.stacked import stacked
from geo.spatial import metric_crs

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.ingest.base import RawTable
    from geo.ingest.mapping import Mapping

logger = logging.getLogger(__name__)

_BURGLARY = "burglary"
_MAIN_TIMES = ("occurred_from", "received_at", "published_at", "reported_at", "measured_at",
               "arrived", "starts_on")  # fmt: skip


def read_file(
    path: Path,
    *,
    mapping: Mapping,
    crs: Any,
    timezone: str,
    extent: Box | None,
    key: bytes,
    now: datetime | None = None,
    earliest: datetime = EARLIEST,
) -> Ingested:
    """
    Read a file into a frame; every row ends accepted, repeated, rejected or refused.

    Parameters
    ----------
    path
        The file; its format is found by content.
    mapping
        Which of its columns are which of ours.
    crs
        The working CRS, metric.
    timezone
        Zone of local times, where the mapping names none.
    extent
        West, south, east, north of the municipality in `crs`, metres; None
        when not yet known.
    key
        Secret that case numbers are hashed with.
    now
        Moment the file is read; later times are flagged, and rejected from a
        day on. None accepts anything before the year 2100.
    earliest
        Earlier times are rejected.

    Returns
    -------
    Ingested
        Rows that keep the frame's contract, and an account of the others.

    Raises
    ------
    IngestError
        If the file is not what the mapping says; nothing is half read.
    CrsError
        If `crs` is not metric.
    """
    metric_crs(crs)
    reader = sniff(path)
    raw = reader().read(path, mapping=mapping)
    if not len(raw.rows):
        msg = f"{path.name} has no rows."
        raise IngestError(msg, found="0 rows", expected="at least one", fix=NO_ROWS_FIX)
    _require_place(raw, mapping=mapping, file=path.name)
    settling = Settling(
        raw=raw,
        mapping=mapping,
        timezone=mapping.timezone or timezone,
        bounds=Bounds(earliest=earliest, now=now),
        doubts=Doubts(raw.rows.index),
    )
    with ThreadPoolExecutor(max_workers=1) as pool:  # numpy, PROJ and the hashes let others run
        placing = pool.submit(read_places, raw, mapping=mapping, frame=mapping.contract, crs=crs)
        naming = pool.submit(_names, settling, key=key)
        columns = settling.columns()
        places = placing.result()
        columns |= naming.result()
    _keep_homes_out(settling, columns)
    _doubt_places(settling, places, crs=crs, extent=extent)
    settling.doubts.reject(raw.rows.index.isin(raw.ragged), "ragged_row", column="")
    _reject_empty(settling, columns, places)
    repeated = _identify(settling, columns, places)
    result = _result(settling, columns, places, repeated, crs=crs, reader=reader.name)
    logger.info(
        "read %s: rows %d accepted %d repeated %d rejected %d refused %d",
        result.frame, result.n_read, len(result.rows), result.n_repeated,
        len(result.rejects), result.n_refused,
    )  # fmt: skip
    return result


def _require_place(raw: RawTable, *, mapping: Mapping, file: str) -> None:
    """Refuse a table that cannot give its frame the geometry, or anything at all."""
    placed = mapping.theirs("x") or mapping.theirs("geometry") or raw.geometry is not None
    lacking = "x and y" if mapping.contract.geometry_required and not placed else ""
    if not (mapping.columns or raw.native or raw.geometry is not None):
        lacking = "any column"
    if lacking:
        msg = f"the mapping does not say where {lacking} of {mapping.frame} come from in {file}."
        fix = "add them under [columns] in the mapping"
        raise IngestError(msg, found=", ".join(raw.headers[:60]), fix=fix)


def _doubt_places(settling: Settling, places: Places, *, crs: Any, extent: Box | None) -> None:
    """Note rows without a usable place, far away, or stacked on one point."""
    doubts, frame = settling.doubts, settling.frame
    if frame.geometry_required:
        for mask, reason in (
            (places.missing, "position_missing"),
            (places.zero, "position_zero"),
            (places.unreadable, "position_unreadable"),
        ):
            doubts.reject(mask, reason, column="geometry")
    doubts.reject(places.wrong_shape, "geometry_type", column="geometry")
    doubts.flag(places.mended, "geometry_mended")
    if places.crs is None:
        return
    if settling.mapping.inside_only:
        beyond = beyond_extent(places, crs=crs, extent=extent, among=~doubts.refused)
        doubts.refuse(beyond, "outside")
    outside = outside_extent(places, crs=crs, extent=extent, among=~doubts.refused)
    doubts.flag(outside, "far_away")
    if frame.name == "incidents":
        boxes = places.boxes()
        doubts.flag(stacked(boxes[:, 0], boxes[:, 1]), "stacked")


def _keep_homes_out(settling: Settling, columns: dict[str, Any]) -> None:
    """Refuse events between people in a home; a burgled dwelling is kept, seen from outside."""
    if "setting" not in columns or isinstance(columns["setting"], Coded):
        return  # a constant was looked at when it was set
    home = columns["setting"] == DWELLING
    burgled = home & (columns["category"] == _BURGLARY)
    settling.doubts.refuse(home & ~burgled, "in_home")
    setting = columns["setting"].mask(burgled, "dwelling_exterior")
    columns["setting"] = setting.mask(home & ~burgled, "unknown")


def _reject_empty(settling: Settling, columns: dict[str, Any], places: Places) -> None:
    """Reject incident rows that tell neither when, what nor where: footnotes and the like."""
    if settling.frame.name != "incidents":
        return
    says_what = columns["source_category"].notna() | ("category" in settling.mapping.constants)
    nothing = columns["occurred_from"].isna() & ~says_what & ~places.located
    settling.doubts.reject(nothing & ~places.zero, "row_empty", column="")


def _names(settling: Settling, *, key: bytes) -> dict[str, Any]:
    """Hash the case numbers of rows, and of the rows they are linked to."""
    mapping, frame = settling.mapping, settling.frame
    n = len(settling.raw.rows)
    given = settling.cells("ref")
    refs = hash_refs(given, source=mapping.source, key=key) if given else np.zeros(n, dtype="S1")
    out: dict[str, Any] = {"ref_hash": refs}
    if (refs != b"").all():  # else the others' ids rest on all that they say
        out["id"] = row_ids(frame=frame.name, source=mapping.source, refs=refs, content=refs)
    for link in ("parent_id", "merged_into"):
        if link in frame.names and (cells := settling.cells(link)):
            hashed = hash_refs(cells, source=mapping.source, key=key)
            ids = ref_ids(frame=frame.name, source=mapping.source, refs=hashed)
            out[link] = pd.Series(ids, index=settling.raw.rows.index, dtype="object")
    return out


def _identify(settling: Settling, columns: dict[str, Any], places: Places) -> NDArray[np.bool_]:
    """Give every row an id; say which rows repeat another, and reject contradictions."""
    mapping, frame, raw = settling.mapping, settling.frame, settling.raw
    index, refs = raw.rows.index, columns["ref_hash"]
    named = [n for n in {**raw.native, **mapping.columns} if settling.theirs(n)]
    parts = [cell for ours in sorted(named) for cell in settling.cells(ours)]
    if raw.geometry is not None and places.original is not None:
        wkb = shapely.to_wkb(places.original, hex=True)
        parts.append(pd.Series(wkb, index=index).fillna("").astype("str"))
    good = ~(settling.doubts.refused | settling.doubts.rejected)
    content = np.zeros(len(index), dtype="S32")  # only where it is asked for
    asked = np.flatnonzero((refs == b"") | doubled(refs, among=good))
    if len(asked):
        content[asked] = hash_content([cell.iloc[asked] for cell in parts])
    repeated, contradicting = find_repeats(refs=refs, content=content, among=good)
    settling.doubts.reject(contradicting, "duplicate_reference", column="ref")
    if "id" not in columns:
        columns["id"] = row_ids(frame=frame.name, source=mapping.source, refs=refs, content=content)
    return repeated


def _result(
    settling: Settling, columns: dict[str, Any], places: Places,
    repeated: NDArray[np.bool_], *, crs: Any, reader: str,
) -> Ingested:  # fmt: skip
    """Put the accepted rows and the account of the others together."""
    doubts, frame, mapping = settling.doubts, settling.frame, settling.mapping
    keep = ~(doubts.refused | doubts.rejected | repeated)
    rows = complete(settling, columns, places, keep)
    other: dict[str, int] = {}
    if settling.other is not None:
        said = settling.other.notna().to_numpy() & keep
        other = count_words(settling.other, rows=said)
    flagged = {reason: int((mask & keep).sum()) for reason, mask in doubts.flags.items()}
    return Ingested(
        frame=frame.name,
        rows=rows,
        crs=metric_crs(crs),
        rejects=doubts.reject_table(),
        n_read=len(settling.raw.rows),
        n_repeated=int(repeated.sum()),
        n_refused=int(doubts.refused.sum()),
        refused=doubts.refused_counts(),
        n_unlocated=int((~places.located[keep]).sum()) if frame.has_geometry else 0,
        flagged={reason: n for reason, n in flagged.items() if n},
        categories=_categories(rows),
        other=other,
        unmapped=settling.unmapped,
        scrubbed=settling.scrubbed,
        period=_period(rows),
        layout=settling.raw.layout,
        reader=reader,
        mapping_version=mapping.version,
    )


def _categories(rows: Packed) -> dict[str, int]:
    """Count rows by our category, most frequent first."""
    kinds = rows.columns.get("category")
    if not isinstance(kinds, Coded) or not len(rows):
        return {}
    counts = np.bincount(kinds.codes, minlength=len(kinds.words))
    counted = [(str(word), int(n)) for word, n in zip(kinds.words, counts, strict=True) if n]
    return dict(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def _period(rows: Packed) -> tuple[datetime, datetime] | None:
    """First and last main time."""
    name = next((n for n in _MAIN_TIMES if n in rows.columns), None)
    if name is None:
        return None
    times = rows.columns[name]
    times = times[~np.isnat(times)]
    if not len(times):
        return None
    first, last = (value.astype("datetime64[us]").item() for value in (times.min(), times.max()))
    return first.replace(tzinfo=UTC), last.replace(tzinfo=UTC)
