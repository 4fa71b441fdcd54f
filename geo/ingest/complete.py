"""The rows that are kept, packed, with the columns that follow from others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.frames import GIVEN_LATER, Coded, Column, Packed, pack_column
from geo.ingest.network import end_nodes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.ingest.places import Places
    from geo.ingest.settle import Settling


def complete(
    settling: Settling, columns: dict[str, Any], places: Places, keep: NDArray[np.bool_]
) -> Packed:
    """
    Pack the kept rows, with the columns that follow from others.

    Parameters
    ----------
    settling
        The file on its way.
    columns
        Settled columns, shape (n,); let go of one by one.
    places
        Where the rows are.
    keep
        Rows that are kept, bool, shape (n,).

    Returns
    -------
    Packed
        The kept rows.
    """
    frame, mapping = settling.frame, settling.mapping
    n = int(keep.sum())
    shapes = None if places.shapes is None else places.shapes[keep]
    x, y = (None if side is None else side[keep] for side in (places.x, places.y))
    packed: dict[str, Any] = {}
    if "mapping_version" in frame.names:
        packed["mapping_version"] = Coded.of(mapping.version, n=n)
    if "flags" in frame.names:
        packed["flags"] = _flag_lists(settling, keep)
    if frame.name == "streets":
        lines = gpd.GeoSeries(shapes)
        columns["length_m"] = lines.length
        if settling.theirs("from_node") and settling.theirs("to_node"):
            for name in ("from_node", "to_node"):
                columns[name] = settling.cells(name)[0][keep]
        else:
            columns["from_node"], columns["to_node"] = end_nodes(lines)
    if frame.name == "lamps" and "assumed" not in columns:
        packed["assumed"] = Coded.of(settling.assumed(), n=n)
    for column in frame.columns:
        if column.name not in packed and column.name not in GIVEN_LATER:
            values = columns.pop(column.name, None)  # let go of as it is packed
            packed[column.name] = _packed(values, column, keep)
    ordered = {name: packed[name] for name in frame.names if name in packed}
    return Packed(frame, columns.pop("id")[keep], ordered, x, y, shapes)


def _packed(values: Any, column: Column, keep: NDArray[np.bool_]) -> Any:
    """Pack the kept rows of a column; one that nothing is said of is empty."""
    if values is None:
        values = Coded.of(None, n=len(keep))
    if isinstance(values, Coded):  # every row says the same
        n = int(keep.sum())
        one = pack_column(pd.Series(values.words, dtype="object"), column)
        return one.take(np.zeros(n, int)) if isinstance(one, Coded) else np.repeat(one, n)
    kept = values[keep] if len(values) == len(keep) else values
    if isinstance(kept, np.ndarray) and kept.dtype.kind == "S":
        return kept
    return pack_column(pd.Series(kept), column)


def _flag_lists(settling: Settling, keep: NDArray[np.bool_]) -> Coded:
    """Each kept row's doubts, those the frame has words for; the same doubts are one word."""
    allowed = settling.frame.column("flags").vocabulary
    doubts = [r for r in allowed if r in settling.doubts.flags]
    combined = np.zeros(int(keep.sum()), dtype=np.int64)
    for bit, reason in enumerate(doubts):
        combined |= settling.doubts.flags[reason][keep].astype(np.int64) << bit
    found, codes = np.unique(combined, return_inverse=True)
    words = np.empty(len(found), dtype=object)
    for at, bits in enumerate(found):
        words[at] = [reason for bit, reason in enumerate(doubts) if bits >> bit & 1]
    return Coded(words, codes.astype(np.int32))
