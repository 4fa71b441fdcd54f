"""Read one file: its cells settled into a checked frame, every row accounted for."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import IngestError
from geo.frames import Frame, Kind
from geo.ingest.base import Ingested
from geo.ingest.catalog import sniff
from geo.ingest.doubts import Doubts
from geo.ingest.extent import Box, outside_extent
from geo.ingest.fields import count_words
from geo.ingest.identity import find_repeats, hash_content, hash_refs, ref_id, row_ids
from geo.ingest.mapping import DWELLING
from geo.ingest.moments import EARLIEST, Bounds
from geo.ingest.network import end_nodes
from geo.ingest.positions import Places, read_places
from geo.ingest.settle import Settling
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
        raise IngestError(msg, found="0 rows", expected="at least one", fix="export it again")
    _require_place(raw, mapping=mapping, file=path.name)
    settling = Settling(
        raw=raw,
        mapping=mapping,
        timezone=mapping.timezone or timezone,
        bounds=Bounds(earliest=earliest, now=now),
        doubts=Doubts(raw.rows.index),
    )
    columns = settling.columns()
    places = read_places(raw, mapping=mapping, frame=mapping.contract, crs=crs)
    _keep_homes_out(settling, columns)
    _doubt_places(settling, places, crs=crs, extent=extent)
    settling.doubts.reject(raw.rows.index.isin(raw.ragged), "ragged_row", column="")
    _reject_empty(settling, columns, places)
    repeated = _identify(settling, columns, places, key=key)
    result = _result(settling, columns, places, repeated, crs=crs, reader=reader.name)
    logger.info(
        "read %s: rows %d accepted %d repeated %d rejected %d refused %d",
        result.frame, result.n_read, len(result.accepted), result.n_repeated,
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
    outside = outside_extent(places, crs=crs, extent=extent, among=~doubts.refused)
    doubts.flag(outside, "far_away")
    if frame.name == "incidents":
        doubts.flag(stacked(places.geometry), "stacked")


def _keep_homes_out(settling: Settling, columns: dict[str, Any]) -> None:
    """Refuse events between people in a home; a burgled dwelling is kept, seen from outside."""
    if "setting" not in columns:
        return
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
    nothing = columns["occurred_from"].isna() & ~says_what & places.geometry.isna()
    settling.doubts.reject(nothing & ~places.zero, "row_empty", column="")


def _identify(
    settling: Settling, columns: dict[str, Any], places: Places, *, key: bytes
) -> NDArray[np.bool_]:
    """Give rows their ids; say which repeat another, and reject contradictions."""
    mapping, frame, raw = settling.mapping, settling.frame, settling.raw
    index = raw.rows.index
    named = [n for n in {**raw.native, **mapping.columns} if settling.theirs(n)]
    parts = [cell for ours in sorted(named) for cell in settling.cells(ours)]
    if raw.geometry is not None:
        wkb = places.original.to_wkb(hex=True)
        parts.append(pd.Series(wkb, index=index).fillna("").astype("str"))
    content = hash_content(parts)
    given = settling.cells("ref")
    refs = (
        hash_refs(given, source=mapping.source, key=key)
        if given
        else pd.Series("", index=index, dtype="str")
    )
    good = ~(settling.doubts.refused | settling.doubts.rejected)
    repeated, contradicting = find_repeats(refs=refs, content=content, among=good)
    settling.doubts.reject(contradicting, "duplicate_reference", column="ref")
    columns["id"] = pd.Series(
        row_ids(frame=frame.name, source=mapping.source, refs=refs, content=content), index=index
    )
    if "ref_hash" in frame.names:
        columns["ref_hash"] = refs.where(refs != "", None)
    for link in {"parent_id", "merged_into"} & set(columns):
        columns[link] = _linked(settling, link, key=key)
    return repeated


def _linked(settling: Settling, column: str, *, key: bytes) -> pd.Series:
    """Turn a reference to another row of the same source into our id of that row."""
    cells = settling.cells(column)
    source, frame = settling.mapping.source, settling.frame.name
    hashed = hash_refs(cells, source=source, key=key)
    ids = [ref_id(frame=frame, source=source, ref=ref) if ref else None for ref in hashed]
    return pd.Series(ids, index=hashed.index, dtype="object")


def _complete(
    settling: Settling, columns: dict[str, Any], places: Places, keep: NDArray[np.bool_]
) -> pd.DataFrame:
    """Give the kept rows the columns that follow from others."""
    frame, mapping = settling.frame, settling.mapping
    rows = pd.DataFrame({n: v for n, v in columns.items() if n in frame.names})[keep]
    rows = rows.assign(batch_id="", geometry=places.geometry[keep])
    if "mapping_version" in frame.names:
        rows["mapping_version"] = mapping.version
    if "flags" in frame.names:
        rows["flags"] = _flag_lists(settling, keep)
    if frame.name == "streets":
        rows["length_m"] = gpd.GeoSeries(rows["geometry"]).length
        if settling.theirs("from_node") and settling.theirs("to_node"):
            for name in ("from_node", "to_node"):
                rows[name] = settling.cells(name)[0][keep]
        else:
            rows["from_node"], rows["to_node"] = end_nodes(gpd.GeoSeries(rows["geometry"]))
    if frame.name == "lamps" and "assumed" not in rows:
        assumed = settling.assumed()
        rows["assumed"] = pd.Series([list(assumed) for _ in range(len(rows))], index=rows.index)
    for column in frame.columns:
        if column.kind is Kind.TEXTS and column.name not in rows:
            rows[column.name] = pd.Series([[] for _ in range(len(rows))], index=rows.index)
    return rows.reset_index(drop=True)


def _flag_lists(settling: Settling, keep: NDArray[np.bool_]) -> pd.Series:
    """Each kept row's doubts, those the frame has words for."""
    allowed = settling.frame.column("flags").vocabulary
    lists: list[list[str]] = [[] for _ in range(int(keep.sum()))]
    for reason in allowed:
        mask = settling.doubts.flags.get(reason)
        if mask is not None:
            for at in np.flatnonzero(mask[keep]):
                lists[at].append(reason)
    return pd.Series(lists, index=settling.raw.rows.index[keep], dtype="object")


