"""Many rows of a frame in little memory: words and codes, plain numbers, no geometry objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import FrameError
from geo.frames.column import DTYPES, Column, Kind
from geo.frames.contract import Frame
from geo.frames.packing import DIGESTS, Coded, Values, as_bytes, as_objects, pack_column, texts

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

GIVEN_LATER = frozenset({"id", "batch_id", "run_id"})
"""What is not content: the row's name, and what brought it."""


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """
    Rows of one frame, column by column.

    Parameters
    ----------
    frame
        The contract.
    ids
        Text, shape (n,), as bytes.
    columns
        Every content column of the contract: see `Values`.
    x, y
        Points in the working CRS, metres, NaN where there is none; None when `shapes` is given.
    shapes
        Geometry objects, None where there is none; None for points.
    """

    frame: Frame
    ids: NDArray[np.bytes_]
    columns: dict[str, Values]
    x: NDArray[np.float64] | None = None
    y: NDArray[np.float64] | None = None
    shapes: NDArray[np.object_] | None = None

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.ids)

    def take(self, at: Any) -> Packed:
        """
        Choose rows.

        Parameters
        ----------
        at
            Positions, a slice or a mask.

        Returns
        -------
        Packed
            Those rows, in that order.
        """
        columns = {
            name: values.take(at) if isinstance(values, Coded) else values[at]
            for name, values in self.columns.items()
        }
        x, y, shapes = (None if v is None else v[at] for v in (self.x, self.y, self.shapes))
        return Packed(self.frame, self.ids[at], columns, x, y, shapes)

    def names(self) -> NDArray[np.object_]:
        """
        Give the ids as text.

        Returns
        -------
        numpy.ndarray
            Shape (n,).
        """
        out: NDArray[np.object_] = texts(self.ids).astype(object)
        return out

    def boxes(self) -> NDArray[np.float64]:
        """
        Give each row's own box.

        Returns
        -------
        numpy.ndarray
            West, south, east, north, metres, shape (n, 4); NaN where there is no place.
        """
        if self.shapes is not None:
            import shapely

            out: NDArray[np.float64] = shapely.bounds(self.shapes)
            return out
        if self.x is None or self.y is None:
            return np.full((len(self), 4), np.nan)
        return np.column_stack([self.x, self.y, self.x, self.y])

    def to_frame(self, *, crs: Any) -> GeoDataFrame:
        """
        Unfold the rows, checked.

        Parameters
        ----------
        crs
            The working CRS.

        Returns
        -------
        GeoDataFrame
            Shape (n,), in the order and the types of the contract.

        Raises
        ------
        FrameError
            If they do not keep the contract.
        """
        import geopandas as gpd
        import pandas as pd
        import shapely

        data = {name: _series(values, self.frame.column(name))
                for name, values in self.columns.items()}  # fmt: skip
        data["id"] = pd.Series(self.names(), dtype="object")
        data |= {n: pd.Series("", index=range(len(self)), dtype="object")
                 for n in self.frame.names if n == "batch_id"}  # fmt: skip
        shapes: Any = self.shapes
        if shapes is None:
            shapes = np.full(len(self), None, dtype=object)
            if self.x is not None and self.y is not None:
                there = np.isfinite(self.x) & np.isfinite(self.y)
                shapes[there] = shapely.points(self.x[there], self.y[there])
        geometry = gpd.GeoSeries(shapes, crs=crs)
        return self.frame.conform(gpd.GeoDataFrame(data, geometry=geometry), crs=crs)

    def check(self, *, crs: Any) -> None:
        """
        Check every rule of the contract and report all faults in one error.

        Parameters
        ----------
        crs
            The working CRS.

        Raises
        ------
        FrameError
            With the number of rows that break each rule; never their values.
        """
        if self.shapes is not None:
            self.to_frame(crs=crs)
            return
        wanted = [n for n in self.frame.names if n not in GIVEN_LATER]
        found = [f"{name}: missing" for name in wanted if name not in self.columns]
        found += [f"{name}: not of the contract" for name in self.columns if name not in wanted]
        for name in wanted:
            if name in self.columns:
                found += _faults(self.columns[name], self.frame.column(name))
        if len(np.unique(self.ids)) < len(self) or bool((self.ids == b"").any()):
            found.append("id: not unique")
        found += self._place_faults()
        if found:
            msg = f"frame {self.frame.name!r} does not keep its contract."
            raise FrameError(msg, found="; ".join(found), fix="see docs/frames.md for the contract")

    def _place_faults(self) -> list[str]:
        """Say what is wrong with the points: half of a pair, an infinite one, one too few."""
        if self.x is None or self.y is None:
            none = self.frame.geometry_required and len(self)
            return [f"{len(self)} row(s) lack geometry"] if none else []
        lost = np.isnan(self.x) & np.isnan(self.y)
        bad = int((~lost & ~(np.isfinite(self.x) & np.isfinite(self.y))).sum())
        out = [f"{bad} row(s) have invalid geometry"] if bad else []
        if self.frame.geometry_required and lost.any():
            out.append(f"{int(lost.sum())} row(s) lack geometry")
        if not self.frame.has_geometry and not lost.all():
            out.append(f"{int((~lost).sum())} row(s) carry a geometry, and may not")
        return out


