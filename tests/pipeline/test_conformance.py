"""Published numbers hold to their digits; what lacks its data says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from geo.pipeline.conformance import Line, conformance, page


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return conformance(None)


def test_nothing_differs(lines: list[Line]) -> None:
    assert [line.what for line in lines if line.verdict == "differs"] == []
    assert sum(line.verdict == "same" for line in lines) >= 48


def test_without_the_data_three_lines_are_not_run() -> None:
    missing = [line for line in conformance(None) if line.verdict == "not run"]
    assert [line.section for line in missing] == ["Near repeats (C5)"] * 3


def test_with_the_data_every_line_is_run(real_data: Path) -> None:
    assert {line.verdict for line in conformance(real_data)} == {"same"}


def test_the_comparison_can_fail(lines: list[Line]) -> None:
    first = lines[0]
    assert first.ours is not None
    off = replace(first, ours=tuple(value + 1e-6 for value in first.ours))
    assert off.verdict == "differs"
    assert "differs" in page([off], version="0")


def test_the_page_says_what_was_compared(lines: list[Line]) -> None:
    text = page(lines, version="1.2.3")
    assert text.count("\n| ") >= len(lines)
    assert "Version 1.2.3" in text
    for line in lines:
        assert line.what in text
