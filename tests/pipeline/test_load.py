"""A load that keeps nothing: refused when the rows are impossible, told when they are not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from geo.cli import app
from geo.errors import IngestError
from geo.ingest import Mapping
from geo.pipeline import LoadReport, Workspace, load
from geo.settings import Profile

if TYPE_CHECKING:
    from pathlib import Path

TOML = """frame = "incidents"
source = "prov"
crs = "EPSG:3006"
[columns]
ref = "nr"
occurred_from = "tid"
x = "x"
y = "y"
setting = "var"
[constants]
category = "graffiti"
[skip]
var = ["vattenläcka"]
[values.setting]
"Lägenhet" = "dwelling"
"Torg" = "outdoor"
"""
GOOD, NEVER, HOME, OTHER = (
    "2026-03-02 12:00;500000;6300000;Torg",
    "i onsdags;500000;6300000;Torg",
    "2026-03-02 12:00;500000;6300000;Lägenhet",
    "2026-03-02 12:00;500000;6300000;vattenläcka",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "kommun", Profile(name="Provby"))


def put(workspace: Workspace, *rows: str) -> LoadReport:
    """Load such rows, numbered."""
    file, told = workspace.folder / "vecka 9.csv", workspace.folder / "prov.toml"
    lines = ["nr;tid;x;y;var", *(f"{n};{row}" for n, row in enumerate(rows))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told.write_text(TOML, encoding="utf-8")
    with workspace.store() as store:
        return load(workspace, store, file, mapping=Mapping.read(told))


def kept(workspace: Workspace) -> tuple[int, int]:
    """Count rows and batches."""
    with workspace.store() as store:
        return len(store.read("incidents")), len(store.batches())


def test_a_file_whose_rows_are_all_rejected_is_refused_whole(workspace: Workspace) -> None:
    with pytest.raises(IngestError, match=r"no row of vecka 9\.csv can be kept") as refused:
        put(workspace, NEVER, NEVER, HOME)
    told = refused.value.facts
    assert told["found"] == "2 of 3 rows rejected, and 1 are not ours: time_unreadable (2)"
    listed = (workspace.folder / str(told["rejects"])).read_text(encoding="utf-8-sig")
    assert listed.splitlines()[1:] == ["1;time_unreadable;occurred_from",
                                       "2;time_unreadable;occurred_from"]  # fmt: skip
    assert kept(workspace) == (0, 0)
    assert Profile.read(workspace.folder).extent is None


def test_one_row_that_can_be_kept_is_enough(workspace: Workspace) -> None:
    report = put(workspace, NEVER, GOOD)
    assert (report.n_read, report.n_new, report.n_rejected) == (2, 1, 1)
    assert report.rejects == "out/rejects-b0001.csv"


def test_rows_that_are_not_ours_are_a_load_of_nothing(workspace: Workspace) -> None:
    report = put(workspace, HOME, OTHER, OTHER)
    assert (report.n_read, report.n_new, report.n_refused) == (3, 0, 3)
    assert report.refused == {"skipped": 2, "in_home": 1}
    assert kept(workspace) == (0, 1)


def test_the_command_line_says_so_in_words(workspace: Workspace) -> None:
    put(workspace, GOOD)
    folder = workspace.folder
    arguments = ["--workspace", str(folder), "load", "incidents", str(folder / "vecka 9.csv"),
                 "--map", str(folder / "prov.toml")]  # fmt: skip
    (folder / "vecka 9.csv").write_text("nr;tid;x;y;var\n1;" + HOME + "\n", encoding="utf-8")
    said = CliRunner().invoke(app, arguments)
    assert said.exit_code == 0
    assert "Tas inte emot: mellan personer i ett hem (1)." in said.stdout
    assert "Ingen rad i filen var vår att ta emot." in said.stdout


@pytest.mark.parametrize("rows", [(), ("",)])
def test_a_file_without_rows_is_refused(workspace: Workspace, rows: tuple[str, ...]) -> None:
    file = workspace.folder / "tom.csv"
    file.write_text("\n".join(["nr;tid;x;y;var", *rows]) + "\n", encoding="utf-8")
    (workspace.folder / "prov.toml").write_text(TOML, encoding="utf-8")
    with workspace.store() as store, pytest.raises(IngestError, match="no rows") as refused:
        load(workspace, store, file, mapping=Mapping.read(workspace.folder / "prov.toml"))
    assert "nothing happened" in refused.value.fix
    assert kept(workspace) == (0, 0)
