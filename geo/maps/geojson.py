"""GeoJSON by RFC 7946: degrees, seven decimals, UTC with Z, nothing that is not JSON."""

from __future__ import annotations

import json
import math
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from geo.errors import MapError
from geo.spatial import DOOR_CRS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from shapely import Polygon

DECIMALS = 7  # a centimetre; the registered limit of what the format means
_BOX_STEPS = 21
_AROUND = 5.0  # degrees beyond the area a CRS is meant for
_SLIVER = 1e-6  # degrees; what is left of a box that lies elsewhere
_EXACT_INTEGERS = 2**53


def feature_collection(
    rows: GeoDataFrame,
    *,
    matched: int | None = None,
    data_until: str | None = None,
    links: Sequence[Mapping[str, str]] = (),
    decimals: int = DECIMALS,
) -> bytes:
    """
    Encode rows as a FeatureCollection.

    Parameters
    ----------
    rows
        Rows that have passed the gate, shape (n,), any CRS; a column `id`
        becomes the feature's id and stays among its properties.
    matched
        How many rows the whole answer has; None when this is all of it.
    data_until
        The moment of the last event, with Z.
    links
        Links as OGC API Features has them.
    decimals
        Decimals of a degree.

    Returns
    -------
    bytes
        UTF-8; rings follow the right-hand rule, missing values are null,
        moments end with Z.

    Raises
    ------
    MapError
        If the rows have no CRS, or a column holds what JSON cannot.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> rows = gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(17.6, 59.9)], crs="OGC:CRS84")
    >>> feature_collection(rows)[:47]
    b'{"type":"FeatureCollection","numberMatched":1,"'
    """
    head: dict[str, Any] = {
        "type": "FeatureCollection",
        "numberMatched": len(rows) if matched is None else matched,
        "numberReturned": len(rows),
    }
    if data_until is not None:
        head["dataUntil"] = data_until
    if links:
        head["links"] = list(links)
    names = [name for name in rows.columns if name != rows.geometry.name]
    columns = [column_texts(rows[name], name=name) for name in names]
    keys = [json.dumps(name, ensure_ascii=False).replace("%", "%%") + ":%s" for name in names]
    own = '"id":%s,' if "id" in names else ""
    row = f'{{"type":"Feature",{own}"properties":{{{",".join(keys)}}},"geometry":%s}}'
    ids = [columns[names.index("id")]] if own else []
    parts = zip(*ids, *columns, _geometries(rows, decimals=decimals), strict=True)
    features = [row % values for values in parts]
    opened = json.dumps(_clean(head), ensure_ascii=False, separators=(",", ":"))[:-1]
    return f'{opened},"features":[{",".join(features)}]}}'.encode()


def box_from_degrees(box: Sequence[float], *, crs: Any) -> Polygon:
    """
    Take a box in degrees to the working CRS, its sides bent as they should be.

    Parameters
    ----------
    box
        West, south, east, north, degrees (CRS84).
    crs
        The working CRS.

    Returns
    -------
    Polygon
        The box in metres, each side in twenty pieces.

    Raises
    ------
    MapError
        If it is no box.
    """
    import numpy as np
    import shapely
    from pyproj import Transformer

    if len(box) != 4 or not all(math.isfinite(v) for v in box):  # four sides
        msg = "a box is four numbers."
        raise MapError(msg, expected="west,south,east,north", fix="write bbox=w,s,e,n in degrees")
    west, south, east, north = box
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # degrees
        msg = "the box is not a box in degrees."
        raise MapError(msg, expected="west < east, south < north", fix="write bbox=w,s,e,n")
    west, south, east, north = _near_home((west, south, east, north), crs=crs)
    x, y = np.linspace(west, east, _BOX_STEPS), np.linspace(south, north, _BOX_STEPS)
    ring = np.concatenate(
        [
            np.column_stack([x, np.full_like(x, south)]),
            np.column_stack([np.full_like(y, east), y])[1:],
            np.column_stack([x[::-1], np.full_like(x, north)])[1:],
            np.column_stack([np.full_like(y, west), y[::-1]])[1:],
        ]
    )
    there = Transformer.from_crs(DOOR_CRS, crs, always_xy=True)
    return shapely.Polygon(np.column_stack(there.transform(ring[:, 0], ring[:, 1])))


def _near_home(
    box: tuple[float, float, float, float], *, crs: Any
) -> tuple[float, float, float, float]:
    """Cut a box to where the working CRS holds; half the world away it has no numbers."""
    from pyproj import CRS

    area = CRS(crs).area_of_use
    if area is None or area.west >= area.east:
        return box
    lows = (area.west - _AROUND, area.south - _AROUND)
    highs = (area.east + _AROUND, area.north + _AROUND)
    west, south = (min(max(v, lo), hi) for v, lo, hi in zip(box[:2], lows, highs, strict=True))
    east, north = (min(max(v, lo), hi) for v, lo, hi in zip(box[2:], lows, highs, strict=True))
    return west, south, max(east, west + _SLIVER), max(north, south + _SLIVER)


