"""Delimited text: any separator, any usual encoding, packed or not."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import IngestError
from geo.ingest.base import RawTable, Reader
from geo.ingest.opening import open_bytes, read_head, refuse_foreign
from geo.ingest.sheet import find_header, is_sum_row, modal_width, place_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.ingest.mapping import Mapping

SEPARATORS = (";", "\t", ",", "|")
"""Tried in this order when the mapping names none."""
_SAMPLE_ROWS = 200
_CHUNK_ROWS = 50_000
_MAX_LINE = 4 * 1024**2
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_EIGHT_BIT = ("cp1252", "latin-1")


class DelimitedText(Reader):
    """Rows of text: CSV with comma, semicolon, tab or bar; a title, a sum; gzip."""

    name = "text"
    title = "Delimited text (CSV, TSV), also gzip"
    suffixes = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz")

    @classmethod
    def claims(cls, path: Path, head: bytes) -> bool:
        """
        Tell whether a file is delimited text: by name, or by being text at all.

        Parameters
        ----------
        path
            The file.
        head
            Its first bytes.

        Returns
        -------
        bool
            True for the usual names and for anything without zero bytes.
        """
        named = path.name.casefold().endswith(cls.suffixes)
        return named or b"\x00" not in head or head[:2] in {b"\xff\xfe", b"\xfe\xff"}

    def read(self, path: Path, *, mapping: Mapping) -> RawTable:
        """
        Read the mapped columns of every row.

        Parameters
        ----------
        path
            The file.
        mapping
            Names the columns; may fix encoding and separator.

        Returns
        -------
        RawTable
            Text cells; rows with another number of fields than the header are
            in `ragged`.

        Raises
        ------
        IngestError
            If the file is no text, is in another encoding than declared, has
            no rows, or lacks a mapped column.
        """
        head = read_head(path)
        refuse_foreign(head, name=path.name)
        for encoding in _encodings(path, head, declared=mapping.encoding):
            try:
                return _read(path, encoding=encoding, mapping=mapping)
            except UnicodeDecodeError as error:
                if mapping.encoding is not None:
                    msg = f"{path.name} is not in the encoding that the mapping declares."
                    raise IngestError(
                        msg, found=f"bytes that are not {encoding}", expected=mapping.encoding,
                        fix="take encoding out of the mapping: it is recognised without",
                    ) from error  # fmt: skip
        msg = f"{path.name} is in no encoding known here."
        raise IngestError(msg, expected="UTF-8, UTF-16, Windows-1252", fix="save it as UTF-8")


def _encodings(path: Path, head: bytes, *, declared: str | None) -> list[str]:
    """List encodings to try, in order."""
    marked = next((name for bom, name in _BOMS.items() if head.startswith(bom)), None)
    if marked is not None:
        return [marked]
    if declared is None:
        return ["utf-8", *_EIGHT_BIT]
    eight_bit = "".encode(declared) == b"" and declared.casefold().replace("_", "-") in {
        "cp1252", "windows-1252", "latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-8859-15",
    }  # fmt: skip
    if eight_bit and _is_utf8_beyond_ascii(path):
        msg = f"{path.name} is UTF-8, and the mapping declares {declared}: å, ä and ö would break."
        fix = 'write encoding = "utf-8" in the mapping, or take the line out'
        raise IngestError(msg, found="utf-8", expected=declared, fix=fix)
    return [declared]


def _is_utf8_beyond_ascii(path: Path) -> bool:
    """Whether the whole file is valid UTF-8 and has letters beyond ASCII."""
    beyond = False
    with io.TextIOWrapper(open_bytes(path), encoding="utf-8") as stream:
        try:
            while block := stream.read(1 << 20):
                beyond = beyond or not block.isascii()
        except UnicodeDecodeError:
            return False
    return beyond


def _lines(stream: io.TextIOWrapper, *, name: str) -> Iterator[str]:
    """Lines, none of them endless."""
    while line := stream.readline(_MAX_LINE):
        if len(line) >= _MAX_LINE:
            msg = f"{name} holds a line of more than {_MAX_LINE // 1024**2} MiB."
            raise IngestError(msg, expected="a row a line", fix="export it again as CSV")
        yield line


@dataclass
class _Rows:
    """Rows gathered in chunks, so that memory holds packed text and not lists."""

    names: list[str]
    chunks: list[pd.DataFrame] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, number: int, cells: list[str]) -> None:
        self.numbers.append(number)
        self.cells.append(cells)
        if len(self.cells) >= _CHUNK_ROWS:
            self.pack()

    def pack(self) -> None:
        if self.cells:
            frame = pd.DataFrame(self.cells, columns=self.names, index=self.numbers, dtype="str")
            self.chunks.append(frame)
        self.cells, self.numbers = [], []

    def frame(self) -> pd.DataFrame:
        self.pack()
        empty = pd.DataFrame({n: pd.Series([], dtype="str") for n in self.names})
        return pd.concat(self.chunks) if self.chunks else empty


def _read(path: Path, *, encoding: str, mapping: Mapping) -> RawTable:
    """Read with a known encoding; raises UnicodeDecodeError when it does not fit."""
    separator, header_at = _layout(path, encoding=encoding, mapping=mapping)
    with io.TextIOWrapper(open_bytes(path), encoding=encoding, newline="") as stream:
        records = csv.reader(_lines(stream, name=path.name), delimiter=separator)
        try:
            for _ in range(header_at):
                next(records)
            headers = next(records)
            return _gather(records, headers, mapping=mapping, path=path, titles=header_at)
        except csv.Error as error:
            msg = f"{path.name} cannot be read as rows near line {records.line_num}."
            fix = "look for a quotation mark that is never closed"
            raise IngestError(msg, found=str(error), fix=fix) from error


def _gather(
    records: Iterator[list[str]], headers: list[str], *, mapping: Mapping, path: Path, titles: int
) -> RawTable:
    """Pick the mapped cells of each record."""
    headers = [h.replace("\ufeff", "").strip() for h in headers]
    at = place_columns(headers, wanted=mapping.wanted, file=path.name)
    picks, width = list(at.values()), len(headers)
    rows = _Rows(names=list(at))
    ragged: list[int] = []
    blank = number = 0
    held: tuple[int, list[str]] | None = None  # one row behind, to know which is the last

    def keep(number: int, record: list[str]) -> None:
        if len(record) != width:
            if len(record) < width or any(c.strip() for c in record[width:]):
                ragged.append(number)
            record = [*record, *[""] * (width - len(record))]
        rows.add(number, [record[i] for i in picks])

    for number, record in enumerate(records, start=1):
        if not any(record) or not any(cell.strip() for cell in record):
            blank += 1
            continue
        if held is not None:
            keep(*held)
        held = (number, record)
    if held is None:
        msg = f"{path.name} has a header and no rows."
        raise IngestError(msg, found="0 rows", expected="at least one", fix="export it again")
    sums = int(is_sum_row([*held[1], *[""] * (width - len(held[1]))]))
    if not sums:
        keep(*held)
    layout = {"title_rows": titles, "sum_rows": sums, "blank_rows": blank}
    return RawTable(
        rows=rows.frame(),
        headers=headers,
        layout={k: v for k, v in layout.items() if v},
        ragged=tuple(ragged),
    )


def _layout(path: Path, *, encoding: str, mapping: Mapping) -> tuple[str, int]:
    """Find the separator and the header's place, by the names that the mapping asks for."""
    lines: list[str] = []
    with io.TextIOWrapper(open_bytes(path), encoding=encoding, newline="") as stream:
        for line in _lines(stream, name=path.name):
            lines.append(line)
            if len(lines) >= _SAMPLE_ROWS:
                break
    best: tuple[float, str, int] | None = None
    for separator in [mapping.separator] if mapping.separator else SEPARATORS:
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:
            continue
        at, hits = find_header(rows, wanted=mapping.wanted)
        width = modal_width(rows)
        filled = [row for row in rows[at:] if any(cell.strip() for cell in row)]
        even = sum(1 for row in filled if len(row) == width) / max(len(filled), 1)
        score = hits * 10.0 + (even if width > 1 else 0.0)
        if best is None or score > best[0]:
            best = (score, separator, at)
    if best is None:
        msg = f"{path.name} cannot be read as rows of fields."
        raise IngestError(msg, fix="export it as CSV with ; or , between the fields")
    return best[1], best[2]
