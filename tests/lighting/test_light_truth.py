"""The light benchmark on one seed: what is planted is found, and calm is called calm."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"
pytestmark = pytest.mark.slow


def _module(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bench() -> Any:
    return _module("light_truth")


def test_what_is_planted_is_found_and_the_look_alike_cleared(bench: Any) -> None:
    t: Counter[str] = bench.ask(1, light=True)
    assert t["planted found"] >= 0.95 * t["planted"] > 0
    assert t["planted truly lit found"] == 0  # lamps out where a street beside them lights all
    assert t["outside called dark"] == t["metres dark outside"] == 0
    causes = ("outage", "missing", "unlit")
    truly = sum(t[f"truly dark {c}"] for c in causes)
    assert truly >= 0.9 * sum(t[f"stretches {c}"] for c in causes)
    assert t["one group row"] == t["pure row"] == t["groups row"] > 0
    assert (t["light gets a measure"], t["look-alike cleared"]) == (1, 1)
    assert (t["look-alike gets a measure"], t["indoors gets a measure"]) == (0, 0)


def test_where_light_has_no_part_nothing_is_out_together_and_no_darkness_is_blamed(
    bench: Any,
) -> None:
    t: Counter[str] = bench.ask(1, light=False)
    assert t["planted"] == t["groups row"] == 0
    assert t["hours more in the dark"] == t["indoors gets a measure"] == 0
    # What is to be mended is truly out; a lamp on the round is no claim that light matters.
    assert t["lamps to mend out"] == t["lamps to mend"] > 0
    assert t["light change"] == t["look-alike change"] == 0
    # Light is called uneven at a place only where the ground truly is dark.
    assert t["change truly dark"] == t["rest change"]


def test_the_table_has_shares_with_exact_intervals_and_sums_all_places() -> None:
    shown = _module("_light_table")
    tally = {"asked": 20, "look-alike cleared": 20, "light change": 1, "rest rule dim_hours": 1,
             "light places": 20, "rest places": 80}  # fmt: skip
    lines = shown.table({"a": Counter(tally), "b": Counter[str]()})
    # 0.025 ** (1 / 20): the low end of 20 in 20.
    cleared = next(x for x in lines if "inte orsaken" in x)
    assert "20/20 = 100.0 % (83.2-100.0) | none" in cleared
    assert any("1/100 = 1.0 % (0.0-5.4)" in x for x in lines)
    assert lines[-1].endswith("a: `dim_hours` 1. b: none.")
