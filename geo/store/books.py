"""The part of a store's interface that keeps books: runs, batches, rejects and the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

    from geo.store.records import Run


class Books(Protocol):
    """What was loaded, analysed and done; see `geo.store.protocol.Store` for the whole."""

    def write_run(self, run: Run, frames: dict[str, GeoDataFrame]) -> bool:
        """
        Keep an analysis with the frames it made; its summary's ``seal`` is noted in the audit too.

        Parameters
        ----------
        run
            The run.
        frames
            Rows of what runs write; their `run_id` is ignored, the run's is
            set.

        Returns
        -------
        bool
            False when the run was there already; then nothing changes.

        Raises
        ------
        StoreError
            If a frame is not one that an analysis writes.
        FrameError
            If rows break their frame's contract.
        """
        ...

    def run(self, run_id: str) -> Run:
        """
        Find a run by its id.

        Parameters
        ----------
        run_id
            Its id.

        Returns
        -------
        Run
            The run.

        Raises
        ------
        NotFoundError
            If there is none.
        """
        ...

    def run_for(self, week: str) -> Run:
        """
        Find the last written run of a week.

        Parameters
        ----------
        week
            As ``2026-W47``.

        Returns
        -------
        Run
            The run.

        Raises
        ------
        NotFoundError
            If the week has none.
        """
        ...

    def runs(self) -> list[Run]:
        """
        List the runs.

        Returns
        -------
        list of Run
            Newest week first; within a week the last written first.
        """
        ...

    def batches(self) -> pd.DataFrame:
        """
        List the batches, undone ones too.

        Returns
        -------
        pandas.DataFrame
            One row a batch in the order they were loaded: `batch_id`, `frame`,
            `state` (loaded/undone), counts, period (UTC) and times (UTC).
        """
        ...

    def rejects(self, batch_id: str) -> pd.DataFrame:
        """
        List the rows of a batch that were not accepted, with the reasons.

        Parameters
        ----------
        batch_id
            As `append` gave it.

        Returns
        -------
        pandas.DataFrame
            `row`, `reasons`, `columns`, as they were given; by row number.

        Raises
        ------
        NotFoundError
            If there is no such batch.
        """
        ...

    def audit(self, action: str, *, subject: str = "", by: str = "", **counts: int) -> None:
        """
        Note that something was done; what is noted can never be changed.

        Parameters
        ----------
        action
            A code, such as ``export``.
        subject
            Id of the batch, run or layer concerned.
        by
            The role that did it; never a person's name.
        **counts
            Numbers that tell how much.

        Raises
        ------
        StoreError
            If action is not a code, or a count not a whole number.
        """
        ...

    def audit_log(self) -> pd.DataFrame:
        """
        Read the audit.

        Returns
        -------
        pandas.DataFrame
            `at` (UTC), `action`, `subject`, `by`, `counts` (dict), oldest first.
        """
        ...
