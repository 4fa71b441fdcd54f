"""OGC API Features: what is declared is true, and a box or a window opens nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

EVERYWHERE = "-180,-90,180,90"


def _names(client: TestClient, role: str = "security_chief") -> list[str]:
    table = client.get("/collections", params={"role": role}).json()
    return [row["id"] for row in table["collections"]]


def _items(client: TestClient, layer: str, **query: Any) -> dict[str, Any]:
    answer = client.get(f"/collections/{layer}/items", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _bbox(client: TestClient, layer: str) -> list[float]:
    about = client.get(f"/collections/{layer}").json()
    return list(about["extent"]["spatial"]["bbox"][0])


def test_every_collection_says_where_when_and_how_to_read_it(client: TestClient) -> None:
    for row in client.get("/collections").json()["collections"]:
        west, south, east, north = row["extent"]["spatial"]["bbox"][0]
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90
        assert row["crs"] == ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]
        assert {link["rel"] for link in row["links"]} >= {"self", "items"}
        assert row["legend"] is not None
        alone = client.get(f"/collections/{row['id']}")
        assert alone.json()["title"] == row["title"]


def test_features_are_geojson_in_degrees(client: TestClient) -> None:
    for layer in _names(client):
        body = _items(client, layer, limit=5)
        assert body["type"] == "FeatureCollection"
        assert body["numberReturned"] == len(body["features"]) <= 5
        assert body["numberMatched"] >= body["numberReturned"]
        for feature in body["features"]:
            assert feature["type"] == "Feature"
            assert feature["id"] is not None
            if feature["geometry"] is not None:
                numbers = _flat(feature["geometry"]["coordinates"])
                assert all(math.isfinite(v) and abs(v) <= 180 for v in numbers)


def _flat(value: Any) -> list[float]:
    return [value] if isinstance(value, int | float) else [v for part in value for v in _flat(part)]


def test_pages_are_whole_disjoint_and_linked(client: TestClient) -> None:
    seen: list[str] = []
    url = "/collections/lamps/items?limit=2500"
    while url:
        body = client.get(url).json()
        seen += [str(feature["id"]) for feature in body["features"]]
        onward = [link["href"] for link in body["links"] if link["rel"] == "next"]
        url = onward[0] if onward else ""
    assert len(seen) == len(set(seen)) == body["numberMatched"]


def test_one_feature_by_its_id(client: TestClient) -> None:
    first = _items(client, "places", limit=1)["features"][0]
    alone = client.get(f"/collections/places/items/{first['id']}").json()
    assert alone["properties"] == first["properties"]
    assert {link["rel"] for link in alone["links"]} == {"self", "alternate", "collection"}
    assert client.get("/collections/places/items/nope").status_code == 404


def test_a_box_chooses_and_an_empty_sea_holds_nothing(client: TestClient) -> None:
    whole = _items(client, "lamps", limit=10000)
    west, south, east, north = _bbox(client, "lamps")
    middle = (west + east) / 2
    half = _items(client, "lamps", bbox=f"{west},{south},{middle},{north}", limit=10000)
    assert 0 < half["numberMatched"] < whole["numberMatched"]
    assert _items(client, "lamps", bbox="0,0,0.1,0.1")["numberMatched"] == 0


@pytest.mark.parametrize(
    "query",
    [
        {"bbox": "1,2,3"},
        {"bbox": "a,b,c,d"},
        {"bbox": "20,60,10,50"},
        {"bbox": "nan,nan,nan,nan"},
        {"datetime": "i går"},
        {"datetime": "2026-11-20/2026-11-01"},
        {"limit": "0"},
        {"limit": "ten"},
        {"bbox": "10,60,20,inf"},
        {"datetime": "../.."},
        {"datetime": "2026-11-01/2026-11-20/2026-11-21"},
        {"datetime": "2026-13-40T00:00:00Z"},
        {"boundingbox": "1,2,3,4"},
        {"f": "xml"},
        {"offset": "-1"},
        {"week": "v47"},
    ],
)
def test_nonsense_is_refused_with_a_fix(client: TestClient, query: dict[str, str]) -> None:
    answer = client.get("/collections/places/items", params=query)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["fix"]
    assert answer.json()["code"]


def test_unknown_and_hidden_layers_are_told_apart_from_faults(client: TestClient) -> None:
    assert client.get("/collections/nope").status_code == 404
    assert client.get("/collections/nope/items").status_code == 404
    hidden = client.get("/collections/places/items", params={"role": "public"})
    assert hidden.status_code == 403
    assert hidden.json()["code"] == "access"


def test_a_sliding_box_finds_nothing_new_for_a_role_without_raw_access(client: TestClient) -> None:
    """Wherever the box lies, the forum's cells are those of the whole, with the same numbers."""
    whole = _items(client, "incidents", role="forum", limit=10000)
    known = {f["id"]: f["properties"] for f in whole["features"]}
    assert known
    west, south, east, north = _bbox(client, "incidents")
    steps = 5
    for i in range(steps):
        at = west + (east - west) * i / steps
        box = f"{at},{south},{at + (east - west) / steps / 3},{north}"
        got = _items(client, "incidents", role="forum", bbox=box, limit=10000)
        assert all(known[f["id"]] == f["properties"] for f in got["features"])


