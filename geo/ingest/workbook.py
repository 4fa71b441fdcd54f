"""Workbooks: xlsx, xls and ods, with their mixed cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import IngestError
from geo.ingest.base import RawTable, Reader
from geo.ingest.cells import cell_text
from geo.ingest.formulas import require_values
from geo.ingest.opening import check_zip
from geo.ingest.sheet import HEADER_WITHIN, NO_ROWS_FIX, find_header, is_sum_row, place_columns

if TYPE_CHECKING:
    from pathlib import Path

    from geo.ingest.mapping import Mapping

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Workbook(Reader):
    """A sheet of a workbook: dates as dates or as text, a title above, a sum below."""

    name = "workbook"
    title = "Workbook (xlsx, xls, ods)"
    suffixes = (".xlsx", ".xlsm", ".xls", ".ods")

    @classmethod
    def claims(cls, path: Path, head: bytes) -> bool:
        """
        Tell whether a file is a workbook, whatever its name.

        Parameters
        ----------
        path
            The file.
        head
            Its first bytes.

        Returns
        -------
        bool
            True for old workbooks, and archives that hold a workbook.
        """
        if head.startswith(_OLD):
            return True
        if not head.startswith(_ZIP):
            return False
        names = check_zip(path)
        return any(n.startswith("xl/") for n in names) or "content.xml" in names

    def read(self, path: Path, *, mapping: Mapping) -> RawTable:
        """
        Read the mapped columns of a sheet.

        Parameters
        ----------
        path
            The file.
        mapping
            Names the columns; `layer` names the sheet, else the first sheet
            that has them all is taken.

        Returns
        -------
        RawTable
            Text cells: 3.0 is "3", dates are ISO.

        Raises
        ------
        IngestError
            If the workbook cannot be opened, or no sheet has rows and the
            mapped columns.
        """
        import python_calamine

        try:
            book = python_calamine.CalamineWorkbook.from_path(str(path))
            names = list(book.sheet_names)
            chosen = _choose(names, layer=mapping.layer, file=path.name)
            sheets = {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in chosen}
        except python_calamine.CalamineError as error:
            msg = f"{path.name} cannot be opened as a workbook."
            fix = "open it in a spreadsheet program and save it as xlsx without a password"
            raise IngestError(msg, found=str(error)[:100], fix=fix) from error
        best = max(chosen, key=lambda n: (_hits(sheets[n], mapping), -chosen.index(n)))
        return _table(sheets[best], mapping=mapping, path=path, sheet=best)


def _choose(names: list[str], *, layer: str | None, file: str) -> list[str]:
    """Choose the sheets to look in."""
    if layer is None:
        return names
    if layer not in names:
        msg = f"{file} has no sheet called {layer!r}."
        raise IngestError(msg, found=", ".join(names), fix="correct layer in the mapping")
    return [layer]


def _hits(rows: list[list[Any]], mapping: Mapping) -> int:
    """How many of the wanted names the sheet's header holds; -1 for an empty sheet."""
    if not rows:
        return -1
    text = [[cell_text(cell) for cell in row] for row in rows[:HEADER_WITHIN]]
    return find_header(text, wanted=mapping.wanted)[1]


def _table(rows: list[list[Any]], *, mapping: Mapping, path: Path, sheet: str) -> RawTable:
    """Pick the mapped cells of a sheet."""
    file = f"{path.name} ({sheet})"
    first = [[cell_text(cell) for cell in row] for row in rows[:HEADER_WITHIN]]
    if not any(any(cell.strip() for cell in row) for row in first):
        msg = f"{file} is empty."
        raise IngestError(msg, found="0 rows", expected="a header and rows", fix="export it again")
    at, _ = find_header(first, wanted=mapping.wanted)
    headers = [h.strip() for h in first[at]]
    placed = place_columns(headers, wanted=mapping.wanted, file=file)
    body = [[cell_text(cell) for cell in row] for row in rows[at + 1 :]]
    filled = [n for n, row in enumerate(body) if any(cell.strip() for cell in row)]
    ends = at + 1 + (filled[-1] if filled and is_sum_row(body[filled[-1]]) else len(body))
    require_values(path, sheet=sheet, columns=placed, rows=(at + 2, ends))
    if not filled:
        msg = f"{file} has a header and no rows."
        raise IngestError(msg, found="0 rows", expected="at least one", fix=NO_ROWS_FIX)
    blank = filled[-1] + 1 - len(filled)
    sums = int(is_sum_row(body[filled[-1]]))
    kept = filled[: len(filled) - sums]
    picks = list(placed.values())
    frame = pd.DataFrame(
        [[body[n][i] for i in picks] for n in kept],
        columns=list(placed),
        index=[n + 1 for n in kept],
        dtype="str",
    )
    layout = {"title_rows": at, "sum_rows": sums, "blank_rows": blank}
    return RawTable(rows=frame, headers=headers, layout={k: v for k, v in layout.items() if v})
