"""A workspace's past replayed: the promised JSON, no look ahead, and a page that says it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo.errors import AnalysisError
from geo.ingest import Mapping
from geo.maps.backtest_page import page, sentence
from geo.pipeline import Workspace, load
from geo.pipeline.backtest import Question, backtest
from geo.settings import Profile

ROOT = Path(__file__).resolve().parents[2]
MAPPING = """
frame = "incidents"
source = "prov"
crs = "EPSG:3006"
timezone = "Europe/Stockholm"
[columns]
ref = "nr"
x = "x"
y = "y"
occurred_from = "tid"
found_by = "av"
[constants]
category = "vandalism"
"""
PROMISED = (
    "frame", "unit", "cell_m", "share", "area_km2", "horizon_days", "folds", "n_train", "n_test",
    "methods", "pairs",
)  # fmt: skip
PER_METHOD = (
    "name", "hits", "n", "hit_rate", "hit_rate_low", "hit_rate_high", "pai", "pai_low",
    "pai_high", "pei_same_k", "pei_same_area",
)  # fmt: skip


def rows(*, moved: bool = False) -> pd.DataFrame:
    """A year of 1 200 incidents; `moved`: what comes after 26 October lies and falls elsewhere."""
    rng = np.random.default_rng(11)
    hot = rng.integers(0, 12, 1200)
    east = 500_000 + np.where(hot < 6, 300 * hot, rng.uniform(0, 4500, 1200))
    north = 6_400_000 + np.where(hot < 6, 450 * (hot % 4), rng.uniform(0, 4500, 1200))
    east, north = east + rng.uniform(5, 40, 1200), north + rng.uniform(5, 40, 1200)
    when = pd.Timestamp("2026-01-05") + pd.to_timedelta(rng.uniform(0, 330, 1200), unit="D")
    when = when.where(when.hour != 2, when + pd.Timedelta(hours=1))  # no hour the clocks skip
    late = when >= pd.Timestamp("2026-10-26 06:00")
    if moved:
        east = np.where(late, 504_000 + rng.uniform(0, 300, 1200), east)
        when = when.where(~late, when + pd.Timedelta(days=2))
    return pd.DataFrame({
        "nr": np.arange(1200), "x": east.round(1), "y": north.round(1),
        "tid": when.strftime("%Y-%m-%d %H:%M"), "av": np.where(hot == 11, "patrol", "report"),
    })  # fmt: skip


def town(folder: Path, table: pd.DataFrame) -> Workspace:
    """Make a workspace with these incidents and no streets."""
    made = Workspace.create(folder / "kommun", Profile.parse({"name": "Provby"}))
    table.to_csv(folder / "prov.csv", index=False)
    (folder / "prov.toml").write_text(MAPPING, encoding="utf-8")
    with made.store() as store:
        load(made, store, folder / "prov.csv", mapping=Mapping.read(folder / "prov.toml"))
    return Workspace.open(folder / "kommun")


def ask(made: Workspace, **question: Any) -> dict[str, Any]:
    """Ask with few folds."""
    with made.store() as store:
        return backtest(made, store, Question(**({"folds": 8, "horizon_days": 14} | question)))


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The year as it was."""
    return town(tmp_path_factory.mktemp("bt"), rows())


@pytest.fixture(scope="module")
def answer(here: Workspace) -> dict[str, Any]:
    """Its backtest."""
    return ask(here)


def test_the_answer_is_the_promised_json(answer: dict[str, Any]) -> None:
    assert list(answer)[: len(PROMISED)] == list(PROMISED)
    again = json.loads(json.dumps(answer))
    names = [row["name"] for row in again["methods"]]
    assert names[:2] == ["auto", "naive"]
    assert {"kde-default", "kde-default-250"} <= set(names)
    for row in again["methods"]:
        assert set(PER_METHOD) <= set(row)
        assert row["n"] == again["n_test"]
        assert row["hit_rate_low"] <= row["hit_rate"] <= row["hit_rate_high"]
        assert 0 <= row["pei_same_area"] <= row["pei_same_k"] <= 1
    assert all(p["low"] <= p["ratio"] <= p["high"] for p in again["pairs"])
    assert again["cells_listed"] == round(0.01 * again["cells"])


def test_the_command_prints_what_was_foretold_beside_what_came(
    here: Workspace, answer: dict[str, Any]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "geo.cli", "backtest", "--workspace", str(here.folder),
         "--horizon-days", "14", "--folds", "8"],
        check=True, capture_output=True, encoding="utf-8", cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "TERM": "dumb"},
    )  # fmt: skip
    lines = done.stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if "Förutsagt och inträffat" in line)
    shown = [re.findall(r"[\d.]+", line) for line in lines[at + 1 : at + 5]]
    assert [(float(row[2]), float(row[3])) for row in shown] == [
        (round(row["foretold"], 1), row["came"]) for row in answer["calibration"]
    ]


