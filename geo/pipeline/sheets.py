"""A sheet found by one of its headings, in a workbook that someone has filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import IngestError

if TYPE_CHECKING:
    from pathlib import Path

_HEAD_WITHIN = 20


def sheet_with(path: Path, head: str) -> pd.DataFrame:
    """
    Read the sheet of a workbook that has a heading, every cell as text.

    Parameters
    ----------
    path
        A workbook.
    head
        The heading.

    Returns
    -------
    DataFrame
        Rows under the headings, by number in the file; empty when no sheet
        has the heading.

    Raises
    ------
    IngestError
        If the file is no workbook.
    """
    import python_calamine

    from geo.ingest.cells import cell_text

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheets = [s.to_python() for s in map(book.get_sheet_by_name, book.sheet_names)]
    except (python_calamine.CalamineError, OSError) as error:
        msg = f"{path.name} cannot be opened as a workbook."
        fix = "save it as xlsx without a password"
        raise IngestError(msg, found=str(error)[:100], fix=fix) from error
    for sheet in sheets:
        for at, row in enumerate(sheet[:_HEAD_WITHIN]):
            heads = [cell_text(cell).strip() for cell in row]
            if head in heads:
                body = [[cell_text(cell) for cell in line] for line in sheet[at + 1 :]]
                index = pd.RangeIndex(1, len(body) + 1)
                return pd.DataFrame(body, columns=heads, index=index, dtype="str")
    return pd.DataFrame()
