"""Before the first analysis: the map shows what is loaded and says that nothing is judged."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from geo.cli import app
from geo.errors import LagesbildError, NotFoundError
from geo.pipeline import Order, Workspace

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object) -> str:
    said = CliRunner().invoke(app, [str(each) for each in arguments])
    if isinstance(said.exception, LagesbildError):
        raise said.exception
    assert said.exit_code == 0, said.output
    return said.stdout


@pytest.fixture
def loaded(demo_folder: Path, tmp_path: Path) -> Path:
    """The demo with every run taken out: loaded and not analysed."""
    folder = tmp_path / "kommun"
    shutil.copytree(demo_folder, folder)
    runs = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%run_id%'"
    with closing(sqlite3.connect(folder / "lagesbild.db")) as base:
        tables = [row[0] for row in base.execute(runs)]
        for table in sorted(tables, key=lambda name: name == "runs"):
            base.execute(f"DELETE FROM {table}")  # noqa: S608 (names of the store's own tables)
        base.commit()
    return folder


def test_the_map_shows_what_is_loaded_and_says_so(loaded: Path, tmp_path: Path) -> None:
    out = tmp_path / "karta.html"
    said = run("--workspace", loaded, "map", out, "--view", "belysning")
    assert "vyn Belysning finns när" in said
    page = out.read_text(encoding="utf-8")
    assert "Ingen analys är gjord än" in page
    assert "Ingen plats sticker ut" not in page


def test_a_loaded_layer_can_be_exported_and_findings_are_empty(
    loaded: Path, tmp_path: Path
) -> None:
    lamps: dict[str, Any] = json.loads(
        run("--json", "--workspace", loaded, "export", "lamps", tmp_path / "lampor.csv")
    )
    assert lamps["n"] > 1000
    places = run("--json", "--workspace", loaded, "export", "places", tmp_path / "p.csv")
    assert json.loads(places)["n"] == 0


def test_with_nothing_loaded_it_says_what_to_do(tmp_path: Path) -> None:
    run("init", tmp_path / "k")
    with pytest.raises(NotFoundError, match="nothing is loaded") as refused:
        run("--workspace", tmp_path / "k", "map", tmp_path / "a.html")
    assert "lagesbild load" in refused.value.fix


def test_a_week_that_was_not_analysed_is_still_refused(loaded: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        run("--workspace", loaded, "map", tmp_path / "a.html", "--week", "2026-W47")


def test_a_period_nobody_asked_for_is_what_the_data_cover(demo_folder: Path) -> None:
    from geo.clock import Week
    from geo.pipeline.order import period_weeks, weeks_covered

    workspace = Workspace.open(demo_folder)
    zone = workspace.profile.timezone
    with workspace.store() as store:
        first = Week.of(
            store.read("incidents")["occurred_from"].min().to_pydatetime(), timezone=zone
        )
        assert period_weeks(store, first.shift(200), timezone=zone) == 52
        assert weeks_covered(store, first.shift(29), timezone=zone) in {29, 30}
        assert period_weeks(store, first.shift(29), timezone=zone) in {29, 30}
        assert period_weeks(store, first.shift(1), timezone=zone) == 4
        assert weeks_covered(store, first.shift(-5), timezone=zone) == 0


def test_the_analysis_says_that_the_period_is_shorter(loaded: Path) -> None:
    said = run("--workspace", loaded, "analyse", "--week", "2024-W20")
    assert "så perioden är" in said
    with Workspace.open(loaded).store() as store:
        weeks = store.run_for("2024-W20").order["weeks"]
    assert 20 <= weeks <= 26
    assert f"perioden är {weeks} veckor i stället för 52" in said
    assert Order(week="2024-W20").weeks == 52