def _result(
    settling: Settling, columns: dict[str, Any], places: Places,
    repeated: NDArray[np.bool_], *, crs: Any, reader: str,
) -> Ingested:  # fmt: skip
    """Put the accepted rows and the account of the others together."""
    doubts, frame, mapping = settling.doubts, settling.frame, settling.mapping
    keep = ~(doubts.refused | doubts.rejected | repeated)
    rows = _complete(settling, columns, places, keep)
    accepted = frame.conform(gpd.GeoDataFrame(rows, geometry="geometry", crs=metric_crs(crs)),
                             crs=crs)  # fmt: skip
    other: dict[str, int] = {}
    if settling.other is not None:
        said = settling.other.notna().to_numpy() & keep
        other = count_words(settling.other, rows=said)
    kinds = accepted["category"].value_counts() if "category" in accepted else pd.Series(dtype=int)
    flagged = {reason: int((mask & keep).sum()) for reason, mask in doubts.flags.items()}
    return Ingested(
        frame=frame.name,
        accepted=accepted,
        rejects=doubts.reject_table(),
        n_read=len(settling.raw.rows),
        n_repeated=int(repeated.sum()),
        n_refused=int(doubts.refused.sum()),
        refused=doubts.refused_counts(),
        n_unlocated=int(accepted.geometry.isna().sum()) if frame.has_geometry else 0,
        flagged={reason: n for reason, n in flagged.items() if n},
        categories={str(k): int(n) for k, n in sorted(kinds.items(), key=lambda i: (-i[1], i[0]))},
        other=other,
        unmapped=settling.unmapped,
        scrubbed=settling.scrubbed,
        period=_period(accepted, frame),
        layout=settling.raw.layout,
        reader=reader,
        mapping_version=mapping.version,
    )


def _period(accepted: gpd.GeoDataFrame, frame: Frame) -> tuple[datetime, datetime] | None:
    """First and last main time."""
    name = next((n for n in _MAIN_TIMES if n in frame.names), None)
    times = accepted[name].dropna() if name is not None else pd.Series(dtype=object)
    if not len(times):
        return None
    first, last = times.min().to_pydatetime(), times.max().to_pydatetime()
    if first.tzinfo is None:
        return first.replace(tzinfo=UTC), last.replace(tzinfo=UTC)
    return first, last
