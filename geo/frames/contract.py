"""What a frame is: columns, a geometry, and one check that says every fault at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.errors import FrameError
from geo.frames.column import DTYPES, Column, Kind, Shape
from geo.spatial import DEFAULT_CRS, label, metric_crs

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame


_GEOMETRY_TYPES: dict[Shape, frozenset[str]] = {
    Shape.POINT: frozenset({"Point"}),
    Shape.LINE: frozenset({"LineString", "MultiLineString"}),
    Shape.POLYGON: frozenset({"Polygon", "MultiPolygon"}),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """
    The contract of one kind of thing.

    Parameters
    ----------
    name
        Its name, in the plural ("incidents").
    doc
        One sentence on what a row is.
    shape
        The geometry its rows carry.
    geometry_required
        Whether every row has a place.
    columns
        Everything but geometry; `id` and provenance come first.
    """

    name: str
    doc: str
    shape: Shape
    geometry_required: bool
    columns: tuple[Column, ...] = field(default_factory=tuple)

    @property
    def names(self) -> list[str]:
        """Column names in order, without geometry."""
        return [column.name for column in self.columns]

    @property
    def has_geometry(self) -> bool:
        """Whether rows of this frame can have a place at all."""
        return self.shape is not Shape.NONE

    def column(self, name: str) -> Column:
        """
        Find a column by name.

        Parameters
        ----------
        name
            The column's name.

        Returns
        -------
        Column
            The column.

        Raises
        ------
        FrameError
            If the frame has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        msg = f"frame {self.name!r} has no column {name!r}."
        raise FrameError(msg, known=", ".join(self.names), fix="use one of the known columns")

    def empty(self, *, crs: Any = DEFAULT_CRS) -> GeoDataFrame:
        """
        Give a frame of this kind with no rows.

        Parameters
        ----------
        crs
            The working CRS.

        Returns
        -------
        GeoDataFrame
            Shape (0,), every column typed, geometry in `crs`.
        """
        import geopandas as gpd
        import pandas as pd

        data = {c.name: pd.Series([], dtype=DTYPES[c.kind]) for c in self.columns}
        return gpd.GeoDataFrame(data, geometry=gpd.GeoSeries([], crs=crs), crs=crs)

    def conform(self, frame: pd.DataFrame, *, crs: Any = DEFAULT_CRS) -> GeoDataFrame:
        """
        Give missing nullable columns their empty value, set types and order, and check.

        Parameters
        ----------
        frame
            Rows of this kind, shape (n,); columns beyond the contract are an error.
        crs
            The working CRS; the geometry must already be in it.

        Returns
        -------
        GeoDataFrame
            A new frame, shape (n,), columns in contract order, then geometry.

        Raises
        ------
        FrameError
            If the contract cannot be kept; every fault is listed at once.
        CrsError
            If `crs` is not metric.
        """
        import geopandas as gpd
        import pandas as pd

        metric_crs(crs)
        lacking = [c.name for c in self.columns if c.name not in frame and not c.nullable]
        extra = [n for n in frame.columns if n not in {*self.names, "geometry"}]
        if lacking or extra:
            msg = f"frame {self.name!r} does not have the columns of its contract."
            raise FrameError(msg, lacking=lacking, extra=extra, fix="see docs/frames.md")
        data: dict[str, pd.Series] = {}
        for column in self.columns:
            if column.name in frame:
                values = frame[column.name]
            else:
                values = pd.Series([None] * len(frame), index=frame.index, dtype="object")
            data[column.name] = _cast(values, column, frame_name=self.name)
        raw = frame["geometry"] if "geometry" in frame else [None] * len(frame)
        geometry = gpd.GeoSeries(raw, index=frame.index, crs=getattr(raw, "crs", None) or crs)
        out = gpd.GeoDataFrame(data, geometry=geometry, index=frame.index)
        return self.check(out, crs=crs)

    def check(self, frame: GeoDataFrame, *, crs: Any = DEFAULT_CRS) -> GeoDataFrame:
        """
        Check every rule of the contract and report all faults in one error.

        Parameters
        ----------
        frame
            Rows of this kind, shape (n,).
        crs
            The working CRS.

        Returns
        -------
        GeoDataFrame
            The same object, for chaining.

        Raises
        ------
        FrameError
            With the number of rows that break each rule; never their values.
        """
        from geo.frames.schema import faults

        found = faults(self, frame, crs=crs)
        if found:
            msg = f"frame {self.name!r} does not keep its contract."
            raise FrameError(msg, found="; ".join(found), fix="see docs/frames.md for the contract")
        return frame

    def geometry_faults(self, frame: GeoDataFrame, *, crs: Any) -> list[str]:
        """
        List what is wrong with the geometry.

        Parameters
        ----------
        frame
            Rows of this kind, shape (n,).
        crs
            The working CRS.

        Returns
        -------
        list of str
            One sentence a fault; empty when all is well.
        """
        wanted = metric_crs(crs)
        out: list[str] = []
        if frame.crs is None or frame.crs != wanted:
            found = "none" if frame.crs is None else label(frame.crs)
            out.append(f"geometry is in {found}, not {label(wanted)}")
        geometry = frame.geometry
        missing = geometry.isna() | geometry.is_empty
        if self.shape is Shape.NONE and bool((~missing).any()):
            out.append(f"{int((~missing).sum())} row(s) carry a geometry, and may not")
        if self.geometry_required and bool(missing.any()):
            out.append(f"{int(missing.sum())} row(s) lack geometry")
        allowed = _GEOMETRY_TYPES.get(self.shape)
        if allowed is not None:
            wrong = ~missing & ~geometry.geom_type.isin(allowed)
            if bool(wrong.any()):
                out.append(f"{int(wrong.sum())} row(s) are not {self.shape.value}")
        invalid = ~missing & ~geometry.is_valid
        if bool(invalid.any()):
            out.append(f"{int(invalid.sum())} row(s) have invalid geometry")
        return out


