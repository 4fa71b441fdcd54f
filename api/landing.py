"""The way in: landing page, conformance, methods, health."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from api.parameters import LibraryDep
from geo import __version__

router = APIRouter(tags=["ingång"])

CONFORMS_TO = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
]


@router.get("/", response_model=None)
def landing(request: Request, library: LibraryDep) -> Response:
    """Send a browser to the map, and tell everything else what there is."""
    if "text/html" in request.headers.get("accept", "") and "f" not in request.query_params:
        return RedirectResponse("/karta/", status_code=307)
    base = str(request.base_url).rstrip("/")
    links = [
        ("self", "/", "application/json", "Den här sidan"),
        ("service-desc", "/api", "application/vnd.oai.openapi+json;version=3.1", "API"),
        ("conformance", "/conformance", "application/json", "Vad tjänsten uppfyller"),
        ("data", "/collections", "application/json", "Lager"),
        ("related", "/situations", "application/json", "Lägesbilder"),
        ("alternate", "/karta/", "text/html", "Karta"),
    ]
    return JSONResponse(
        {
            "title": f"Lägesbild {library.workspace.profile.name}",
            "description": "Platser, ljus och förslag, med underlag och gränser.",
            "links": [
                {"rel": rel, "href": base + href, "type": kind, "title": title}
                for rel, href, kind, title in links
            ],
        }
    )


@router.get("/conformance")
def conformance() -> dict[str, list[str]]:
    """List the conformance classes this service keeps."""
    return {"conformsTo": CONFORMS_TO}


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
