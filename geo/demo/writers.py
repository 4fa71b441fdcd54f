"""Files as offices have them: semicolons, decimal commas, title rows, hard spaces, GeoPackage."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame

_STAMP = "2026-11-23T05:00:00.000Z"
_BORN = datetime(2026, 11, 23, 5, 0)  # noqa: DTZ001 - a workbook's clock has no zone
_NBSP = "\u00a0"


def local_text(times: pd.Series, pattern: str) -> pd.Series:
    """
    Write moments as a clock on the wall shows them.

    Parameters
    ----------
    times
        UTC; NaT becomes "".
    pattern
        For `strftime`.

    Returns
    -------
    pandas.Series
        Text, same index.
    """
    local = times.dt.tz_convert("Europe/Stockholm")
    return local.dt.strftime(pattern).astype("object").where(times.notna(), "")


def decimal_text(
    values: Any, digits: int, *, comma: bool = True, grouped: bool = False
) -> list[str]:
    """
    Write numbers as a Swedish office does.

    Parameters
    ----------
    values
        Numbers, shape (n,); NaN becomes "".
    digits
        After the decimal sign.
    comma
        Whether the sign is a comma.
    grouped
        Whether thousands are set apart by a hard space.

    Returns
    -------
    list of str
        One text a number.
    """
    out = []
    for value in np.asarray(values, float).tolist():
        text = "" if value != value else f"{value:{',' if grouped else ''}.{digits}f}"  # noqa: PLR0124 (only NaN is unlike itself)
        text = text.replace(",", _NBSP)
        out.append(text.replace(".", ",") if comma else text)
    return out


def write_csv(
    path: Path, table: pd.DataFrame, *, separator: str = ";", encoding: str = "utf-8"
) -> None:
    """
    Write delimited text with the line ends of Windows.

    Parameters
    ----------
    path
        Where to.
    table
        Text cells.
    separator
        Between cells.
    encoding
        For example ``cp1252`` or ``utf-8-sig``.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(_plain_rows(table))
    path.write_bytes(text.getvalue().encode(encoding))


def write_xlsx(path: Path, table: pd.DataFrame, *, sheet: str, title: Sequence[str] = ()) -> None:
    """
    Write a workbook, title rows first; local datetimes become true Excel times.

    Parameters
    ----------
    path
        Where to.
    table
        Cells: text, numbers or naive datetimes.
    sheet
        Name of the sheet.
    title
        Lines above the header.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": _BORN, "title": sheet})
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page = book.add_worksheet(sheet)
        for i, line in enumerate(title):
            page.write_string(i, 0, line, bold)
        top = len(title) + (1 if title else 0)
        for j, name in enumerate(table.columns):
            page.write_string(top, j, str(name), bold)
            page.set_column(j, j, max(12, len(str(name)) + 2))
        for i, row in enumerate(_plain_rows(table), start=top + 1):
            for j, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(i, j, cell, moment)
                elif cell != "":
                    page.write(i, j, cell)


def write_gpkg(path: Path, layers: dict[str, GeoDataFrame]) -> None:
    """
    Write a GeoPackage whose bytes do not depend on when it is written.

    Parameters
    ----------
    path
        Where to.
    layers
        Name -> rows.
    """
    import pyogrio

    path.unlink(missing_ok=True)
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _STAMP})
    try:
        for k, (name, frame) in enumerate(layers.items()):
            pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", append=k > 0)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def write_geojson(path: Path, frame: GeoDataFrame) -> None:
    """
    Write GeoJSON in degrees, one feature a line.

    Parameters
    ----------
    path
        Where to.
    frame
        Rows; attributes must be plain.
    """
    door = frame.to_crs("OGC:CRS84")
    lines = []
    for cells, shape in zip(
        door.drop(columns="geometry").to_dict("records"), door.geometry, strict=True
    ):
        place = None if shape is None else _rounded(shape.__geo_interface__)
        feature = {"type": "Feature", "properties": cells, "geometry": place}
        lines.append(json.dumps(feature, ensure_ascii=False, allow_nan=False))
    body = ",\n".join(lines)
    path.write_text(
        '{"type": "FeatureCollection", "features": [\n' + body + "\n]}\n", encoding="utf-8"
    )


def _rounded(shape: Any) -> Any:
    """Round coordinates to 7 decimals, a centimetre, all the way down."""
    if isinstance(shape, dict):
        return {k: _rounded(v) if k == "coordinates" else v for k, v in shape.items()}
    if isinstance(shape, list | tuple):
        return [_rounded(v) for v in shape]
    return round(float(shape), 7)


def _plain_rows(table: pd.DataFrame) -> Iterator[list[Any]]:
    """Give rows of plain cells: "" for what is missing."""
    for row in table.itertuples(index=False, name=None):
        yield ["" if _missing(cell) else _plain(cell) for cell in row]


def _missing(cell: Any) -> bool:
    return cell is None or cell is pd.NaT or (isinstance(cell, float) and np.isnan(cell))


def _plain(cell: Any) -> Any:
    if isinstance(cell, pd.Timestamp):
        return cell.to_pydatetime()
    return cell.item() if isinstance(cell, np.generic) else cell
