"""Who may see what, how precisely and how soon: one table, and the page made of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import AccessError
from geo.frames import FRAMES, Sensitivity
from geo.maps.words import ROLE_LABELS, ROLE_NOTES

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALLEST_COUNT = 5
"""Counts from 1 to 4 are not shown to a role that may not see single events."""


class Role(StrEnum):
    """Who is looking."""

    PUBLIC = "public"
    REPORTER = "reporter"
    WARDEN = "warden"
    FORUM = "forum"
    PLANNER = "planner"
    COORDINATOR = "coordinator"
    SECURITY_CHIEF = "security_chief"
    ADMINISTRATOR = "administrator"

    @classmethod
    def parse(cls, text: str) -> Role:
        """
        Read a role from outside.

        Parameters
        ----------
        text
            Its id.

        Returns
        -------
        Role
            The role.

        Raises
        ------
        AccessError
            If there is no such role; it lists the ids.
        """
        try:
            return cls(text.strip().lower())
        except ValueError:
            msg = f"there is no role called {text[:40]!r}."
            known = ", ".join(role.value for role in cls)
            raise AccessError(msg, known=known, fix="use one of the known roles") from None

    def label(self, lang: str = "sv") -> str:
        """
        Name the role on a screen.

        Parameters
        ----------
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        str
            For example ``"trygghetssamordnare"``.
        """
        return ROLE_LABELS[self.value][0 if lang == "sv" else 1]

    @property
    def note(self) -> str:
        """What the role sees, in one Swedish sentence."""
        return ROLE_NOTES[self.value]


class Precision(StrEnum):
    """How closely a thing is placed when it leaves."""

    EXACT = "exact"
    """As stored."""
    STREET = "street"
    """Moved to the middle of its stretch of street."""
    CELL_250 = "cell_250"
    """Counted in fixed squares of 250 m and fixed weeks."""
    CELL_500 = "cell_500"
    """Counted in fixed squares of 500 m and fixed weeks."""
    AREA = "area"
    """The named area it was given for; there is nothing finer."""
    HIDDEN = "hidden"
    """Not at all."""

    @property
    def cell_m(self) -> int | None:
        """Side of the square in metres; None where nothing is counted."""
        return {Precision.CELL_250: 250, Precision.CELL_500: 500}.get(self)


@dataclass(frozen=True, slots=True)
class Access:
    """
    What one role gets of one frame.

    Parameters
    ----------
    precision
        How closely rows are placed.
    columns
        Sensitivities of the columns that leave; MACHINE is never among them.
    min_count
        Counts from 1 up to this (not included) are not told; 1 tells all.
    small_shown
        Whether a square with a small count is there at all, as "färre än 5";
        otherwise it looks like an empty one.
    period_weeks
        Length of the fixed periods counts are made in.
    delay_weeks
        Whole weeks between the end of a period and its showing.
    homes
        Precision of rows at a dwelling; HIDDEN leaves them out.
    withheld
        Categories left out before anything is counted.
    """

    precision: Precision
    columns: frozenset[Sensitivity] = frozenset()
    min_count: int = 1
    small_shown: bool = True
    period_weeks: int = 1
    delay_weeks: int = 0
    homes: Precision = Precision.EXACT
    withheld: frozenset[str] = frozenset()

    @property
    def hidden(self) -> bool:
        """Whether nothing at all leaves."""
        return self.precision is Precision.HIDDEN

    @property
    def single_rows(self) -> bool:
        """Whether rows leave as rows, not as counts."""
        return self.precision.cell_m is None and not self.hidden


WITHHELD_FROM_PUBLIC = frozenset(
    {
        "sexual_harassment",
        "threat",
        "staff_incident",
        "substance_use",
        "illegal_stay",
        "drug_dealing",
        "rumour",
    }
)
"""Categories about people in a weak position, or that would point someone out."""

_OPEN = frozenset({Sensitivity.OPEN})
_SHARED = _OPEN | {Sensitivity.SHARED}
_RESTRICTED = _SHARED | {Sensitivity.RESTRICTED}
_SECRET = _RESTRICTED | {Sensitivity.SECRET}

_NOTHING = Access(Precision.HIDDEN)
_OPEN_ROWS = Access(Precision.EXACT, _OPEN)
_SHARED_ROWS = Access(Precision.EXACT, _SHARED)
_AREA_ROWS = Access(Precision.AREA, _OPEN)
_FINDINGS = Access(Precision.EXACT, _SHARED, min_count=SMALLEST_COUNT)
_CHIEF = Access(Precision.EXACT, _RESTRICTED, homes=Precision.STREET)
_COORDINATOR = Access(Precision.EXACT, _SECRET)
_PUBLIC_COUNTS = Access(
    Precision.CELL_500,
    _OPEN,
    min_count=SMALLEST_COUNT,
    small_shown=False,
    period_weeks=13,
    delay_weeks=1,
    homes=Precision.HIDDEN,
    withheld=WITHHELD_FROM_PUBLIC,
)
_JOINT_COUNTS = Access(Precision.CELL_250, _SHARED, min_count=SMALLEST_COUNT)

PUBLIC_ROLES = (Role.PUBLIC, Role.REPORTER)
JOINT_ROLES = (Role.WARDEN, Role.FORUM, Role.PLANNER)
RAW_ROLES = (Role.COORDINATOR, Role.SECURITY_CHIEF)


def _row(public: Access, joint: Access, administrator: Access) -> Mapping[Role, Access]:
    """One line of the table; the two roles with raw access are the same on every line."""
    return MappingProxyType(
        {
            **dict.fromkeys(PUBLIC_ROLES, public),
            **dict.fromkeys(JOINT_ROLES, joint),
            Role.COORDINATOR: _COORDINATOR,
            Role.SECURITY_CHIEF: _CHIEF,
            Role.ADMINISTRATOR: administrator,
        }
    )


ACCESS: Mapping[str, Mapping[Role, Access]] = MappingProxyType(
    {
        "incidents": _row(_PUBLIC_COUNTS, _JOINT_COUNTS, _NOTHING),
        "reports": _row(_PUBLIC_COUNTS, _JOINT_COUNTS, _NOTHING),
        "notices": _row(_AREA_ROWS, _AREA_ROWS, _AREA_ROWS),
        "lamps": _row(_NOTHING, _SHARED_ROWS, _SHARED_ROWS),
        "faults": _row(_NOTHING, _SHARED_ROWS, _SHARED_ROWS),
        "measurements": _row(_NOTHING, _SHARED_ROWS, _SHARED_ROWS),
        "streets": _row(_OPEN_ROWS, _SHARED_ROWS, _OPEN_ROWS),
        "areas": _row(_OPEN_ROWS, _SHARED_ROWS, _OPEN_ROWS),
        "facilities": _row(_OPEN_ROWS, _SHARED_ROWS, _OPEN_ROWS),
        "events": _row(_OPEN_ROWS, _SHARED_ROWS, _OPEN_ROWS),
        "assessments": _row(_NOTHING, _NOTHING, _NOTHING),
        "indicators": _row(_AREA_ROWS, _AREA_ROWS, _AREA_ROWS),
        "measures": _row(_NOTHING, _SHARED_ROWS, _NOTHING),
        "visits": _row(_NOTHING, _NOTHING, _NOTHING),
        "hotspots": _row(_NOTHING, _FINDINGS, _NOTHING),
        "recommendations": _row(_NOTHING, _FINDINGS, _NOTHING),
        "outages": _row(_NOTHING, _SHARED_ROWS, _SHARED_ROWS),
        "dark_stretches": _row(_NOTHING, _SHARED_ROWS, _SHARED_ROWS),
        "place_types": _row(_NOTHING, _FINDINGS, _NOTHING),
        "street_light": _row(_NOTHING, _SHARED_ROWS, _SHARED_ROWS),
        "scores": _row(_NOTHING, _NOTHING, _NOTHING),
        "class_checks": _row(_NOTHING, _SHARED_ROWS, _SHARED_ROWS),
        "signals": _row(_NOTHING, _FINDINGS, _NOTHING),
        "comparisons": _row(_NOTHING, _NOTHING, _NOTHING),
        "surface": _row(_NOTHING, _SHARED_ROWS, _NOTHING),
        "quality": _row(_NOTHING, _FINDINGS, _NOTHING),
    }
)
"""Frame (and the density raster) by role: the only place where access is decided."""


def access(name: str, role: Role) -> Access:
    """
    Look up what a role gets of a frame.

    Parameters
    ----------
    name
        A frame's name, or ``"surface"``.
    role
        Who is looking.

    Returns
    -------
    Access
        The rule; `Access.hidden` when there is nothing to get.

    Raises
    ------
    AccessError
        If the table does not know the name: what is not listed does not leave.
    """
    try:
        return ACCESS[name][role]
    except KeyError:
        msg = f"the access table has no line for {name!r}."
        raise AccessError(
            msg, known=", ".join(ACCESS), fix="add a line to ACCESS in geo/maps/access.py"
        ) from None


def allowed_columns(name: str, role: Role) -> list[str]:
    """
    List the columns of a frame that may leave for a role, row by row.

    Parameters
    ----------
    name
        A frame's name.
    role
        Who is looking.

    Returns
    -------
    list of str
        In contract order; empty where the role gets counts, or nothing.
    """
    rule = access(name, role)
    if not rule.single_rows:
        return []
    levels = rule.columns - {Sensitivity.MACHINE}
    return [c.name for c in FRAMES[name].columns if c.name == "id" or c.sensitivity in levels]
