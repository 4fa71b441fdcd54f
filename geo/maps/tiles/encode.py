"""From prepared features to the bytes of one tile's layer; compiled, and plain Python without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from geo.maps.tiles.kernels import LINE, POINT, POLYGON, clip_ring, put
from geo.maps.tiles.paths import pick_path, put_line, put_points, put_ring

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

_TAGS, _TYPE, _GEOMETRY, _FEATURE = 0x12, 0x18, 0x22, 0x12


@njit(cache=True)
def _number(at: Whole, used: Whole, which: int, n: int) -> int:
    """Give a key or value its number in the tile, if it has none; say how many have."""
    if at[which] >= 0:
        return n
    at[which], used[n] = n, which
    return n + 1


@njit(cache=True)
def encode(
    xy: Floats, weight: Floats, path_start: Whole, hole: Bytes, feature_start: Whole, kind: Bytes,
    box: Floats, tags: Whole, tag_start: Whole, frame: Floats, key_at: Whole, value_at: Whole,
    keys: Whole, values: Whole, x: Floats, y: Floats, spare: Floats, q: Whole, pen: Whole,
    part: Bytes, told: Bytes, out: Bytes,
) -> tuple[int, int, int]:  # fmt: skip
    """
    Write every feature that has something in the square.

    Parameters
    ----------
    xy, weight, path_start, hole, feature_start, kind, box, tags, tag_start
        The sheet, see `Sheet`.
    frame
        Scale, shift in x, shift in y, tolerance, low and high side.
    key_at, value_at
        Number of each key and value in the tile, -1 before it has one; filled in.
    keys, values
        Keys and values by their number in the tile; filled in.
    x, y, spare, q, pen
        Room to work in.
    part, told
        Room for one feature's geometry and tags.
    out
        Filled in.

    Returns
    -------
    tuple of int
        Bytes written, keys and values used.
    """
    end, n_keys, n_values = 0, 0, 0
    low, high = frame[4], frame[5]
    for feature in range(len(kind)):
        west, north = box[feature, 0] * frame[0] - frame[1], box[feature, 1] * frame[0] - frame[2]
        east, south = box[feature, 2] * frame[0] - frame[1], box[feature, 3] * frame[0] - frame[2]
        if east < low or west > high or south < low or north > high:
            continue
        inside = west >= low and east <= high and north >= low and south <= high
        pen[0], pen[1] = 0, 0
        size, shown = 0, False
        for path in range(feature_start[feature], feature_start[feature + 1]):
            ends = path_start[path], path_start[path + 1]
            fewest = 3 if kind[feature] == POLYGON else 1
            n = pick_path(xy, weight, ends[0], ends[1], frame, x, y, fewest)
            if kind[feature] == POINT:
                size = put_points(x, y, n, frame, q, pen, part, size)
            elif kind[feature] == LINE:
                size = put_line(x, y, n, frame, spare, q, pen, part, size)
            elif shown or not hole[path]:
                if not inside:
                    n = clip_ring(x, y, n, low, high, spare)
                at = size
                size = put_ring(x, y, n, bool(hole[path]), q, pen, part, size)
                shown = shown if hole[path] else size > at
        if size == 0:
            continue
        length = 0
        for i in range(tag_start[feature], tag_start[feature + 1]):
            n_keys = _number(key_at, keys, tags[i, 0], n_keys)
            n_values = _number(value_at, values, tags[i, 1], n_values)
            length = put(told, length, key_at[tags[i, 0]])
            length = put(told, length, value_at[tags[i, 1]])
        end = _put_feature(out, end, told, length, kind[feature], part, size)
    return end, n_keys, n_values


@njit(cache=True)
def _put_feature(
    out: Bytes, at: int, told: Bytes, length: int, kind: int, part: Bytes, size: int
) -> int:
    """Write one feature: its tags, its type, its geometry."""
    whole = 2 + 1 + _varint_length(size) + size
    if length:
        whole += 1 + _varint_length(length) + length
    out[at] = _FEATURE
    at = put(out, at + 1, whole)
    if length:
        out[at] = _TAGS
        at = put(out, at + 1, length)
        for i in range(length):
            out[at + i] = told[i]
        at += length
    out[at], out[at + 1] = _TYPE, kind
    out[at + 2] = _GEOMETRY
    at = put(out, at + 3, size)
    for i in range(size):
        out[at + i] = part[i]
    return at + size


@njit(cache=True)
def _varint_length(value: int) -> int:
    """Say how many bytes a number takes."""
    length = 1
    while value > 127:
        value >>= 7
        length += 1
    return length


@njit(cache=True)
def gather(blob: Bytes, start: Whole, wanted: Whole, out: Bytes) -> None:
    """
    Copy pieces of a long row of bytes after one another.

    Parameters
    ----------
    blob, start
        The bytes, and where each piece begins.
    wanted
        Which pieces, in order.
    out
        Filled in; as long as the pieces together.
    """
    at = 0
    for piece in wanted:
        for i in range(start[piece], start[piece + 1]):
            out[at] = blob[i]
            at += 1
