"""Chicago's outages and assaults: the study reads them all, and its answer stays what it was."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from geo.lighting.outage_study import outage_study

PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "chicago_outages.py"


@pytest.fixture(scope="module")
def bench() -> Any:
    spec = importlib.util.spec_from_file_location("chicago_outages", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_block_out_changes_assaults_too_little_to_tell(bench: Any, real_data: Path) -> None:
    folder = real_data / "chicago"
    out, n = bench.requests(folder, "all")
    assert (n, len(out)) == (12518, 12246)
    crimes = bench.assaults(folder)
    assert len(crimes) == 15_139
    got = outage_study(out, crimes, timezone=bench.ZONE).set_index(["light", "zone"])
    dark = got.loc[("night", "dark")]
    assert dark[["n_before", "n_during", "n_after"]].tolist() == [22, 33, 28]
    assert dark["ratio"] == pytest.approx(1.20, abs=0.01)
    # the clustered and the exact interval are as wide as each other, and both hold 1
    assert dark["low"] < 1 < dark["high"]
    assert dark["exact_low"] < 1 < dark["exact_high"]
    assert set(got["finding"]) == {"cannot_tell"}
