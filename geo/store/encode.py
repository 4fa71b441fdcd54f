"""From frames to the values a database keeps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import StoreError
from geo.frames import DIGESTS, Coded, Frame, Kind, Packed, pack, texts
from geo.store.hashing import hash_rows
from geo.store.tables import box_names

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

_POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])


def _plain(value: Any) -> Any:
    """Turn numpy's scalars and arrays into what JSON knows."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError


_JSON = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain
).encode


def to_json(value: Any, *, what: str) -> str:
    """
    Write a value as compact JSON, the same text for the same value.

    Parameters
    ----------
    value
        Lists, dicts (their order is kept), texts, finite numbers, None.
    what
        What it is; used in the error.

    Returns
    -------
    str
        JSON.

    Raises
    ------
    StoreError
        If it holds what JSON cannot carry, or NaN.
    """
    try:
        text = _JSON(value)
        text.encode()  # half a surrogate pair is not text
    except (TypeError, ValueError) as error:
        msg = f"{what} cannot be written as JSON."
        raise StoreError(
            msg,
            found=type(value).__name__,
            expected="lists, dicts, texts, finite numbers and None",
            fix="write times as ISO text and missing numbers as None",
        ) from error
    return text


@dataclass(frozen=True, slots=True)
class Encoded:
    """
    Rows as the database keeps them, column by column.

    Parameters
    ----------
    ids
        The `id` of each row.
    columns
        Values by SQL column: content, geometry and box; lists of length n.
    same
        The columns that hold one value in every row, and that value.
    rows
        What was encoded.
    """

    ids: list[str]
    columns: dict[str, list[Any]]
    same: dict[str, Any]
    rows: Packed

    def hashes(self) -> list[bytes]:
        """
        Hash each row's content; see `hash_rows`.

        Returns
        -------
        list of bytes
            16 bytes a row.
        """
        hashed: list[bytes] = hash_rows(self.rows, write=_JSON).tolist()
        return hashed


def encode(frame: Frame, rows: GeoDataFrame | Packed) -> Encoded:
    """
    Turn rows that keep their contract into SQL values.

    Parameters
    ----------
    frame
        The contract.
    rows
        Shape (n,), checked.

    Returns
    -------
    Encoded
        Times as microseconds, NaN and NaT as None, -0.0 as 0.0, an empty
        geometry as none.

    Raises
    ------
    StoreError
        If a JSON column holds what JSON cannot carry.
    """
    packed = rows if isinstance(rows, Packed) else pack(frame, rows)
    columns: dict[str, list[Any]] = {}
    same: dict[str, Any] = {}
    for name, values in packed.columns.items():
        if isinstance(values, Coded):
            words = _words(values, kind=frame.column(name).kind, name=name)
            if len(words) == 1:
                same[name] = words[0]
            columns[name] = words[values.codes].tolist()
        else:
            columns[name] = _values(values, digest=name in DIGESTS)
    return Encoded(packed.names().tolist(), columns | _place(frame, packed), same, packed)


def _words(values: Coded, *, kind: Kind, name: str) -> NDArray[np.object_]:
    """Give a column's different values as SQL knows them."""
    out = np.empty(len(values.words), dtype=object)
    for at, word in enumerate(values.words):
        if kind in {Kind.TEXTS, Kind.JSON} and word is not None:
            out[at] = to_json(word, what=f"column {name!r}")
        else:
            out[at] = word
    return out


def _values(values: NDArray[Any], *, digest: bool) -> list[Any]:
    """Give an array's values as plain Python, None where missing."""
    if digest:
        return [text or None for text in texts(values).tolist()]
    if values.dtype.kind == "M":
        numbers = values.astype("datetime64[us]").view("int64")
        missing = np.isnat(values)
    else:
        numbers, missing = values + 0.0, np.isnan(values)
    if not missing.any():
        whole: list[Any] = numbers.tolist()
        return whole
    objects = numbers.astype("object")
    objects[missing] = None
    return list(objects)


def _place(frame: Frame, rows: Packed) -> dict[str, list[Any]]:
    """Give geometry as WKB and its box, None where there is none."""
    names = box_names(frame)
    if rows.shapes is None:
        return _points(rows, names)
    import shapely

    shapes = rows.shapes
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    wkb = np.full(len(shapes), None, dtype="object")
    wkb[there] = shapely.to_wkb(shapes[there], byte_order=1)
    out: dict[str, list[Any]] = {"geometry": wkb.tolist()}
    bounds = shapely.bounds(shapes) + 0.0
    for position, name in enumerate(names):
        side = bounds[:, position].astype("object")
        side[~there] = None
        out[name] = side.tolist()
    return out


def _points(rows: Packed, names: tuple[str, str, str, str]) -> dict[str, list[Any]]:
    """Write points as WKB straight from their numbers."""
    n = len(rows)
    if rows.x is None or rows.y is None:
        return {name: [None] * n for name in ("geometry", *names)}
    packed = np.empty(n, dtype=_POINT)
    packed["order"], packed["type"] = 1, 1
    packed["x"], packed["y"] = rows.x, rows.y
    raw, size = packed.tobytes(), _POINT.itemsize
    wkb: list[Any] = [raw[at : at + size] for at in range(0, len(raw), size)]
    for at in np.flatnonzero(~np.isfinite(rows.x)):
        wkb[at] = None
    sides = {"e": rows.x, "n": rows.y, "e_min": rows.x, "n_min": rows.y, "e_max": rows.x,
             "n_max": rows.y}  # fmt: skip
    return {"geometry": wkb} | {name: _values(sides[name], digest=False) for name in names}
