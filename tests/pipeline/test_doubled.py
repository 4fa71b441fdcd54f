"""One register under two names: said at the load, in JSON, and on the page of data quality."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from geo.cli import app
from geo.ingest import Mapping
from geo.maps import Role
from geo.maps.quality import data_quality, quality_page
from geo.pipeline import LoadReport, Workspace, load, undo
from geo.settings import Profile

if TYPE_CHECKING:
    from pathlib import Path

TOML = """frame = "lamps"
source = "{source}"
crs = "EPSG:3006"
[columns]
ref = "nr"
pole_ref = "nr"
x = "x"
y = "y"
[constants]
state = "working"
"""
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "kommun", Profile(name="Provby"))


def files(workspace: Workspace, source: str, *, n: int = 30, first: int = 0) -> tuple[Path, Path]:
    """Write a register of poles and its mapping."""
    rows = [f"{first + i};{500_000 + 30 * (first + i)};6300000" for i in range(n)]
    file, told = workspace.folder / "stolpar.csv", workspace.folder / f"{source}.toml"
    file.write_text("\n".join(["nr;x;y", *rows]) + "\n", encoding="utf-8")
    told.write_text(TOML.format(source=source), encoding="utf-8")
    return file, told


def put(workspace: Workspace, source: str, **rows: int) -> LoadReport:
    """Load a register under a name."""
    file, told = files(workspace, source, **rows)
    with workspace.store() as store:
        return load(workspace, store, file, mapping=Mapping.read(told))


def attention(workspace: Workspace, role: Role = Role.COORDINATOR) -> list[dict[str, Any]]:
    """Give what the page says of doubled registers."""
    with workspace.store() as store:
        found = data_quality(store, timezone="Europe/Stockholm", now=NOW)
    page = quality_page(found, role=role, profile=workspace.profile)
    return [item for item in page["attention"] if item["code"] == "doubled"]


def test_a_register_under_a_second_name_is_told_until_it_is_undone(workspace: Workspace) -> None:
    assert put(workspace, "stolpar-2024").also_in == {}
    again = put(workspace, "stolpar-2024")
    assert (again.n_unchanged, again.also_in) == (30, {}), "the same name is the same register"
    second = put(workspace, "belysning")
    assert (second.n_new, second.also_in) == (30, {"stolpar-2024": 30})
    (item,) = attention(workspace)
    assert item["source"] == "belysning"
    assert item["level"] == "warn"
    assert "30\u00a0rader finns redan under källan stolpar-2024" in item["sentence"]
    assert second.batch_id in item["fix"]
    assert attention(workspace, Role.FORUM) == []
    with workspace.store() as store:
        undo(workspace, store, second.batch_id)
    assert attention(workspace) == []


def test_two_registers_side_by_side_are_not_one(workspace: Workspace) -> None:
    put(workspace, "kommunen")
    assert put(workspace, "foreningen", first=50).also_in == {}
    assert attention(workspace) == []


def test_the_command_line_says_so_and_how_to_mend_it(workspace: Workspace) -> None:
    put(workspace, "stolpar-2024", n=1)
    file, told = files(workspace, "belysning", n=1)
    words = ["--workspace", str(workspace.folder), "load", "lamps", str(file), "--map", str(told)]
    said = CliRunner().invoke(app, words).stdout
    assert "lamps: 1 rad läst (inläsning b0002)." in said
    assert "   1 ny, 0 ändrade, 0 oförändrade, 0 avvisade, 0 tas inte emot." in said
    assert "OBS: 1 av 1 rad finns redan under källan stolpar-2024." in said
    mend = f"lagesbild --workspace {workspace.folder} undo b0002"
    assert f"Ångra med {mend} och läs in filen med --source stolpar-2024." in said
    undone = CliRunner().invoke(app, ["--workspace", str(workspace.folder), "undo", "b0002"])
    assert "Ångrat: 1 rad bort, 0 rader åter som de var (ljuspunkter)." in undone.stdout
    told_json = CliRunner().invoke(app, ["--json", *words]).stdout.splitlines()[-1]
    assert json.loads(told_json)["also_in"] == {"stolpar-2024": 1}


@pytest.mark.parametrize("where", ["kommun", "./kommun"])
def test_rejects_are_named_from_where_the_user_stands(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    file, told = files(workspace, "stolpar", n=3)
    file.write_text(file.read_text(encoding="utf-8") + "9;;\n", encoding="utf-8")
    away = workspace.folder.parent
    monkeypatch.chdir(away)
    words = ["--workspace", where, "load", "lamps", str(file), "--map", str(told)]
    said = CliRunner().invoke(app, words).stdout
    path = said.split("med radnummer och skäl: ")[1].split("\n")[0]
    assert (away / path).read_text(encoding="utf-8-sig").startswith("rad;")
    quality = CliRunner().invoke(app, ["--workspace", where, "quality"]).stdout
    assert "Radnumren står i kommun/out/rejects-b0001.csv" in quality
    answer = json.loads(CliRunner().invoke(app, ["--json", *words]).stdout.splitlines()[-1])
    assert (away / answer["rejects"]).is_file()
    monkeypatch.chdir(workspace.folder)
    here = CliRunner().invoke(app, words[2:]).stdout
    assert "med radnummer och skäl: out/rejects-b0003.csv" in here
    file.write_text("nr;x;y\n9;;\n", encoding="utf-8")
    monkeypatch.chdir(away)
    refused = CliRunner().invoke(app, words)
    assert "kommun/out/rejects-stolpar.csv" in str(refused.exception)
