"""What chance alone does: tails of every window's count, and places in made-up even towns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.intervals import beta_binomial_tail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_STEP = 0.02
_SMALLEST = 1e-4
_GONE = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class Tails:
    """
    Exact tails for a grid of means, fine enough (2 %) for counting on chance.

    Parameters
    ----------
    bin_of
        The row of `table` each window uses, shape (m,).
    table
        P(X >= c) by mean and count, shape (b, c_max + 1).
    windows
        How many windows use each row, shape (b,).
    fewest
        A smaller count is never judged: its p is 1.
    """

    bin_of: Ints
    table: Floats
    windows: Ints
    fewest: int

    @classmethod
    def of(cls, mean: Floats, *, total: float, spread: float, fewest: int) -> Tails:
        """
        Tabulate the tails for windows with these means.

        Parameters
        ----------
        mean
            Expected incidents in each window, shape (m,).
        total
            Incidents in all.
        spread
            Over-dispersion.
        fewest
            The smallest count judged.

        Returns
        -------
        Tails
            The table.
        """
        step = np.round(np.log(np.maximum(mean, _SMALLEST)) / _STEP).astype(np.int64)
        steps, bin_of = np.unique(step, return_inverse=True)
        middle = np.exp(steps * _STEP)
        n = max(np.floor(total + 1e-9), 1.0)
        share = np.minimum(middle / n, 1 - 1e-9)
        top = int(middle.max(initial=1.0) * (1 + 8 * np.sqrt(spread)))
        size = min(int(n), fewest + top + int(9 * np.sqrt(top)) + 30)
        table = beta_binomial_tail(np.arange(size + 1.0)[None, :], n, share[:, None], spread)
        table[:, : min(fewest, size + 1)] = 1.0
        return cls(bin_of, table, np.bincount(bin_of, minlength=steps.size), fewest)

    def critical(self, level: float) -> Ints:
        """
        Give each row's smallest count with a tail of at most `level`.

        Parameters
        ----------
        level
            A p-value.

        Returns
        -------
        numpy.ndarray
            Counts, shape (b,); beyond the table where none is.
        """
        return np.asarray((self.table > level).sum(axis=1), dtype=np.int64)

    def windows_by_chance(self, levels: Floats) -> Floats:
        """
        Count the windows chance alone would bring to each level.

        Discrete tails seldom reach a level exactly, and windows expecting next to nothing
        never do; each window is counted with what it can attain.

        Parameters
        ----------
        levels
            p-values, shape (t,).

        Returns
        -------
        numpy.ndarray
            Expected windows with p at most each level, shape (t,).
        """
        padded = np.column_stack((self.table, np.zeros(len(self.table))))
        rows = np.arange(len(padded))
        return np.asarray(
            [float((self.windows * padded[rows, self.critical(t)]).sum()) for t in levels]
        )
