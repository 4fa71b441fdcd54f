"""Police notices on the ground of the area they name: a polygon that is loaded, never a point."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.maps.layers_ground import INVENTORY_LEVEL, LAND_LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    import shapely
    from geopandas import GeoDataFrame

_TITLES = re.compile(r"^(region)\s+|\s+(kommun|stads kommun|stad)$")


def on_their_areas(notices: GeoDataFrame, *, areas: GeoDataFrame) -> GeoDataFrame:
    """
    Give each notice the outline of the area it names.

    The outline is looked up when a picture is made and not stored: areas that are loaded later,
    or taken back, then hold for the notices too, and a county's outline is kept once instead of
    once a notice.

    Parameters
    ----------
    notices
        Police notices, working CRS, shape (n,); a geometry of their own is left as it is.
    areas
        Areas, working CRS, shape (m,). Kinds of land and the surveys of lamps name no area that
        a notice could mean. Where several areas share a name the largest division is taken: a
        notice is never placed more closely than its name says.

    Returns
    -------
    GeoDataFrame
        A new frame, same rows and order; without geometry where no area of the name is loaded.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> said = gpd.GeoDataFrame({"area": ["Växjö", "Kiruna"]}, geometry=[None, None], crs=3006)
    >>> land = gpd.GeoDataFrame(
    ...     {"name": ["Växjö kommun"], "level": ["municipality"]}, geometry=[box(0, 0, 9, 9)],
    ...     crs=3006)
    >>> on_their_areas(said, areas=land).geometry.notna().tolist()
    [True, False]
    """
    import geopandas as gpd

    lacking = notices.geometry.isna() | notices.is_empty
    outlines = _outlines(areas)
    if not outlines or not lacking.any():
        return notices
    shapes = [
        outlines.get(_plain(name)) if missing else shape
        for name, missing, shape in zip(notices["area"], lacking, notices.geometry, strict=True)
    ]
    return notices.set_geometry(
        gpd.GeoSeries(shapes, index=notices.index, crs=notices.crs)  # shared, not copied
    )


def _outlines(areas: GeoDataFrame) -> dict[str, shapely.Geometry]:
    """Give the outline of every name that a notice may use; a name as written goes first."""
    kept = areas.loc[~areas["level"].isin([LAND_LEVEL, INVENTORY_LEVEL])]
    kept = kept.loc[kept["name"].notna() & kept.geometry.notna() & ~kept.is_empty]
    if kept.empty:
        return {}
    named = kept.assign(said=kept["name"].map(_plain)).dissolve(["said", "level"])
    ordered = named.assign(size=named.area).sort_values("size", ascending=False)
    written: dict[str, shapely.Geometry] = {}
    for name, shape in zip(ordered.index.get_level_values("said"), ordered.geometry, strict=True):
        written.setdefault(name, shape)
    out = dict(written)
    for name, shape in written.items():
        for short in _shortened(name):
            out.setdefault(short, shape)
    return out


def _plain(name: object) -> str:
    """Write a name without capitals and needless spaces."""
    return " ".join(str(name).casefold().split())


def _shortened(name: str) -> Iterator[str]:
    """Give what a municipality is called without its title: Växjö of Växjö kommun, Borås stad."""
    bare = _TITLES.sub("", name)
    if bare != name:
        yield bare
        yield bare.removesuffix("s")
