"""From frames to the values a database keeps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import StoreError
from geo.frames import DIGESTS, Coded, Frame, Kind, Packed, pack
from geo.store.hashing import hash_rows
from geo.store.tables import box_names

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.store.values import SqlValues

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
    columns
        Values by SQL column: id, content, geometry and box; see `SqlValues`.
    same
        The columns that hold one value in every row, and that value.
    rows
        What was encoded.
    """

    columns: dict[str, SqlValues]
    same: dict[str, Any]
    rows: Packed

    def ids(self) -> list[str]:
        """
        Give the `id` of each row.

        Returns
        -------
        list of str
            One a row.
        """
        return list(self.rows.names())

    def hashes(self) -> NDArray[np.bytes_]:
        """
        Hash each row's content; see `hash_rows`.

        Returns
        -------
        numpy.ndarray
            Void of 16 bytes, shape (n,).
        """
        return hash_rows(self.rows, write=_JSON)


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
        Times in microseconds, -0.0 as 0.0, an empty geometry as none.

    Raises
    ------
    StoreError
        If a JSON column holds what JSON cannot carry.
    """
    packed = rows if isinstance(rows, Packed) else pack(frame, rows)
    columns: dict[str, SqlValues] = {"id": packed.ids}
    same: dict[str, Any] = {}
    for name, values in packed.columns.items():
        if isinstance(values, Coded):
            words = _words(values, kind=frame.column(name).kind, name=name)
            if len(words) == 1:
                same[name] = words[0]
            columns[name] = Coded(words, values.codes)
        elif values.dtype.kind == "M":
            columns[name] = values.astype("datetime64[us]", copy=False)
        else:
            columns[name] = values if name in DIGESTS else values + 0.0
    return Encoded(columns | _place(frame, packed), same, packed)


def _words(values: Coded, *, kind: Kind, name: str) -> NDArray[np.object_]:
    """Give a column's different values as SQL knows them."""
    out = np.empty(len(values.words), dtype=object)
    for at, word in enumerate(values.words):
        if kind in {Kind.TEXTS, Kind.JSON} and word is not None:
            out[at] = to_json(word, what=f"column {name!r}")
        else:
            out[at] = word
    return out


def _place(frame: Frame, rows: Packed) -> dict[str, SqlValues]:
    """Give geometry as WKB and its box, nothing where there is none."""
    names = box_names(frame)
    if rows.shapes is None:
        return _points(rows, names)
    import shapely

    shapes = rows.shapes
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    wkb = np.full(len(shapes), None, dtype="object")
    wkb[there] = shapely.to_wkb(shapes[there], byte_order=1)
    bounds = shapely.bounds(shapes) + 0.0
    bounds[~there] = np.nan
    return {"geometry": wkb} | {name: bounds[:, side] for side, name in enumerate(names)}


def _points(rows: Packed, names: tuple[str, str, str, str]) -> dict[str, SqlValues]:
    """Write points as WKB straight from their numbers."""
    n = len(rows)
    if rows.x is None or rows.y is None:
        nowhere = np.full(n, np.nan)
        return {"geometry": np.full(n, None, dtype=object)} | dict.fromkeys(names, nowhere)
    packed = np.zeros(n, dtype=_POINT)
    there = np.isfinite(rows.x)
    packed["order"][there] = packed["type"][there] = 1
    packed["x"][there], packed["y"][there] = rows.x[there], rows.y[there]
    sides = {"e": rows.x, "n": rows.y, "e_min": rows.x, "n_min": rows.y, "e_max": rows.x,
             "n_max": rows.y}  # fmt: skip
    wkb = packed.view(f"V{_POINT.itemsize}")
    return {"geometry": wkb} | {name: sides[name] + 0.0 for name in names}
