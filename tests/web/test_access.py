"""The page for everyone: axe, keyboard, phone, touch, both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.web.conftest import DESK, PHONE, open_context, visit_in
from tests.web.situation_data import CALM_WEEK

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.web.conftest import Visit
    from tests.web.fixture_api import Town

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
VIEWS = {
    "list": "",
    "details": "?plats=p-003",
    "lighting": "?vy=belysning&plats=p-001",
    "table": "?vy=tabell",
    "calm": f"?vecka={CALM_WEEK}",
}
SMALLEST_PX = 44
STOPS = "button:visible, select:visible, summary:visible, nav a:visible, a.place:visible"


def faults(page: Page) -> list[str]:
    """Run axe and tell each violation with the elements it is about."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {[node['target'] for node in v['nodes']]}" for v in found]


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(browser: Browser, town: Town, size: dict[str, int], theme: str) -> None:
    with open_context(browser, size=size, theme=theme) as context:
        visit = visit_in(context, town)
        for name, query in VIEWS.items():
            page = visit.open(query)
            page.wait_for_load_state("networkidle")
            assert faults(page) == [], name
            if size is DESK and name == "list":
                page.locator(".layers summary").click()
                page.get_by_text("Inställningar").click()
                assert faults(page) == [], "menus open"
            if size is PHONE and name == "details":
                page.get_by_role("button", name="Karta", exact=True).click()
                assert faults(page) == [], "map in front"
        assert visit.complaints == []


def test_axe_finds_nothing_in_a_refusal(browser: Browser, town: Town) -> None:
    with open_context(browser, size=DESK, theme="light") as context:
        assert faults(visit_in(context, town).open("?roll=public")) == []


def test_the_whole_way_by_keyboard(desk: Visit) -> None:
    page = desk.open()
    desk.settle()
    press, focused = page.keyboard.press, page.locator(":focus")

    def outlined() -> bool:
        return float(focused.evaluate("e => parseFloat(getComputedStyle(e).outlineWidth)")) >= 2

    press("Tab")
    assert focused.inner_text() == "Hoppa till innehållet"
    press("Tab")
    assert focused.inner_text() == "Närvaro"
    assert outlined()
    for _ in range(20):
        press("Tab")
        assert outlined(), focused.evaluate("e => e.outerHTML.slice(0, 80)")
        if focused.get_attribute("data-place"):
            break
    assert focused.get_attribute("data-place") == "p-001"
    press("ArrowDown")
    assert focused.get_attribute("data-place") == "p-002"
    press("Enter")
    page.wait_for_selector("#detail-title:focus")
    assert focused.inner_text() == "Bryggargränd"
    press("Tab")
    assert focused.inner_text() == "Stäng", "details follow the list in reading order"
    press("Escape")
    page.wait_for_selector("[data-place='p-002']:focus")
    assert page.locator("#detail").count() == 0


def test_skipping_goes_to_the_content(desk: Visit) -> None:
    page = desk.open()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "content"


def test_the_map_is_reached_and_moved_by_keyboard(desk: Visit) -> None:
    page = desk.open()
    desk.settle()
    canvas = page.locator(".maplibregl-canvas")
    assert canvas.get_attribute("aria-label") == "Karta över Provköping"
    canvas.focus()
    before = canvas.screenshot()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(700)
    assert canvas.screenshot() != before


def test_a_phone_shows_the_list_first_and_reaches_the_map(phone: Visit) -> None:
    page = phone.open()
    phone.settle()
    assert page.locator("a.place").first.is_visible()
    assert not page.locator(".canvas").is_visible()
    page.get_by_role("button", name="Karta", exact=True).tap()
    phone.settle()
    assert page.locator(".canvas").is_visible()
    page.get_by_role("button", name="Lista", exact=True).tap()
    page.locator("a.place").nth(1).tap()
    sheet = page.locator("#detail")
    assert sheet.is_visible()
    box = sheet.bounding_box()
    assert box["x"] == 0
    assert box["width"] == PHONE["width"]
    assert box["y"] + box["height"] <= PHONE["height"]
    sheet.get_by_role("button", name="Stäng").tap()
    assert page.locator("a.place").nth(1).is_visible()


@pytest.mark.parametrize("query", list(VIEWS.values()), ids=list(VIEWS))
def test_a_finger_hits_what_it_aims_at(phone: Visit, query: str) -> None:
    page = phone.open(query)
    small = []
    for stop in page.locator(STOPS).all():
        box = stop.bounding_box()
        inline = stop.evaluate("e => e.matches('.basis summary, .why summary, .astext summary')")
        if box and not inline and min(box["width"], box["height"]) < SMALLEST_PX - 0.5:
            small.append((stop.inner_text()[:30], box["width"], box["height"]))
    assert small == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_nothing_runs_out_of_the_page(phone: Visit, width: int) -> None:
    phone.page.set_viewport_size({"width": width, "height": 800})
    for query in VIEWS.values():
        page = phone.open(query)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, query


def test_text_at_twice_its_size_still_fits(desk: Visit) -> None:
    page = desk.open("?plats=p-001")
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= DESK["width"]
