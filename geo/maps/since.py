"""What has been loaded, closed or undone since the picture was analysed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import swedish
from geo.maps.access import Role
from geo.maps.quality.words import FRAME_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.maps.picture import Picture

RESTS_ON = ("incidents", "streets", "areas", "lamps", "faults")
"""Registers a picture rests on; reports and visits come in all week, and are no reason to redo."""
_NOTE = (
    (
        "{} har ändrats efter analysen. Platser och åtgärder följer med först när "
        "lagesbild analyse har körts igen."
    ),
    (
        "{} have changed since the analysis. Places and measures follow when "
        "lagesbild analyse has been run again."
    ),
)
_SEES = frozenset({Role.PLANNER, Role.COORDINATOR, Role.SECURITY_CHIEF, Role.ADMINISTRATOR})


def changed_since(then: Mapping[str, int], now: Mapping[str, int]) -> list[str]:
    """
    Name the registers that have changed since an analysis.

    Parameters
    ----------
    then
        Revision of each frame that the run read.
    now
        Revision of each frame in the store.

    Returns
    -------
    list of str
        Names of frames, in the order of `RESTS_ON`.

    Examples
    --------
    >>> changed_since({"incidents": 3, "lamps": 1}, {"incidents": 3, "lamps": 2})
    ['lamps']
    """
    return [name for name in RESTS_ON if now.get(name, 0) != then.get(name, 0)]


def since_notes(picture: Picture, *, lang: str = "sv") -> list[str]:
    """
    Say that the newest picture is older than what is loaded, where it is.

    Parameters
    ----------
    picture
        One week as one role may see it.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of str
        One note, or none: for an earlier week, and for roles that cannot do anything about it.
    """
    newest = picture.weeks[0]["run_id"] if picture.weeks else None
    if picture.role not in _SEES or newest != picture.run.run_id:
        return []
    at = 0 if lang == "sv" else 1
    names = [FRAME_NAMES[n][at] for n in changed_since(picture.run.revisions, picture.revisions)]
    if not names:
        return []
    told = swedish.joined([names[0], *(name.lower() for name in names[1:])], lang=lang)
    return [_NOTE[at].format(told)]
