"""Files to take home: the same rows and numbers as the map."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as PathParameter
from fastapi.responses import HTMLResponse, Response

from api.answers import answer
from api.parameters import LibraryDep, PictureDep, RoleDep
from geo.maps import write_export, write_map

router = APIRouter(tags=["filer"])

MEDIA_TYPES = {
    "gpkg": "application/geopackage+sqlite3",
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
}


@router.get("/exports/karta.html", response_class=HTMLResponse)
def export_map(picture: PictureDep, library: LibraryDep, role: RoleDep) -> Response:
    """Give the whole picture as one file that opens with no network; the audit notes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "karta.html"
        write_map(path, picture)
        body = path.read_bytes()
    library.store.audit("export", subject="karta", by=role.value, n_bytes=len(body))
    name = f"lagesbild-{picture.week}.html"
    return Response(
        body,
        media_type="text/html; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@router.get("/exports/{layer}.{suffix}")
def export_layer(
    request: Request,
    picture: PictureDep,
    library: LibraryDep,
    role: RoleDep,
    layer: str,
    suffix: Annotated[str, PathParameter(pattern="^(gpkg|parquet|csv|xlsx|geojson)$")],
) -> Response:
    """One layer as a file, through the gate; the audit notes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{layer}.{suffix}"
        n = write_export(path, picture, layer=layer)
        body = path.read_bytes()
    library.store.audit("export", subject=layer, by=role.value, n_rows=n)
    response = answer(request, picture, body, MEDIA_TYPES[suffix])
    name = f"{layer}-{picture.week}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
