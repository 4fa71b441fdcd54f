"""Delimited text: any separator, any usual encoding, packed or not."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import IngestError
from geo.ingest.base import RawTable, Reader
from geo.ingest.encodings import encodings_to_try
from geo.ingest.opening import GZIP, open_bytes, read_head, refuse_foreign
from geo.ingest.sheet import NO_ROWS_FIX, find_header, is_sum_row, modal_width, place_columns
from geo.ingest.splitting import CannotSplitError, split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.ingest.mapping import Mapping

SEPARATORS = (";", "\t", ",", "|")
"""Tried in this order when the mapping names none."""
_SAMPLE_ROWS = 200
_CHUNK_ROWS = 50_000
BIG_BYTES = 4 * 1024**2
"""From this size on a file is read block by block."""
PACKING = 4
"""How much smaller a packed one may be."""
_MAX_LINE = 4 * 1024**2


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
        for encoding in encodings_to_try(path, head, declared=mapping.encoding):
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


class _Lines:
    """Lines of a stream, none of them endless; those of the record being read are kept."""

    def __init__(self, stream: io.TextIOWrapper, *, name: str) -> None:
        self._stream, self._name = stream, name
        self.recent: list[str] = []

    def __iter__(self) -> Iterator[str]:
        while line := self._stream.readline(_MAX_LINE):
            if len(line) >= _MAX_LINE:
                msg = f"{self._name} holds a line of more than {_MAX_LINE // 1024**2} MiB."
                raise IngestError(msg, expected="a row a line", fix="export it again as CSV")
            self.recent.append(line)
            yield line

    def ends_in_quotes(self, separator: str) -> bool:
        """Tell whether the last record ended only because the file did."""
        try:
            list(csv.reader(self.recent, delimiter=separator, strict=True))
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False


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
    if _is_big(path) and separator.isascii():
        with suppress(CannotSplitError):  # then the careful way tells what is wrong
            return _split(path, encoding=encoding, separator=separator, header_at=header_at,
                          mapping=mapping)  # fmt: skip
    with io.TextIOWrapper(open_bytes(path), encoding=encoding, newline="") as stream:
        lines = _Lines(stream, name=path.name)
        records = csv.reader(lines, delimiter=separator)
        try:
            for _ in range(header_at):
                next(records)
            headers = next(records)
            table = _gather(records, headers, lines, mapping=mapping, path=path)
            if lines.ends_in_quotes(separator):
                raise csv.Error("a quotation mark is open to the end of the file")  # noqa: TRY301, TRY003, EM101 - told as the others are
        except csv.Error as error:
            near = records.line_num - len(lines.recent) + 1
            msg = f"{path.name} cannot be read as rows near line {max(near, 1)}."
            fix = "look there for a quotation mark that is never closed"
            raise IngestError(msg, found=str(error), fix=fix) from error
    layout = {"title_rows": header_at, **table.layout}
    return replace(table, layout={k: v for k, v in layout.items() if v})


def _is_big(path: Path) -> bool:
    """Whether the quick way repays its start."""
    size = path.stat().st_size
    if size < BIG_BYTES // PACKING:
        return False
    with path.open("rb") as plain:
        packed = plain.read(2) == GZIP
    return packed or size >= BIG_BYTES


def _split(
    path: Path, *, encoding: str, separator: str, header_at: int, mapping: Mapping
) -> RawTable:
    """Read a big file block by block; the same cells as row by row."""
    with io.TextIOWrapper(open_bytes(path), encoding=encoding, newline="") as stream:
        first = islice(csv.reader(_Lines(stream, name=path.name), delimiter=separator),
                       header_at, header_at + 1)  # fmt: skip
        headers = [h.replace("\ufeff", "").strip() for h in next(first)]
    at = place_columns(headers, wanted=mapping.wanted, file=path.name)
    with io.TextIOWrapper(open_bytes(path), encoding=encoding, newline="") as stream:
        cells = split(stream, separator=separator, skip=header_at + 1, width=len(headers), at=at)
    if not cells.last:
        raise _no_rows(path)
    last = next(csv.reader(cells.last.splitlines(keepends=True), delimiter=separator))
    sums = is_sum_row([*last, *[""] * (len(headers) - len(last))])
    end = max(int(block[-1]) for block in cells.numbers if len(block))
    ragged = tuple(n for n in cells.ragged if not (sums and n == end))
    layout = {"title_rows": header_at, "sum_rows": int(sums), "blank_rows": cells.blank}
    rows = cells.frame(without_last=sums)
    return RawTable(rows=rows, headers=headers, ragged=ragged,
                    layout={k: v for k, v in layout.items() if v})  # fmt: skip


def _no_rows(path: Path) -> IngestError:
    """Make the error for a file that ends after its header."""
    msg = f"{path.name} has a header and no rows."
    return IngestError(msg, found="0 rows", expected="at least one", fix=NO_ROWS_FIX)


def _gather(
    records: Iterator[list[str]], headers: list[str], lines: _Lines, *, mapping: Mapping, path: Path
) -> RawTable:
    """Pick the mapped cells of each record."""
    headers = [h.replace("\ufeff", "").strip() for h in headers]
    at = place_columns(headers, wanted=mapping.wanted, file=path.name)
    picks, width = list(at.values()), len(headers)
    rows = _Rows(names=list(at))
    ragged: list[int] = []
    blank = number = 0
    held: tuple[int, list[str]] | None = None  # one row behind, to know which is the last
    last: list[str] | None = None  # the lines of the last record, when it has several

    def keep(number: int, record: list[str]) -> None:
        if len(record) != width:
            if len(record) < width or any(c.strip() for c in record[width:]):
                ragged.append(number)
            record = [*record, *[""] * (width - len(record))]
        rows.add(number, [record[i] for i in picks])

    lines.recent.clear()
    for number, record in enumerate(records, start=1):
        last = lines.recent[:] if len(lines.recent) > 1 else None
        lines.recent.clear()
        if not any(record) or not any(cell.strip() for cell in record):
            blank += 1
            continue
        if held is not None:
            keep(*held)
        held = (number, record)
    if held is None:
        raise _no_rows(path)
    sums = int(is_sum_row([*held[1], *[""] * (width - len(held[1]))]))
    if not sums:
        keep(*held)
    lines.recent[:] = last or []
    layout = {"sum_rows": sums, "blank_rows": blank}
    return RawTable(rows=rows.frame(), headers=headers, layout=layout, ragged=tuple(ragged))


def _layout(path: Path, *, encoding: str, mapping: Mapping) -> tuple[str, int]:
    """Find the separator and the header's place, by the names that the mapping asks for."""
    lines: list[str] = []
    with io.TextIOWrapper(open_bytes(path), encoding=encoding, newline="") as stream:
        lines += islice(_Lines(stream, name=path.name), _SAMPLE_ROWS)
    best = (-1.0, SEPARATORS[0], 0)
    for separator in [mapping.separator] if mapping.separator else SEPARATORS:
        rows: list[list[str]] = []
        with suppress(csv.Error):  # what is wrong is told when the whole file is read
            rows.extend(csv.reader(lines, delimiter=separator))
        at, hits = find_header(rows, wanted=mapping.wanted)
        width = modal_width(rows)
        filled = [row for row in rows[at:] if any(cell.strip() for cell in row)]
        even = sum(1 for row in filled if len(row) == width) / max(len(filled), 1)
        score = hits * 10.0 + (even if width > 1 else 0.0)
        if score > best[0]:
            best = (score, separator, at)
    return best[1], best[2]
