"""Every error of the product: what was found, what was expected, how to mend it."""

from __future__ import annotations

from typing import ClassVar


class LagesbildError(Exception):
    """
    Base of the tree; `code` is stable and may be matched on, prose may change.

    Parameters
    ----------
    problem
        One sentence: what is wrong.
    fix
        What the reader can do about it, as an instruction.
    **facts
        What was found and expected; never a coordinate, a name or free text
        from someone's data.
    """

    code: ClassVar[str] = "internal"

    def __init__(self, problem: str, *, fix: str, **facts: object) -> None:
        super().__init__(problem)
        self.problem = problem
        self.fix = fix
        self.facts = facts

    def __str__(self) -> str:
        """Lay the error out as problem, facts and fix, a line each."""
        rows = [f"  {name}: {value}" for name, value in self.facts.items()]
        return "\n".join([self.problem, *rows, f"  fix: {self.fix}"])


class CrsError(LagesbildError):
    """A coordinate reference system is missing, geographic, or the wrong one."""

    code = "crs"


class ClockError(LagesbildError):
    """A time cannot be placed on the line: unknown zone, bad week, wrong type."""

    code = "clock"


class FrameError(LagesbildError):
    """A frame does not keep its contract."""

    code = "frame"


class RegistryError(LagesbildError):
    """A name is not in its registry, or is there twice."""

    code = "unknown_name"


class SettingsError(LagesbildError):
    """A profile or setting is missing or cannot be understood."""

    code = "settings"


class IngestError(LagesbildError):
    """A file cannot be read as what it was said to be."""

    code = "ingest"


class StoreError(LagesbildError):
    """The store cannot do what was asked."""

    code = "store"


class NotFoundError(LagesbildError):
    """Something asked for by name or id does not exist."""

    code = "not_found"


class AnalysisError(LagesbildError):
    """An analysis was asked for with data or parameters that cannot carry it."""

    code = "analysis"


class AccessError(LagesbildError):
    """The role may not see what was asked for."""

    code = "access"


class MapError(LagesbildError):
    """A map or an export cannot be made."""

    code = "map"


class ServeError(LagesbildError):
    """The service refuses to start, or to answer, in this way."""

    code = "serve"
