"""
What every test shares: the outside data, the browser, and the one allowed reason to skip.

A test may be left out for a single reason: it needs real data that is not on this machine. It
says so by asking for the fixture `real_data`; the run lists such tests at its end. Any other
skip is a component that is missing, and with ``CI=true`` that is a failure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from run import find_chromium

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
NOT_RUN = "not run: outside data absent"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

settings.register_profile("local", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


def real_data_folder() -> Path:
    """Return where outside data lies: LAGESBILD_REAL_DATA, else ``shared/data`` beside the repo."""
    named = os.environ.get("LAGESBILD_REAL_DATA")
    return Path(named) if named else ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of outside data; without it the test is listed as not run."""
    folder = real_data_folder()
    if not folder.is_dir():
        pytest.skip(NOT_RUN)
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of Chromium; its absence is a failure, never a skip."""
    path = find_chromium()
    if path is None:
        pytest.fail("No Chromium or Chrome was found: `python run.py test` installs it.")
    return path


@pytest.fixture(scope="session")
def demo_answer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """
    Build the demo municipality once, as `lagesbild demo DIR --no-serve --json` does.

    While developing, LAGESBILD_TEST_DEMO names a folder to build it in and use again.
    """
    kept = os.environ.get("LAGESBILD_TEST_DEMO")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("demo") / "kommun"
    done = subprocess.run(
        [sys.executable, "-m", "geo.cli", "--json", "demo", str(folder), "--no-serve"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="session")
def demo_folder(demo_answer: dict[str, Any]) -> Path:
    """Return the demo's workspace; tests read it and change nothing in it."""
    return Path(demo_answer["workspace"])


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Start Chromium once a worker, drawing WebGL in software: Playwright allows no second."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield running
        running.close()


def refuse_other_skips(report: pytest.TestReport | pytest.CollectReport) -> None:
    """In CI, turn a skip for any reason but absent outside data into a failure."""
    if os.environ.get("CI") != "true" or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    if NOT_RUN not in reason:
        report.outcome = "failed"
        report.longrepr = (
            f"{reason}\nonly absent outside data may leave a test out: use `real_data`"
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """See to it that no test is skipped silently."""
    report = yield
    refuse_other_skips(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """See to it that no whole file is skipped silently."""
    report = yield
    refuse_other_skips(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the tests that were not run for want of outside data."""
    left_out = sorted(
        report.nodeid
        for report in terminalreporter.stats.get("skipped", [])
        if NOT_RUN in str(report.longrepr)
    )
    if not left_out:
        return
    terminalreporter.section("outside data")
    count = len(left_out)
    terminalreporter.write_line(
        f"Not run: {count} {'test needs' if count == 1 else 'tests need'} outside data "
        "(put it in a folder and name that in LAGESBILD_REAL_DATA):"
    )
    for nodeid in left_out:
        terminalreporter.write_line(f"  {nodeid}")
