"""
Serves the built page and a made-up town as the page's contract says.

No product code takes part, so that a failing test speaks of the page alone. The answers carry the
same content security policy as the real service.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import mapbox_vector_tile
import numpy as np
import shapely

from tests.web import town
from tests.web.notice_data import notices
from tests.web.situation_data import (
    LAYERS,
    ROLES,
    SHUT_OUT,
    WEEKS,
    places,
    problem,
    situation,
)
from tests.web.worklist_data import worklist

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
NO_WORKLIST = "coordinator"
HALF_M = 20037508.342789244
UNITS = 4096
PAGE_SIZE = 400  # small, so that the page must follow `next`


def features(name: str, week: str) -> list[dict[str, Any]]:
    """Give the features of a collection."""
    found = places(week)
    if name in {"places", "lighting_checks"}:
        chosen = found if name == "places" else [p for p in found if p["light"]["state"] == "mixed"]
        plain = (str, int, float, type(None))
        return [
            town.feature(
                "Polygon",
                place["_ring"],
                id=place["place_id"],
                confidence=place["certainty"],
                when_label=place["when"]["label"],
                **{k: v for k, v in place.items() if isinstance(v, plain)},
            )
            for place in chosen
        ]
    if name == "place_types":
        return [
            town.feature(
                "Polygon",
                place["_ring"],
                id=f"t-{place['place_id']}",
                place_id=place["place_id"],
                name=place["name"],
                type="both" if place["rank"] == 2 else "incidents",
                n=place["n"],
                type_label="många händelser, upplyst",
                acts_label="närvaro och belysning",
                sentence="31 händelser där 8,4 var väntat (2,5–5,2 gånger).",
            )
            for place in found
        ]
    plain_layers = {
        "streets": town.streets,
        "land": town.land,
        "facilities": town.facilities,
        "lamps": town.lamps,
        "street_light": list,
        "notices": notices,
    }
    if name in plain_layers:
        return plain_layers[name]()
    return town.cells(found) if name == "cells" else town.incidents(found)


def vector_tile(name: str, rows: list[dict[str, Any]], *, z: int, x: int, y: int) -> bytes:
    """Cut a vector tile of what lies in it, with another library than the product's own."""
    side = 2 * HALF_M / 2**z
    corner = np.array([x * side - HALF_M, HALF_M - y * side])  # north-west

    def on_tile(degrees: Any) -> Any:
        """Turn degrees into the tile's own units, down from its north-west corner."""
        return (web_mercator(degrees) - corner) * [1, -1] / side * UNITS

    kept = []
    for row in rows:
        shape = shapely.transform(shapely.geometry.shape(row["geometry"]), on_tile)
        if shape.intersects(shapely.box(0, 0, UNITS, UNITS)):
            kept.append({"geometry": shape, "properties": row["properties"]})
    if not kept:
        return b""
    options = {"extents": UNITS, "y_coord_down": True}
    return bytes(mapbox_vector_tile.encode({"name": name, "features": kept}, options))


def web_mercator(degrees: Any) -> Any:
    """Take longitude and latitude to metres of EPSG:3857."""
    lon, lat = np.radians(degrees).T
    return HALF_M / np.pi * np.column_stack([lon, np.log(np.tan(np.pi / 4 + lat / 2))])


