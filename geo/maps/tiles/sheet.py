"""A layer made ready for tiles once: flat vertices, their weights, and texts as bytes."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.maps.geojson import column_texts
from geo.maps.tiles.mercator import world

if TYPE_CHECKING:
    import numpy as np
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

_KEY, _VALUE = b"\x1a", b"\x22"
_TEXT, _DOUBLE, _UNSIGNED, _SIGNED, _BOOL = b"\x0a", b"\x19", b"\x28", b"\x30", b"\x38"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """
    A layer ready for tiles; n features of r paths of k vertices.

    Parameters
    ----------
    name
        The layer.
    xy
        Vertices in the square world, shape (k, 2); rings are not closed.
    weight
        Tolerance at which a vertex goes, shape (k,).
    path_start
        First vertex of each path, and the end, shape (r + 1,).
    hole
        Whether a path is a hole, shape (r,); it follows its outer ring.
    feature_start
        First path of each feature, and the end, shape (n + 1,).
    kind
        1 point, 2 line, 3 polygon, shape (n,).
    box
        Least x, least y, most x, most y of each feature, shape (n, 4).
    tags
        Key and value of each property there is, shape (t, 2).
    tag_start
        First tag of each feature, and the end, shape (n + 1,).
    keys
        Names of properties, as bytes of a tile.
    values, value_start
        Values as bytes of a tile, and where each begins.
    """

    name: str
    xy: NDArray[np.float64]
    weight: NDArray[np.float64]
    path_start: NDArray[np.int64]
    hole: NDArray[np.uint8]
    feature_start: NDArray[np.int64]
    kind: NDArray[np.uint8]
    box: NDArray[np.float64]
    tags: NDArray[np.int64]
    tag_start: NDArray[np.int64]
    keys: tuple[bytes, ...]
    values: NDArray[np.uint8]
    value_start: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the features."""
        return len(self.kind)


def prepare(rows: GeoDataFrame, *, name: str) -> Sheet:
    """
    Make a layer ready for tiles.

    Parameters
    ----------
    rows
        Rows that have passed the gate, shape (n,), any CRS; what has no place
        is left out, and a property that is missing is not written.
    name
        What the layer is called in its tiles.

    Returns
    -------
    Sheet
        The layer.

    Raises
    ------
    MapError
        If the rows have no CRS, or a column holds what JSON cannot.
    """
    import numpy as np
    import pandas as pd
    import shapely

    from geo.maps.tiles.weights import vertex_weights

    given = rows.geometry.to_numpy()
    kept = rows.loc[~(shapely.is_missing(given) | shapely.is_empty(given))]
    mixed = kept.geom_type == "GeometryCollection"
    if mixed.any():
        kept = pd.concat([kept.loc[~mixed], kept.loc[mixed].explode()])
    shapes = world(kept.geometry)
    parts = [_points(shapes), _lines(shapes), _polygons(shapes)]
    xy = np.concatenate([part["xy"] for part in parts])
    owner = np.concatenate([part["owner"] for part in parts])
    hole = np.concatenate([part["hole"] for part in parts])
    kind = np.concatenate([np.full(len(p["owner"]), at + 1) for at, p in enumerate(parts)])
    path_start = _starts(np.concatenate([part["size"] for part in parts]))
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    weight = np.zeros(len(xy))
    weight[: len(parts[0]["xy"])] = np.inf
    vertex_weights(xy, path_start, (kind == 3).astype(np.uint8), weight)
    weight[: len(parts[0]["xy"])] = np.inf
    low = np.minimum.reduceat(xy, path_start[first]) if len(first) else np.empty((0, 2))
    high = np.maximum.reduceat(xy, path_start[first]) if len(first) else np.empty((0, 2))
    order = owner[first]
    keys, values, value_start, tags, tag_start = _properties(kept, order)
    return Sheet(
        name=name,
        xy=xy,
        weight=weight,
        path_start=path_start,
        hole=hole.astype(np.uint8),
        feature_start=np.append(first, len(owner)).astype(np.int64),
        kind=kind[first].astype(np.uint8),
        box=np.hstack([low, high]),
        tags=tags,
        tag_start=tag_start,
        keys=keys,
        values=values,
        value_start=value_start,
    )


