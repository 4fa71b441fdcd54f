"""MapLibre draws our tiles as it draws those of another writer."""

from __future__ import annotations

import base64
import io
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from PIL import Image

from geo.maps.tiles import BUFFER, EXTENT, cut_tile, prepare
from geo.maps.tiles.mercator import HALF_M

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Z, X, Y = 14, 8867, 5030
LIBRARY = Path(__file__).resolve().parents[3] / "web" / "node_modules" / "maplibre-gl" / "dist"
PAGE = """<!doctype html><style>body{margin:0}#m{width:512px;height:512px}</style><div id=m></div>
<script type=module>
import * as maplibregl from "/lib/maplibre-gl.mjs";
maplibregl.setWorkerUrl("/lib/maplibre-gl-worker.mjs");
const style = %s;
const map = new maplibregl.Map({container: "m", style, center: %s, zoom: 14, fadeDuration: 0,
  attributionControl: false, canvasContextAttributes: {preserveDrawingBuffer: true}});
map.on("idle", () => {
  const found = map.queryRenderedFeatures().map((f) => f.properties.n).sort((a, b) => a - b);
  window.done = {found, image: map.getCanvas().toDataURL()};
});
</script>"""


def shapes_in_units() -> list[Any]:
    """Points, lines and areas with holes, in and across the tile, on whole units."""
    rng = np.random.default_rng(3)
    shapes: list[Any] = [shapely.Point(p) for p in rng.integers(100, 4000, (60, 2))]
    shapes += [shapely.LineString(rng.integers(200, 3900, (6, 2))) for _ in range(8)]
    ring = shapely.Point(2000, 2000).buffer(900) - shapely.Point(2000, 2000).buffer(400)
    shapes += [shapely.set_precision(ring, 1), shapely.box(3500, 3500, 4200, 4200)]
    return shapes


def tiles() -> dict[str, bytes]:
    """Give the same rows as one tile of each writer."""
    shapes = shapes_in_units()

    def metres(units: Any) -> Any:
        world = (np.asarray(units) / EXTENT + [X, Y]) / 2**Z * 2 * HALF_M
        return np.column_stack([world[:, 0] - HALF_M, HALF_M - world[:, 1]])

    at = [shapely.transform(shape, metres) for shape in shapes]
    rows = gpd.GeoDataFrame({"n": range(len(shapes))}, geometry=at, crs="EPSG:3857")
    edge = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    features = [{"geometry": s & edge, "properties": {"n": n}} for n, s in enumerate(shapes)]
    layer = {"name": "lager", "features": features}
    peer = mapbox_vector_tile.encode(layer, default_options={"y_coord_down": True})
    return {"ours": cut_tile(prepare(rows, name="lager"), z=Z, x=X, y=Y), "theirs": bytes(peer)}


def page_for(name: str, *, home: str) -> str:
    """Write the page that draws one writer's tile."""
    base = {"source": "s", "source-layer": "lager"}
    polygon, point = (["==", ["geometry-type"], kind] for kind in ("Polygon", "Point"))
    source = {"type": "vector", "tiles": [f"{home}/{name}/{{z}}/{{y}}/{{x}}"], "minzoom": Z,
              "maxzoom": Z}  # fmt: skip
    layers = [
        {"id": "a", "type": "fill", **base, "filter": polygon, "paint": {"fill-color": "#0b5f60"}},
        {"id": "l", "type": "line", **base, "filter": ["!", point], "paint": {"line-width": 3}},
        {
            "id": "p",
            "type": "circle",
            **base,
            "filter": point,
            "paint": {"circle-color": "#9b3a2a"},
        },
    ]
    style = {"version": 8, "sources": {"s": source}, "layers": layers}
    world = np.array([X + 0.5, Y + 0.5]) / 2**Z
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * world[1]))))
    return PAGE % (json.dumps(style), [float(world[0] * 360 - 180), float(lat)])


def serve(made: dict[str, bytes]) -> ThreadingHTTPServer:
    """Serve the pages, the library and both writers' tiles; a worker's calls reach it too."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            home, path = f"http://127.0.0.1:{self.server.server_address[1]}", self.path[1:]
            name, _, rest = path.partition("/")
            body, kind = b"", "application/vnd.mapbox-vector-tile"
            if name == "lib":
                body, kind = (LIBRARY / rest).read_bytes(), "text/javascript"
            elif name in made and not rest:
                body, kind = page_for(name, home=home).encode(), "text/html"
            elif rest == f"{Z}/{Y}/{X}":
                body = made[name]
            self.send_response(200 if body else 204)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Answers)


def pixels(address: str) -> Any:
    """Read a picture out of its address."""
    image = Image.open(io.BytesIO(base64.b64decode(address.split(",", 1)[1])))
    return np.asarray(image.convert("RGBA"), dtype=int)


@pytest.mark.browser
def test_maplibre_draws_ours_as_it_draws_theirs(browser: Browser) -> None:
    drawn: dict[str, Any] = {}
    made = tiles()
    with serve(made) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in made:
            page = browser.new_page(viewport={"width": 512, "height": 512})
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/{name}")
            page.wait_for_function("window.done && window.done.found.length > 0", timeout=30_000)
            drawn[name] = page.evaluate("window.done")
            page.close()
        server.shutdown()
    assert len(set(drawn["ours"]["found"])) > 60
    assert drawn["ours"]["found"] == drawn["theirs"]["found"]
    ours, theirs = (pixels(drawn[name]["image"]) for name in ("ours", "theirs"))
    assert (np.abs(ours - theirs).max(axis=2) > 64).mean() < 0.005  # a quarter of one, at edges
    assert (theirs.max(axis=2) > 0).mean() > 0.05
