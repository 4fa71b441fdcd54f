"""Where the records and cells of delimited text begin and end: loops over bytes, for numba."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def scan_records(  # noqa: C901, PLR0912, PLR0915, PLR0917 (one loop over bytes; numba takes no keyword-only)
    text: NDArray[np.uint8], ended: bool, separator: int, slots: NDArray[np.int64],  # noqa: FBT001 (numba takes no keyword-only)
    classes: NDArray[np.uint8], spans: NDArray[np.int32], raw: NDArray[np.bool_],
    about: NDArray[np.int32],
) -> tuple[int, int]:  # fmt: skip
    """
    Find every record of a block that is there whole.

    Parameters
    ----------
    text
        UTF-8.
    ended
        Nothing follows.
    separator
        Between fields.
    slots
        Place among the wanted columns of each field, -1 for the others.
    classes
        Whether a byte is blank (0), text (1), or perhaps either (2).
    spans
        Filled: where each wanted cell begins and ends, shape (rows, columns, 2).
    raw
        Filled: whether a cell has quotation marks to be taken out.
    about
        Filled: ragged, not blank, and where the record begins and ends.

    Returns
    -------
    n : int
        Records; -1 when this way cannot tell.
    used : int
        Bytes they take.
    """
    n, at, size, width = 0, 0, text.size, slots.size
    while at < size:
        begin, fields, state, extra = at, 0, 0, 0
        first = text[at]
        if first in (10, 13):  # a line without anything is a record without fields
            if first == 13 and at + 1 == size and not ended:
                break
            at += 2 if first == 13 and at + 1 < size and text[at + 1] == 10 else 1
            about[n, 0], about[n, 1], about[n, 2], about[n, 3] = 1, 0, begin, begin
            n += 1
            continue
        whole = False
        while True:  # one field after another
            start, marked, seen = at, False, 0
            quoted = at < size and text[at] == 34
            closed = -1
            if quoted:
                at += 1
                while at < size:
                    c = text[at]
                    if c == 34:
                        if at + 1 < size and text[at + 1] == 34:
                            marked = True
                            seen = 1
                            at += 2
                            continue
                        closed = at
                        at += 1
                        break
                    if seen != 1 and classes[c] != 0:
                        seen = 1 if classes[c] == 1 else 2
                    at += 1
                if closed < 0:
                    if ended:
                        return -1, 0  # a quotation mark is open to the end
                    break
            while at < size and text[at] != separator and text[at] not in (10, 13):
                c = text[at]
                if quoted:
                    marked = True  # something after the closing mark
                if seen != 1 and classes[c] != 0:
                    seen = 1 if classes[c] == 1 else 2
                at += 1
            if at >= size and not ended:
                break
            if at - start > 131_072:
                return -1, 0
            if fields < width:
                slot = slots[fields]
                if slot >= 0:
                    raw[n, slot] = marked
                    simple = quoted and not marked
                    spans[n, slot, 0] = start + 1 if simple else start
                    spans[n, slot, 1] = closed if simple else at
            elif seen:
                extra = 1 if extra == 1 or seen == 1 else 2
            if seen and state != 1:
                state = seen
            fields += 1
            if at >= size:
                whole = True
                break
            if text[at] == separator:
                at += 1
                continue
            if text[at] == 13 and at + 1 == size and not ended:
                break
            end = at
            at += 2 if text[at] == 13 and at + 1 < size and text[at + 1] == 10 else 1
            whole = True
            about[n, 3] = end
            break
        if not whole:
            at = begin
            break
        if at >= size and about[n, 3] == 0:
            about[n, 3] = size
        if state == 2 or extra == 2 or about[n, 3] - begin > 4_194_304:
            return -1, 0
        about[n, 0] = 1 if fields < width or extra else 0
        about[n, 1] = state
        about[n, 2] = begin
        n += 1
    return n, at


def copy_cells(
    text: NDArray[np.uint8], spans: NDArray[np.int32], raw: NDArray[np.bool_],
    data: NDArray[np.uint8], ends: NDArray[np.int64],
) -> int:  # fmt: skip
    """
    Copy cells side by side, without their quotation marks.

    Parameters
    ----------
    text
        UTF-8.
    spans
        Where each cell begins and ends, shape (n, 2).
    raw
        Whether a cell begins with a mark and holds others, shape (n,).
    data
        Filled: the bytes of the cells.
    ends
        Filled: where each cell ends in `data`; shape (n + 1,).

    Returns
    -------
    int
        Bytes written.
    """
    size = 0
    for row in range(raw.size):
        at, stop = spans[row, 0], spans[row, 1]
        if not raw[row]:
            while at < stop:
                data[size] = text[at]
                size += 1
                at += 1
        else:
            at += 1
            inside = True
            while at < stop:
                c = text[at]
                if inside and c == 34:
                    if at + 1 < stop and text[at + 1] == 34:
                        data[size] = 34
                        size += 1
                        at += 2
                        continue
                    inside = False
                    at += 1
                    continue
                data[size] = c
                size += 1
                at += 1
        ends[row + 1] = size
    return size
