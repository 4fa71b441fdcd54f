"""Delimited text cut into cells whole blocks at a time, by the rules of Python's csv module."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.compiled import compiled
from geo.ingest.scanning import copy_cells, scan_records

if TYPE_CHECKING:
    import io

    import pandas as pd
    from numpy.typing import NDArray

BLOCK_CHARS = 4 * 1024**2
LONGEST_RECORD = 4 * 1024**2
LONGEST_CELL = 131_072
"""What the csv module takes in one cell."""
_QUOTE, _LF, _CR = 34, 10, 13
_BLANK, _TEXT, _UNSURE = 0, 1, 2
_CLASSES = np.full(256, _TEXT, dtype=np.uint8)
_CLASSES[[9, 10, 11, 12, 13, 28, 29, 30, 31, 32]] = _BLANK
_CLASSES[128:] = _UNSURE


class CannotSplitError(ValueError):
    """The file needs the slow and careful way: it tells what is wrong, or is odd."""


@dataclass
class Cells:
    """
    The cells of the wanted columns, and what was seen of the rows.

    Parameters
    ----------
    names
        The columns wanted, under the mapping's names.
    parts
        Arrow arrays by column, one a block.
    numbers
        Number of each row kept, 1-based among the data rows, by block.
    ragged
        Numbers of rows whose number of fields is not the header's.
    blank
        How many blank rows there are before the last row.
    last
        The last row that is not blank, as it is written.
    """

    names: list[str]
    parts: dict[str, list[Any]] = field(default_factory=dict)
    numbers: list[NDArray[np.int64]] = field(default_factory=list)
    ragged: list[int] = field(default_factory=list)
    blank: int = 0
    last: str = ""

    def frame(self, *, without_last: bool) -> pd.DataFrame:
        """
        Put the cells together.

        Parameters
        ----------
        without_last
            Leave the last row out: it sums the others up.

        Returns
        -------
        pandas.DataFrame
            Text columns; the index is the rows' numbers.
        """
        import pandas as pd
        import pyarrow as pa

        numbers = np.concatenate(self.numbers) if self.numbers else np.empty(0, np.int64)
        keep = len(numbers) - int(without_last)
        kind = pd.StringDtype("pyarrow", na_value=np.nan)
        data = {}
        for name in self.names:
            # one array a column, and the blocks are let go column by column
            joined = pa.chunked_array(self.parts.pop(name), type=pa.large_string())
            data[name] = kind.__from_arrow__(joined.combine_chunks().slice(0, keep))
            del joined
            pa.default_memory_pool().release_unused()
        return pd.DataFrame(data, index=numbers[:keep], copy=False)


def split(
    stream: io.TextIOWrapper, *, separator: str, skip: int, width: int, at: dict[str, int]
) -> Cells:
    """
    Cut a text into the wanted cells of every row that is not blank.

    Parameters
    ----------
    stream
        The text, line ends as they are.
    separator
        One ASCII character.
    skip
        Records before the first data row: titles and the header.
    width
        Fields of the header.
    at
        Wanted column -> its field.

    Returns
    -------
    Cells
        The same cells as `csv.reader` gives.

    Raises
    ------
    CannotSplitError
        If a quotation mark is never closed, a cell or a record is endless, or a
        row may or may not be blank.
    UnicodeDecodeError
        If the text is not in the encoding of the stream.
    """
    names = list(at)
    slots = np.full(width, -1, dtype=np.int64)
    order: list[int] = []
    for name in names:  # two names may ask for one field
        if slots[at[name]] < 0:
            slots[at[name]] = len(order)
            order.append(at[name])
    out = Cells(names=names, parts={name: [] for name in names})
    carried, number, ended = b"", -skip, False
    while not ended:
        text = stream.read(BLOCK_CHARS)
        ended = not text
        block = carried + text.encode()
        if not block:
            break
        used, number = _take(block, out, ended=ended, separator=separator, slots=slots,
                             n_slots=len(order), at=at, number=number)  # fmt: skip
        carried = block[used:]
        if len(carried) > LONGEST_RECORD:
            raise CannotSplitError
    return out


def _take(
    block: bytes, out: Cells, *, ended: bool, separator: str, slots: NDArray[np.int64],
    n_slots: int, at: dict[str, int], number: int,
) -> tuple[int, int]:  # fmt: skip
    """Take the whole records of a block; give the bytes used and the last record's number."""
    import pyarrow as pa

    buffer = np.frombuffer(block, dtype=np.uint8)
    room = int(np.count_nonzero((buffer == _LF) | (buffer == _CR))) + 1
    spans = np.zeros((room, max(n_slots, 1), 2), dtype=np.int32)
    raw = np.zeros((room, max(n_slots, 1)), dtype=np.bool_)
    about = np.zeros((room, 4), dtype=np.int32)
    n, used = compiled(scan_records)(
        buffer, ended, ord(separator), slots, _CLASSES, spans, raw, about
    )
    if n < 0:
        raise CannotSplitError
    first = max(0, -number)
    numbers = np.arange(number + 1, number + n + 1)
    spans, raw, about, numbers = spans[first:n], raw[first:n], about[first:n], numbers[first:]
    blank = about[:, 1] == 0
    full = ~blank
    if full.any():
        last = np.flatnonzero(full)[-1]
        begin, end = about[last, 2:]
        out.last = block[begin:end].decode()
    out.blank += int(blank.sum())
    out.ragged += numbers[full & (about[:, 0] != 0)].tolist()
    out.numbers.append(numbers[full])
    if blank.any():
        spans, raw = spans[full], raw[full]
    for name in out.names:
        slot = slots[at[name]]
        data, ends = _cells(buffer, spans[:, slot], raw[:, slot])
        array = pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends),
                                                 pa.py_buffer(data))  # fmt: skip
        out.parts[name].append(array)
    return int(used), number + int(n)


def _cells(
    buffer: NDArray[np.uint8], spans: NDArray[np.int32], raw: NDArray[np.bool_]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Copy one column's cells side by side."""
    data = np.empty(int((spans[:, 1] - spans[:, 0]).sum()), dtype=np.uint8)
    ends = np.zeros(len(spans) + 1, dtype=np.int64)
    size = compiled(copy_cells)(buffer, spans, raw, data, ends)
    return data[:size], ends
