"""What speaks against each row, gathered column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


class Doubts:
    """
    What speaks against each row, gathered column by column.

    Parameters
    ----------
    index
        The rows' index, shape (n,).
    """

    def __init__(self, index: pd.Index) -> None:
        import numpy as np

        self.index = index
        self.refusals: dict[str, np.ndarray] = {}
        self.rejections: dict[tuple[str, str], np.ndarray] = {}
        self.flags: dict[str, np.ndarray] = {}
        self._none = np.zeros(len(index), dtype=bool)

    def refuse(self, mask: Any, reason: str) -> None:
        """
        Note rows that are not ours to keep.

        Parameters
        ----------
        mask
            bool, shape (n,).
        reason
            A stable code.
        """
        self._add(self.refusals, reason, mask)

    def reject(self, mask: Any, reason: str, *, column: str) -> None:
        """
        Note rows that cannot be kept.

        Parameters
        ----------
        mask
            bool, shape (n,).
        reason
            A stable code.
        column
            The column of ours it concerns.
        """
        self._add(self.rejections, (reason, column), mask)

    def flag(self, mask: Any, reason: str) -> None:
        """
        Note rows that are kept with a doubt.

        Parameters
        ----------
        mask
            bool, shape (n,).
        reason
            A stable code.
        """
        self._add(self.flags, reason, mask)

    @property
    def refused(self) -> np.ndarray:
        """Rows refused, shape (n,)."""
        return self._any(self.refusals)

    @property
    def rejected(self) -> np.ndarray:
        """Rows rejected and not refused, shape (n,)."""
        out: np.ndarray = self._any(self.rejections) & ~self.refused
        return out

    def refused_counts(self) -> dict[str, int]:
        """
        Count refusals, each row under its first reason.

        Returns
        -------
        dict
            Reason -> rows; adds up to the number of refused rows.
        """
        seen, out = self._none.copy(), {}
        for reason, mask in self.refusals.items():
            count = int((mask & ~seen).sum())
            seen |= mask
            if count:
                out[reason] = count
        return out

    def reject_table(self) -> pd.DataFrame:
        """
        List rejected rows with their reasons.

        Returns
        -------
        DataFrame
            ``row``, ``reasons``, ``columns``, in row order.
        """
        import numpy as np
        import pandas as pd

        positions = np.flatnonzero(self.rejected)
        reasons: list[list[str]] = [[] for _ in positions]
        columns: list[list[str]] = [[] for _ in positions]
        for (reason, column), mask in self.rejections.items():
            for at in np.flatnonzero(mask[positions]):
                if reason not in reasons[at]:
                    reasons[at].append(reason)
                if column and column not in columns[at]:
                    columns[at].append(column)
        return pd.DataFrame(
            {
                "row": self.index.to_numpy()[positions].astype("int64"),
                "reasons": pd.Series(reasons, dtype="object"),
                "columns": pd.Series(columns, dtype="object"),
            }
        )

    def _any(self, masks: dict[Any, np.ndarray]) -> np.ndarray:
        out: np.ndarray = self._none.copy()
        for mask in masks.values():
            out |= mask
        return out

    def _add(self, masks: dict[Any, np.ndarray], key: Any, mask: Any) -> None:
        import numpy as np

        values = np.asarray(mask, dtype=bool)
        if values.any():
            masks[key] = masks.get(key, self._none) | values
