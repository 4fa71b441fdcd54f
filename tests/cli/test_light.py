"""The planner's month on the command line, with the commands that the guide gives."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from geo.cli import app
from geo.errors import AnalysisError, LagesbildError, MapError
from geo.ingest import Mapping
from geo.pipeline import Workspace, load
from geo.settings import Profile

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "for-planeraren.md"


def answer(folder: Path, *arguments: str) -> dict[str, Any]:
    """Run a command and read the JSON it ends with."""
    done = CliRunner().invoke(app, ["--workspace", str(folder), "--json", *arguments])
    if isinstance(done.exception, LagesbildError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.output.splitlines()[-1]))


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """A copy of the demo that may be changed."""
    for name in ("profile.toml", "lagesbild.db", "reference.key"):
        target = tmp_path / "kommun" / name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(demo_folder / name, target)
    return tmp_path / "kommun"


def test_a_month_list_order_return_and_again(folder: Path, tmp_path: Path) -> None:
    listed = answer(folder, "light")
    assert listed["rows"][0]["rank"] == 1
    assert listed["measured"] is None
    path = tmp_path / "bestallning.xlsx"
    ordered = answer(folder, "light", "--order", str(path))
    assert ordered["n"] == listed["numbers"]["n_out"]
    none_left = answer(folder, "light", "--order", str(tmp_path / "b.xlsx"))
    assert (none_left["n"], none_left["file"]) == (0, None)
    assert not (tmp_path / "b.xlsx").exists()  # an order of nothing is no file
    book = openpyxl.load_workbook(path)
    sheet = book["Beställning"]
    heads = [cell.value for cell in sheet[1]]
    day = sheet.cell(2, heads.index("Beställt") + 1).value
    for row in range(2, 7):
        sheet.cell(row, heads.index("Utfört datum") + 1).value = day
    book.save(path)
    first = answer(folder, "light", "--returned", str(path))
    assert (first["n_closed"], first["n_rejected"]) == (5, 0)
    assert first["n_lamps"] + first["n_faults"] >= 5
    again = answer(folder, "light", "--returned", str(path))
    assert (again["n_unchanged"], again["batches"]) == (5, [])
    for batch in first["batches"]:
        answer(folder, "undo", batch)


def test_an_owner_nobody_has_is_refused_with_the_owners_there_are(
    folder: Path, tmp_path: Path
) -> None:
    path = str(tmp_path / "b.xlsx")
    with pytest.raises(MapError, match="no lamp in the register is owned by 'Okänd'") as refused:
        answer(folder, "light", "--order", path, "--owner", "Okänd")
    there = [name.strip() for name in str(refused.value.facts["known"]).split(",")]
    assert sum(answer(folder, "light", "--order", path, "--owner", name)["n"] for name in there) > 0


def test_walk_and_survey(folder: Path, tmp_path: Path) -> None:
    blank, meeting = tmp_path / "protokoll.xlsx", tmp_path / "lista.html"
    assert answer(folder, "light", "--blank", str(blank))["n_blank"] == 20
    assert answer(folder, "light", "--returned", str(blank))["n_blank"] == 20
    assert answer(folder, "light", "--meeting", str(meeting))["n_meeting"] == 0
    assert "0 punkter" in meeting.read_text(encoding="utf-8")
    log = tmp_path / "lux.csv"
    lines = [f"2026-11-18 20:{n:02d}:00;14,6{n:02d};57,10;{n},5" for n in range(25)]
    log.write_text("\n".join(["time;lon;lat;lux", *lines]), encoding="utf-8")
    mapping = str(ROOT / "docs" / "mappings" / "lux_log.toml")
    got = answer(folder, "load", "measurements", str(log), "--map", mapping)
    assert got["n_new"] + got["n_rejected"] == 25
    told = answer(folder, "light")["measured"]
    assert told["n"] + told["n_unlit"] == got["n_new"]


def test_without_an_analysis_the_register_speaks_for_itself(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "kommun", Profile(name="Provby"))
    file = tmp_path / "stolpar.csv"
    rows = [f"{n};{500_000 + 30 * n};6300000" for n in range(12)]
    file.write_text("\n".join(["nr;x;y", *rows]), encoding="utf-8")
    mapping = tmp_path / "stolpar.toml"
    mapping.write_text(
        'frame = "lamps"\nsource = "stolpar"\ncrs = "EPSG:3006"\n'
        'timezone = "Europe/Stockholm"\n[columns]\nref = "nr"\npole_ref = "nr"\nx = "x"\ny = "y"\n',
        encoding="utf-8",
    )
    with workspace.store() as store:
        load(workspace, store, file, mapping=Mapping.read(mapping))
    told = answer(workspace.folder, "light")
    assert (told["register"]["n"], told["register"]["spacing_m"]) == (12, [30.0, 30.0, 30.0])
    assert told["rows"] == []
    run = answer(workspace.folder, "analyse")
    assert (run["lacking"], run["weeks"], run["places"]) == (["incidents", "streets"], 52, [])
    listed = answer(workspace.folder, "light")
    assert listed["sentence"].startswith("Inget kan pekas ut att laga")
    spacing = tmp_path / "avstand.csv"
    assert answer(workspace.folder, "export", "lamp_spacing", str(spacing))["n"] == 12
    assert "30 m, 5,0 gånger höjden (antagen 6 m)" in spacing.read_text("utf-8-sig").replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_nothing_loaded_is_still_refused(tmp_path: Path) -> None:
    folder = Workspace.create(tmp_path / "kommun", Profile(name="Provby")).folder
    with pytest.raises(AnalysisError, match="no incidents, lamps or streets"):
        answer(folder, "analyse")
    with pytest.raises(AnalysisError, match="there are no streets"):
        answer(folder, "analyse", "--week", "2026-W47")


def test_the_guide_names_only_options_that_exist() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    commands = re.findall(r"`lagesbild light([^`]*)`", text)
    assert len(commands) >= 7
    said = CliRunner().invoke(app, ["light", "--help"], env={"COLUMNS": "200", "TERM": "dumb"})
    for option in {word for command in commands for word in re.findall(r"--[a-z]+", command)}:
        assert option in said.output
