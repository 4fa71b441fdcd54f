"""A mapping file: which of their columns is which of ours, in what system and zone."""

from __future__ import annotations

import hashlib
import json
import tomllib
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geo.clock import zone
from geo.errors import ClockError, CrsError, IngestError
from geo.frames import FRAMES, INCOMING, Frame, Kind, Shape
from geo.ingest.units import UNITS
from geo.settings import categories

if TYPE_CHECKING:
    from pathlib import Path

DWELLING = "dwelling"
"""A word for `setting` that no frame has: an event between people in a home, refused."""

_OURS_ALONE = {"id", "batch_id", "mapping_version", "ref_hash", "flags", "duplicate_group",
               "weight"}  # fmt: skip
_PLACE = ("x", "y", "geometry")
_FREE_TEXT = {"text", "description", "comment", "comments", "note", "notes", "narrative",
              "fritext", "beskrivning", "anteckning", "kommentar", "summary"}  # fmt: skip


class Mapping(BaseModel):
    """
    How one source's files become one of our frames.

    Raises
    ------
    IngestError
        If a key, column, category, unit or word is not one there is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    frame: str = Field(description="name of the frame the rows belong to")
    source: str = Field(min_length=1, max_length=80, description="short name of the export")
    actor: str | None = Field(default=None, description="organisation that reports")
    crs: str | None = Field(default=None, description="reference system of the data")
    timezone: str | None = Field(
        default=None, description="zone of local times; without one, the profile's"
    )
    encoding: str | None = Field(default=None, description="text encoding; sniffed without one")
    separator: str | None = Field(default=None, description="of the fields; sniffed without one")
    decimal: Literal[",", "."] | None = Field(default=None, description="decimal sign")
    date_order: Literal["dmy", "mdy"] | None = Field(
        default=None, description="order of 03/04/2026; asked for when the file cannot tell"
    )
    ignore_offset: bool = Field(
        default=False, description="times are local though they carry Z or an offset"
    )
    list_separator: str | None = Field(default=None, description="between members of a list")
    layer: str | None = Field(default=None, description="layer or sheet")
    inside_only: bool = Field(
        default=False, description="a file of a larger area: rows outside the extent are not ours"
    )
    columns: dict[str, str | list[str]] = Field(
        default_factory=dict, description="our column = theirs, or a list of theirs"
    )
    categories: dict[str, str] = Field(
        default_factory=dict, description="their category = ours; what is not here is `other`"
    )
    constants: dict[str, Any] = Field(default_factory=dict, description="our column = value")
    skip: dict[str, list[str]] = Field(
        default_factory=dict, description="their column = values of rows that are not ours"
    )
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="our column: their word = ours"
    )
    units: dict[str, str] = Field(default_factory=dict, description="our column = their unit")

    @classmethod
    def read(cls, path: Path) -> Mapping:
        """
        Read a mapping file.

        Parameters
        ----------
        path
            A TOML file.

        Returns
        -------
        Mapping
            Checked against the frame it names.

        Raises
        ------
        IngestError
            If the file is missing, is not TOML, or names what does not exist.
        """
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            msg = f"there is no mapping file {path.name!r}."
            raise IngestError(msg, fix="check the name after --map") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            msg = f"{path.name} is not valid TOML in UTF-8."
            raise IngestError(msg, found=str(error), fix="mend that line") from error
        return cls.parse(raw)

    @classmethod
    def parse(cls, raw: dict[str, Any]) -> Mapping:
        """
        Make a mapping of a parsed TOML table.

        Parameters
        ----------
        raw
            The table.

        Returns
        -------
        Mapping
            Checked against the frame it names.

        Raises
        ------
        IngestError
            With every fault of the table at once.
        """
        unknown = sorted(set(raw) - set(cls.model_fields))
        if unknown:
            msg = f"a mapping has no key {', '.join(map(repr, unknown))}."
            known = ", ".join(cls.model_fields)
            raise IngestError(msg, known=known, fix="use one of the known keys")
        try:
            mapping = cls.model_validate(raw)
        except ValidationError as error:
            faults = "; ".join(
                f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()
            )
            msg = "the mapping cannot be understood."
            raise IngestError(msg, found=faults, fix="see docs/mappings/README.md") from None
        mapping.check()
        return mapping

    def check(self) -> None:
        """
        Check every name in the mapping, and report all faults in one error.

        Raises
        ------
        IngestError
            With one sentence a fault.
        """
        frame = self.contract
        free = sorted(n for n in self.columns if n in _FREE_TEXT and n not in frame.names)
        if free:
            msg = f"{self.frame} keep no free text; the mapping names {', '.join(free)}."
            raise IngestError(msg, fix="take the column out: free text about events is not stored")
        faults = [*self._column_faults(frame), *self._word_faults(frame), *self._door_faults()]
        if faults:
            msg = f"the mapping of {self.source!r} names what does not exist."
            raise IngestError(msg, found="; ".join(faults), fix="see docs/mappings/README.md")

    @property
    def contract(self) -> Frame:
        """The frame's contract."""
        if self.frame not in INCOMING:
            msg = f"there is no frame {self.frame!r} to load."
            raise IngestError(msg, known=", ".join(INCOMING), fix="use one of the known names")
        return FRAMES[self.frame]

    @property
    def version(self) -> str:
        """Short hash of the content: the same words give the same version."""
        text = json.dumps(self.model_dump(exclude_defaults=True), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def theirs(self, ours: str) -> list[str]:
        """
        Name the source's columns behind one of ours.

        Parameters
        ----------
        ours
            Our column, or `ref`, `x`, `y`, `geometry`.

        Returns
        -------
        list of str
            Empty when the mapping does not name it.
        """
        named = self.columns.get(ours, [])
        return [named] if isinstance(named, str) else list(named)

    def words(self, ours: str) -> dict[str, str]:
        """
        Give the words under [values] for one of our columns.

        Parameters
        ----------
        ours
            Our column.

        Returns
        -------
        dict
            Their word -> ours; empty when the mapping has none.
        """
        return self.values.get(ours, {})

    @property
    def wanted(self) -> list[str]:
        """Every column of theirs that the mapping needs, each once, in order."""
        names = [name for ours in self.columns for name in self.theirs(ours)]
        return list(dict.fromkeys([*names, *self.skip]))

    def _column_faults(self, frame: Frame) -> list[str]:
        known = [n for n in frame.names if n not in _OURS_ALONE]
        allowed = {*known, "ref"} | (set(_PLACE) if frame.has_geometry else set())
        out = [
            f"[columns] {name}: {self.frame} have no such column (known: "
            f"{', '.join(sorted(allowed))})"
            for name in self.columns
            if name not in allowed
        ]
        out += [f"[columns] {n} names no column of theirs" for n in self.columns
                if not self.theirs(n)]  # fmt: skip
        if ("x" in self.columns) != ("y" in self.columns):
            out.append("[columns] x and y belong together")
        if frame.shape not in {Shape.POINT, Shape.ANY} and "x" in self.columns:
            out.append(f"[columns] x and y make points, and {self.frame} are {frame.shape.value}")
        for table, names in (("constants", self.constants), ("values", self.values),
                             ("units", self.units)):  # fmt: skip
            out += [f"[{table}] {n}: {self.frame} have no such column" for n in names
                    if n not in known]  # fmt: skip
        numbers = {c.name for c in frame.columns if c.kind in {Kind.NUMBER, Kind.INTEGER}}
        for name, unit in self.units.items():
            if name in known and name not in numbers:
                out.append(f"[units] {name} is no number")
            if unit not in UNITS:
                out.append(f"[units] {unit!r} is no unit (known: {', '.join(UNITS)})")
        return out

    def _word_faults(self, frame: Frame) -> list[str]:
        out: list[str] = []
        if self.categories and "category" not in frame.names:
            out.append(f"[categories]: {self.frame} have no category")
        ours = set(categories())
        out += [f"[categories] {word!r} is no category of ours"
                for word in sorted(set(self.categories.values()) - ours)]  # fmt: skip
        used = {name: set(table.values()) for name, table in self.values.items()}
        for name, value in self.constants.items():
            used.setdefault(name, set()).update(value if isinstance(value, list) else [value])
        for name, words in used.items():
            allowed = set(next((c.vocabulary for c in frame.columns if c.name == name), ()))
            if name == "setting":
                allowed.add(DWELLING)
            wrong = sorted(str(w) for w in words - allowed) if allowed else []
            if wrong:
                out.append(f"{name}: {', '.join(wrong)} (known: {', '.join(sorted(allowed))})")
        return out

    def _door_faults(self) -> list[str]:
        from geo.ingest.positions import parse_crs

        out: list[str] = []
        if self.timezone is not None:
            try:
                zone(self.timezone)
            except ClockError as error:
                out.append(error.problem)
        if self.crs is not None:
            try:
                parse_crs(self.crs)
            except CrsError as error:
                out.append(error.problem)
        if self.separator is not None and len(self.separator) != 1:
            out.append("separator is one character")
        if self.encoding is not None:
            try:
                "".encode(self.encoding)
            except LookupError:
                out.append(f"encoding {self.encoding!r} is not known")
        return out
