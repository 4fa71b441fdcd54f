"""What is common to tables: the header among title rows, sum rows, missing columns."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from typing import TYPE_CHECKING

from geo.errors import IngestError
from geo.ingest.cells import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADER_WITHIN = 50
"""The header is looked for among this many first rows."""
_FULL = 0.8
_SUM = re.compile(r"(?:del)?summa|total(?:t|er|s)?|summering|antal(?: rader)?|sum|grand total")
_NUMBER = re.compile(r"[+-]?[\d\s.,:/-]+")
_SHOWN = 60
NO_ROWS_FIX = "export it again; if nothing happened, there is nothing to load"
"""A week without a single row is a week too: its file need not be loaded."""


def find_header(rows: Sequence[Sequence[str]], *, wanted: Sequence[str]) -> tuple[int, int]:
    """
    Find the header: the row that holds most of the wanted names, else the first full row.

    Parameters
    ----------
    rows
        The first rows of the table, as text.
    wanted
        Names that the mapping asks for.

    Returns
    -------
    at : int
        Position of the header.
    hits : int
        How many wanted names it holds.
    """
    names = {fold(name) for name in wanted}
    hits = [len(names & {fold(cell) for cell in row}) for row in rows[:HEADER_WITHIN]]
    best = max(hits, default=0)
    if best:
        return hits.index(best), best
    width = modal_width(rows)
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        if sum(1 for cell in row if cell.strip()) >= max(1.0, _FULL * width):
            return at, 0
    return 0, 0


def modal_width(rows: Sequence[Sequence[str]]) -> int:
    """
    Give the most common number of fields of rows that are not blank.

    Parameters
    ----------
    rows
        Rows as text.

    Returns
    -------
    int
        0 when every row is blank.
    """
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    return max(widths, key=lambda w: (widths[w], w)) if widths else 0


def is_sum_row(row: Sequence[str]) -> bool:
    """
    Tell whether a table's last row sums the others up.

    Parameters
    ----------
    row
        Its cells as text.

    Returns
    -------
    bool
        True when a cell says so and most cells are empty.

    Examples
    --------
    >>> is_sum_row(["Summa", "", "", "127"]), is_sum_row(["1", "Summa", "a", "b"])
    (True, False)
    """
    filled = [fold(cell).rstrip(" :") for cell in row if cell.strip()]
    said = any(_SUM.fullmatch(re.sub(r"[\s:\d]+$", "", cell)) for cell in filled)
    numbers = sum(1 for cell in filled if _NUMBER.fullmatch(cell))
    return said and len(filled) - numbers <= 1 and len(filled) <= max(1, len(row) // 2)


def place_columns(headers: Sequence[str], *, wanted: Sequence[str], file: str) -> dict[str, int]:
    """
    Find each wanted column among the headers.

    Parameters
    ----------
    headers
        As found in the file.
    wanted
        As named in the mapping; case and surplus spaces do not matter.
    file
        The file's name; used in errors.

    Returns
    -------
    dict
        Wanted name -> position.

    Raises
    ------
    IngestError
        If a column is missing, with the nearest names, or is there twice.
    """
    exact = Counter(h.strip() for h in headers)
    folded = [fold(h) for h in headers]
    out: dict[str, int] = {}
    missing: list[str] = []
    for name in wanted:
        if exact[name] == 1:
            out[name] = [h.strip() for h in headers].index(name)
            continue
        found = folded.count(fold(name))
        if found > 1:
            msg = f"{file} has {found} columns called {name!r}."
            raise IngestError(msg, fix="give each column its own name in the export")
        if found:
            out[name] = folded.index(fold(name))
        else:
            missing.append(name)
    if missing:
        raise _missing(missing, headers=headers, file=file)
    return out


def _missing(missing: list[str], *, headers: Sequence[str], file: str) -> IngestError:
    """Make the error for columns that are not there: what is, and what may be meant."""
    named = [h.strip() for h in headers if h.strip()]
    listed = ", ".join(missing)
    msg = f"{file} lacks {len(missing)} of the mapping's columns: {listed}."
    if sum(1 for h in named if _NUMBER.fullmatch(h)) * 2 > len(named):
        fix = "add a header row to the file; its first row looks like data"
        return IngestError(msg, found="no header row", expected=listed, fix=fix)
    near = {
        name: difflib.get_close_matches(fold(name), [fold(h) for h in named], n=1, cutoff=0.6)
        for name in missing
    }
    by_fold = {fold(h): h for h in named}
    guesses = [f"{name} -> {by_fold[close[0]]}" for name, close in near.items() if close]
    shown = ", ".join(h[:40] for h in named[:_SHOWN])
    if len(named) > _SHOWN:
        shown = f"{shown}, and {len(named) - _SHOWN} more"
    fix = "correct the names under [columns] in the mapping"
    if guesses:
        fix += f" (perhaps {'; '.join(guesses)})"
    return IngestError(msg, found=shown, expected=listed, fix=fix)
