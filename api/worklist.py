"""The planner's worklist, on a page and as files."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as PathParameter
from fastapi.responses import Response

from api.answers import answer, answer_json
from api.exports import MEDIA_TYPES
from api.parameters import LibraryDep, PictureDep, RoleDep
from geo.maps.worklist import worklist
from geo.maps.worklist_file import write_worklist

router = APIRouter(tags=["belysning"])


@router.get("/worklist")
def read_worklist(request: Request, picture: PictureDep) -> Response:
    """Say what to do about the light, in order, with reasons, owners and costs."""
    return answer_json(request, picture, worklist(picture).told)


@router.get("/worklist.{suffix}")
def export_worklist(
    request: Request,
    picture: PictureDep,
    library: LibraryDep,
    role: RoleDep,
    suffix: Annotated[str, PathParameter(pattern="^(xlsx|csv|gpkg|html)$")],
) -> Response:
    """Give the worklist as a file; the audit notes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"worklist.{suffix}"
        n = write_worklist(path, picture)
        body = path.read_bytes()
    library.store.audit("export", subject="worklist", by=role.value, n_rows=n)
    media = MEDIA_TYPES.get(suffix, "text/html; charset=utf-8")
    response = answer(request, picture, body, media)
    name = f"belysning-{picture.week}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
