"""The data quality view in a browser: the answer first, one source opened, nothing missing."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import DESK, DIST, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(demo_folder: Path) -> Iterator[str]:
    """Serve the demo as `lagesbild serve` does."""
    import uvicorn

    from api.app import create_app

    if not (DIST / "index.html").is_file():
        pytest.fail("web/dist is missing: `python run.py build` makes it.")
    config = uvicorn.Config(create_app(demo_folder), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/karta/?vy=underlag"
    server.should_exit = True
    running.join(timeout=10)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_view_says_what_is_missing_and_opens_a_source(
    browser: Browser, address: str, size: dict[str, int]
) -> None:
    page = browser.new_page(viewport=size)  # type: ignore[arg-type]  # a plain dict serves
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.wait_for_selector("main.quality:not([aria-busy='true']) .source")
    assert "källor" in page.inner_text("h1")
    assert "Se efter" in page.inner_text(".attention")  # rows of the police that cannot be read
    assert page.locator(".weekbars").count() >= 4
    page.locator(".source > details > summary").last.click()
    assert "lagesbild undo" in page.inner_text(".source:last-child .undo")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0
    assert complaints == []
    page.close()


def test_the_view_is_reached_and_left_by_its_name(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESK)  # type: ignore[arg-type]  # a plain dict serves
    page.goto(address.replace("?vy=underlag", "?vy=tabell"))
    page.get_by_role("link", name="Underlag").click()
    page.wait_for_selector("main.quality .source")
    assert "vy=underlag" in page.url
    page.go_back()
    page.wait_for_selector("main.tables:not(.quality)")
    page.close()


def test_the_view_has_no_known_fault_of_access(browser: Browser, address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport=DESK)  # type: ignore[arg-type]  # a plain dict serves
    page.goto(address)
    page.wait_for_selector("main.quality:not([aria-busy='true']) .source")
    page.locator(".source > details > summary").first.click()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    faults = [(v["id"], v["nodes"][0]["html"][:120]) for v in found.response["violations"]]
    assert faults == []
    page.close()
