"""The light benchmark on one seed: what is planted is found, and calm is called calm."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "light_truth.py"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench() -> Any:
    spec = importlib.util.spec_from_file_location("light_truth", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_planted_is_found_and_the_look_alike_cleared(bench: Any) -> None:
    t: Counter[str] = bench.ask(1, light=True)
    assert t["planted found"] >= 0.95 * t["planted"] > 0
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
    lines = bench.table({"light matters": t, "light has no part": t})
    assert len(lines) > 10
