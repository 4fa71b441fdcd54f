"""How the lists of earlier weeks did: one run, or every week."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.answers import answer_json
from api.library import LATEST
from api.parameters import Lang, LibraryDep, RoleDep, Week
from geo.errors import AccessError
from geo.maps import Role
from geo.maps.access import access
from geo.pipeline.score import score_run

router = APIRouter(tags=["prov"])
WHO = (Role.COORDINATOR, Role.SECURITY_CHIEF)
"""The score names places and where wardens were: not for those who may not see presence."""


@router.get("/runs/{run_id}/score")
def read_score(run_id: str, library: LibraryDep, role: RoleDep) -> dict[str, Any]:
    """Score a run's frozen list on the week after it; read `before_the_number` first."""
    _require(role)
    return score_run(library.workspace, library.store, run_id)


@router.get("/scores")
def list_scores(
    request: Request, library: LibraryDep, role: RoleDep, week: Week = LATEST, lang: Lang = "sv"
) -> Response:
    """How the lists before a week did, one a week, as the caller's role may know it."""
    picture = library.picture(week, role, lang=lang)
    if access("hotspots", role).hidden:
        msg = "how the lists did is told to those who get places."
        raise AccessError(msg, found=role.value, fix="ask the coordinator")
    none: dict[str, Any] = dict.fromkeys(("before_the_number", "sentence", "pooled"))
    return answer_json(request, picture, picture.situation["score"] or none | {"weeks": []})


def _require(role: Role) -> None:
    """Refuse those who may not see single counts and presence."""
    if role not in WHO:
        msg = "the score of a list is for those who plan presence."
        known = ", ".join(one.value for one in WHO)
        raise AccessError(msg, found=role.value, expected=known, fix="ask the coordinator")
