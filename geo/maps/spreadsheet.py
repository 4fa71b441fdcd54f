"""CSV and xlsx that open right in a Swedish Excel, and that nothing can be run from."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import MapError
from geo.maps import swedish
from geo.maps.about import about
from geo.maps.layer_list import file_title
from geo.maps.tables import as_table, headings

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from geopandas import GeoDataFrame

    from geo.maps.picture import Picture

_MOST_ROWS = 1_048_575
_FIRST_SHEET = {"sv": "Om siffrorna", "en": "About the numbers"}
_SHEET_NAME = 31
_NARROW, _WIDE = 9, 60
_TEXT_WIDTH, _LINE_PT = 90, 15
_PAGE_WIDTH, _A4 = 260, 9
_SHARES = frozenset({"hit_rate", "hit_rate_low", "hit_rate_high", "dark_low", "dark_high", "p_mean",
                     "p_least", "p_class", "p_minimum", "p_reassurance"})  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(path: Path, picture: Picture, *, layer: str, rows: GeoDataFrame) -> None:
    """
    Write a table as CSV for a Swedish Excel.

    Semicolons, decimal comma and UTF-8 with a byte order mark: a double-click
    opens it with columns apart, numbers as numbers and å, ä, ö in place. A text
    that would be taken for a formula gets an apostrophe before it.

    Parameters
    ----------
    path
        File to write.
    picture
        The picture the rows are of.
    layer
        The layer.
    rows
        Rows that have passed the gate, shape (n,).
    """
    table = as_table(picture, rows, layer=layer)
    for name in table.columns:
        if not _is_number(table[name]):
            table[name] = [defused(value) for value in table[name]]
    table.to_csv(
        path,
        sep=";",
        decimal=",",
        index=False,
        header=headings(table, lang=picture.lang),
        encoding="utf-8-sig",
        date_format="%Y-%m-%d %H:%M",
        lineterminator="\r\n",
    )


def _is_number(values: pd.Series) -> bool:
    """Whether a column is numbers or times, which cannot be formulas."""
    import pandas as pd

    kinds = pd.api.types
    return bool(kinds.is_numeric_dtype(values) or kinds.is_datetime64_any_dtype(values))


def defused(value: Any) -> Any:
    """
    Put an apostrophe before a text that a spreadsheet would run.

    Parameters
    ----------
    value
        A cell.

    Returns
    -------
    Any
        The same, or None when it is missing.
    """
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return None if swedish.missing(value) else value


def write_xlsx(path: Path, picture: Picture, *, layer: str, rows: GeoDataFrame) -> None:
    """
    Write a workbook: first what the numbers are, then the table.

    Parameters
    ----------
    path
        File to write.
    picture
        The picture the rows are of.
    layer
        The layer.
    rows
        Rows that have passed the gate, shape (n,).

    Raises
    ------
    MapError
        If there are more rows than a sheet holds.
    """
    import xlsxwriter

    if len(rows) > _MOST_ROWS:
        msg = "the layer has more rows than a sheet holds."
        raise MapError(msg, found=len(rows), expected=_MOST_ROWS, fix="write .parquet or .gpkg")
    table = as_table(picture, rows, layer=layer)
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
        "in_memory": True,
    }
    with xlsxwriter.Workbook(path, options) as book:
        first = book.add_worksheet(_FIRST_SHEET[picture.lang])
        write_about(book, first, about(picture, layer, n=len(rows)))
        title = file_title(layer, role=picture.role, lang=picture.lang)
        write_sheet(book, book.add_worksheet(_sheet_name(title)), table, lang=picture.lang)


def _sheet_name(title: str) -> str:
    """Cut a title to what a sheet may be called: at a colon, a comma, else after a whole word."""
    plain = re.sub(r"[\[\]*?/\\']", " ", title.partition(":")[0])
    if len(plain) > _SHEET_NAME:
        plain = plain.partition(",")[0]
    while len(plain) > _SHEET_NAME:
        plain = re.sub(r"(\s+\w{1,3})*\s+\S+$", "", plain) if " " in plain else plain[:_SHEET_NAME]
    return plain


def write_about(book: Any, sheet: Any, lines: list[tuple[str, str]]) -> None:
    """
    Write a sheet of two columns: what, and what about it.

    Parameters
    ----------
    book, sheet
        Of xlsxwriter.
    lines
        Heading and text.
    """
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    _for_print(sheet)
    for at, (name, text) in enumerate(lines):
        # Not every program grows a row to its wrapped text when it opens a file.
        sheet.set_row(at, _LINE_PT * max(1, math.ceil(len(text) / (0.85 * _TEXT_WIDTH))))
        sheet.write_string(at, 0, name, bold)
        sheet.write_string(at, 1, text, wrapped)


def write_sheet(book: Any, sheet: Any, table: pd.DataFrame, *, lang: str) -> None:
    """
    Write a sheet: headings that stay, filters, widths that fit, every cell by its type.

    Parameters
    ----------
    book, sheet
        Of xlsxwriter.
    table
        What to write, shape (n,).
    lang
        Language of the headings, ``"sv"`` or ``"en"``.
    """
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#e3efee", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    share, day = (book.add_format({"num_format": code}) for code in ("0 %", "yyyy-mm-dd"))
    names, total = headings(table, lang=lang), 0
    lines: dict[int, int] = {}
    for column, (name, heading) in enumerate(zip(table.columns, names, strict=True)):
        sheet.write_string(0, column, heading, head)
        width, style = len(heading), share if _is_share(name) else None
        if any(type(value) is date for value in table[name]):
            style = day
        for row, value in enumerate(table[name], start=1):
            wide = _write_cell(sheet, row, column, value, style=style)
            width = max(width, wide)
            lines[row] = max(lines.get(row, 1), math.ceil(wide / (0.9 * _WIDE)))
        shown = min(max(width + 2, _NARROW), _WIDE)
        sheet.set_column(column, column, shown, wrapped if width > _WIDE else None)
        total += shown
    for row, many in lines.items():
        if many > 1:
            sheet.set_row(row, _LINE_PT * many)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _for_print(sheet, whole=total <= _PAGE_WIDTH)
    if len(table.columns):
        sheet.autofilter(0, 0, max(1, len(table)), len(table.columns) - 1)


def _for_print(sheet: Any, *, whole: bool = True) -> None:
    """Print on A4 across, pages numbered, all columns on a page where that can be read."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    if whole:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.repeat_columns(0)
    sheet.set_footer("&C&P / &N")


def _is_share(name: str) -> bool:
    """Whether a column is shares or chances, which are shown in per cent."""
    return name.endswith("_share") or name in _SHARES


def _write_cell(sheet: Any, row: int, column: int, value: Any, *, style: Any = None) -> int:
    """Write one cell and say how wide it is; what is missing stays empty."""
    if swedish.missing(value):
        return 0
    if type(value) is date:  # a datetime is one too, and has an hour
        sheet.write_datetime(row, column, value, style)
        return 10
    if hasattr(value, "to_pydatetime"):
        sheet.write_datetime(row, column, value.to_pydatetime())
        return 16
    if isinstance(value, str):
        sheet.write_string(row, column, value)
        return len(value)
    if str(value) in {"True", "False"}:
        sheet.write_boolean(row, column, bool(value))
        return 6
    sheet.write_number(row, column, float(value), style)
    return len(f"{float(value):g}")
