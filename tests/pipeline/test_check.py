"""A whole workspace says so; a broken one says what, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.pipeline import Workspace
from geo.pipeline.check import check_workspace
from geo.settings import DATABASE_NAME, KEY_NAME, Profile


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "kommun", Profile(name="Granvads kommun"))
    made.store().close()
    return made


def wrong(workspace: Workspace) -> dict[str, str]:
    return {one.what: one.told for one in check_workspace(workspace) if not one.ok}


def test_a_new_workspace_is_whole(workspace: Workspace) -> None:
    assert wrong(workspace) == {}


def test_nothing_loaded_is_not_wrong(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "kommun", Profile(name="Granvads kommun"))
    assert not (made.folder / DATABASE_NAME).exists()
    assert wrong(made) == {}


def test_a_key_others_can_read_is_told(workspace: Workspace) -> None:
    (workspace.folder / KEY_NAME).chmod(0o644)
    assert "chmod 600" in wrong(workspace)["Privat nyckel"]
    (workspace.folder / KEY_NAME).unlink()
    assert "säkerhetskopia" in wrong(workspace)["Privat nyckel"]


def test_a_damaged_database_is_found(workspace: Workspace) -> None:
    path = workspace.folder / DATABASE_NAME
    for extra in ("-wal", "-shm"):
        path.with_name(path.name + extra).unlink(missing_ok=True)
    held = bytearray(path.read_bytes())
    half = len(held) // 2  # past the first page, whatever its size
    held[half:] = b"\xff" * (len(held) - half)
    path.write_bytes(bytes(held))
    assert "skadad" in wrong(workspace)["Databas"]
