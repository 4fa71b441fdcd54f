"""A column of a frame: its type, unit, vocabulary and who it may reach."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The type of a column's values."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TIME = "time"
    DATE = "date"
    TEXTS = "texts"
    JSON = "json"


class Sensitivity(StrEnum):
    """Who a column may reach, from anyone to nobody outside the machine."""

    OPEN = "open"
    """Anyone, once small counts are suppressed."""
    SHARED = "shared"
    """The forum, planners and wardens: signed in, none of it about a person."""
    RESTRICTED = "restricted"
    """Coordinator and head of security: single events, plans, one actor's picture."""
    SECRET = "secret"  # noqa: S105 (a level of sensitivity, not a password)
    """Coordinator only."""
    MACHINE = "machine"
    """Never leaves the store: keyed hashes and the like."""


class Shape(StrEnum):
    """The geometry a frame carries."""

    POINT = "Point"
    LINE = "LineString"
    POLYGON = "Polygon"
    ANY = "any"
    NONE = "none"


DTYPES = {
    Kind.TEXT: "str",
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "float64",
    Kind.BOOLEAN: "boolean",
    Kind.TIME: "datetime64[us, UTC]",
    Kind.DATE: "datetime64[us]",
    Kind.TEXTS: "object",
    Kind.JSON: "object",
}


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column of a frame.

    Parameters
    ----------
    name
        Its name, the same in frame, table and file.
    kind
        The type of its values.
    doc
        One sentence on what it holds.
    unit
        SI or domain unit ("m", "lm", "share"); empty when it has none.
    nullable
        Whether a value may be missing.
    vocabulary
        The only values allowed; for lists, the only members. Empty: free.
    sensitivity
        Who it may reach.
    """

    name: str
    kind: Kind
    doc: str
    unit: str = ""
    nullable: bool = False
    vocabulary: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity.SHARED
