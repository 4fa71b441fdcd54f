"""A file's cells settled into the columns of one frame, every doubt noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.errors import IngestError
from geo.frames import Column, Frame, Kind
from geo.ingest.categories import settle_category
from geo.ingest.cells import clean, distinct
from geo.ingest.fields import (
    count_words,
    fallback,
    read_booleans,
    read_json,
    read_lists,
    read_numbers,
    read_words,
)
from geo.ingest.mapping import DWELLING
from geo.ingest.moments import Bounds, settle_incident_times, settle_time
from geo.ingest.times import Times, parse_times
from geo.privacy import scrub

if TYPE_CHECKING:
    from geo.ingest.base import RawTable
    from geo.ingest.doubts import Doubts
    from geo.ingest.mapping import Mapping

STORED_TEXTS = frozenset(
    {"public_text", "problem", "cause", "title", "lessons", "expected", "outcome", "opening",
     "schedule", "name", "pole_ref"}
)  # fmt: skip
"""Columns of free words that are kept; personal data in them is taken out and counted."""
_SCRUBBED_OF = {"name": frozenset({"events"}), "pole_ref": frozenset[str]()}
_ASSUMABLE = frozenset(
    {"light_source", "flux_lm", "flux_basis", "power_w", "height_m", "arm_m", "azimuth_deg",
     "optic", "cct_k", "installed"}
)  # fmt: skip
_DEFAULTS: dict[tuple[str, str], Any] = {
    ("incidents", "weight"): 1.0,
    ("incidents", "time_known"): False,
    ("reports", "state"): "received",
    ("facilities", "check_locked"): False,
    ("assessments", "nothing_to_report"): False,
    ("assessments", "given_orally"): False,
    ("assessments", "revision"): 1,
    ("measures", "revision"): 1,
    ("visits", "planned"): False,
}
_LATER = frozenset(
    {"id", "batch_id", "mapping_version", "source", "ref_hash", "flags", "duplicate_group",
     "length_m", "from_node", "to_node"}
)  # fmt: skip
_INCIDENT_TIMES = ("occurred_from", "occurred_to", "time_known")
_CATEGORY = ("category", "source_category")


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
            Column -> Series of shape (n,).

        Raises
        ------
        IngestError
            If a column that may not be missing is given by nothing.
        """
        self.refuse_skipped()
        out: dict[str, Any] = {}
        lacking: list[str] = []
        incident = self.frame.name == "incidents"
        if incident:
            out |= settle_category(self)
        for column in self.frame.columns:
            name = column.name
            if name in _LATER or (incident and name in {*_INCIDENT_TIMES, *_CATEGORY}):
                continue
            if name in self.mapping.constants:
                out[name] = self._constant(column)
            elif self.theirs(name):
                out[name] = self._settle(column)
            elif (self.frame.name, name) in _DEFAULTS:
                out[name] = self._fill(_DEFAULTS[self.frame.name, name])
            elif name == "actor" and self.mapping.actor is not None:
                out[name] = self._fill(self.mapping.actor)
            elif column.vocabulary and fallback(column) and column.kind is Kind.TEXT:
                out[name] = self._fill(None if column.nullable else fallback(column))
            elif not column.nullable and column.kind not in {Kind.TEXTS, Kind.JSON}:
                lacking.append(name)
        if incident and not self.theirs("occurred_from"):
            lacking.append("occurred_from")
        if lacking:
            msg = f"the mapping does not say where {', '.join(lacking)} come from."
            fix = "add them under [columns], or under [constants] when they are always the same"
            raise IngestError(msg, found=", ".join(self.raw.headers[:60]), fix=fix)
        if incident:
            out |= self._incident_times(out["source_category"])
        return out

    def refuse_skipped(self) -> None:
        """Refuse rows that the mapping says are not ours."""
        for name, values in self.mapping.skip.items():
            cells = clean(self.raw.rows[name]).str.casefold()
            self.doubts.refuse(cells.isin([v.strip().casefold() for v in values]), "skipped")

    def texts(self, column: Column, cells: list[pd.Series]) -> pd.Series:
        """
        Settle words without a vocabulary; stored free text is scrubbed.

        Parameters
        ----------
        column
            Ours.
        cells
            Theirs; several are set side by side.

        Returns
        -------
        pandas.Series
            Text; missing where empty.
        """
        joined = cells[0]
        for more in cells[1:]:
            joined = (joined + " " + more).str.strip()
        table = self.mapping.values.get(column.name)
        words, codes = distinct(joined)
        out: list[str | None] = [((table or {}).get(w, w)) or None for w in words]
        only = _SCRUBBED_OF.get(column.name)
        if column.name in STORED_TEXTS and (only is None or self.frame.name in only):
            out = self._scrub(out, counts=np.bincount(codes, minlength=len(words)))
        return pd.Series(np.array(out, dtype=object)[codes], index=joined.index, dtype="object")

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

    def _scrub(self, words: list[str | None], *, counts: Any) -> list[str | None]:
        out: list[str | None] = []
        for word, count in zip(words, counts, strict=True):
            done = scrub(word or "")
            for kind, times in done.counts.items():
                self.scrubbed[kind] = self.scrubbed.get(kind, 0) + times * int(count)
            out.append(done.text or None)
        return out

    def _fill(self, value: Any) -> pd.Series:
        index = self.raw.rows.index
        cells = np.empty(len(index), dtype=object)
        for at in range(len(index)):
            cells[at] = list(value) if isinstance(value, list) else value
        return pd.Series(cells, index=index, dtype="object")

    def _constant(self, column: Column) -> pd.Series:
        value = self.mapping.constants[column.name]
        if column.kind is Kind.TEXTS and not isinstance(value, list):
            value = [value]
        if column.name == "setting" and value == DWELLING:
            self.doubts.refuse(np.ones(len(self.raw.rows), dtype=bool), "in_home")
            value = "unknown"
        return self._fill(value)

    def _settle(self, column: Column) -> pd.Series:
        """One column from the source's cells, by its kind."""
        name, cells = column.name, self.cells(column.name)
        if column.kind in {Kind.TIME, Kind.DATE}:
            return settle_time(self.times(name), column=column, doubts=self.doubts,
                               bounds=self.bounds)  # fmt: skip
        if column.kind in {Kind.NUMBER, Kind.INTEGER}:
            values, bad = read_numbers(cells[0], column=column, decimal=self.mapping.decimal,
                                       unit=self.mapping.units.get(name))  # fmt: skip
            return self._needed(values, bad, column)
        if column.kind is Kind.BOOLEAN:
            values, bad = read_booleans(cells[0], table=self.mapping.values.get(name))
            default = _DEFAULTS.get((self.frame.name, name))
            if default is not None:
                values = values.where(values.notna() | bad, default)
            return self._needed(values, bad, column)
        if column.kind is Kind.JSON:
            values, bad = read_json(cells[0])
            return self._needed(values, bad, column)
        if column.kind is Kind.TEXTS:
            values, lost = read_lists(cells, column=column, separator=self.mapping.list_separator,
                                      table=self.mapping.values.get(name, {}))  # fmt: skip
            if lost:
                self.unmapped[name] = lost
            return values
        if column.vocabulary:
            return self._words(column, cells)
        return self._needed(self.texts(column, cells), None, column)

    def _words(self, column: Column, cells: list[pd.Series]) -> pd.Series:
        """A column with a vocabulary; what fits nowhere is counted."""
        joined = cells[0]
        for more in cells[1:]:
            joined = (joined + " / " + more).str.strip(" /")
        setting = column.name == "setting"
        values, unknown = read_words(
            joined, column=column, table=self.mapping.values.get(column.name, {}),
            extra=(DWELLING,) if setting else (),
        )  # fmt: skip
        if bool(unknown.any()):
            self.unmapped[column.name] = count_words(joined, rows=unknown.to_numpy())
        spare = fallback(column)
        if spare is not None and (not column.nullable or spare == "other"):
            values = values.where(~unknown, spare)
        if not column.nullable:
            if spare is None:
                self.doubts.reject(unknown, "unknown_word", column=column.name)
            default = _DEFAULTS.get((self.frame.name, column.name), spare)
            values = values.where(values.notna() | unknown, default)
        return self._needed(values, None, column)

    def _needed(self, values: pd.Series, bad: pd.Series | None, column: Column) -> pd.Series:
        """Reject rows that lack what they must have; flag unreadable extras."""
        unread = pd.Series(False, index=values.index) if bad is None else bad
        if column.nullable:
            self.doubts.flag(unread, f"unreadable:{column.name}")
            return values
        self.doubts.reject(unread, "unreadable_value", column=column.name)
        if column.kind is not Kind.JSON:
            self.doubts.reject(values.isna() & ~unread, "missing_value", column=column.name)
        return values

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