def test_a_narrow_window_gives_whole_weeks(client: TestClient) -> None:
    hour = "2026-11-18T20:00:00Z/2026-11-18T21:00:00Z"
    week = "2026-11-16T05:00:00Z/2026-11-23T04:59:59Z"
    by_hour = _items(client, "incidents", role="forum", datetime=hour, limit=10000)
    by_week = _items(client, "incidents", role="forum", datetime=week, limit=10000)
    assert by_hour["features"] == by_week["features"]


def test_the_landing_page_links_to_what_exists(client: TestClient) -> None:
    body = client.get("/", headers={"Accept": "application/json"}).json()
    for link in body["links"]:
        if link["type"] != "text/html":
            assert client.get(link["href"]).status_code == 200, link


def test_a_browser_is_sent_to_the_map(client: TestClient) -> None:
    answer = client.get("/", headers={"Accept": "text/html"}, follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == "/karta/"
    deep = client.get("/?vy=belysning", headers={"accept": "text/html"}, follow_redirects=False)
    assert deep.headers["location"] == "/karta/?vy=belysning"
    assert client.get("/?vy=belysning").status_code == 400


def test_conformance_declares_what_the_other_tests_try(client: TestClient) -> None:
    declared = client.get("/conformance").json()["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in declared
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson" in declared


def test_methods_say_their_source_and_units(client: TestClient) -> None:
    methods = client.get("/methods").json()
    assert {"name", "title", "citation", "parameters"} <= set(methods[0])
    assert all(method["citation"] for method in methods)


def test_a_box_over_the_antimeridian_is_refused_with_what_to_do(client: TestClient) -> None:
    answer = client.get("/collections/lamps/items", params={"bbox": "179,56,-179,58"})
    assert answer.status_code == 400
    assert "antimeridian" in answer.json()["title"]
    assert "ask twice" in answer.json()["fix"]


def test_six_numbers_are_a_box_with_heights(client: TestClient) -> None:
    west, south, east, north = _bbox(client, "lamps")
    flat = _items(client, "lamps", bbox=f"{west},{south},{east},{north}", limit=1)
    tall = _items(client, "lamps", bbox=f"{west},{south},-10,{east},{north},900", limit=1)
    assert flat["numberMatched"] == tall["numberMatched"] > 0


def test_a_box_that_is_a_point_finds_what_is_there(client: TestClient) -> None:
    first = _items(client, "lamps", limit=1)["features"][0]
    x, y = first["geometry"]["coordinates"]
    found = _items(client, "lamps", bbox=f"{x},{y},{x},{y}")
    assert first["id"] in {feature["id"] for feature in found["features"]}


def test_more_than_a_page_holds_gives_a_page(client: TestClient) -> None:
    body = _items(client, "lamps", limit=10**12)
    assert body["numberReturned"] == min(10_000, body["numberMatched"])


def test_pages_link_both_ways(client: TestClient) -> None:
    body = _items(client, "lamps", limit=100, offset=100)
    links = {link["rel"]: link["href"] for link in body["links"]}
    assert {"self", "next", "prev", "collection", "alternate"} <= set(links)
    before = client.get(links["prev"]).json()
    assert before["features"] == _items(client, "lamps", limit=100)["features"]


@pytest.mark.parametrize("role", ["security_chief", "forum"])
def test_open_and_closed_intervals_and_a_moment(client: TestClient, role: str) -> None:
    def n(window: str) -> int:
        found = _items(client, "incidents", role=role, datetime=window, limit=1)
        return int(found["numberMatched"])

    whole = _items(client, "incidents", role=role, limit=1)["numberMatched"]
    cut = "2026-11-16T05:00:00Z"
    assert 0 < n(f"{cut}/..") < whole
    assert 0 < n(f"../{cut}") < whole
    assert n(f"{cut}/") == n(f"{cut}/..")
    assert n(f"{cut}/2026-11-23T05:00:00Z") <= n(f"{cut}/..")
    assert n(cut) <= n(f"{cut}/2026-11-17T05:00:00Z")
    assert n("1800-01-01T00:00:00Z/1801-01-01T00:00:00Z") == 0


@pytest.mark.parametrize(
    "path", ["/?f=html", "/conformance", "/collections", "/collections/lamps",
             "/collections/lamps/items", "/collections/surface"]
)  # fmt: skip
def test_a_browser_gets_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html,application/xhtml+xml"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>" in answer.text
    assert "<script" not in answer.text


def test_who_has_an_answer_gets_no_body(client: TestClient) -> None:
    for path in ("/collections/lamps/items", "/collections/lamps/style"):
        first = client.get(path)
        assert first.headers["cache-control"] == "private, no-cache"
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        strong = first.headers["etag"].removeprefix("W/")  # as a proxy may write it
        for told in (strong, f'"other", {strong}', "*"):
            assert client.get(path, headers={"If-None-Match": told}).status_code == 304
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
        other = client.get(path, params={"role": "planner"})
        assert other.headers["etag"] != first.headers["etag"]


def test_links_keep_to_the_role_and_week_asked_for(client: TestClient) -> None:
    body = client.get("/collections/lamps", params={"role": "planner", "week": "latest"}).json()
    for link in body["links"]:
        assert "role=planner" in link["href"]
        assert client.get(link["href"]).status_code == 200, link