def _cast(values: pd.Series, column: Column, *, frame_name: str) -> pd.Series:
    """Give a column its type; say which column could not be cast."""
    import pandas as pd

    if column.kind in {Kind.TEXTS, Kind.JSON}:
        fallback: Any = list if column.kind is Kind.TEXTS else lambda: None
        cells = [fallback() if _is_missing(v) else _plain(v) for v in values]
        return pd.Series(cells, index=values.index, dtype="object")
    try:
        if column.kind is Kind.TIME:
            if (
                getattr(values.dtype, "kind", "O") == "M"
                and getattr(values.dtype, "tz", None) is None
            ):
                msg = f"column {column.name!r} of {frame_name!r} holds times without a zone."
                raise FrameError(msg, found=str(values.dtype), fix="place them with local_to_utc")
            times = pd.to_datetime(values, utc=True, format="ISO8601")
            return pd.Series(times, index=values.index).astype(DTYPES[column.kind])
        if column.kind is Kind.TEXT:
            text = values.astype("object")
            return text.where(text.notna(), None).astype("str")
        return values.astype(DTYPES[column.kind])
    except (ValueError, TypeError) as error:
        msg = f"column {column.name!r} of {frame_name!r} is not of kind {column.kind.value}."
        raise FrameError(
            msg, found=str(values.dtype), expected=DTYPES[column.kind], fix="see docs/frames.md"
        ) from error


def _is_missing(value: object) -> bool:
    """Tell a missing scalar from an (even empty) list or mapping."""
    if isinstance(value, list | tuple | dict | set):
        return False
    return value is None or str(value) in {"nan", "NaT", "<NA>"}


def _plain(value: Any) -> Any:
    """Turn tuples and sets into lists, which is what JSON knows."""
    return list(value) if isinstance(value, tuple | set) else value
