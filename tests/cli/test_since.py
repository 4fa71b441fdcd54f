"""After data change, every outlet says that places and measures are older than they."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from geo.cli import app
from geo.maps import Role, picture
from geo.maps.since import changed_since
from geo.maps.worklist import worklist
from geo.pipeline import Workspace

if TYPE_CHECKING:
    from pathlib import Path

OLDER = "Ljuspunkter har ändrats efter analysen."


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """A copy of the demo that may be changed."""
    target = tmp_path / "kommun"
    target.mkdir()
    for name in ("profile.toml", "lagesbild.db", "reference.key"):
        shutil.copy(demo_folder / name, target / name)
    return target


def run(folder: Path, *words: str) -> str:
    """Run a command and read what it tells."""
    done = CliRunner().invoke(app, ["--workspace", str(folder), *words])
    assert done.exit_code == 0, done.output
    return done.output


def notes(folder: Path, role: str) -> tuple[list[str], list[str]]:
    """Read the notes of the map and of the worklist."""
    workspace = Workspace.open(folder)
    with workspace.store() as store:
        made = picture(store, workspace.profile, role=role)
    listed = worklist(made).told["notes"] if role == Role.PLANNER else []
    return made.situation["notes"], listed


def test_a_picture_older_than_its_registers_says_so_and_how_to_mend_it(folder: Path) -> None:
    fresh = notes(folder, Role.PLANNER)
    assert not any("ändrats efter analysen" in note for told in fresh for note in told)
    with Workspace.open(folder).store() as store:
        batches = store.batches()
    lamps = batches.loc[batches["frame"] == "lamps", "batch_id"].iloc[-1]
    undone = run(folder, "undo", lamps)
    assert "(ljuspunkter)" in undone
    assert f"kör lagesbild --workspace {folder} analyse." in undone.replace("\n", " ")
    for told in notes(folder, Role.PLANNER):
        assert any(note.startswith(OLDER) for note in told)
    # who cannot run it is not told to
    assert not any(note.startswith(OLDER) for note in notes(folder, Role.PUBLIC)[0])


def test_reports_and_visits_that_come_in_all_week_make_nothing_old() -> None:
    then = {"incidents": 3, "reports": 1, "visits": 1, "lamps": 0}
    assert changed_since(then, {**then, "reports": 9, "visits": 4}) == []
    assert changed_since(then, {**then, "faults": 1, "incidents": 4}) == ["incidents", "faults"]
    assert changed_since({}, {}) == []