class Door(BaseHTTPRequestHandler):
    """Answers one call."""

    server: Town

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Find what is asked for."""
        url = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        role = self.headers.get("X-Lagesbild-Role") or query.get("role") or "security_chief"
        self.server.asked.append((url.path, role))
        if url.path == "/karta" or url.path.startswith("/karta/"):
            self._file(url.path.removeprefix("/karta").lstrip("/"))
        elif url.path == "/roles":
            self._json(ROLES)
        elif url.path.startswith("/situations"):
            self._situations(url.path, role)
        elif url.path == "/worklist":
            self._worklist(query, role)
        elif url.path == "/collections":
            ids = [{"id": layer["name"], "title": layer["title"]} for layer in LAYERS]
            self._json({"collections": ids, "links": []})
        elif "/tiles/" in url.path:
            self._tile(url.path.split("/")[2:], query)
        elif url.path.startswith("/collections/"):
            self._items(url.path.split("/")[2], query)
        else:
            self._json(problem(404, "det finns inget sådant.", "öppna /karta/"), status=404)

    def _situations(self, path: str, role: str) -> None:
        if self.server.broken:
            fix = "kör lagesbild quality, rätta filen och räkna om."
            self._json(problem(503, "analysen för veckan är trasig.", fix), status=503)
            return
        if path == "/situations":
            weeks = [] if self.server.no_weeks else WEEKS
            self._json({"weeks": weeks, "latest": weeks[0]["id"] if weeks else None})
            return
        wanted = path.removeprefix("/situations/")
        week = WEEKS[0]["id"] if wanted == "latest" else wanted
        if week not in {entry["id"] for entry in WEEKS}:
            fix = "välj en av veckorna i listan."
            self._json(problem(404, "veckan har ingen analys.", fix), status=404)
        elif role == SHUT_OUT:
            fix = "byt roll, eller visa den publicerade upplagan."
            self._json(problem(403, "rollen får inte se veckans lägesbild.", fix), status=403)
        else:
            self._json(situation(week, role))

    def _worklist(self, query: dict[str, str], role: str) -> None:
        if role in {SHUT_OUT, NO_WORKLIST}:
            fix = "ask for a layer that GET /collections lists"
            self._json(problem(403, "rollen får inte se åtgärdslistan.", fix), status=403)
            return
        wanted = query.get("week", "latest")
        self._json(worklist(WEEKS[0]["id"] if wanted == "latest" else wanted, role))

    def _items(self, name: str, query: dict[str, str]) -> None:
        rows = features(name, query.get("week", WEEKS[0]["id"]))
        offset = int(query.get("offset", "0"))
        page = rows[offset : offset + PAGE_SIZE]
        links = [{"rel": "self", "href": self.path}]
        if offset + len(page) < len(rows):
            week = query.get("week", "")
            more = f"/collections/{name}/items?week={week}&limit=10000&offset={offset + PAGE_SIZE}"
            links.append({"rel": "next", "href": f"http://{self.headers['Host']}{more}"})
        self._json(
            {
                "type": "FeatureCollection",
                "numberMatched": len(rows),
                "numberReturned": len(page),
                "dataUntil": "2026-11-23T05:00:00Z",
                "links": links,
                "features": page,
            }
        )

    def _tile(self, path: list[str], query: dict[str, str]) -> None:
        if self.server.no_tiles:
            self._json(problem(503, "rutorna kan inte läsas.", "försök igen."), status=503)
            return
        name, _, _, z, row, column = path
        rows = features(name, query.get("week", WEEKS[0]["id"]))
        body = vector_tile(name, rows, z=int(z), x=int(column), y=int(row))
        self._send(body, kind="application/vnd.mapbox-vector-tile", status=200 if body else 204)

    def _file(self, name: str) -> None:
        root = self.server.dist.resolve()
        path = (root / name).resolve()
        if not name or not path.is_relative_to(root) or not path.is_file():
            path = root / "index.html"
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self._send(path.read_bytes(), kind=kind)

    def _json(self, body: Any, *, status: int = 200) -> None:
        kind = "application/problem+json" if status >= 400 else "application/json"
        self._send(json.dumps(body, ensure_ascii=False).encode(), kind=kind, status=status)

    def _send(self, body: bytes, *, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)


class Town(ThreadingHTTPServer):
    """The service; `broken` and `no_weeks` change what it answers."""

    daemon_threads = True

    def __init__(self, dist: Path) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.dist = dist
        self.broken = False
        self.no_weeks = False
        self.no_tiles = False
        self.asked: list[tuple[str, str]] = []

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_address[1]}/karta/"


@contextmanager
def serving(dist: Path) -> Iterator[Town]:
    """Serve until the block ends."""
    with Town(dist) as service:
        thread = threading.Thread(target=service.serve_forever, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()
            thread.join()
