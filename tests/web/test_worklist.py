"""The planner's page: what to do first, whose it is, in a list, in a table and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.fixture_api import NO_WORKLIST

if TYPE_CHECKING:
    from tests.web.conftest import Visit

pytestmark = pytest.mark.browser


def test_each_row_says_what_whose_and_how_long(desk: Visit) -> None:
    page = desk.open("?vy=belysning")
    page.locator(".work ol > li").first.wait_for()
    first = page.locator(".work ol > li").first
    said = first.inner_text()
    for words in ("Reparera belysning", "öppet 40 dygn (mål 3)", "Kommunen", "2 ljuspunkter"):
        assert words in said
    first.locator("summary").click()
    told = first.inner_text()
    for words in ("Stolpnummer", "101, 102", "Eslöv 2023", "Evidensgrad", "efter 12 och 52 veckor"):
        assert words in told
    assert "Tolv enstaka ljuspunkter" in page.locator(".rest").inner_text()
    assert "12 enstaka ljuspunkter, varav 3 öppna längre än målet (30 dygn)." in (
        page.locator(".rounds").inner_text()
    )


def test_the_list_is_chosen_among_by_owner_and_kind(desk: Visit) -> None:
    page = desk.open("?vy=belysning")
    page.locator(".work ol > li").first.wait_for()
    page.get_by_label("Vems").select_option("okänd ägare")
    assert page.locator(".work ol > li").count() == 1
    assert "1 av 2 rader" in page.locator(".work").inner_text()
    page.get_by_label("Vems").select_option("")
    assert page.locator(".work ol > li").count() == 2


def test_arrow_keys_walk_the_list(desk: Visit) -> None:
    page = desk.open("?vy=belysning")
    links = page.locator(".work .where a")
    links.first.wait_for()
    links.first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == links.nth(1).inner_text()


def test_the_same_list_is_a_table_that_sorts_and_leads_back(desk: Visit) -> None:
    page = desk.open("?vy=belysning")
    page.get_by_role("link", name="Visa som tabell").click()
    table = page.get_by_role("region", name="Åtgärdslista för belysningen")
    table.wait_for()
    table.get_by_role("button", name="Dygn öppet").click()
    assert [c.split()[0] for c in table.locator("tbody tr td:first-child").all_inner_texts()] == [
        "2", "1",
    ]  # fmt: skip
    table.locator("tbody a").first.click()
    assert "vy=belysning" in page.url
    assert "plats=" in page.url


def test_the_map_says_how_it_is_read(desk: Visit) -> None:
    page = desk.open("?vy=belysning")
    desk.settle()
    key = page.locator(".light-key")
    assert "Tom karta betyder inte mörkt" in key.inner_text()
    assert page.locator(".light-key svg").count() >= 3
    page.get_by_role("link", name="Närvaro", exact=True).click()
    assert key.count() == 0


def test_a_role_without_the_list_is_told_whom_to_ask(desk: Visit) -> None:
    page = desk.open(f"?vy=belysning&roll={NO_WORKLIST}")
    page.get_by_text("Åtgärdslistan visas inte för din roll.").wait_for()
    assert "Byt roll" in page.locator(".words").inner_text()


def test_paper_holds_reasons_and_poles(desk: Visit) -> None:
    page = desk.open("?vy=belysning")
    page.locator(".work ol > li").first.wait_for()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    said = page.locator(".work").inner_text()
    assert "101, 102" in said
    assert not page.locator(".work-tools").is_visible()
    assert not page.locator(".light-key").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".work details[open]").count() == 0
