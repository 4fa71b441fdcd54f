"""Cut one vector tile (Mapbox Vector Tile 2.1) out of a prepared layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps.tiles.mercator import MAX_ZOOM, require_tile
from geo.maps.tiles.sheet import varint

if TYPE_CHECKING:
    from geo.maps.tiles.sheet import Sheet

EXTENT = 4096
BUFFER = 256
"""What is drawn across an edge is in both tiles, this far: 32 px of a tile of 512."""
SIMPLIFY = 2.0
"""Lines may be this many units (a quarter of a pixel) off below the last zoom; at it, none."""
MEDIA_TYPE = "application/vnd.mapbox-vector-tile"


def cut_tile(sheet: Sheet, *, z: int, x: int, y: int) -> bytes:
    """
    Write one tile.

    Parameters
    ----------
    sheet
        The layer.
    z
        Zoom, 0 to 16.
    x, y
        Column and row, from the north-west corner.

    Returns
    -------
    bytes
        A tile of one layer of `EXTENT` units; empty when nothing is there.
        Outer rings have positive area, y downwards, and holes negative.

    Raises
    ------
    NotFoundError
        If there is no such tile.
    """
    require_tile(z, x=x, y=y)
    if not len(sheet):
        return b""
    import numpy as np

    from geo.maps.tiles.encode import encode, gather
    from geo.maps.tiles.kernels import room_for, scratch

    scale = float(EXTENT * 2**z)
    tolerance = 0.0 if z == MAX_ZOOM else SIMPLIFY / scale
    frame = np.array(
        [scale, x * EXTENT, y * EXTENT, tolerance, -BUFFER, EXTENT + BUFFER], np.float64
    )
    vertices = np.diff(sheet.path_start[sheet.feature_start])
    paths, tags = np.diff(sheet.feature_start), np.diff(sheet.tag_start)
    most, n = room_for(int(vertices.max()), int(paths.max())), len(sheet)
    key_at, value_at = np.full(len(sheet.keys), -1), np.full(len(sheet.value_start), -1)
    keys, values = np.empty_like(key_at), np.empty_like(value_at)
    out = np.empty(room_for(int(vertices.sum()), int(paths.sum())) + 10 * len(sheet.tags)
                   + 24 * n, np.uint8)  # fmt: skip
    size, n_keys, n_values = encode(
        sheet.xy, sheet.weight, sheet.path_start, sheet.hole, sheet.feature_start, sheet.kind,
        sheet.box, sheet.tags, sheet.tag_start, frame, key_at, value_at, keys, values,
        *scratch(int(np.diff(sheet.path_start).max())),
        np.empty(most, np.uint8), np.empty(10 * int(tags.max(initial=0)) + 16, np.uint8), out,
    )  # fmt: skip
    if size == 0:
        return b""
    used = values[:n_values]
    told = np.empty(int(np.diff(sheet.value_start)[used].sum()), np.uint8)
    gather(sheet.values, sheet.value_start, used, told)
    name = sheet.name.encode()
    layer = b"".join(
        [
            b"\x0a" + varint(len(name)) + name,
            out[:size].tobytes(),
            *(sheet.keys[key] for key in keys[:n_keys]),
            told.tobytes(),
            b"\x28" + varint(EXTENT) + b"\x78\x02",
        ]
    )
    return b"\x1a" + varint(len(layer)) + layer
