"""Small counts suppressed, and others with them, so that totals do not give them away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import AccessError

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Suppressed:
    """
    A table of counts that can be published, with its totals.

    Parameters
    ----------
    cells
        The counts as given, shape (r, c), Int64; missing where suppressed.
    row_totals, column_totals
        Int64, shapes (r,) and (c,); missing where suppressed.
    total
        Of everything; None where suppressed.
    n_primary
        Cells suppressed because they are small.
    n_complementary
        Cells and totals suppressed to protect those.
    """

    cells: pd.DataFrame
    row_totals: pd.Series
    column_totals: pd.Series
    total: int | None
    n_primary: int
    n_complementary: int


def suppress_small(counts: pd.Series | pd.DataFrame, *, k: int) -> Suppressed:
    """
    Suppress counts from 1 to k - 1, and what is needed so that none can be worked out.

    Zeros are published: nothing happened to nobody. Row totals, column totals
    and the grand total are published too where that gives nothing away: every
    suppressed cell keeps at least two values that agree with all that is
    published (and with its not being zero). The bounds come from linear
    programming, which is exact for such tables [1]_.

    Parameters
    ----------
    counts
        Whole numbers >= 0; a Series, shape (n,), with one total, or a
        DataFrame, shape (r, c), with totals both ways. Totals of counts that
        are published elsewhere must be among them.
    k
        Smallest count that may be shown, at least 1.

    Returns
    -------
    Suppressed
        For a Series, `cells` has one column and `row_totals` repeat the cells.

    Raises
    ------
    AccessError
        If a count is negative or no whole number, or k is below 1.

    References
    ----------
    .. [1] Fischetti, M. and Salazar, J. J. (2000). Models and algorithms for
       optimizing cell suppression in tabular data with linear constraints.
       Journal of the American Statistical Association 95(451), 916-928.

    Examples
    --------
    >>> out = suppress_small(pd.Series([12, 3, 7, 0]), k=5)
    >>> out.cells[0].tolist(), out.total
    ([12, <NA>, <NA>, 0], 22)
    """
    frame = counts.to_frame(name=0) if isinstance(counts, pd.Series) else counts
    table = _Table(_whole(frame, k=k), k=k, flat=isinstance(counts, pd.Series))
    n_small = int(table.hidden.sum())
    waiting = [tuple(cell) for cell in np.argwhere(table.hidden)]
    while waiting:  # hiding more never exposes a cell that was safe
        cell = waiting[-1]
        if table.is_safe(cell):
            waiting.pop()
            continue
        waiting.insert(0, table.hide_one_more(cell))
    shown = pd.DataFrame(table.values).astype("Int64").mask(table.hidden)
    r, c = frame.shape
    total = shown.iloc[r, c if not table.flat else 0]
    cells = shown.iloc[:r, :c].set_axis(frame.index).set_axis(frame.columns, axis="columns")
    rows = shown.iloc[:r, 0 if table.flat else c].set_axis(frame.index)
    columns = shown.iloc[r, :c].set_axis(frame.columns)
    return Suppressed(
        cells=cells,
        row_totals=rows.rename(None),
        column_totals=columns.rename(None),
        total=None if pd.isna(total) else int(total),
        n_primary=n_small,
        n_complementary=int(table.hidden.sum()) - n_small,
    )


class _Table:
    """Counts with their totals as a last row and column, and what of it is hidden."""

    def __init__(self, counts: NDArray[np.int64], *, k: int, flat: bool) -> None:
        self.flat = flat
        values = np.vstack([counts, counts.sum(axis=0, keepdims=True)])
        if not flat:
            values = np.hstack([values, values.sum(axis=1, keepdims=True)])
        self.values = values
        self.hidden: NDArray[np.bool_] = (values > 0) & (values < k)
        height, width = values.shape
        self._lines = [[(i, j) for i in range(height)] for j in range(width)]
        if not flat:
            self._lines += [[(i, j) for j in range(width)] for i in range(height)]

    def is_safe(self, cell: tuple[int, ...]) -> bool:
        """Whether at least two values of a hidden cell agree with what is published."""
        alone = [line for line in self._lines if cell in line and self._n_hidden(line) == 1]
        if alone:
            return False
        low, high = self._bounds(cell)
        return high - low >= 1 - 1e-6

    def hide_one_more(self, cell: tuple[int, ...]) -> tuple[int, ...]:
        """Hide the smallest count that shares a line with an exposed cell, totals last."""
        lines = sorted((ln for ln in self._lines if cell in ln), key=self._n_hidden)
        everywhere = [(i, j) for line in self._lines for i, j in line]
        for line in [*lines, everywhere]:
            open_cells = [c for c in line if self.values[c] > 0 and not self.hidden[c]]
            if open_cells:
                chosen = min(open_cells, key=self._cost)
                self.hidden[chosen] = True
                return chosen
        msg = "a table of counts could not be protected."
        raise AccessError(msg, fix="report this as a fault; publish nothing of it meanwhile")

    def _cost(self, cell: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        """Say what is lost by hiding a cell: a total more than a count, a large one more."""
        height, width = self.values.shape
        ends = int(cell[0] == height - 1) + int(not self.flat and cell[1] == width - 1)
        return ends, int(self.values[cell]), cell

    def _n_hidden(self, line: list[tuple[int, int]]) -> int:
        return sum(bool(self.hidden[c]) for c in line)

    def _bounds(self, cell: tuple[int, ...]) -> tuple[float, float]:
        """Smallest and largest value of a hidden cell, every hidden one being at least 1."""
        from scipy.optimize import linprog

        cells = [tuple(c) for c in np.argwhere(self.hidden)]
        at = {c: k for k, c in enumerate(cells)}
        rows: list[list[float]] = []
        sums: list[float] = []
        for line in self._lines:
            row, known = [0.0] * len(cells), 0.0
            for k, c in enumerate(line):
                sign = -1.0 if k == len(line) - 1 else 1.0
                if c in at:
                    row[at[c]] = sign
                else:
                    known += sign * float(self.values[c])
            if any(row):
                rows.append(row)
                sums.append(-known)
        cost = np.zeros(len(cells))
        cost[at[cell]] = 1.0
        ends = []
        for sign in (1.0, -1.0):
            got = linprog(sign * cost, A_eq=rows, b_eq=sums, bounds=(1, None), method="highs")
            ends.append(got.fun if got.status == 0 else -np.inf)
        return float(ends[0]), float(-ends[1])


def _whole(frame: pd.DataFrame, *, k: int) -> NDArray[np.int64]:
    """Read counts as integers, or raise."""
    raw = frame.to_numpy(dtype="float64")
    if k < 1 or not bool(np.isfinite(raw).all()) or bool(((raw < 0) | (raw % 1 != 0)).any()):
        msg = "only counts can be suppressed, from a smallest count of at least 1."
        raise AccessError(msg, expected="whole numbers >= 0 and k >= 1", fix="pass raw counts")
    whole: NDArray[np.int64] = raw.astype("int64")
    return whole