def pack(frame: Frame, rows: GeoDataFrame) -> Packed:
    """
    Pack rows that keep their contract.

    Parameters
    ----------
    frame
        The contract.
    rows
        Shape (n,), checked.

    Returns
    -------
    Packed
        The same rows in the same order.
    """
    columns = {
        name: pack_column(rows[name], frame.column(name))
        for name in frame.names
        if name not in GIVEN_LATER
    }
    shapes = np.asarray(rows.geometry.array, dtype="object")
    return Packed(frame, as_bytes(rows["id"].to_numpy(dtype=object)), columns, shapes=shapes)


def _series(values: Values, column: Column) -> pd.Series:
    """Unfold one column; lists become each row's own."""
    import pandas as pd

    if isinstance(values, Coded):
        unfolded = values.values()
        if column.kind is Kind.TEXTS:
            unfolded = as_objects([list(v) for v in unfolded])
        return pd.Series(unfolded, dtype="object")
    if column.name in DIGESTS:
        told = texts(values).astype(object)
        told[values == b""] = None
        return pd.Series(told, dtype="object")
    if column.kind is Kind.TIME:
        return pd.Series(values).dt.tz_localize("UTC")
    return pd.Series(values, dtype=DTYPES[column.kind])


def _faults(values: Values, column: Column) -> list[str]:
    """List what is wrong with one column."""
    out = []
    if isinstance(values, Coded):
        counts = np.bincount(values.codes[values.codes >= 0], minlength=len(values.words))
        counts[-1:] += int((values.codes < 0).sum())
        missing = sum(int(n) for word, n in zip(values.words, counts, strict=True) if word is None)
        wrong = sum(int(n) for word, n in zip(values.words, counts, strict=True)
                    if n and word is not None and not _fits(word, column))  # fmt: skip
        if wrong:
            out.append(f"{column.name}: not of its words or kind ({wrong})")
    elif column.name in DIGESTS:
        missing = int((values == b"").sum())
    elif values.dtype.kind == "M":
        missing = int(np.isnat(values).sum())
    else:
        missing = int(np.isnan(values).sum())
        if infinite := int(np.isinf(values).sum()):
            out.append(f"{column.name}: finite ({infinite})")
    if missing and not column.nullable and column.kind is not Kind.JSON:
        out.append(f"{column.name}: not_nullable ({missing})")
    return out


_TYPES: dict[Kind, Any] = {Kind.TEXT: str, Kind.BOOLEAN: bool, Kind.INTEGER: int, Kind.TEXTS: list}


def _fits(word: Any, column: Column) -> bool:
    """Whether a value is of the column's kind and vocabulary."""
    wanted = _TYPES.get(column.kind, object)
    if not isinstance(word, wanted) or (wanted is int and isinstance(word, bool)):
        return False
    if not column.vocabulary:
        return True
    members = word if column.kind is Kind.TEXTS else [word]
    return set(members) <= set(column.vocabulary)
