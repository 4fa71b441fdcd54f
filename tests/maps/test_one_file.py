"""The one-file map in a browser: no request, no error, and the same as the situation says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import MapError
from geo.maps import Picture, Role, one_file, write_map
from geo.maps.drawings import hour_grid, swatch
from geo.maps.page import square_rows
from geo.maps.worklist import worklist

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geopandas import GeoDataFrame
    from playwright.sync_api import Browser, Page

    from geo.settings import Profile

SIZES = {"desk": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def chief(frames: dict[str, GeoDataFrame], run: Any, profile: Profile) -> Picture:
    """Give the picture of the head of security."""
    return Picture(frames=frames, run=run, profile=profile, role=Role.SECURITY_CHIEF)


@pytest.fixture(scope="module")
def page_path(chief: Picture, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the map once."""
    path = tmp_path_factory.mktemp("map") / "karta.html"
    assert write_map(path, chief) == path.stat().st_size
    return path


@pytest.fixture(params=list(SIZES))
def page(browser: Browser, page_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open the map at a size, and see that it asked for nothing and nothing went wrong."""
    wide, high = SIZES[request.param]
    context = browser.new_context(viewport={"width": wide, "height": high}, bypass_csp=True)
    opened = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    opened.on("request", lambda r: asked.append(r.url))
    opened.on("console", lambda m: wrong.append(m.text))
    opened.on("pageerror", lambda e: wrong.append(str(e)))
    opened.goto(page_path.as_uri())
    opened.wait_for_selector("html[data-ready=yes]")
    yield opened
    assert asked == [page_path.as_uri()]
    assert wrong == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("role", list(Role))
def test_the_map_opens_clean_for_every_role(
    browser: Browser, chief: Picture, tmp_path: Path, role: Role
) -> None:
    parts = {name: getattr(chief, name) for name in ("frames", "run", "profile")}
    write_map(tmp_path / "karta.html", Picture(**parts, role=role))
    opened, wrong = browser.new_page(), []
    opened.on("console", lambda m: wrong.append(m.text))
    opened.on("pageerror", lambda e: wrong.append(str(e)))
    opened.goto((tmp_path / "karta.html").as_uri())
    opened.wait_for_selector("html[data-ready=yes]")
    for box in opened.locator("input[data-layer]").all():
        box.set_checked(not box.is_checked())
    opened.close()
    assert wrong == []


@pytest.mark.browser
def test_list_and_table_say_what_the_situation_says(page: Page, chief: Picture) -> None:
    places = chief.situation["places"]
    assert page.locator(".pick .name").all_inner_texts() == [p["name"] for p in places]
    assert page.locator(".pick .badge").all_inner_texts() == [p["rank_label"] for p in places]
    assert page.locator("#mening").inner_text() == chief.situation["sentence"]
    rows = page.locator("#platser tbody tr")
    assert rows.count() == len(places)
    for at, place in enumerate(places):
        cells = rows.nth(at).locator("td").all_inner_texts()
        assert cells[:4] == [
            place["rank_label"],
            place["name"],
            place["when"]["label"],
            place["n_label"],
        ]
    advice = page.locator("#rekommendationer tbody tr")
    assert advice.count() == len(chief.situation["recommendations"])


@pytest.mark.browser
def test_every_rank_is_on_the_map_and_choosing_it_opens_its_reasons(
    page: Page, chief: Picture
) -> None:
    first = chief.situation["places"][0]
    assert page.locator(".rank").count() == len(chief.situation["places"])
    page.locator(".pick").first.click()
    assert page.locator(".pick").first.get_attribute("aria-expanded") == "true"
    assert first["reasons"][0]["text"] in page.locator("#mer-1").inner_text()
    assert page.evaluate("location.hash") == f"#plats={first['place_id']}"
    assert page.locator(".rank.chosen").inner_text() == first["rank_label"]


@pytest.mark.browser
def test_it_can_be_used_with_the_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator(".pick").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.locator("#mer-2").is_visible()


@pytest.mark.browser
def test_layers_switch_on_and_off(page: Page, chief: Picture) -> None:
    details = page.locator(".layers")
    if details.get_attribute("open") is None:
        details.locator("summary").first.click()
    boxes = page.locator("input[data-layer]")
    assert boxes.count() == len(chief.feature_layers)
    for at in range(boxes.count()):
        boxes.nth(at).check()
    for at in range(boxes.count()):
        boxes.nth(at).uncheck()
    assert page.locator(".rank").count() == 0


@pytest.mark.browser
def test_nothing_runs_past_the_edge_of_the_screen(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


@pytest.mark.browser
def test_it_has_no_accessibility_faults(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert found.violations_count == 0, found.generate_report()


def test_it_holds_no_address_to_fetch_and_forbids_itself_to(page_path: Path) -> None:
    text = page_path.read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img|iframe|source)\b[^>]*\b(src|href)\s*=", text)
    assert "url(http" not in text
    assert "default-src 'none'" in text
    assert text.count("<html") == 1
    assert '<html lang="sv">' in text
    assert "user-scalable=no" not in text


def test_the_same_picture_gives_the_same_file(chief: Picture, page_path: Path) -> None:
    assert one_file.map_html(chief) == page_path.read_text(encoding="utf-8")


def test_the_data_inside_is_what_the_layers_say(chief: Picture, page_path: Path) -> None:
    text = page_path.read_text(encoding="utf-8")
    found = re.search(r'id="bundle">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    bundle = json.loads(found[1])
    assert set(bundle["layers"]) == set(chief.feature_layers)
    for name, layer in bundle["layers"].items():
        there = chief.drawn(name).geometry.notna().sum()
        assert len(layer["packed"]["rows"]) == there, name


def test_text_from_data_cannot_become_markup(
    frames: dict[str, GeoDataFrame], run: Any, profile: Profile
) -> None:
    nasty = frames["hotspots"].copy()
    nasty["name"] = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    made = Picture(
        frames=frames | {"hotspots": nasty}, run=run, profile=profile, role=Role.COORDINATOR
    )
    text = one_file.map_html(made)
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_role_gets_a_page_in_its_language(
    frames: dict[str, GeoDataFrame], run: Any, profile: Profile, role: Role, lang: str
) -> None:
    made = Picture(frames=frames, run=run, profile=profile, role=role, lang=lang)
    text = one_file.map_html(made)
    assert f'<html lang="{lang}">' in text
    assert made.situation["sentence"] in text


def test_a_week_without_places_is_a_page_too(
    frames: dict[str, GeoDataFrame], run: Any, profile: Profile
) -> None:
    bare = {name: frame.iloc[:0] for name, frame in frames.items()}
    made = Picture(frames=bare, run=run, profile=profile, role=Role.FORUM)
    assert "Inga händelser finns för perioden." in one_file.map_html(made)


def test_the_public_reads_the_squares_as_a_table(
    frames: dict[str, GeoDataFrame], run: Any, profile: Profile
) -> None:
    made = Picture(frames=frames, run=run, profile=profile, role=Role.PUBLIC)
    rows = square_rows(made)
    assert len(rows) == len(made.layer("cells"))
    assert rows[0][0] == "Centrum"
    assert rows[0][2].startswith("minst ")
    shown = {about["name"]: about["visible"] for about in made.situation["layers"]}
    assert shown["cells"]
    assert 'id="rutor"' in one_file.map_html(made)


def test_without_leaflet_it_says_how_to_get_it(
    chief: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_file, "VENDOR", tmp_path)
    with pytest.raises(MapError, match=r"python run\.py build"):
        write_map(tmp_path / "karta.html", chief)
    assert list(tmp_path.iterdir()) == []


def test_small_drawings_are_whole() -> None:
    grid = hour_grid([[0] * 24 for _ in range(6)] + [[2] + [0] * 23])
    assert grid.count("<rect") == 7 * 24
    assert 'fill-opacity="1.00"' in grid
    for shape in ("fill", "line", "circle", "ring", "hatch", "dash"):
        sign = {"label": "x", "color": "#0b5f60", "shape": shape, "dash": "dashed"}
        assert swatch(sign).endswith("</svg>")


@pytest.mark.browser
def test_the_lighting_view_is_one_press_away_and_comes_back(page: Page, chief: Picture) -> None:
    told = worklist(chief).told
    before = {
        box.get_attribute("data-layer"): box.is_checked()
        for box in page.locator("input[data-layer]").all()
    }
    page.locator("button[data-view=belysning]").click()
    shown = page.locator(".lead:visible").all_inner_texts()
    assert shown == [told["first"]]
    assert page.locator("input[data-layer=lamps]").is_checked()
    assert not page.locator("input[data-layer=places]").is_checked()
    ground = page.locator(".leaflet-container").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == "rgb(12, 23, 40)"
    assert page.locator(".work-rows > li").count() == len(told["rows"])
    assert page.evaluate("location.hash") == "#vy=belysning"
    page.locator("button[data-view=laget]").click()
    after = {
        box.get_attribute("data-layer"): box.is_checked()
        for box in page.locator("input[data-layer]").all()
    }
    assert after == before
    assert page.locator(".lead:visible").all_inner_texts() == [chief.situation["sentence"]]


@pytest.mark.browser
def test_a_map_may_open_in_the_lighting_view(
    browser: Browser, chief: Picture, tmp_path: Path
) -> None:
    write_map(tmp_path / "karta.html", chief, view="belysning")
    opened = browser.new_page()
    opened.goto((tmp_path / "karta.html").as_uri())
    opened.wait_for_selector("html.night[data-ready=yes]")
    pressed = opened.locator("button[data-view=belysning]").get_attribute("aria-pressed")
    opened.close()
    assert pressed == "true"


def test_a_view_that_does_not_exist_is_refused(chief: Picture, tmp_path: Path) -> None:
    with pytest.raises(MapError, match="no view called 'natt'"):
        write_map(tmp_path / "karta.html", chief, view="natt")


def test_who_may_not_see_the_worklist_gets_no_lighting_view(chief: Picture) -> None:
    parts = {name: getattr(chief, name) for name in ("frames", "run", "profile")}
    assert 'data-view="belysning"' not in one_file.map_html(Picture(**parts, role=Role.PUBLIC))
    assert 'data-view="belysning"' in one_file.map_html(chief)


def test_with_nothing_found_it_opens_on_the_streets(
    frames: dict[str, GeoDataFrame], run: Any, profile: Profile
) -> None:
    bare = {name: rows if name == "streets" else rows.iloc[:0] for name, rows in frames.items()}
    made = Picture(frames=bare, run=run, profile=profile, role=Role.PLANNER)
    bundle = re.search(r'id="bundle">(.*?)</script>', one_file.map_html(made), re.DOTALL)
    assert bundle is not None
    told = json.loads(bundle[1])
    west, south, east, north = told["focus"]
    box = frames["streets"].to_crs("OGC:CRS84").total_bounds
    assert west <= box[0] < box[2] <= east
    assert south <= box[1] < box[3] <= north
