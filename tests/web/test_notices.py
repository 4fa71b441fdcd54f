"""Police notices on the map: chosen by pointer, finger and keyboard, told as of a whole area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.notice_data import NOTICE_LAYER, notices
from tests.web.test_access import STOPS, faults
from tests.web.test_page import current, near, pixels

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.web.conftest import Visit

pytestmark = pytest.mark.browser
ON = "?lager=notices"
TOLD = {row["properties"]["id"]: row["properties"] for row in notices()}


def empty_ground(page: Page) -> tuple[float, float]:
    """Give a spot of the map far from its controls, where nothing but the area is."""
    box = page.locator(".canvas").bounding_box()
    return box["x"] + 0.42 * box["width"], box["y"] + 0.86 * box["height"]


def told_of_the_town(page: Page) -> None:
    """Check that the panel tells both notices of the town, newest first, and that it is an area."""
    said = page.locator("#detail").inner_text()
    assert page.locator("#detail-title").inner_text() == "Provköping"
    assert "Gäller hela området, inte en punkt." in said
    titles = page.locator("#detail h3").all_inner_texts()
    assert titles == [TOLD["n2"]["title"], TOLD["n1"]["title"]]
    assert "publicerad fre 20\u00a0nov 06:15" in said
    assert "inträffade mån 16\u00a0nov 20:11 enligt rubriken" in said
    assert NOTICE_LAYER["note"] in said
    assert NOTICE_LAYER["period_label"] in said


def test_a_click_on_the_ground_of_an_area_tells_its_notices(desk: Visit) -> None:
    page = desk.open(ON)
    desk.settle()
    before = pixels(page)
    page.mouse.click(*empty_ground(page))
    page.wait_for_selector("#detail")
    told_of_the_town(page)
    assert "plats=n" in page.url
    desk.settle()
    # Who points at an area sees it already: the map stays, and its outline is lifted.
    assert (pixels(page)[:200, 900:1100] == before[:200, 900:1100]).mean() > 0.9
    page.keyboard.press("Escape")
    assert page.locator("#detail").count() == 0


def test_a_place_or_a_lamp_on_the_ground_goes_first(desk: Visit) -> None:
    page = desk.open("?lager=notices,places&plats=p-003")
    desk.settle()
    panel, canvas = page.locator("#detail").bounding_box(), page.locator(".canvas").bounding_box()
    x = (panel["x"] + panel["width"] + 72 + canvas["x"] + canvas["width"] - 150) / 2
    y = canvas["y"] + canvas["height"] / 2
    page.get_by_role("button", name="Stäng").click()
    page.mouse.click(x, y)
    page.wait_for_selector("#detail")
    assert current(page) == "p-003"
    page = desk.open("?lager=notices,incidents&plats=p-001")
    desk.settle()
    page.get_by_role("button", name="Stäng").click()
    page.mouse.click(x, y)  # the place is not drawn, but events are
    page.wait_for_timeout(300)
    assert page.locator("#detail").count() == 0


def test_the_list_reaches_them_by_keyboard(desk: Visit) -> None:
    page = desk.open(ON)
    desk.settle()
    links = page.locator(".notice-list a")
    assert links.all_inner_texts() == ["Provköping", "Provs län"]
    assert "2 notiser" in page.locator(".notice-list li").first.inner_text()
    assert "1 notis:" in page.locator(".notice-list li").nth(1).inner_text()
    links.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail-title:focus")
    told_of_the_town(page)
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector(".notice-list a:focus")
    assert page.locator(":focus").inner_text() == "Provköping"


def test_an_address_opens_a_notice_and_the_map_shows_its_area(desk: Visit) -> None:
    page = desk.open("?lager=notices&plats=n3")
    desk.settle()
    assert page.locator("#detail-title").inner_text() == "Provs län"
    assert near(pixels(page), (168, 100, 0), within=40) > 200, "the whole outline is in view"


def test_the_area_is_named_along_its_outline_when_it_is_near(desk: Visit) -> None:
    page = desk.open("?lager=notices&plats=n1")
    desk.settle()
    drawn = near(pixels(page), (168, 100, 0), within=24)
    page.locator(".layers summary").click()
    page.get_by_role("checkbox", name="Polisens notiser").uncheck()
    page.locator(".layers summary").click()
    desk.settle()
    assert drawn > near(pixels(page), (168, 100, 0), within=24) + 200


def test_the_legend_says_which_period_the_notices_are_of(desk: Visit) -> None:
    page = desk.open(ON)
    page.locator(".layers summary").click()
    said = page.locator(".layer", has_text="Polisens notiser").inner_text()
    for text in ("v. 47", "n = 3", "mån 16 nov–sön 22 nov", "data t.o.m. fre 20 nov"):
        assert text in said


def test_on_a_phone_a_tap_opens_the_panel_and_fingers_hit_the_list(phone: Visit) -> None:
    page = phone.open(ON)
    phone.settle()
    for link in page.locator(".notice-list a").all():
        assert link.bounding_box()["height"] >= 44
    page.locator(".notice-list a").first.tap()
    told_of_the_town(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Stäng").tap()
    page.get_by_role("button", name="Karta", exact=True).tap()
    phone.settle()
    box = page.locator(".canvas").bounding_box()
    page.touchscreen.tap(box["x"] + 0.4 * box["width"], box["y"] + 0.3 * box["height"])
    page.wait_for_selector("#detail")
    told_of_the_town(page)
    assert page.locator(STOPS).count() > 0


def test_without_the_layer_an_address_of_a_notice_opens_nothing(desk: Visit) -> None:
    page = desk.open("?plats=n1")
    desk.settle()
    assert page.locator("#detail").count() == 0
    assert page.locator(".notice-list").count() == 0
