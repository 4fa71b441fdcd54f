"""The command line says no in Swedish, in lines that fit, with commands that can be copied."""

from __future__ import annotations

import json
import sys

import pytest

from geo.cli import app
from geo.cli.output import run
from geo.cli.refusal import laid_out, language, misused, refuse
from geo.errors import IngestError, NotFoundError
from geo.wording import Spoken, speak

ELSEWHERE = IngestError(
    "the file does not lie where it should: read as SWEREF99 TM (EPSG:3006) "
    "it misses the municipality's extent.",
    found="0 of 12000 located rows inside",
    expected="at least 95%",
    would_fit="RT90 2.5 gon V (EPSG:3021)",
    fix='check with whoever exported the file; then write crs = "EPSG:3021" in the mapping',
)


def test_it_is_laid_out_for_eighty_columns() -> None:
    """By hand: what a person at 23.00 reads about RT 90 taken for SWEREF 99 TM."""
    told = laid_out(speak(ELSEWHERE), width=80).replace("\u00a0", " ")
    assert told.splitlines() == [
        "Filen ligger inte där den ska. Läst som SWEREF99 TM (EPSG:3006) hamnar den",
        "utanför kommunens utbredning.",
        "  hittades:   0 av 12 000 rader med läge ligger innanför",
        "  väntades:   minst 95 %",
        "  passar:     RT90 2.5 gon V (EPSG:3021)",
        "  gör så här: stäm först av med den som exporterade filen; skriv",
        '              `crs = "EPSG:3021"` i mappningen',
    ]


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100])
def test_lines_fit_and_commands_stay_whole(width: int) -> None:
    command = "`lagesbild load incidents FIL --map MAPPNING`"
    long = Spoken("Ord " * 40, {"found": "kolumn, " * 30}, f"läs in en fil först: {command}")
    lines = laid_out(long, width=width).splitlines()
    assert [line for line in lines if len(line) > width and command not in line] == []
    assert any(command in line for line in lines)


def test_a_pipe_gets_a_line_for_each_thing() -> None:
    assert laid_out(speak(ELSEWHERE), width=None).count("\n") == 4


def test_questions_to_settle_stand_on_lines_of_their_own() -> None:
    spoken = Spoken("a.csv kan inte läsas in än.", {"unsure": "(1) Vilken? (2) När?"}, "svara")
    assert laid_out(spoken, width=80).splitlines()[1:3] == [
        "  att avgöra: (1) Vilken?",
        "              (2) När?",
    ]


@pytest.mark.parametrize(
    ("said", "lang"), [("", "sv"), ("en", "en"), ("en_GB.UTF-8", "en"), ("sv", "sv"), ("de", "sv")]
)
def test_swedish_unless_english_is_asked_for(
    said: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAGESBILD_LANG", said)
    assert language() == lang


def test_a_machine_gets_the_code_and_names_of_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    refuse(ELSEWHERE, as_json=True)
    told = json.loads(capsys.readouterr().out)["error"]
    assert told["code"] == "ingest"
    assert set(told["facts"]) == {"found", "expected", "would_fit"}
    assert told["problem"].startswith("Filen ligger inte där den ska.")


def test_english_is_the_error_as_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAGESBILD_LANG", "en")
    refuse(ELSEWHERE, as_json=False)
    assert capsys.readouterr().err == f"{ELSEWHERE}\n"


def test_an_error_without_swedish_is_said_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    refuse(NotFoundError("the moon is gone.", fix="wait for it", phase=0.5), as_json=False)
    told = capsys.readouterr().err
    assert told == "the moon is gone.\n  phase:      0,5\n  gör så här: wait for it\n"


def test_reasons_are_named_as_the_page_of_sources_names_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = IngestError(
        "no row of a.csv can be kept, so nothing was loaded.",
        found="20 of 20 rows rejected: time_unreadable (19), position_missing (1)",
        expected="at least one row with what the frame needs",
        rejects="out/rejects-a.csv",
        fix="mend the mapping if it names the wrong column or form, else the rows in the list",
    )
    refuse(error, as_json=False)
    told = capsys.readouterr().err
    assert "20 av 20 rader avvisade: tiden går inte att läsa (19), plats saknas (1)" in told
    assert "avvisade rader: out/rejects-a.csv" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["load"], "FRAME saknas."),
        (["lod"], "Det finns inget kommando som heter ”lod”. Menade du ”load”?"),
        (["finns-inte"], "Det finns inget kommando som heter ”finns-inte”."),
        (
            ["analyse", "--weeks", "många"],
            "--weeks kan inte ha det värdet: det ska vara ett heltal.",
        ),
        (["backtest", "--share", "lite"], "--share kan inte ha det värdet: det ska vara ett tal"),
        (["analyse", "--wek", "3"], "Det finns inget --wek här. Menade du --week, --weeks?"),
        (["analyse", "--week"], "--week ska följas av ett värde."),
        (["undo", "a", "b"], "Det står för mycket i kommandot: b"),
        (["light", "--night", "nej.tif"], "filen ”nej.tif” finns inte."),
    ],
)
def test_wrong_usage_is_said_in_swedish(
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The command library's own words, as it has them now."""
    monkeypatch.delenv("LAGESBILD_LANG", raising=False)
    monkeypatch.setattr(sys, "argv", ["lagesbild", *arguments])
    with pytest.raises(SystemExit) as left:
        run(app)
    told = capsys.readouterr().err
    assert left.value.code == 2
    assert said in told
    assert "--help`" in told
    assert "gör så här: se `" in told


def test_wrong_usage_without_a_command_points_at_the_whole() -> None:
    assert misused(ValueError("?")) == 2
