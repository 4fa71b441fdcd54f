"""What the picture rests on, source by source, as the caller's role may know it."""

from __future__ import annotations

import hashlib
import json

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.answers import has_already
from api.library import LATEST
from api.parameters import Lang, LibraryDep, RoleDep, Week
from geo.clock import Week as OperativeWeek
from geo.maps.quality import quality_page

router = APIRouter(tags=["underlag"])


@router.get("/quality")
def read_quality(
    request: Request, library: LibraryDep, role: RoleDep, week: Week = LATEST, lang: Lang = "sv"
) -> Response:
    """Tell what came and when, how much can be used, and what is missing this week."""
    asked = None if week == LATEST else OperativeWeek.parse(week)
    found = library.quality(asked)
    page = quality_page(found, role=role, profile=library.workspace.profile, lang=lang)
    text = json.dumps(page, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    tag = f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "X-Lagesbild-Role"}
    if has_already(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="application/json", headers=headers)
