"""Loading without a mapping: shown, asked, written, refused; never assumed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from geo.cli import app
from geo.cli.propose import _choices
from geo.errors import IngestError
from geo.ingest import Mapping

if TYPE_CHECKING:
    from pathlib import Path

CLEAR = "nr;tid;typ;E;N\n" + "\n".join(
    f"{n};2026-11-{1 + n % 20:02d} 21:30;Klotter;{487_000 + n},5;{6_303_000 + n}" for n in range(30)
)
UNCLEAR = CLEAR.replace("2026-11-", "").replace(" 21:30", "/11/2026 21:30").replace("/11/", "/05/")


@pytest.fixture
def kommun(tmp_path: Path) -> Path:
    """A workspace and two files: one that says all, one whose dates could be either."""
    started = CliRunner().invoke(app, ["init", str(tmp_path / "kommun"), "--name", "Provby"])
    assert started.exit_code == 0, started.output
    (tmp_path / "klar.csv").write_text(CLEAR, encoding="utf-8")
    lines = UNCLEAR.splitlines()
    kept = [lines[0], *(line for line in lines[1:] if int(line.split(";")[1][:2]) <= 12)]
    (tmp_path / "oklar.csv").write_text("\n".join(kept), encoding="utf-8")
    return tmp_path / "kommun"


def run(kommun: Path, *arguments: object, answer: str | None = None) -> Result:
    said = CliRunner().invoke(app, ["--workspace", str(kommun), *map(str, arguments)], input=answer)
    if isinstance(said.exception, IngestError):
        raise said.exception
    return said


def machine(kommun: Path, *arguments: object) -> dict[str, Any]:
    return dict(json.loads(run(kommun, "--json", *arguments).stdout.splitlines()[-1]))


def test_a_clear_file_is_loaded_at_once_and_the_proposal_told(kommun: Path) -> None:
    file = kommun.parent / "klar.csv"
    got = machine(kommun, "load", "incidents", file)
    assert (got["n_read"], got["n_new"]) == (30, 30)
    assert got["proposal"]["mapping"]["columns"] == {
        "ref": "nr", "x": "E", "y": "N", "occurred_from": "tid", "category": "typ"}  # fmt: skip
    assert got["proposal"]["mapping"]["crs"] == "EPSG:3006"
    again = machine(kommun, "load", "incidents", file, "--yes")
    assert again["n_unchanged"] == 30


def test_people_see_what_would_be_read_and_five_rows(kommun: Path) -> None:
    said = run(kommun, "load", "incidents", kommun.parent / "klar.csv").stdout
    assert "Förslag: klar.csv läses som incidents (alla 30 rader är genomgångna)." in said
    assert "crs = EPSG:3006" in said
    assert "occurred_from <- tid" in said
    assert said.count("Klotter -> graffiti") == 6  # the words, and five rows
    assert "30 nya" in said


def test_what_is_decisive_stops_a_pipe_and_yes_does_not_wave_it_through(kommun: Path) -> None:
    for more in ((), ("--yes",)):
        with pytest.raises(IngestError, match="1 thing") as refused:
            run(kommun, "load", "incidents", kommun.parent / "oklar.csv", *more)
        assert 'Skriv: date_order = "dmy" eller date_order = "mdy"' in str(
            refused.value.facts["unsure"]
        )
        assert "--write-map" in refused.value.fix


def test_a_written_mapping_is_settled_by_one_line_and_loads(kommun: Path) -> None:
    file, written = kommun.parent / "oklar.csv", kommun.parent / "m.toml"
    with pytest.raises(IngestError, match="settled") as refused:
        run(kommun, "load", "incidents", file, "--write-map", written)
    assert f"--map {written}" in refused.value.fix
    text = written.read_text(encoding="utf-8")
    settled = text.replace('#    date_order = "dmy"', 'date_order = "dmy"')
    written.write_text(settled, encoding="utf-8")
    got = machine(kommun, "load", "incidents", file, "--map", written)
    assert got["n_new"] == got["n_read"] > 0
    assert got["period"][0].startswith("2026-05")


def test_only_writing_loads_nothing_and_never_over_a_file(kommun: Path) -> None:
    file, written = kommun.parent / "klar.csv", kommun.parent / "m.toml"
    got = machine(kommun, "load", "incidents", file, "--write-map", written)
    assert got["batch_id"] is None
    assert Mapping.read(written).columns["x"] == "E"
    with pytest.raises(IngestError, match="exists already"):
        run(kommun, "load", "incidents", file, "--write-map", written)
    with pytest.raises(IngestError, match="--write-map writes a proposed one"):
        run(kommun, "load", "incidents", file, "--map", written, "--write-map", written)
    with_yes = machine(kommun, "load", "incidents", file, "--write-map", kommun.parent / "n.toml",
                       "--yes")  # fmt: skip
    assert with_yes["n_new"] == 30


def test_a_terminal_is_asked_and_its_answer_holds(
    kommun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.cli.propose._talks", lambda console: not console.as_json)
    file = kommun.parent / "oklar.csv"
    said = run(kommun, "load", "incidents", file, answer="1\ny\n")
    assert "1. dag först" in said.stdout
    assert "date_order = dmy" in said.stdout
    assert "nya" in said.stdout
    no = run(kommun, "load", "incidents", kommun.parent / "klar.csv", answer="n\n")
    assert "Inget lästes in" in no.stdout


def test_what_the_analysis_makes_is_not_loaded(kommun: Path) -> None:
    with pytest.raises(IngestError, match="made by the analysis"):
        run(kommun, "load", "hotspots", kommun.parent / "klar.csv")


def test_a_long_choice_is_said_by_its_first_and_the_number_of_the_others() -> None:
    lines = [f'category = "{name}"' for name in "abcdef"]
    assert _choices([]) == ""
    assert _choices(lines[:2]) == ' Skriv: category = "a" eller category = "b".'
    assert _choices(lines).endswith('category = "d", eller en av de 2 andra i mappningsfilen.')
