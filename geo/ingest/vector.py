"""What readers of files with geometry share: GDAL reads, columns are picked, lines are split."""

from __future__ import annotations

import logging
import warnings
from abc import abstractmethod
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import IngestError
from geo.ingest.base import RawTable, Reader
from geo.ingest.cells import column_text
from geo.ingest.sheet import place_columns

if TYPE_CHECKING:
    from pathlib import Path

    from geo.ingest.mapping import Mapping

logger = logging.getLogger(__name__)


class VectorReader(Reader):
    """A format that GDAL reads."""

    @abstractmethod
    def address(self, path: Path) -> str:
        """
        Say how GDAL opens the file.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        str
            Its path, with GDAL's prefix where it needs one.

        Raises
        ------
        IngestError
            If a part of it is missing.
        """

    def read(self, path: Path, *, mapping: Mapping) -> RawTable:
        """
        Read the mapped columns and the geometry of every feature.

        Parameters
        ----------
        path
            The file.
        mapping
            Names the columns; `layer` when there are several.

        Returns
        -------
        RawTable
            Features in file order; for `streets` each part of a line that has
            several is a row of its own.

        Raises
        ------
        IngestError
            If the file cannot be opened, has several layers and none is
            named, has no features, or lacks a mapped column.
        """
        import pyogrio.errors

        if not path.is_file():
            msg = f"there is no file {path.name!r}."
            raise IngestError(msg, fix="check the path")
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                frame, headers = _fetch(self.address(path), mapping=mapping, file=path.name)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError,
                pyogrio.errors.FeatureError, pyogrio.errors.GeometryError,
                UnicodeDecodeError) as error:  # fmt: skip
            msg = f"{path.name} cannot be opened as {self.title}."
            raise IngestError(msg, found=str(error)[:120], fix="export it again") from error
        if caught:
            logger.info("reading gave %d remark(s) from GDAL", len(caught))
        return _raw(frame, headers, mapping=mapping, certain=self.is_certain(path))

    def is_certain(self, path: Path) -> bool:
        """
        Tell whether the file itself says its system, when it has one.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        bool
            True, but for formats that assume one.
        """
        return path.is_file()


def _fetch(address: str, *, mapping: Mapping, file: str) -> tuple[pd.DataFrame, list[str]]:
    """Read the mapped columns of the layer, under the mapping's names; and list all headers."""
    import pyogrio

    layer = _layer(pyogrio.list_layers(address), mapping=mapping, file=file)
    info = pyogrio.read_info(address, layer=layer, encoding=mapping.encoding)
    if info["features"] == 0:
        msg = f"{file} has no features in layer {layer!r}."
        fix = "choose another layer, or export it again"
        raise IngestError(msg, found="0 features", expected="at least one", fix=fix)
    headers = [str(name) for name in info["fields"]]
    placed = place_columns(headers, wanted=mapping.wanted, file=file)
    frame = pyogrio.read_dataframe(
        address, layer=layer, columns=[headers[at] for at in placed.values()],
        datetime_as_string=True, on_invalid="ignore", encoding=mapping.encoding,
    )  # fmt: skip
    return frame.rename(columns={headers[at]: name for name, at in placed.items()}), headers


def _layer(layers: Any, *, mapping: Mapping, file: str) -> str:
    """Choose the layer named, or the only one."""
    names = [str(row[0]) for row in layers]
    if mapping.layer is not None:
        if mapping.layer in names:
            return mapping.layer
        msg = f"{file} has no layer called {mapping.layer!r}."
        raise IngestError(msg, found=", ".join(names), fix="correct layer in the mapping")
    if len(names) == 1:
        return names[0]
    msg = f"{file} has {len(names)} layers, and the mapping names none."
    fix = f'add layer = "{names[0]}" (or another) to the mapping' if names else "export it again"
    raise IngestError(msg, found=", ".join(names) or "no layer", fix=fix)


def _raw(frame: pd.DataFrame, headers: list[str], *, mapping: Mapping, certain: bool) -> RawTable:
    """Give text cells under the mapping's names, geometry beside."""
    index = pd.RangeIndex(1, len(frame) + 1)
    rows = pd.DataFrame(
        {name: column_text(frame[name]).to_numpy() for name in mapping.wanted},
        index=index, dtype="str",
    )  # fmt: skip
    if not isinstance(frame, gpd.GeoDataFrame):
        return RawTable(rows=rows, headers=headers)
    crs = frame.crs
    shapes = frame.geometry.to_numpy()
    layout: dict[str, int] = {}
    if mapping.frame == "streets":
        shapes = shapely.line_merge(shapely.force_2d(shapes))
        parts = np.maximum(shapely.get_num_geometries(shapes), 1)
        if bool((parts > 1).any()):
            layout = {"features": len(frame)}
            at = np.repeat(np.arange(len(frame)), parts)
            order = np.arange(len(at)) - np.repeat(np.cumsum(parts) - parts, parts)
            single = np.array([shapely.get_geometry(shapes[i], k) if parts[i] > 1 else shapes[i]
                               for i, k in zip(at, order, strict=True)], dtype=object)  # fmt: skip
            rows, shapes = rows.iloc[at].set_axis(pd.RangeIndex(1, len(at) + 1)), single
    geometry = gpd.GeoSeries(shapes, index=rows.index, crs=crs)
    return RawTable(
        rows=rows, headers=headers, geometry=geometry, crs=crs,
        crs_certain=certain, layout=layout,
    )  # fmt: skip