def _starts(sizes: NDArray[Any]) -> NDArray[np.int64]:
    """Turn sizes into where each begins, and the end."""
    import numpy as np

    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _points(shapes: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Take the points out: one path a feature."""
    import numpy as np
    import shapely

    rows = np.flatnonzero(np.isin(shapely.get_type_id(shapes), (0, 4)))
    xy, row = shapely.get_coordinates(shapes[rows], return_index=True)
    sizes = np.bincount(row, minlength=len(rows))
    return {"xy": xy, "owner": rows, "size": sizes, "hole": np.zeros(len(rows), bool)}


def _lines(shapes: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Take the lines out: one path a part."""
    import numpy as np
    import shapely

    rows = np.flatnonzero(np.isin(shapely.get_type_id(shapes), (1, 2, 5)))
    parts, of = shapely.get_parts(shapes[rows], return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    sizes = np.bincount(part, minlength=len(parts))
    return {"xy": xy, "owner": rows[of], "size": sizes, "hole": np.zeros(len(parts), bool)}


def _polygons(shapes: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Take the polygons out: one path a ring, outer ones before their holes."""
    import numpy as np
    import shapely

    rows = np.flatnonzero(np.isin(shapely.get_type_id(shapes), (3, 6)))
    parts, of = shapely.get_parts(shapes[rows], return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    closing = np.append(ring[1:] != ring[:-1], True) if len(ring) else np.zeros(0, bool)
    sizes = np.bincount(ring, minlength=len(rings)) - 1
    hole = np.append(False, part[1:] == part[:-1]) if len(part) else np.zeros(0, bool)
    return {"xy": xy[~closing], "owner": rows[of[part]], "size": sizes, "hole": hole}


def _properties(rows: GeoDataFrame, order: NDArray[Any]) -> tuple[Any, ...]:
    """Write every different value once; say which key and value each feature has."""
    import numpy as np
    import pandas as pd

    names = [name for name in rows.columns if name != rows.geometry.name]
    known: dict[bytes, int] = {}
    table = np.full((len(order), len(names)), -1, np.int64)
    for at, name in enumerate(names):
        codes, texts = pd.factorize(np.asarray(column_texts(rows[name], name=name), dtype=object))
        decimal = pd.api.types.is_float_dtype(rows[name].dtype)
        numbers = [_number_of(known, _value(text, decimal=decimal)) for text in texts]
        table[:, at] = np.asarray([*numbers, -1])[codes][order]
    there = table >= 0
    tags = np.column_stack([np.nonzero(there)[1], table[there]]).astype(np.int64)
    blob = np.frombuffer(b"".join(known), np.uint8)
    starts = _starts(np.asarray([len(value) for value in known], np.int64))
    keys = tuple(_KEY + _sized(name.encode()) for name in names)
    return keys, blob, starts, tags, _starts(there.sum(axis=1))


def _number_of(known: dict[bytes, int], value: bytes | None) -> int:
    """Give a value its number; -1 for what is missing."""
    return -1 if value is None else known.setdefault(value, len(known))


def _value(text: str, *, decimal: bool) -> bytes | None:
    """Turn a value, as JSON has it, into bytes of a tile; lists and mappings stay JSON."""
    if text == "null":
        return None
    found = text if text[0] in "[{" else json.loads(text)
    if isinstance(found, str):
        body = _TEXT + _sized(found.encode())
    elif isinstance(found, bool):
        body = _BOOL + varint(int(found))
    elif decimal or isinstance(found, float):
        body = _DOUBLE + struct.pack("<d", found)
    else:
        body = _SIGNED + varint(-2 * found - 1) if found < 0 else _UNSIGNED + varint(found)
    return _VALUE + _sized(body)


def _sized(body: bytes) -> bytes:
    """Put the length before a text."""
    return varint(len(body)) + body


def varint(value: int) -> bytes:
    """
    Write a whole number as a varint.

    Parameters
    ----------
    value
        At least 0.

    Returns
    -------
    bytes
        Seven bits a byte, lowest first.
    """
    out = bytearray()
    while value > 127:
        out.append((value & 127) | 128)
        value >>= 7
    return bytes([*out, value])
