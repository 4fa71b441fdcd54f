"""Cells of a workbook that hold a formula and no value: they read as blank, and are none."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING

from geo.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_BLOCK = 1 << 20
_CELL = re.compile(rb"<(?:\w+:)?c\s")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_AT = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]")
_EMPTY_TEXT = re.compile(rb'\bt="str"[^>]*>.*<(?:\w+:)?v[\s/>]', re.DOTALL)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_END = re.compile(rb"</(?:\w+:)?(?:c|row)>")
_LETTERS = 26


def require_values(
    path: Path, *, sheet: str, columns: Mapping[str, int], rows: tuple[int, int]
) -> None:
    """
    Refuse a sheet whose wanted columns hold formulas that nobody has calculated.

    A program that writes workbooks without calculating leaves the formula alone; a spreadsheet
    program shows its result, and everyone else reads a blank.

    Parameters
    ----------
    path
        The workbook; only xlsx keeps formulas apart from their values.
    sheet
        Name of the sheet.
    columns
        Header -> position of its column, 0 is A.
    rows
        First and last row that are looked at, 1 is the sheet's first.

    Raises
    ------
    IngestError
        With the columns and how many such cells each has.
    """
    part = _part_of(path, sheet)
    if part is None:
        return
    named = {at: name for name, at in columns.items()}
    counts: Counter[str] = Counter()
    for column, row in _uncalculated(path, part):
        if column in named and rows[0] <= row <= rows[1]:
            counts[named[column]] += 1
    if not counts:
        return
    told = ", ".join(f"{name} ({counts[name]})" for name in columns if name in counts)
    msg = f"{path.name} ({sheet}) has formulas without a value: read as they are they are blank."
    raise IngestError(
        msg,
        found=f"in {told}",
        expected="cells with values",
        fix="open it in Excel or LibreOffice and save it, which calculates them, or export it as "
        "CSV; if the columns are not needed, leave them out of the mapping",
    )


def _part_of(path: Path, sheet: str) -> str | None:
    """Find where in the archive a sheet lies; None where it is no xlsx."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as book:
        names = set(book.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return None
        sheets = _SHEET.findall(book.read("xl/workbook.xml").decode("utf-8", "replace"))
        links = _RELATION.findall(book.read("xl/_rels/workbook.xml.rels").decode("utf-8"))
    keys = [_attribute(each, r"\w+:id") for each in sheets if _attribute(each, "name") == sheet]
    targets = [_attribute(link, "Target") for link in links if _attribute(link, "Id") in keys]
    target = targets[0] if targets else ""
    part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return part if part in names else None


def _attribute(element: str, name: str) -> str:
    """Read an attribute of one start tag."""
    found = re.search(rf'\s{name}="([^"]*)"', element)
    return unescape(found[1]) if found else ""


def _uncalculated(path: Path, part: str) -> Iterator[tuple[int, int]]:
    """Give column and row of every cell with a formula and no value."""
    with zipfile.ZipFile(path) as book, book.open(part) as stream:
        rest = b""
        while block := stream.read(_BLOCK):
            cells = _CELL.split(rest + block)
            rest = b"<c " + cells.pop() if len(cells) > 1 else cells.pop()
            yield from _among(cells)
        yield from _among(_CELL.split(rest))


def _among(cells: list[bytes]) -> Iterator[tuple[int, int]]:
    """Look through cells, each without its opening."""
    for piece in cells:
        cell = _END.split(piece, maxsplit=1)[0]
        if _FORMULA.search(cell) is None or _VALUE.search(cell) or _EMPTY_TEXT.search(cell):
            continue
        at = _AT.search(cell)
        if at is not None:
            yield _column(at[1]), int(at[2])


def _column(letters: bytes) -> int:
    """Turn A, B ... AA into 0, 1 ... 26."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number - 1
