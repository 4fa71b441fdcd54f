"""OGC API Tiles: what the declared classes ask, what the gate lets out, and what is cached."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING, Any

import mapbox_vector_tile
import pytest
from PIL import Image

from geo.maps.tiles import MAX_ZOOM, TileShelf, tile_at
from geo.maps.tiles.mercator import tile_range

if TYPE_CHECKING:
    from starlette.testclient import TestClient

SET = "tiles/WebMercatorQuad"


def _tile(client: TestClient, layer: str, *, z: int, row: int, column: int, **query: str) -> Any:
    return client.get(f"/collections/{layer}/{SET}/{z}/{row}/{column}", params=query)


def _corners(client: TestClient, layer: str, *, z: int, **query: str) -> tuple[int, int, int, int]:
    about = client.get(f"/collections/{layer}", params=query).json()
    return tile_range(about["extent"]["spatial"]["bbox"][0], z=z)


def _all_features(client: TestClient, layer: str, *, z: int, **query: str) -> set[str]:
    """Read the ids in every tile of a zoom that holds the municipality."""
    x0, x1, y0, y1 = _corners(client, layer, z=z, **query)
    found: set[str] = set()
    for row in range(y0, y1 + 1):
        for column in range(x0, x1 + 1):
            body = _tile(client, layer, z=z, row=row, column=column, **query).content
            read = mapbox_vector_tile.decode(body) if body else {}
            found |= {f["properties"]["id"] for f in read.get(layer, {"features": []})["features"]}
    return found


def test_tiles_hold_every_lamp_and_the_row_comes_before_the_column(client: TestClient) -> None:
    items = client.get("/collections/lamps/items", params={"limit": 10000}).json()["features"]
    assert _all_features(client, "lamps", z=11) == {f["id"] for f in items}
    lon, lat = items[0]["geometry"]["coordinates"]
    column, row = tile_at(lon, lat, z=16)
    there = mapbox_vector_tile.decode(_tile(client, "lamps", z=16, row=row, column=column).content)
    assert items[0]["id"] in {f["properties"]["id"] for f in there["lamps"]["features"]}
    assert _tile(client, "lamps", z=16, row=column, column=row).status_code == 204  # far away


def test_a_tile_says_what_it_is_and_is_sent_compressed(client: TestClient) -> None:
    x0, _, y0, _ = _corners(client, "lamps", z=8)
    packed = _tile(client, "lamps", z=8, row=y0, column=x0)
    assert packed.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["cache-control"] == "private, no-cache"
    url = f"/collections/lamps/{SET}/8/{y0}/{x0}"
    plain = client.get(url, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == packed.content
    again = client.get(url, headers={"If-None-Match": packed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_tile_carries_the_properties_that_are_asked_for_and_no_others(client: TestClient) -> None:
    x0, _, y0, _ = _corners(client, "lamps", z=8)
    whole = _tile(client, "lamps", z=8, row=y0, column=x0)
    few = _tile(client, "lamps", z=8, row=y0, column=x0, properties="flux_lm,state")
    assert len(few.content) < len(whole.content) / 3
    told = [mapbox_vector_tile.decode(each.content)["lamps"]["features"] for each in (whole, few)]
    assert [f["geometry"] for f in told[1]] == [f["geometry"] for f in told[0]]
    assert {key for f in told[1] for key in f["properties"]} == {"flux_lm", "state"}
    bare = _tile(client, "lamps", z=8, row=y0, column=x0, properties="")
    assert all(
        f["properties"] == {} for f in mapbox_vector_tile.decode(bare.content)["lamps"]["features"]
    )
    assert few.headers["etag"] != whole.headers["etag"]


@pytest.mark.parametrize("asked", ["batch_id", "state,nothing"])
def test_a_property_that_may_not_leave_is_as_unknown_as_one_that_is_not(
    client: TestClient, asked: str
) -> None:
    answer = client.get(f"/collections/lamps/{SET}/0/0/0", params={"properties": asked})
    assert answer.status_code == 404
    assert "known" in answer.text
    assert "state_label" in answer.text


@pytest.mark.parametrize(
    "path",
    ["99/0/0", "3/8/0", "3/0/8", "3/-1/0", "x/0/0", f"{MAX_ZOOM + 1}/0/0", "3/0/99999999999"],
)
def test_a_tile_that_is_not_there_is_a_404(client: TestClient, path: str) -> None:
    answer = client.get(f"/collections/lamps/{SET}/{path}")
    assert answer.status_code == 404
    assert answer.json()["fix"]
    other = client.get("/collections/lamps/tiles/WorldCRS84Quad/0/0/0")
    assert other.status_code == 404


def test_the_tile_set_is_described_and_its_links_lead_to_tiles(client: TestClient) -> None:
    about = client.get("/collections/lamps").json()
    rel = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
    (listed,) = [row["href"] for row in about["links"] if row["rel"] == rel]
    (row,) = client.get(listed).json()["tilesets"]
    assert {"title", "dataType", "crs", "tileMatrixSetURI", "links"} <= set(row)
    told = client.get(row["links"][0]["href"]).json()
    links = {link["rel"].rsplit("/", 1)[-1]: link for link in told["links"]}
    assert links["item"]["templated"] is True
    matrices = client.get(links["tiling-scheme"]["href"]).json()["tileMatrices"]
    limits = {row["tileMatrix"]: row for row in told["tileMatrixSetLimits"]}
    assert list(limits) == [matrix["id"] for matrix in matrices]
    at = limits["12"]
    where = {"tileMatrix": "12", "tileRow": at["minTileRow"], "tileCol": at["minTileCol"]}
    assert client.get(links["item"]["href"].format(**where)).status_code in {200, 204}
    sets = client.get("/tileMatrixSets").json()["tileMatrixSets"]
    assert [row["id"] for row in sets] == ["WebMercatorQuad"]


def test_tilejson_and_style_agree_with_the_legend(client: TestClient) -> None:
    told = client.get(f"/collections/lamps/{SET}/tilejson", params={"role": "planner"}).json()
    assert told["tilejson"] == "3.0.0"
    assert told["tiles"][0].endswith("/{z}/{y}/{x}?role=planner")
    assert told["vector_layers"][0]["fields"]["state"] == "String"
    url = told["tiles"][0].format(z=0, y=0, x=0)
    assert client.get(url).status_code == 200
    legend = client.get("/collections/lamps/legend").json()["legend"]
    style = client.get("/collections/lamps/style").json()
    assert style["metadata"]["legend"] == legend
    text = str(style["layers"])
    assert all(sign["color"] in text for sign in legend)
    assert client.get(style["sources"]["lamps"]["url"]).status_code == 200


def test_every_layer_has_tiles_legend_and_style(client: TestClient) -> None:
    for row in client.get("/collections").json()["collections"]:
        layer = row["id"]
        z, (x0, _, y0, _) = 6, _corners(client, layer, z=6)
        assert _tile(client, layer, z=z, row=y0, column=x0).status_code in {200, 204}, layer
        assert client.get(f"/collections/{layer}/legend").status_code == 200
        assert client.get(f"/collections/{layer}/style").json()["version"] == 8


@pytest.mark.parametrize("role", ["public", "reporter", "administrator"])
@pytest.mark.parametrize("part", [f"{SET}/0/0/0", f"{SET}/tilejson", SET, "tiles", "legend",
                                  "style", "image"])  # fmt: skip
def test_what_a_role_may_not_see_has_no_tiles(client: TestClient, role: str, part: str) -> None:
    layer = "surface" if part == "image" else "places"
    assert client.get(f"/collections/{layer}/{part}", params={"role": role}).status_code == 403


def test_tiles_of_counts_are_the_squares_of_the_items(client: TestClient) -> None:
    layers = client.get("/situations/latest", params={"role": "forum"}).json()["layers"]
    (href,) = [row["href"] for row in layers if row["name"] == "incidents"]
    items = client.get(f"{href}&role=forum&limit=10000").json()["features"]
    assert _all_features(client, "incidents", z=11, role="forum") == {f["id"] for f in items}


def test_the_surface_is_an_image_with_a_legend_in_words(client: TestClient) -> None:
    layers = client.get("/situations/latest").json()["layers"]
    (about,) = [row for row in layers if row["geometry"] == "raster"]
    answer = client.get(about["href"])
    assert answer.headers["content-type"] == "image/png"
    image = Image.open(io.BytesIO(answer.content))
    assert image.mode == "P"
    assert image.getextrema()[0] == 0
    west, south, east, north = about["bbox"]
    assert answer.headers["content-bbox"] == f"{west},{south},{east},{north}"
    assert "250 m" in about["note"]
    assert all("km²" in sign["label"] for sign in about["legend"])
    style = client.get("/collections/surface/style").json()
    assert style["sources"]["surface"]["coordinates"][0] == [west, north]
    assert client.get("/collections/surface/items").status_code == 404
    assert client.get("/collections/lamps/image").status_code == 400
    forum = client.get("/situations/latest", params={"role": "forum"}).json()["layers"]
    (told,) = [row for row in forum if row["geometry"] == "raster"]
    assert "minst 5 händelser" in told["note"]


def test_a_full_shelf_lets_the_oldest_go(client: TestClient) -> None:
    library = client.app.state.library  # type: ignore[attr-defined]  # Starlette's any-app
    picture = library.picture("latest", library_role(), lang="sv")
    shelf = TileShelf(most_bytes=1)
    first = shelf.tile(picture, "lamps", z=0, x=0, y=0)
    second = shelf.tile(picture, "lamps", z=1, x=1, y=0)
    assert len(shelf._tiles) == 1
    assert shelf.tile(picture, "lamps", z=0, x=0, y=0) == first
    assert gzip.decompress(second)


def library_role() -> Any:
    """The role that has everything."""
    from geo.maps import Role

    return Role.SECURITY_CHIEF
