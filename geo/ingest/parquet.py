"""Parquet and GeoParquet: typed columns, with geometry where the file says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import IngestError
from geo.ingest.base import RawTable, Reader
from geo.ingest.cells import column_text
from geo.ingest.opening import refuse_bomb
from geo.ingest.sheet import place_columns

if TYPE_CHECKING:
    from pathlib import Path

    from geo.ingest.mapping import Mapping

_MAGIC = b"PAR1"
_MOST_ROWS = 50_000_000


class Parquet(Reader):
    """A Parquet file; with a `geo` entry in its head it carries geometry."""

    name = "parquet"
    title = "Parquet and GeoParquet"
    suffixes = (".parquet", ".geoparquet", ".pq")

    @classmethod
    def claims(cls, path: Path, head: bytes) -> bool:
        """
        Tell whether a file is Parquet.

        Parameters
        ----------
        path
            The file.
        head
            Its first bytes.

        Returns
        -------
        bool
            True for its magic bytes, and files called so.
        """
        return head.startswith(_MAGIC) or path.suffix.casefold() in cls.suffixes

    def read(self, path: Path, *, mapping: Mapping) -> RawTable:
        """
        Read the mapped columns, and the geometry when there is one.

        Parameters
        ----------
        path
            The file.
        mapping
            Names the columns.

        Returns
        -------
        RawTable
            Text cells: numbers plain, times ISO.

        Raises
        ------
        IngestError
            If it cannot be opened, has no rows, or lacks a mapped column.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with pq.ParquetFile(path) as file:
                geo = _geo(file.schema_arrow.metadata)
                headers = [n for n in file.schema_arrow.names if n != geo.get("primary_column")]
                _refuse_odd(file.metadata, path=path)
                placed = place_columns(headers, wanted=mapping.wanted, file=path.name)
                picks = list(dict.fromkeys(headers[at] for at in placed.values()))
                if geo:
                    return _with_geometry(path, picks, placed, headers)
                table = file.read(columns=picks)
        except (pa.ArrowException, OSError) as error:
            msg = f"{path.name} cannot be opened as Parquet."
            raise IngestError(msg, found=str(error)[:120], fix="export it again") from error
        index = pd.RangeIndex(1, table.num_rows + 1)
        return RawTable(rows=_cells(table.to_pandas(), placed, headers, index), headers=headers)


def _geo(metadata: dict[bytes, bytes] | None) -> dict[str, Any]:
    """Give the file's account of its geometry; empty for a plain table."""
    try:
        held = json.loads((metadata or {}).get(b"geo", b"{}"))
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def _refuse_odd(metadata: Any, *, path: Path) -> None:
    """Refuse a file without rows, or one that unpacks beyond reason."""
    if metadata.num_rows == 0:
        msg = f"{path.name} has no rows."
        raise IngestError(msg, found="0 rows", expected="at least one", fix="export it again")
    if metadata.num_rows > _MOST_ROWS:
        msg = f"{path.name} has more rows than a municipality has."
        raise IngestError(
            msg, found=metadata.num_rows, expected=f"at most {_MOST_ROWS}", fix="split it by year"
        )
    unpacked = sum(metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups))
    refuse_bomb(path.name, packed=path.stat().st_size, unpacked=unpacked)


def _cells(
    frame: pd.DataFrame, placed: dict[str, int], headers: list[str], index: pd.RangeIndex
) -> pd.DataFrame:
    """Give text cells under the mapping's names."""
    cells = {name: column_text(frame[headers[at]]).to_numpy() for name, at in placed.items()}
    return pd.DataFrame(cells, index=index, dtype="str")


def _with_geometry(
    path: Path, picks: list[str], placed: dict[str, int], headers: list[str]
) -> RawTable:
    """Read cells and geometry; a file that leaves its system out means degrees."""
    import geopandas as gpd

    try:
        frame = gpd.read_parquet(path, columns=[*picks, _primary(path)])
    except (ValueError, KeyError) as error:
        msg = f"the geometry of {path.name} cannot be read."
        fix = "export it again as GeoParquet 1.0 or GeoPackage"
        raise IngestError(msg, found=str(error)[:120], fix=fix) from error
    index = pd.RangeIndex(1, len(frame) + 1)
    geometry = gpd.GeoSeries(frame.geometry.to_numpy(), index=index, crs=frame.crs)
    return RawTable(
        rows=_cells(pd.DataFrame(frame), placed, headers, index), headers=headers,
        geometry=geometry, crs=frame.crs,
    )  # fmt: skip


def _primary(path: Path) -> str:
    """Name the geometry column that counts."""
    import pyarrow.parquet as pq

    return str(_geo(pq.read_schema(path).metadata)["primary_column"])
