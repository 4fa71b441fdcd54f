"""Next week's export of the same source: counted exactly, and taken back to the byte."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from geo.demo import write_next_export
from geo.ingest import Mapping
from geo.maps import Role, feature_collection, picture
from geo.pipeline import Order, Workspace, analyse, latest_week, load

if TYPE_CHECKING:
    from pathlib import Path

    from geo.store import Store


@pytest.fixture
def copy(demo_folder: Path, tmp_path: Path) -> Workspace:
    """A copy of the demo that a test may change."""
    shutil.copytree(demo_folder, tmp_path / "kommun")
    return Workspace.open(tmp_path / "kommun")


def _answer(workspace: Workspace, store: Store) -> tuple[str, str]:
    """The analysis of the last week, as the bytes that leave."""
    week = str(latest_week(store, timezone=workspace.profile.timezone))
    run = analyse(workspace, store, Order(week=week))
    made = picture(store, workspace.profile, role=Role.SECURITY_CHIEF, week=week)
    return run.run_id, feature_collection(made.layer("places"))


def test_next_weeks_export_is_counted_exactly_and_undo_gives_the_former_answer(
    copy: Workspace,
) -> None:
    path = write_next_export(copy.folder)
    mapping = Mapping.read(copy.folder / "mappings" / "polisen.toml")
    with copy.store() as store:
        before = _answer(copy, store)
        rows = store.read("incidents").to_json(default=str)
        report = load(copy, store, path, mapping=mapping)
        assert (report.n_changed, report.n_new) == (10, 5)
        assert report.n_read == (
            report.n_new
            + report.n_changed
            + report.n_unchanged
            + report.n_rejected
            + report.n_refused
        )
        assert _answer(copy, store) != before
        undone = store.undo(report.batch_id)
        assert (undone.n_removed, undone.n_restored) == (5, 10)
        assert store.read("incidents").to_json(default=str) == rows
        assert _answer(copy, store) == before


def test_the_same_file_twice_changes_nothing(copy: Workspace) -> None:
    path = next((copy.folder / "files").glob("polisen_*.csv"))
    mapping = Mapping.read(copy.folder / "mappings" / "polisen.toml")
    with copy.store() as store:
        revision = store.revision("incidents")
        report = load(copy, store, path, mapping=mapping)
        assert report.n_new == report.n_changed == 0
        assert report.n_unchanged + report.n_rejected + report.n_refused == report.n_read
        assert store.revision("incidents") == revision
