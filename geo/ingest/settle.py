"""A file's cells settled into the columns of one frame, every doubt noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.errors import IngestError
from geo.frames import Coded, Column, Frame, Kind
from geo.ingest.categories import settle_category
from geo.ingest.cells import clean
from geo.ingest.columns import DEFAULTS, settle_column
from geo.ingest.fields import fallback, read_booleans
from geo.ingest.mapping import DWELLING
from geo.ingest.moments import Bounds, settle_incident_times
from geo.ingest.times import Times, parse_times

if TYPE_CHECKING:
    from geo.ingest.base import RawTable
    from geo.ingest.doubts import Doubts
    from geo.ingest.mapping import Mapping

_ASSUMABLE = frozenset(
    {"light_source", "flux_lm", "flux_basis", "power_w", "height_m", "arm_m", "azimuth_deg",
     "optic", "cct_k", "installed"}
)  # fmt: skip
_LATER = frozenset(
    {"id", "batch_id", "mapping_version", "ref_hash", "flags", "duplicate_group", "length_m",
     "from_node", "to_node"}
)  # fmt: skip
_INCIDENT_ONLY = frozenset(
    {"occurred_from", "occurred_to", "time_known", "category", "source_category"}
)


@dataclass
class Settling:
    """
    One file on its way into one frame.

    Parameters
    ----------
    raw
        Its cells.
    mapping
        How they are ours.
    timezone
        Zone of local times.
    bounds
        Between which moments times can have been meant.
    doubts
        Gathers what speaks against rows.
    unmapped
        Words that fitted no vocabulary, by column.
    scrubbed
        Personal data taken out, by kind.
    other
        Rows that became `other`, by the source's word.
    """

    raw: RawTable
    mapping: Mapping
    timezone: str
    bounds: Bounds
    doubts: Doubts
    unmapped: dict[str, dict[str, int]] = field(default_factory=dict)
    scrubbed: dict[str, int] = field(default_factory=dict)
    other: pd.Series | None = None
    _cells: dict[str, pd.Series] = field(default_factory=dict)

    @property
    def frame(self) -> Frame:
        """The contract of the rows."""
        return self.mapping.contract

    def theirs(self, ours: str) -> list[str]:
        """
        Name the source's columns behind one of ours.

        Parameters
        ----------
        ours
            Our column.

        Returns
        -------
        list of str
            As the mapping says, else as the reader knows.
        """
        return self.mapping.theirs(ours) or self.raw.native.get(ours, [])

    def cells(self, ours: str) -> list[pd.Series]:
        """
        Give the trimmed cells behind one of our columns.

        Parameters
        ----------
        ours
            Our column.

        Returns
        -------
        list of pandas.Series
            Text, each of shape (n,); empty when nothing is mapped.
        """
        for name in self.theirs(ours):
            if name not in self._cells:
                self._cells[name] = clean(self.raw.rows[name])
        return [self._cells[name] for name in self.theirs(ours)]

    def columns(self) -> dict[str, Any]:
        """
        Settle every column that cells, constants or defaults give.

        Returns
        -------
        dict
            Column -> Series of shape (n,), or `Coded` where every row says the same.

        Raises
        ------
        IngestError
            If a column that may not be missing is given by nothing.
        """
        self.refuse_skipped()
        out: dict[str, Any] = {}
        incident = self.frame.name == "incidents"
        done = {*_LATER, *(_INCIDENT_ONLY if incident else ())}
        if incident:
            out |= settle_category(self)
        lacking = [] if not incident or self.theirs("occurred_from") else ["occurred_from"]
        for column in self.frame.columns:
            if column.name in done:
                continue
            values = self._column(column)
            if values is not None:
                out[column.name] = values
            elif not column.nullable and column.kind not in {Kind.TEXTS, Kind.JSON}:
                lacking.append(column.name)
        if lacking:
            msg = f"the mapping does not say where {', '.join(lacking)} come from."
            fix = "add them under [columns], or under [constants] when they are always the same"
            raise IngestError(msg, found=", ".join(self.raw.headers[:60]), fix=fix)
        if incident:
            out |= self._incident_times(out["source_category"])
        return out

    def _column(self, column: Column) -> pd.Series | Coded | None:
        """Give a column from constants, cells or defaults; None when nothing gives it."""
        name = column.name
        if name in self.mapping.constants:
            return self._constant(column)
        if self.theirs(name):
            return settle_column(self, column)
        always = {"actor": self.mapping.actor, "source": self.mapping.source}.get(name)
        value = DEFAULTS.get((self.frame.name, name), always)
        if value is None and column.kind is Kind.TEXT and not column.nullable:
            value = fallback(column)
        return None if value is None else self._fill(value)

    def refuse_skipped(self) -> None:
        """Refuse rows that the mapping says are not ours."""
        for name, values in self.mapping.skip.items():
            cells = clean(self.raw.rows[name]).str.casefold()
            self.doubts.refuse(cells.isin([v.strip().casefold() for v in values]), "skipped")

    def times(self, name: str) -> Times:
        """
        Read the times behind one of our columns.

        Parameters
        ----------
        name
            Our column.

        Returns
        -------
        Times
            As written.
        """
        return parse_times(
            self.cells(name),
            timezone=self.timezone,
            ignore_offset=self.mapping.ignore_offset,
            date_order=self.mapping.date_order,
            column=", ".join(self.theirs(name)),
        )

    def _fill(self, value: Any) -> Coded:
        return Coded.of(value, n=len(self.raw.rows))

    def _constant(self, column: Column) -> Coded:
        value = self.mapping.constants[column.name]
        if column.kind is Kind.TEXTS and not isinstance(value, list):
            value = [value]
        if column.name == "setting" and value == DWELLING:
            self.doubts.refuse(np.ones(len(self.raw.rows), dtype=bool), "in_home")
            value = "unknown"
        return self._fill(value)

    def _incident_times(self, groups: pd.Series) -> dict[str, pd.Series]:
        end = self.times("occurred_to") if self.theirs("occurred_to") else None
        settled = settle_incident_times(
            self.times("occurred_from"), end,
            columns={c.name: c for c in self.frame.columns}, doubts=self.doubts,
            bounds=self.bounds, groups=groups if self.theirs("category") else None,
        )  # fmt: skip
        out = {str(name): settled[name] for name in settled}
        if self.theirs("time_known"):
            said, _ = read_booleans(self.cells("time_known")[0])
            out["time_known"] = out["time_known"] & said.fillna(value=True).astype(bool)
        return out

    def assumed(self) -> list[str]:
        """
        Name the columns of a lamp whose values the mapping assumes.

        Returns
        -------
        list of str
            Constants that stand in for what nobody measured.
        """
        return sorted(_ASSUMABLE & set(self.mapping.constants))
