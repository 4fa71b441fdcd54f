"""What is raised just now, on the page: a place, how rare chance makes it, and a last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.situation_data import CALM_WEEK

if TYPE_CHECKING:
    from tests.web.conftest import Visit


def test_what_is_raised_just_now_has_a_place_a_chance_and_a_last_day(desk: Visit) -> None:
    page = desk.open()
    now = page.locator("section.now")
    assert now.locator("h2").inner_text() == "Just nu"
    told = now.locator(".signals li").all_inner_texts()
    assert "Bryggargränd (plats 2)" in told[0]
    assert "en gång på 250 veckor" in told[0]
    assert told[1] == "Norra gatan. Inbrott: förhöjd risk inom 200 m till och med tor 3 dec."
    now.locator("summary").click()
    assert "24 par mot väntade 9" in now.locator(".reasons").inner_text()


def test_a_run_that_did_not_look_has_no_such_heading(desk: Visit) -> None:
    page = desk.open(f"?vecka={CALM_WEEK}")
    assert page.locator("section.now").count() == 0
