"""The page at a desk: the answer first, one selection everywhere, an address that holds it."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import matplotlib.image
import numpy as np
import pytest

from tests.web.situation_data import CALM_WEEK, situation

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.web.conftest import Visit

pytestmark = pytest.mark.browser
TILED = ("lamps", "street_light")
PLACES = situation("2026-W47", "security_chief")["places"]


def pixels(page: Page) -> np.ndarray:
    """Take the map as an array of red, green and blue, 0-255."""
    shot = page.locator(".maplibregl-canvas").screenshot()
    return (matplotlib.image.imread(io.BytesIO(shot))[..., :3] * 255).astype(int)


def near(seen: np.ndarray, colour: tuple[int, int, int], *, within: int = 14) -> int:
    """Count the pixels near a colour."""
    return int((np.abs(seen - np.array(colour)).max(axis=-1) <= within).sum())


def current(page: Page) -> str | None:
    """Give the place the list marks."""
    chosen = page.locator("a.place[aria-current]")
    return chosen.get_attribute("data-place") if chosen.count() else None


def test_the_answer_comes_first_then_its_basis_then_the_list(desk: Visit) -> None:
    page = desk.open()
    told = situation("2026-W47", "security_chief")
    assert page.locator("h1").inner_text() == told["sentence"]
    assert told["basis"]["sentence"] in page.locator(".basis").inner_text()
    assert page.locator("a.place .title").all_inner_texts() == [p["name"] for p in PLACES]
    assert page.get_by_text("Påhittad kommun", exact=True).is_visible()
    tops = [page.locator(css).first.bounding_box()["y"] for css in ("h1", ".basis", "a.place")]
    assert tops == sorted(tops)


def test_every_view_asks_this_machine_only(desk: Visit) -> None:
    desk.open("?plats=p-001&lager=places,cells,incidents,lamps,lighting_checks")
    desk.settle()
    for name in ("Belysning", "Tabell", "Närvaro"):
        desk.page.get_by_role("link", name=name, exact=True).click()
        desk.page.wait_for_load_state("networkidle")
    assert desk.foreign == []
    asked = {path for path, _ in desk.town.asked}
    assert {"/situations/latest", "/roles", "/collections/streets/items"} <= asked


def test_certainty_is_told_by_outline_and_by_word(desk: Visit) -> None:
    page = desk.open()
    styles = page.locator("a.place .mark").evaluate_all(
        "all => all.map(one => getComputedStyle(one).borderTopStyle)"
    )
    assert styles == ["solid", "solid", "dashed", "dashed", "dotted"]
    for row, place in zip(page.locator("a.place").all(), PLACES, strict=True):
        said = row.inner_text()
        assert place["certainty_label"] in said
        assert place["rank_label"] in said
        assert place["when"]["label"] in said


def test_selecting_in_the_list_selects_on_the_map_and_back(desk: Visit) -> None:
    page = desk.open()
    desk.settle()
    page.locator("a.place").nth(2).click()
    assert page.locator("#detail-title").inner_text() == PLACES[2]["name"]
    assert "plats=p-003" in page.url
    desk.settle()
    assert near(pixels(page), (11, 95, 96)) > 400, "the chosen outline and mark are drawn"

    panel, canvas = page.locator("#detail").bounding_box(), page.locator(".canvas").bounding_box()
    x = (panel["x"] + panel["width"] + 72 + canvas["x"] + canvas["width"] - 150) / 2
    y = canvas["y"] + canvas["height"] / 2
    page.get_by_role("button", name="Stäng").click()
    assert current(page) is None
    assert "plats" not in page.url
    page.mouse.click(x, y)
    page.wait_for_selector("#detail")
    assert current(page) == "p-003"
    assert "plats=p-003" in page.url


def test_details_say_why_and_what_would_make_it_wrong(desk: Visit) -> None:
    said = desk.open("?plats=p-001").locator("#detail").inner_text()
    place = PLACES[0]
    for text in ("Varför?", "Vad skulle göra det fel?", place["sentence"], "delvis upplyst"):
        assert text in said
    for text in [reason["text"] for reason in place["reasons"]]:
        assert text in said
    for text in [caveat["text"] for caveat in place["caveats"]]:
        assert text in said
    assert "gånger så många som liknande platser (" in said, "no ratio without its interval"


def test_the_hours_are_told_as_text_too(desk: Visit) -> None:
    page = desk.open("?plats=p-001")
    label = page.locator(".hours svg").get_attribute("aria-label")
    assert label.startswith("Timme och veckodag, operativt dygn 06–06.")
    page.get_by_text("Samma siffror som text").click()
    lines = page.locator(".astext dd").all_inner_texts()
    total = sum(int(n.split(": ")[1]) for line in lines if ":" in line for n in line.split(", "))
    assert total == PLACES[0]["when"]["n_timed"]


def test_a_place_without_known_hours_says_so(desk: Visit) -> None:
    page = desk.open("?plats=p-005")
    assert "För få händelser med känd tid" in page.locator("#detail").inner_text()
    assert page.locator(".hours").count() == 0


def test_the_address_restores_everything(desk: Visit) -> None:
    page = desk.open("?vy=belysning&vecka=2026-W45&plats=p-002&lager=places,lamps&roll=forum")
    desk.settle()
    assert page.locator("nav a[aria-current]").inner_text() == "Belysning"
    assert page.get_by_label("Vecka", exact=True).locator("select").input_value() == "2026-W45"
    assert page.get_by_label("Visa som").input_value() == "forum"
    assert page.locator("#detail").is_visible()
    page.locator(".layers summary").click()
    on = page.locator(".layers input:checked").evaluate_all(
        "all => all.map(one => one.closest('label').innerText.trim())"
    )
    assert sorted(on) == ["Ljuspunkter", "Prioriterade platser"]
    assert ("/situations/2026-W45", "forum") in desk.town.asked


def test_back_undoes_a_selection(desk: Visit) -> None:
    page = desk.open()
    page.locator("a.place").first.click()
    page.locator("a.place").nth(1).click()
    page.go_back()
    assert current(page) == "p-001"
    page.go_back()
    assert current(page) is None
    page.go_forward()
    assert current(page) == "p-001"


def test_weeks_change_by_button_and_by_list(desk: Visit) -> None:
    page = desk.open()

    def said(sentence: str) -> None:
        page.get_by_role("heading", level=1, name=sentence).wait_for()

    page.get_by_role("button", name="Föregående vecka").click()
    said("Ingen plats sticker ut den här veckan.")
    assert f"vecka={CALM_WEEK}" in page.url
    page.get_by_label("Vecka", exact=True).locator("select").select_option("2026-W45")
    said("Tre platser att prioritera i veckan. En är ny.")
    assert page.get_by_role("button", name="Föregående vecka").is_disabled()
    page.get_by_role("button", name="Nästa vecka").click()
    said("Ingen plats sticker ut den här veckan.")


def test_the_role_goes_with_every_question(desk: Visit) -> None:
    page = desk.open()
    desk.settle()
    desk.town.asked.clear()
    page.get_by_label("Visa som").select_option("forum")
    desk.settle()
    assert "roll=forum" in page.url
    others = {path for path, role in desk.town.asked if role != "forum"}
    assert {path for path in others if not path.startswith("/karta/")} == set()


def test_layers_are_switched_with_legend_and_numbers(desk: Visit) -> None:
    page = desk.open()
    desk.settle()
    before = pixels(page)
    page.locator(".layers summary").click()
    page.get_by_label("Händelser per ruta, hela perioden").check()
    desk.settle()
    assert "lager=" in page.url
    sheet = page.locator(".layers .sheet").inner_text()
    assert "minst 20 händelser" in sheet
    assert "n = 144 · 52 veckor t.o.m. v. 47 · data t.o.m. sön 22 nov" in sheet
    page.locator(".layers summary").click()
    assert (np.abs(pixels(page) - before).max(axis=-1) > 8).mean() > 0.2, "the squares are drawn"


def test_the_map_is_not_at_rest_while_a_layer_is_on_its_way(desk: Visit) -> None:
    page = desk.open()
    desk.settle()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/collections/cells/items*", hold)
    page.locator(".layers summary").click()
    page.get_by_label("Händelser per ruta, hela perioden").check()
    page.wait_for_timeout(1500)  # long enough for a map with nothing to do to call itself idle
    assert page.locator(".canvas").get_attribute("data-rest") == "no"
    assert "n = 144" not in page.locator(".layers .sheet").inner_text()
    held[0].continue_()
    desk.settle()
    assert "n = 144 · 52 veckor" in page.locator(".layers .sheet").inner_text()


def test_lighting_is_shown_on_night_blue_with_lamps_and_outages(desk: Visit) -> None:
    page = desk.open("?vy=belysning")
    desk.settle()
    assert page.locator("h1").inner_text() == (
        "Börja med två reparationer, varav en öppen över målet."
    )
    assert "lovar vi inte" in page.locator(".basis").inner_text()
    seen = pixels(page)
    assert near(seen, (14, 26, 45)) > 0.5 * seen.shape[0] * seen.shape[1], "the ground is night"
    assert near(seen, (246, 197, 86), within=30) > 300, "working lamps are warm dots"
    page.locator(".suggestions .where a").nth(1).click()
    assert page.locator("#detail-title").inner_text() == "Gångtunneln vid Ågatan"


def test_lamps_are_asked_for_tile_by_tile_and_never_whole(desk: Visit) -> None:
    page = desk.open("?vy=belysning&roll=forum")
    desk.settle()
    asked = {path for path, role in desk.town.asked if role == "forum"}
    assert not {path for path in asked if path in {f"/collections/{n}/items" for n in TILED}}
    for name in TILED:
        assert [p for p in asked if p.startswith(f"/collections/{name}/tiles/WebMercatorQuad/")]
    page.locator(".layers summary").click()
    assert "n = " in page.locator(".layers .sheet").inner_text()
    warm = {"colour": (246, 197, 86), "within": 30}
    before = near(pixels(page), **warm)
    page.get_by_label("Ljuspunkter").uncheck()
    desk.settle()
    assert near(pixels(page), **warm) < before / 3, "the lamps are switched off"


def test_tiles_that_cannot_be_had_are_said_where_the_layer_is_named(desk: Visit) -> None:
    desk.town.no_tiles = True
    page = desk.open("?vy=belysning")
    page.locator(".layers summary").click()
    page.locator(".layers .sheet").get_by_text("kunde inte hämtas").first.wait_for()
    assert all("503" in said for said in desk.complaints)  # the browser's own word of it
    desk.complaints.clear()


def test_a_calm_week_is_an_answer(desk: Visit) -> None:
    page = desk.open(f"?vecka={CALM_WEEK}")
    desk.settle()
    assert page.locator("h1").inner_text() == "Ingen plats sticker ut den här veckan."
    assert "Det är ett vanligt svar." in page.locator(".words").inner_text()
    assert page.locator("a.place").count() == 0
    desk.page.get_by_role("link", name="Belysning", exact=True).click()
    page.get_by_role("heading", name="Inget att göra åt belysningen").wait_for()
    assert page.locator("ol .where").count() == 0


def test_english_is_whole(desk: Visit) -> None:
    page = desk.open()
    page.get_by_text("Inställningar").click()
    page.get_by_role("button", name="In English").click()
    page.wait_for_selector("html[lang=en]")
    assert page.get_by_role("link", name="Lighting").is_visible()
    assert "sprak=en" in page.url


def test_the_theme_is_kept(desk: Visit) -> None:
    page = desk.open()
    page.get_by_text("Inställningar").click()
    page.get_by_role("button", name="Mörkt tema").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    page.wait_for_selector("a.place")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_paper_gets_the_words_and_the_map_as_a_picture(desk: Visit) -> None:
    page = desk.open("?plats=p-001")
    desk.settle()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    kind, _, code = page.locator(".map-print").get_attribute("src").partition(",")
    assert kind == "data:image/png;base64"
    drawn = matplotlib.image.imread(io.BytesIO(base64.b64decode(code)))[..., :3] * 255
    assert near(drawn, (11, 95, 96)) > 400, "the picture is of the map, not of nothing"
    assert not page.locator("header").is_visible()
    assert not page.get_by_role("button", name="Stäng").is_visible()
    assert page.locator("a.place").last.is_visible()
    printed = page.locator(".limits").inner_text()
    assert "9c1f02aa47" in printed
    assert "säkerhetschef" in printed
