"""A browser that may speak to this machine only, and whose complaints fail the test."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.web.fixture_api import Town, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Route

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Visit:
    """One open page, with what it asked for and what it complained of."""

    page: Page
    town: Town
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, query: str = "") -> Page:
        """Open the page at an address and wait until the picture, or its refusal, is shown."""
        self.page.goto(self.town.url + query)
        self.page.wait_for_selector("main:not([aria-busy='true']) h1")
        return self.page

    def settle(self) -> None:
        """Wait until the map has drawn what was fetched."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_selector(".canvas[data-rest='yes']", state="attached")


@pytest.fixture
def town() -> Iterator[Town]:
    """Serve the built page and the made-up town."""
    if not (DIST / "index.html").is_file():
        pytest.fail("web/dist is missing: `python run.py build` makes it.")
    with serving(DIST) as service:
        yield service


def open_context(browser: Browser, *, size: dict[str, int], theme: str) -> BrowserContext:
    """Open a clean context; `theme` is the system's colour scheme."""
    return browser.new_context(
        viewport=size,  # type: ignore[arg-type]  # a plain dict serves
        color_scheme=theme,  # type: ignore[arg-type]  # "light" or "dark"
        locale="sv-SE",
        reduced_motion="reduce",
        has_touch=size is PHONE,
        permissions=["clipboard-read", "clipboard-write"],
    )


def visit_in(context: BrowserContext, town: Town) -> Visit:
    """Open a page whose foreign requests are stopped and noted."""
    page = context.new_page()
    visit = Visit(page, town)

    def gate(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in {"data", "blob"} or address.hostname == "127.0.0.1":
            route.continue_()
        else:
            visit.foreign.append(route.request.url)
            route.abort()

    page.route("**/*", gate)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: (
            visit.complaints.append(line.text) if line.type in {"error", "warning"} else None
        ),
    )
    return visit


@pytest.fixture
def desk(browser: Browser, town: Town) -> Iterator[Visit]:
    """Open a page on a desk's screen; anything foreign or complained of fails the test."""
    with open_context(browser, size=DESK, theme="light") as context:
        visit = visit_in(context, town)
        yield visit
        assert visit.foreign == []
        assert visit.complaints == []


@pytest.fixture
def phone(browser: Browser, town: Town) -> Iterator[Visit]:
    """Open a page on a phone; anything foreign or complained of fails the test."""
    with open_context(browser, size=PHONE, theme="light") as context:
        visit = visit_in(context, town)
        yield visit
        assert visit.foreign == []
        assert visit.complaints == []