def test_what_patrols_found_is_neither_evidence_nor_a_hit(answer: dict[str, Any]) -> None:
    n_found = int((rows()["av"] == "patrol").sum())
    assert answer["left_out"]["found_by_patrol"] == n_found
    assert answer["n_train"] + answer["n_test"] + answer["n_outside"] == 1200 - n_found


def test_the_planted_places_are_caught(answer: dict[str, Any]) -> None:
    by_name = {row["name"]: row for row in answer["methods"]}
    assert by_name["auto"]["hit_rate"] > 0.3
    assert by_name["auto"]["hits"] > 0.9 * by_name["naive"]["hits"]
    assert sum(row["came"] for row in answer["calibration"]) == answer["n_test"]


def test_shifting_the_future_changes_no_past_score(answer: dict[str, Any], tmp_path: Path) -> None:
    other = ask(town(tmp_path, rows(moved=True)))
    assert other["until"] != answer["until"] or other["by_fold"] != answer["by_fold"]
    # the same last day makes the same folds: put one quiet row there in both
    table = rows()
    end = table["tid"].max()
    moved = rows(moved=True)
    moved = moved[moved["tid"] < end]
    moved.loc[len(table)] = [9999, 500_000.0, 6_400_000.0, end, "report"]
    (tmp_path / "b").mkdir()
    shifted = ask(town(tmp_path / "b", moved))
    assert shifted["until"] == answer["until"]
    early = [f for f in answer["by_fold"] if f["fold"] < 5]  # they end before 26 October
    assert [f for f in shifted["by_fold"] if f["fold"] < 5] == early
    assert shifted["by_fold"][-1] != answer["by_fold"][-1]


def test_thinning_is_drawn_by_its_seed(here: Workspace) -> None:
    one = ask(here, thin=0.4, replicates=2, seed=3, methods=("auto",))
    assert one == ask(here, thin=0.4, replicates=2, seed=3, methods=("auto",))
    assert one["n_test"] < 0.6 * 2 * 400
    assert len(one["by_fold"]) == 2 * one["folds"]
    assert [row["name"] for row in one["methods"]] == [
        "auto", "naive", "kde-default", "kde-default-250"
    ]  # fmt: skip


def test_hits_are_the_mean_over_the_grids(
    here: Workspace, answer: dict[str, Any], tmp_path: Path
) -> None:
    one = ask(here, grids=1)
    assert (one["grids"], answer["grids"]) == (1, 4)
    assert one["n_test"] == answer["n_test"]
    assert [row["n"] for row in one["by_fold"]] == [row["n"] for row in answer["by_fold"]]
    # the second grid lies half a cell north-east: the same as moving everything south-west
    two = ask(here, grids=2)
    table = rows()
    moved = ask(town(tmp_path, table.assign(x=table["x"] - 75, y=table["y"] - 75)), grids=1)
    assert moved["by_fold"] != one["by_fold"]
    for row, first, other in zip(*(a["methods"] for a in (two, one, moved)), strict=True):
        assert row["hits"] == pytest.approx((first["hits"] + other["hits"]) / 2)


def test_too_many_folds_become_as_many_as_leave_half_the_history(here: Workspace) -> None:
    made = ask(here, folds=99, horizon_days=28)
    assert (made["folds"], made["folds_asked"]) == (5, 99)
    with pytest.raises(AnalysisError, match="too short"):
        ask(here, horizon_days=280)
    with pytest.raises(AnalysisError, match="no method called 'magic'"):
        ask(here, methods=("magic",))
    for wrong in ({"share": 0}, {"grids": 0}, {"grids": 5}):
        with pytest.raises(AnalysisError, match="shares between 0 and 1"):
            Question(**wrong)


def test_the_page_says_it_in_swedish_and_asks_the_net_for_nothing(answer: dict[str, Any]) -> None:
    text = page(answer, name="Prov <by>")
    assert "Prov &lt;by&gt;" in text
    assert sentence(answer) in text
    assert not re.search(r"https?://|src=|@import", text)
    for words in ("Enkel räkning", "går inte att avgöra", "PEI, samma yta", "egen personal"):
        assert words in text + sentence(answer | {"pairs": [
            {"a": "auto", "b": "naive", "ratio": 1.0, "low": 0.9, "high": 1.1}]})  # fmt: skip
    worse = answer | {"pairs": [{"a": "auto", "b": "naive", "ratio": 0.8, "low": 0.7, "high": 0.9}]}
    assert "Den enkla räkningen är bättre" in sentence(worse)
    assert "För få" in sentence(answer | {"pairs": []})
