"""From frames to the values a database keeps, and the hash that tells a changed row."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from geo.errors import StoreError
from geo.frames import Frame, Kind
from geo.store.tables import box_names, content_names

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

HASH_BYTES = 16


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
    """

    ids: list[str]
    columns: dict[str, list[Any]]

    def hashes(self, frame: Frame) -> list[bytes]:
        """
        Hash each row's content, blind to id, provenance, and columns left empty.

        Columns are taken by name and empty ones left out, so that neither a
        new optional column nor another order of columns changes the hash of a
        row that says the same.

        Parameters
        ----------
        frame
            The contract.

        Returns
        -------
        list of bytes
            BLAKE2b, 16 bytes a row.
        """
        tokens = []
        for name in sorted(content_names(frame)):
            values = self.columns[name]
            write = _Token(name, empty="[]" if frame.column(name).kind is Kind.TEXTS else None)
            if values.count(None) < len(values):
                tokens.append([write[value] for value in values])
        texts = map("".join, zip(*tokens, strict=True)) if tokens else [""] * len(self.ids)
        return [
            blake2b(text.encode() + (wkb or b""), digest_size=HASH_BYTES).digest()
            for text, wkb in zip(texts, self.columns["geometry"], strict=True)
        ]


class _Token(dict[Any, str]):
    """One column's part of what is hashed: a line ``name:JSON``, nothing for an empty value."""

    def __init__(self, name: str, *, empty: str | None) -> None:
        super().__init__({None: "", empty: ""})
        self._name = name

    def __missing__(self, value: Any) -> str:
        token = self[value] = f"{self._name}:{_JSON(value)}\n"
        return token


def encode(frame: Frame, rows: GeoDataFrame) -> Encoded:
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
    columns = {
        name: _values(rows[name], kind=frame.column(name).kind, name=name)
        for name in content_names(frame)
    }
    return Encoded(ids=rows["id"].tolist(), columns=columns | _place(frame, rows))


def _values(series: pd.Series, *, kind: Kind, name: str) -> list[Any]:
    """Give a column's values as plain Python, None where missing."""
    import numpy as np

    if kind in {Kind.TEXTS, Kind.JSON}:
        what = f"column {name!r}"
        return [None if v is None else "[]" if v == [] else to_json(v, what=what) for v in series]
    if kind in {Kind.TIME, Kind.DATE}:
        stamps = series.to_numpy(dtype="datetime64[us]")
        numbers = stamps.view("int64").astype("object")
        numbers[np.isnat(stamps)] = None
        return list(numbers)
    if kind is Kind.NUMBER:
        floats = series.to_numpy(dtype="float64") + 0.0
        return [None if v != v else v for v in floats.tolist()]  # noqa: PLR0124  NaN is missing
    cells = series.astype("object")
    return list(cells.where(series.notna(), None))


def _place(frame: Frame, rows: GeoDataFrame) -> dict[str, list[Any]]:
    """Give geometry as WKB and its box, None where there is none."""
    import numpy as np
    import shapely

    shapes = np.asarray(rows.geometry.array, dtype="object")
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    wkb = np.full(len(shapes), None, dtype="object")
    wkb[there] = shapely.to_wkb(shapes[there], byte_order=1)
    out: dict[str, list[Any]] = {"geometry": wkb.tolist()}
    bounds = shapely.bounds(shapes) + 0.0
    for position, name in enumerate(box_names(frame)):
        side = bounds[:, position].astype("object")
        side[~there] = None
        out[name] = side.tolist()
    return out
