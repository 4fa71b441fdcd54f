"""From what a database keeps back to frames that keep their contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo.frames import Column, Frame, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from geopandas import GeoDataFrame

NOT_A_TIME = -(2**63)


def decode(
    frame: Frame, names: Sequence[str], blocks: Iterable[Sequence[Sequence[Any]]], *, crs: Any
) -> GeoDataFrame:
    """
    Build a frame from rows of SQL values, block by block.

    Parameters
    ----------
    frame
        The contract.
    names
        What the values of a row are: the frame's columns and `geometry`.
    blocks
        Lists of rows; each block is turned into typed columns before the next
        is fetched, so that few Python objects live at once.
    crs
        The store's CRS.

    Returns
    -------
    GeoDataFrame
        Shape (n,), every column of the contract in its order and type.
    """
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    pieces: list[pd.DataFrame] = []
    shapes: list[Any] = []
    for block in blocks:
        values = dict(zip(names, zip(*block, strict=True), strict=True))
        shapes.append(shapely.from_wkb(np.array(values.pop("geometry"), dtype="object")))
        data = {c.name: _series(values[c.name], c) for c in frame.columns}
        pieces.append(pd.DataFrame(data, copy=False))
    if not pieces:
        return frame.empty(crs=crs)
    table = pieces[0] if len(pieces) == 1 else pd.concat(pieces, ignore_index=True)
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(np.concatenate(shapes), crs=crs))


def _series(values: Sequence[Any], column: Column) -> pd.Series:
    """Give one column its contract's type."""
    import numpy as np
    import pandas as pd

    if column.kind in {Kind.TEXTS, Kind.JSON}:
        return pd.Series([_parsed(v) for v in values], dtype="object")
    if column.kind in {Kind.TIME, Kind.DATE}:
        stamps = times(values)
        return stamps if column.kind is Kind.TIME else stamps.dt.tz_localize(None)
    if column.kind is Kind.NUMBER:
        return pd.Series(np.array(values, dtype="float64"))
    dtype = {Kind.INTEGER: "Int64", Kind.BOOLEAN: "boolean"}.get(column.kind, "str")
    return pd.Series(list(values), dtype=dtype)


def _parsed(text: str | None) -> Any:
    """Read JSON; a list of one's own for every row, since lists can be changed."""
    return [] if text == "[]" else None if text is None else json.loads(text)


def times(values: Sequence[int | None]) -> pd.Series:
    """
    Turn microseconds since 1970 into times.

    Parameters
    ----------
    values
        Shape (n,); None where there is no time.

    Returns
    -------
    pandas.Series
        ``datetime64[us, UTC]``, NaT where there was None.
    """
    import numpy as np
    import pandas as pd

    numbers = np.array([NOT_A_TIME if v is None else v for v in values], dtype="int64")
    return pd.Series(numbers.view("datetime64[us]")).dt.tz_localize("UTC")
