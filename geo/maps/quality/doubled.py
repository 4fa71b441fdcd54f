"""A register that is loaded under two names: told of the name that came last."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame


def doubled(rows: GeoDataFrame, *, frame: str, source: str, held: pd.DataFrame) -> dict[str, int]:
    """
    Count the rows of a source that an earlier source holds nearly all of.

    Parameters
    ----------
    rows
        All rows of the frame that hold, shape (n,).
    frame
        Its name.
    source
        The source.
    held
        Loads that hold, of every frame, in the order they came.

    Returns
    -------
    dict of str to int
        Earlier source -> rows of this one that it has; empty for a frame that is no register.
    """
    from geo.ingest.twins import REGISTERS, also_in

    loads = held[held["frame"] == frame]
    began = list(dict.fromkeys(loads["source"]))
    earlier = began[: began.index(source)]
    if frame not in REGISTERS or not earlier:
        return {}
    of = rows["batch_id"].map(loads.set_index("batch_id")["source"])
    others = rows[of.isin(earlier)]
    return also_in(rows[of == source], others, frame=frame, sources=of[others.index])
