"""What a reader gives, and what a load gives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from geo.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    import pandas as pd
    from geopandas import GeoDataFrame, GeoSeries

    from geo.frames import Packed
    from geo.ingest.mapping import Mapping

PART_ROWS = 20_000
"""Rows that are unfolded at a time."""


@dataclass(frozen=True)
class RawTable:
    """
    The cells of a file as text, before anything is made of them.

    Parameters
    ----------
    rows
        Shape (n,); text columns under the source's names, "" where empty; the
        index is the 1-based data row number in the file.
    headers
        Every column name found, also those not read.
    geometry
        The file's own geometry, same index, in `crs`; None for plain tables.
    crs
        The reference system the file declares; None when it declares none.
    crs_certain
        False when the format assumes the system rather than the file saying so.
    native
        Columns the reader already gives under our names: ours -> theirs.
    layout
        What was in the file besides rows: title rows, sum rows, blank rows.
    ragged
        Row numbers whose number of fields is not the header's.
    """

    rows: pd.DataFrame
    headers: list[str]
    geometry: GeoSeries | None = None
    crs: Any = None
    crs_certain: bool = True
    native: dict[str, list[str]] = field(default_factory=dict)
    layout: dict[str, int] = field(default_factory=dict)
    ragged: tuple[int, ...] = ()


class Reader(ABC):
    """One file format: how it is recognised, and how its cells are read."""

    name: ClassVar[str]
    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    @classmethod
    @abstractmethod
    def claims(cls, path: Path, head: bytes) -> bool:
        """
        Tell whether a file is of this format.

        Parameters
        ----------
        path
            The file; only its name is looked at.
        head
            Its first bytes, unpacked when the file is gzip.

        Returns
        -------
        bool
            True when this reader should read it.
        """

    @abstractmethod
    def read(self, path: Path, *, mapping: Mapping) -> RawTable:
        """
        Read the cells of a file.

        Parameters
        ----------
        path
            The file.
        mapping
            Says which columns are needed, and layer, encoding and separator.

        Returns
        -------
        RawTable
            At least the mapped columns.

        Raises
        ------
        IngestError
            If the file is not what it should be, or a mapped column is missing.
        """


@dataclass(frozen=True)
class Ingested:
    """
    The outcome of reading one file; nothing vanishes.

    ``n_read == len(rows) + n_repeated + len(rejects) + n_refused``, always.

    Parameters
    ----------
    frame
        Name of the frame.
    rows
        The accepted rows, packed; they keep the frame's contract.
    crs
        The working CRS that they are in.
    rejects
        One line a rejected row: ``row`` (1-based data row number in the file),
        ``reasons`` and ``columns`` (lists of codes and names); never values.
    n_read
        Data rows in the file; titles, sums and blank lines are not rows.
    n_repeated
        Rows that say again, word for word, what another row with the same
        reference says; one of them is kept.
    n_refused, refused
        Rows that are not ours to keep, and why: ``skipped``, ``in_home``, ``outside``.
    n_unlocated
        Accepted rows without a place.
    flagged
        Doubts about accepted rows: reason -> rows.
    categories
        Accepted rows by our category.
    other
        Rows that became `other`, by the source's own word.
    unmapped
        Words outside a vocabulary, by our column and the source's word.
    scrubbed
        Personal data found in stored text and taken out, by kind.
    period
        First and last main time of the accepted rows, or None.
    layout
        What the file held besides rows: title, sum and blank rows and the like.
    reader, mapping_version
        How the file was read.
    """

    frame: str
    rows: Packed
    crs: Any
    rejects: pd.DataFrame
    n_read: int
    n_repeated: int
    n_refused: int
    refused: dict[str, int]
    n_unlocated: int
    flagged: dict[str, int]
    categories: dict[str, int]
    other: dict[str, int]
    unmapped: dict[str, dict[str, int]]
    scrubbed: dict[str, int]
    period: tuple[datetime, datetime] | None
    layout: dict[str, int]
    reader: str
    mapping_version: str

    def __post_init__(self) -> None:
        """Hold the sum that nothing vanishes."""
        ended = len(self.rows) + self.n_repeated + len(self.rejects) + self.n_refused
        if ended != self.n_read:
            msg = "rows were lost or doubled while reading; nothing was kept."
            raise IngestError(msg, read=self.n_read, ended=ended, fix="report this as a fault")

    @cached_property
    def accepted(self) -> GeoDataFrame:
        """The accepted rows unfolded, in the order of the file; `batch_id` is ""."""
        return self.rows.to_frame(crs=self.crs)

    def parts(self, *, n: int = PART_ROWS) -> Iterator[Packed]:
        """
        Give the accepted rows in parts, ordered by id: so they are stored quickest.

        Parameters
        ----------
        n
            Rows of a part.

        Yields
        ------
        Packed
            At most `n` rows.
        """
        order = np.argsort(self.rows.ids, kind="stable")
        for start in range(0, len(order), n):
            yield self.rows.take(order[start : start + n])
