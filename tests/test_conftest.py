"""The rule about skips, tried on small test files of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
CONFTEST = Path(__file__).with_name("conftest.py")


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A test folder of its own with this project's conftest and no outside data."""
    shutil.copy(CONFTEST, pytester.path / "conftest.py")
    monkeypatch.setenv("LAGESBILD_REAL_DATA", str(pytester.path / "absent"))
    pytester.syspathinsert(CONFTEST.parent.parent)
    return pytester


def run_inner(inner: pytest.Pytester, source: str) -> pytest.RunResult:
    inner.makepyfile(source)
    return inner.runpytest_inprocess("-p", "no:randomly", "-p", "no:xdist", "-p", "no:cov")


def test_absent_outside_data_leaves_a_test_out_and_says_so(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    result = run_inner(inner, "def test_a(real_data): raise AssertionError\ndef test_b(): pass")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["Not run: 1 test needs outside data*", "*::test_a"])


def test_present_outside_data_is_handed_over(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAGESBILD_REAL_DATA", str(inner.path))
    run_inner(inner, "def test_a(real_data): assert real_data.is_dir()").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    "source",
    [
        "import pytest\ndef test_a(): pytest.skip('no browser')",
        "import pytest\n@pytest.mark.skip(reason='later')\ndef test_a(): pass",
    ],
)
def test_any_other_skip_fails_in_ci_and_only_there(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setenv("CI", "true")
    result = run_inner(inner, source)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*only absent outside data may leave a test out*"])
    monkeypatch.setenv("CI", "false")
    run_inner(inner, source).assert_outcomes(skipped=1)


def test_a_whole_file_may_not_skip_itself_in_ci(
    inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    result = run_inner(inner, "import pytest\npytest.importorskip('no_such_module')")
    assert result.ret != pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*only absent outside data may leave a test out*"])
