"""The hash that tells a changed row: 128 bits of its content, whole columns at a time."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.frames import DIGESTS, Coded, Kind, Packed

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Lanes = NDArray[np.uint64]

HASH_BYTES = 16
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SHIFTS = tuple(np.uint64(n) for n in (30, 27, 31))
_BLOCK = 8


def hash_rows(rows: Packed, *, write: Callable[[Any], str]) -> NDArray[np.bytes_]:
    """
    Hash each row's content, blind to id, provenance, and columns left empty.

    Every value gives two 64-bit numbers that rest on it and on its column's name; a row's hash
    is their sum, so that neither a new optional column nor another order of columns changes
    it. The mixing is splitmix64 [1]_: no shield against someone who builds a collision, and
    none is needed to see that a row was corrected.

    Parameters
    ----------
    rows
        Shape (n,).
    write
        Writes lists and JSON as text, the same text for the same value.

    Returns
    -------
    numpy.ndarray
        Void of 16 bytes, shape (n,).

    References
    ----------
    .. [1] Steele, G., Lea, D. and Flood, C. (2014). Fast splittable pseudorandom number
       generators. OOPSLA, 453-472.
    """
    total = np.zeros((len(rows), 2), dtype=np.uint64)
    for name, values in rows.columns.items():
        token, there = _tokens(values, digest=name in DIGESTS, write=write,
                               lists=rows.frame.column(name).kind is Kind.TEXTS)  # fmt: skip
        _add(total, token, there, name)
    _add_place(total, rows)
    out: NDArray[np.bytes_] = total.astype("<u8").reshape(-1).view("V16")
    return out


def _add(total: Lanes, token: Lanes, there: NDArray[np.bool_], name: str) -> None:
    """Add one column's part, nothing where there is no value."""
    if not there.any():
        return
    with np.errstate(over="ignore"):
        part = _mix(token + _name(name))
    if not there.all():
        part[~there] = 0
    total += part


def _tokens(
    values: Any, *, digest: bool, lists: bool, write: Callable[[Any], str]
) -> tuple[Lanes, NDArray[np.bool_]]:
    """Give two numbers for each value, shape (n, 2), and where there is one at all."""
    if isinstance(values, Coded):
        told = [None if w is None or (lists and w == []) else w for w in values.words]
        texts = [b"" if w is None else (w if isinstance(w, str) else write(w)).encode()
                 for w in told]  # fmt: skip
        if digest:
            words = _text_lanes(np.array([*texts, b""], dtype=np.bytes_))[:-1]
        else:
            words = np.array([_digest(text) for text in texts], dtype=np.uint64).reshape(-1, 2)
        said = np.array([w is not None for w in told], dtype=bool)
        return words[values.codes], said[values.codes]
    if digest:
        return _text_lanes(values), values != b""
    if values.dtype.kind == "M":
        return _pair(values.astype("datetime64[us]").view(np.uint64)), ~np.isnat(values)
    return _pair((values + 0.0).view(np.uint64)), ~np.isnan(values)


def _add_place(total: Lanes, rows: Packed) -> None:
    """Add where each row is: a point by its numbers, another shape by its WKB."""
    if rows.shapes is None:
        if rows.x is None or rows.y is None:
            return
        x, y, other = rows.x, rows.y, np.zeros(len(rows), dtype=bool)
    else:
        import shapely

        flat = shapely.force_2d(rows.shapes)
        there = ~(shapely.is_missing(flat) | shapely.is_empty(flat))
        point = there & (shapely.get_type_id(flat) == 0)
        x, y = (np.where(point, get(flat), np.nan) for get in (shapely.get_x, shapely.get_y))
        other = there & ~point
    for name, side in (("x", x), ("y", y)):
        _add(total, _pair((side + 0.0).view(np.uint64)), np.isfinite(side), name)
    if other.any() and rows.shapes is not None:
        import shapely

        wkb = shapely.to_wkb(rows.shapes[other], byte_order=1)
        token = np.zeros((len(rows), 2), dtype=np.uint64)
        token[other] = np.array([_digest(w) for w in wkb], dtype=np.uint64).reshape(-1, 2)
        _add(total, token, other, "geometry")


def _text_lanes(texts: NDArray[np.bytes_]) -> Lanes:
    """Hash texts of like length, eight bytes at a time; the width of the array plays no part."""
    width = -(-max(texts.dtype.itemsize, 1) // _BLOCK) * _BLOCK
    blocks = texts.astype(f"S{width}").view("<u8").reshape(len(texts), -1)
    lanes = np.zeros((len(texts), 2), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for block in blocks.T:
            step = _mix(lanes + block[:, None] + np.array([_GOLDEN, _FIRST]))
            lanes = np.where(block[:, None] != 0, step, lanes)
    return lanes


def _pair(numbers: NDArray[np.uint64]) -> Lanes:
    """Give one number as two that have nothing to do with each other."""
    with np.errstate(over="ignore"):
        return _mix(numbers[:, None] + np.array([_GOLDEN, _SECOND], dtype=np.uint64))


def _mix(numbers: Lanes) -> Lanes:
    """Mix the bits of 64-bit numbers (splitmix64's last step)."""
    with np.errstate(over="ignore"):
        out = numbers + _GOLDEN
        out ^= out >> _SHIFTS[0]
        out *= _FIRST
        out ^= out >> _SHIFTS[1]
        out *= _SECOND
        out ^= out >> _SHIFTS[2]
    return out


def _name(name: str) -> Lanes:
    """Give a column's own two numbers."""
    return np.array(_digest(name.encode()), dtype=np.uint64)


def _digest(text: bytes) -> tuple[int, int]:
    """Give a text's two numbers."""
    raw = blake2b(text, digest_size=HASH_BYTES).digest()
    return int.from_bytes(raw[:_BLOCK], "little"), int.from_bytes(raw[_BLOCK:], "little")
