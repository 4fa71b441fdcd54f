"""The one interface every store keeps, whatever database lies beneath."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from geo.store.books import Books

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from geopandas import GeoDataFrame

    from geo.frames import Packed
    from geo.store.records import Appended, BatchInfo, Undone

Box = tuple[float, float, float, float]
Window = tuple[datetime, datetime]


@runtime_checkable
class Store(Books, Protocol):
    """
    Where frames, batches, runs and the audit are kept.

    Every change is one transaction: it is there whole and for good when the
    method returns, or it never was. Readers never see half of one. Loading is
    cumulative: rows are known by `id`, a row with other content becomes a new
    version and the old one is kept, a row that is absent from a batch is left
    alone.
    """

    def append(
        self,
        frame_name: str,
        rows: GeoDataFrame | Iterable[Packed],
        *,
        batch: BatchInfo,
        rejects: pd.DataFrame | None = None,
    ) -> Appended:
        """
        Load one batch into an incoming frame.

        Parameters
        ----------
        frame_name
            One of `geo.frames.INCOMING`.
        rows
            Rows that keep the frame's contract, shape (n,), in the store's
            CRS; their `batch_id` is ignored, the store gives its own. Many
            rows come in packed parts that share no id; they are one batch in
            one transaction all the same.
        batch
            Where they come from.
        rejects
            Rows of the file that were not accepted: `row` (number, 1-based),
            `reasons` (list of codes), `columns` (list of names); never values.

        Returns
        -------
        Appended
            Rows new, changed and unchanged. A batch in which nothing is new or
            changed is noted, and leaves the revision as it was.

        Raises
        ------
        StoreError
            If the frame is not an incoming one, the numbers do not add up,
            rejects carry more than codes, or another process holds the store.
        FrameError
            If rows break the frame's contract.
        """
        ...

    def read(
        self,
        frame_name: str,
        *,
        bbox: Box | None = None,
        window: Window | None = None,
        run_id: str | None = None,
    ) -> GeoDataFrame:
        """
        Read the current version of every row, or those in a box or a window.

        Parameters
        ----------
        frame_name
            Any frame.
        bbox
            West, south, east, north in the store's CRS, metres. The box is
            closed, the test exact: a point on its edge is inside, a line or
            polygon is in when it meets the box. Rows without geometry are
            left out.
        window
            Start and end, aware; closed at the start and open at the end, on
            the frame's main time. An interval (an incident from 22 to 07) is
            in when any moment of it is. Rows without a time are left out.
        run_id
            The run, for the frames an analysis writes; required there.

        Returns
        -------
        GeoDataFrame
            Shape (n,), keeps the frame's contract; ordered by `id`, so that
            equal content is read as equal frames.

        Raises
        ------
        StoreError
            If box or window make no sense, or the frame has no main time.
        NotFoundError
            If there is no such run.
        RegistryError
            If there is no such frame.
        """
        ...

    def undo(self, batch_id: str, *, by: str = "") -> Undone:
        """
        Take a batch back: the frame is as if it had never been loaded.

        Parameters
        ----------
        batch_id
            As `append` gave it.
        by
            The role that asks, for the audit; never a person's name.

        Returns
        -------
        Undone
            Rows removed and restored. The revision is raised unless the batch
            had changed nothing.

        Raises
        ------
        NotFoundError
            If there is no such batch.
        StoreError
            If it is undone already, or a later batch holds rows that this one
            brought or changed; the error names that batch.
        """
        ...

    def revision(self, frame_name: str) -> int:
        """
        Count the changes of a frame since the store was made.

        Parameters
        ----------
        frame_name
            Any frame.

        Returns
        -------
        int
            0 for a frame nothing was written to; never goes down.

        Raises
        ------
        RegistryError
            If there is no such frame.
        """
        ...

    def revisions(self) -> dict[str, int]:
        """
        Give the revision of every incoming frame: what an analysis rests on.

        Returns
        -------
        dict
            Revision by frame name, in the order of `geo.frames.INCOMING`. The
            frames that runs write are not among them, or else writing a run
            would change what the same order gives.
        """
        ...

    def fingerprint(self, frame_name: str) -> str:
        """
        Name the present content of an incoming frame.

        Parameters
        ----------
        frame_name
            One of `geo.frames.INCOMING`.

        Returns
        -------
        str
            A hash of every row that holds. Unlike the revision it comes back
            when a batch is taken back: equal content, equal name.

        Raises
        ------
        StoreError
            If the frame is written by runs.
        """
        ...

    def close(self) -> None:
        """Let go of the database; using the store afterwards is an error."""
        ...

    def __enter__(self) -> Self:
        """Use the store in a `with` block."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store at the end of the block."""
        ...
