"""The way in: landing page, conformance, methods, health."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from api.answers import HTML, wants_html
from api.html import page
from api.links import JSON, link
from api.parameters import Format, LibraryDep, known_only
from geo import __version__

router = APIRouter(tags=["ingång"])

_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_FEATURES = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
_TILES = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/"
CONFORMS_TO = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    *(_FEATURES + name for name in ("core", "oas30", "geojson")),
    *(_TILES + name for name in ("core", "tileset", "tilesets-list", "geodata-tilesets", "mvt")),
]
"""Each of them is held against the service in tests/api."""


@router.get("/", response_model=None)
def landing(request: Request, library: LibraryDep, f: Format = None) -> Response:
    """Send a browser to the map, and tell everything else what there is."""
    if wants_html(request) and f is None:
        asked = request.url.query  # an address of the map typed without its folder keeps its view
        return RedirectResponse("/karta/" + (f"?{asked}" if asked else ""), status_code=307)
    known_only(request)
    links = [
        link(request, "/", rel="self", title="Den här sidan"),
        link(request, "/", rel="alternate", kind=HTML, title="Den här sidan"),
        link(request, "/api", rel="service-desc", kind=_OPENAPI, title="API"),
        link(request, "/conformance", rel="conformance", title="Vad tjänsten uppfyller"),
        link(request, "/collections", rel="data", title="Lager"),
        link(
            request,
            "/tileMatrixSets",
            rel="http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
            title="Kartrutor",
        ),
        link(request, "/situations", rel="related", title="Lägesbilder"),
        link(request, "/karta/", rel="alternate", kind=HTML, title="Karta"),
    ]
    title = f"Lägesbild {library.workspace.profile.name}"
    text = "Platser, ljus och förslag, med underlag och gränser."
    if wants_html(request):
        shown = [row for row in links if row["rel"] != "alternate" or row["title"] == "Karta"]
        return page(title, text=[text], links=[row | {"rel": row["title"]} for row in shown[1:]])
    return JSONResponse({"title": title, "description": text, "links": links})


@router.get("/conformance", dependencies=[Depends(known_only)])
def conformance(request: Request, f: Format = None) -> Response:
    """List the conformance classes this service keeps."""
    del f
    if wants_html(request):
        return page("Vad tjänsten uppfyller", text=CONFORMS_TO)
    return JSONResponse({"conformsTo": CONFORMS_TO}, media_type=JSON)


@router.get("/methods")
def list_methods() -> list[dict[str, Any]]:
    """List the analysis methods, with parameters, units and sources."""
    from geo.hotspots import METHODS

    return [
        {
            "name": name,
            "title": method.title,
            "citation": method.citation,
            "parameters": method.model_json_schema().get("properties", {}),
        }
        for name, method in METHODS.items()
    ]


@router.get("/healthz")
def health(library: LibraryDep) -> dict[str, Any]:
    """Say that the service is up and how many weeks it can show."""
    return {"status": "ok", "version": __version__, "weeks": len(library.weeks())}
