"""How the lists of earlier weeks did: one run, or every week."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.parameters import LibraryDep, RoleDep
from geo.errors import AccessError
from geo.maps import Role
from geo.pipeline.score import score_history, score_run

router = APIRouter(tags=["prov"])
WHO = (Role.COORDINATOR, Role.SECURITY_CHIEF)
"""The score names places and where wardens were: not for those who may not see presence."""


@router.get("/runs/{run_id}/score")
def read_score(run_id: str, library: LibraryDep, role: RoleDep) -> dict[str, Any]:
    """Score a run's frozen list on the week after it; read `before_the_number` first."""
    _require(role)
    return score_run(library.workspace, library.store, run_id)


@router.get("/scores")
def list_scores(library: LibraryDep, role: RoleDep) -> dict[str, Any]:
    """Score every week's last run, newest first."""
    _require(role)
    return {"weeks": score_history(library.workspace, library.store)}


def _require(role: Role) -> None:
    """Refuse those who may not see single counts and presence."""
    if role not in WHO:
        msg = "the score of a list is for those who plan presence."
        known = ", ".join(one.value for one in WHO)
        raise AccessError(msg, found=role.value, expected=known, fix="ask the coordinator")