def box_to_degrees(
    box: tuple[float, float, float, float], *, crs: Any
) -> tuple[float, float, float, float]:
    """
    Take a box in the working CRS to degrees.

    Parameters
    ----------
    box
        West, south, east, north, metres.
    crs
        The working CRS.

    Returns
    -------
    tuple
        The box in CRS84 that holds it, seven decimals.
    """
    from pyproj import Transformer

    there = Transformer.from_crs(crs, DOOR_CRS, always_xy=True)
    w, s, e, n = there.transform_bounds(*box, densify_pts=_BOX_STEPS)
    return round(w, DECIMALS), round(s, DECIMALS), round(e, DECIMALS), round(n, DECIMALS)


def _geometries(rows: GeoDataFrame, *, decimals: int) -> list[str]:
    """Encode geometry in degrees, rounded, outer rings counter-clockwise."""
    import numpy as np
    import shapely

    if rows.crs is None:
        msg = "rows without a coordinate reference system cannot be placed in degrees."
        raise MapError(msg, found="none", fix="set the CRS of the frame")
    degrees = rows.geometry.to_crs(DOOR_CRS).to_numpy()

    def rounded(at: NDArray[Any]) -> NDArray[Any]:
        return np.round(at, decimals)

    there = ~(shapely.is_missing(degrees) | shapely.is_empty(degrees))
    if (shapely.get_type_id(degrees[there]) == 0).all() and not shapely.has_z(degrees[there]).any():
        at = rounded(shapely.get_coordinates(degrees)).tolist()
        texts = [f'{{"type":"Point","coordinates":[{x!r},{y!r}]}}' for x, y in at]
        return _among(texts, there)
    shapes = shapely.orient_polygons(shapely.transform(degrees[there], rounded))
    return _among(list(shapely.to_geojson(shapes)), there)


def _among(texts: list[str], there: NDArray[Any]) -> list[str]:
    """Put null where there is no shape."""
    if len(texts) == len(there):
        return texts
    found = iter(texts)
    return [next(found) if one else "null" for one in there.tolist()]


def column_texts(values: pd.Series, *, name: str) -> list[str]:
    """
    Encode a column; equal texts and numbers are encoded once.

    Parameters
    ----------
    values
        The column, shape (n,).
    name
        Its name, for errors.

    Returns
    -------
    list of str
        JSON of each value, ``null`` where it is missing.
    """
    import numpy as np
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        aware = getattr(values.dtype, "tz", None) is not None
        naive = values.dt.tz_convert("UTC").dt.tz_localize(None) if aware else values
        texts = np.datetime_as_string(naive.to_numpy(), unit="s" if aware else "D")
        end = "Z" if aware else ""
        return ["null" if t.startswith("NaT") else f'"{t}{end}"' for t in texts]
    if values.dtype == object:
        return [_json(value, name=name) for value in values]
    if pd.api.types.is_float_dtype(values.dtype):
        # a column of numbers says so in every row: a client that guesses types from the first
        # page would else take 5 for a whole number, and cut the 4.5 of the next page
        numbers = values.astype("float64").to_numpy()
        return [repr(v) if math.isfinite(v) else "null" for v in numbers.tolist()]
    if pd.api.types.is_string_dtype(values.dtype):
        return [encode_basestring(v) if isinstance(v, str) else "null" for v in values.tolist()]
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "iu":
        return list(map(str, values.tolist()))
    codes, uniques = pd.factorize(values)
    encoded = [*(_json(value, name=name) for value in uniques), "null"]
    return [encoded[code] for code in codes]


def _json(value: Any, *, name: str) -> str:
    """Encode one value, or say which column cannot be encoded."""
    try:
        return json.dumps(_clean(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        msg = f"column {name!r} holds a value that JSON cannot carry."
        raise MapError(msg, found=type(value).__name__, fix="turn it into text first") from error


def _clean(value: Any) -> Any:
    """Turn whatever a frame holds into what JSON knows."""
    if isinstance(value, dict):
        return {str(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    if hasattr(value, "tolist"):  # numpy scalars and arrays
        return _clean(value.tolist())
    if isinstance(value, float):
        return _number(value)
    if hasattr(value, "isoformat"):
        return None if str(value) == "NaT" else _moment(value)
    return None if str(value) == "<NA>" else value


def _number(value: float) -> float | None:
    """Write whole numbers without a point, and what is no number as null."""
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < _EXACT_INTEGERS else value


def _moment(value: Any) -> str:
    """Write a moment with Z, a date or naive time as it is."""
    if getattr(value, "tzinfo", None) is None:
        return str(value.isoformat())
    from datetime import UTC

    return str(value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
