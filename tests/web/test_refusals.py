"""What the page says when there is nothing to show: it mends, and keeps its layout meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from tests.web.conftest import Visit

pytestmark = pytest.mark.browser


def only_the_refusal(visit: Visit) -> None:
    """Accept the browser's own line about a refused call, and nothing else."""
    others = [text for text in visit.complaints if "Failed to load resource" not in text]
    assert others == []
    visit.complaints.clear()


def test_a_refusal_shows_the_fix_of_the_service(desk: Visit) -> None:
    page = desk.open("?roll=public")
    assert page.locator("h1").inner_text() == "Rollen får inte se veckans lägesbild."
    assert "Byt roll, eller visa den publicerade upplagan." in page.locator("main").inner_text()
    page.get_by_label("Visa som").select_option("forum")
    page.wait_for_selector("a.place")
    only_the_refusal(desk)


def test_trying_again_mends(desk: Visit) -> None:
    desk.town.broken = True
    page = desk.open()
    assert "Kör lagesbild quality" in page.locator("main").inner_text()
    desk.town.broken = False
    page.get_by_role("button", name="Försök igen").click()
    page.wait_for_selector("a.place")
    only_the_refusal(desk)


def test_an_unknown_week_leads_back_to_the_latest(desk: Visit) -> None:
    page = desk.open("?vecka=1999-W01")
    assert page.locator("h1").inner_text() == "Veckan har ingen analys."
    page.get_by_role("button", name="Visa senaste veckan").click()
    page.wait_for_selector("a.place")
    assert "vecka" not in page.url
    only_the_refusal(desk)


def test_a_silent_service_is_told_as_such(desk: Visit) -> None:
    desk.page.route("**/situations*", lambda route: route.abort())
    page = desk.open()
    assert page.locator("h1").inner_text() == "Tjänsten svarar inte."
    assert "lagesbild serve" in page.locator("main").inner_text()
    only_the_refusal(desk)


def test_before_the_first_analysis_it_says_what_to_do(desk: Visit) -> None:
    desk.town.no_weeks = True
    page = desk.open()
    assert page.locator("h1").inner_text() == "Ingen lägesbild ännu."
    assert "lagesbild analyse" in page.locator("main").inner_text()


def test_waiting_keeps_the_layout(desk: Visit) -> None:
    held: list[Route] = []
    desk.page.route("**/situations/latest*", lambda route: held.append(route))  # noqa: PLW0108 - the browser binds a method of its own to what it is given
    page = desk.page
    page.goto(desk.town.url)
    page.wait_for_selector(".bone-row")
    waiting = [page.locator(css).first.bounding_box() for css in (".words", ".map", "header")]
    page.wait_for_timeout(200)
    held[0].continue_()
    page.wait_for_selector("a.place")
    there = [page.locator(css).first.bounding_box() for css in (".words", ".map", "header")]
    assert there == waiting


def test_the_former_week_stays_until_the_next_is_here(desk: Visit) -> None:
    page = desk.open()
    held: list[Route] = []
    page.route("**/situations/2026-W46*", lambda route: held.append(route))  # noqa: PLW0108 - the browser binds a method of its own to what it is given
    page.get_by_role("button", name="Föregående vecka").click()
    page.wait_for_selector("main[aria-busy='true']")
    assert page.locator("a.place").count() == 5
    page.wait_for_timeout(200)
    held[0].continue_()
    page.wait_for_selector("main[aria-busy='false']")
    assert page.locator("a.place").count() == 0


def test_a_layer_that_fails_says_so_and_leaves_the_rest(desk: Visit) -> None:
    desk.page.route("**/collections/cells/*", lambda route: route.abort())
    page = desk.open("?lager=places,cells")
    desk.settle()
    page.locator(".layers summary").click()
    assert "kunde inte hämtas" in page.locator(".layers .sheet").inner_text()
    assert page.locator("a.place").count() == 5
    only_the_refusal(desk)
