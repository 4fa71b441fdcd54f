"""The forum's bundle: one week's picture in one answer."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from api.answers import answer_json
from api.parameters import Lang, LibraryDep, RoleDep
from geo.maps import Role

router = APIRouter(tags=["situationer"])


@router.get("/situations")
def list_situations(library: LibraryDep) -> dict[str, Any]:
    """Weeks that have an analysis, newest first."""
    weeks = library.weeks()
    return {"weeks": weeks, "latest": weeks[0]["id"] if weeks else None}


@router.get("/situations/{week}")
def read_situation(
    request: Request,
    library: LibraryDep,
    role: RoleDep,
    week: Annotated[str, Path(pattern=r"^(latest|\d{4}-W\d{2})$")],
    lang: Lang = "sv",
) -> Response:
    """One week's picture, as the caller's role may see it."""
    picture = library.picture(week, role, lang=lang)
    return answer_json(request, picture, picture.situation)


@router.get("/roles")
def list_roles() -> list[dict[str, str]]:
    """Roles and what each of them sees; the switch exists on the loopback service only."""
    return [{"id": r.value, "label": r.label(), "note": r.note} for r in Role]
