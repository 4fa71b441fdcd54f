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


def test_places_are_told_by_events_how_they_are_felt_and_light(desk: Visit) -> None:
    page = desk.open("?vy=belysning")
    rows = page.locator(".typed li")
    rows.first.wait_for()
    assert "Bryggargränd" in rows.first.inner_text()
    assert "Nästa steg: närvaro och belysning." in rows.first.inner_text()
    rows.first.locator("summary").click()
    assert "2,5–5,2 gånger" in rows.first.inner_text()
    rows.nth(1).locator("a").click()
    assert "plats=p-001" in page.url
    desk.settle()


def test_the_same_hour_in_dark_and_light_is_told_with_its_limits(desk: Visit) -> None:
    page = desk.open("?vy=belysning")
    part = page.locator(".dark-hours")
    part.wait_for()
    assert "skiljer säkert" in part.inner_text()
    assert "Visar samband, inte orsak." in part.inner_text()
    part.locator("summary").click()
    assert "oddskvot 1,23, 0,89–1,70; 905 händelser" in part.inner_text()
    assert "alltid ljusa" in part.inner_text()


def test_the_key_tells_lit_unlit_and_not_inventoried_apart(phone: Visit) -> None:
    page = phone.open("?vy=belysning")
    page.get_by_role("button", name="Karta").click()
    phone.settle()
    key = page.locator(".light-key")
    key.get_by_text("Så läses kartan").click()
    for words in ("släckt med avsikt", "utan belysning", "ej inventerat"):
        assert key.get_by_text(words, exact=True).is_visible()
    assert key.bounding_box()["height"] < 844 - 9 * 16  # type: ignore[index]  # it is visible
    page.get_by_text("Händelser, otrygghet och ljus", exact=True).last.click()
    assert key.get_by_text("många händelser och otrygg").is_visible()


def test_a_role_without_the_list_is_told_whom_to_ask(desk: Visit) -> None:
    page = desk.open(f"?vy=belysning&roll={NO_WORKLIST}")
    page.get_by_text("Åtgärdslistan visas inte för din roll.").wait_for()
    assert "Byt roll" in page.locator(".words").inner_text()
    # The browser itself writes of the refusal; nothing else may be complained of.
    assert all("403" in line for line in desk.complaints)
    desk.complaints.clear()


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
