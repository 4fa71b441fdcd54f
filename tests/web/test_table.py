"""The table beside the map: the same content, sorted, filtered, copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.situation_data import situation

if TYPE_CHECKING:
    from tests.web.conftest import Visit

pytestmark = pytest.mark.browser
TOLD = situation("2026-W47", "security_chief")
NAMES = [place["name"] for place in TOLD["places"]]


def names(visit: Visit) -> list[str]:
    """Read the first table's names, top to bottom."""
    return visit.page.locator("table").first.locator("tbody th").all_inner_texts()


def test_it_holds_every_place_and_every_suggestion(desk: Visit) -> None:
    page = desk.open("?vy=tabell")
    assert names(desk) == NAMES
    assert page.locator("table").nth(1).locator("tbody tr").count() == len(TOLD["recommendations"])
    said = page.locator("table").first.inner_text()
    for place in TOLD["places"]:
        assert str(place["n"]) in said
        assert place["when"]["label"] in said


def test_it_sorts_down_up_and_back(desk: Visit) -> None:
    page = desk.open("?vy=tabell")
    column = page.locator("table").first.get_by_role("columnheader", name="Händelser")
    by_n = [place["name"] for place in sorted(TOLD["places"], key=lambda place: place["n"])]
    column.get_by_role("button").click()
    assert column.get_attribute("aria-sort") == "ascending"
    assert names(desk) == by_n
    column.get_by_role("button").click()
    assert column.get_attribute("aria-sort") == "descending"
    assert names(desk) == by_n[::-1]
    column.get_by_role("button").click()
    assert column.get_attribute("aria-sort") == "none"
    assert names(desk) == NAMES


def test_it_filters_and_says_how_many(desk: Visit) -> None:
    page = desk.open("?vy=tabell")
    page.get_by_label("Visa bara rader med").first.fill("väl underbyggd")
    assert names(desk) == NAMES[:2]
    assert page.get_by_text("2 av 5 rader").is_visible()
    page.get_by_label("Visa bara rader med").first.fill("finns inte")
    assert page.get_by_text("Ingen rad innehåller det.").is_visible()


def test_it_copies_what_is_shown(desk: Visit) -> None:
    page = desk.open("?vy=tabell")
    page.get_by_label("Visa bara rader med").first.fill("bryggargränd")
    page.get_by_role("button", name="Kopiera tabellen").first.click()
    page.get_by_role("button", name="Kopierat").wait_for()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert len(lines) == 2
    assert lines[0].split("\t")[:3] == ["Plats", "Namn", "När"]
    assert lines[1].split("\t")[:3] == ["1–3", "Bryggargränd", "lör 22–02"]


def test_a_row_leads_to_its_place(desk: Visit) -> None:
    page = desk.open("?vy=tabell")
    page.locator("table").first.get_by_role("link", name="Bryggargränd").click()
    assert page.locator("#detail-title").inner_text() == "Bryggargränd"
    assert "vy=" not in page.url


def test_files_are_fetched_for_the_week_and_role_shown(desk: Visit) -> None:
    page = desk.open("?vy=tabell&vecka=2026-W45&roll=forum")
    href = page.get_by_role("link", name="xlsx").get_attribute("href")
    assert href == "/exports/places.xlsx?week=2026-W45&role=forum"
