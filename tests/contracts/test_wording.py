"""
Every error can be said in Swedish, and the catalogue holds nothing that no error says.

The texts are read from the code itself (`tests/contracts/raised.py`), each placeholder filled in,
and looked up as the doors look them up.
"""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import run
from geo.wording import Entry, catalogue, find, names
from tests.contracts.raised import Said, every_text, modules, said

ROOT = Path(run.ROOT)
LISTED = "; "
SAME = re.compile(  # codes, names, formats and numbers, which Swedish writes as English does
    r"[\d.,:;/<>=%'\-\sTZ]*|EPSG:3006|UTF-8(, UTF-16, Windows-1252)?|utf-8|UTF-16|GeoTIFF|wal"
    r"|(\.\w+(, )?)+|WebMercatorQuad|reference\.key|notices|streets, lamps|TILT=\d+|schema \d+"
    r"|run_id='\d+'"
)


@pytest.fixture(scope="module")
def told() -> list[Said]:
    """Everything errors can say."""
    return list(said(modules(ROOT)))


def parts(one: Said) -> list[str]:
    """A text as it is looked up: whole, else piece by piece."""
    assert one.text is not None
    return [one.text] if find(one.text, table=one.table) else one.text.split(LISTED)


def placeholders(template: str) -> set[str]:
    """Names of a template's placeholders."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_the_walk_finds_the_errors_there_are(told: list[Said]) -> None:
    raised = {one.text for one in told if one.table == "problems"}
    assert len(raised) > 250
    assert "there is no analysis yet." in raised  # a plain text
    assert "'701' is not a week." in raised  # with a placeholder
    assert "the disk is full; nothing was changed." in raised  # from a table
    assert "a parameter cannot be understood." in raised  # said by the service


def test_every_problem_and_fix_can_be_followed_to_its_words(told: list[Said]) -> None:
    assert [one for one in told if one.table != "values" and one.text is None] == []


def test_every_problem_and_fix_is_said_in_swedish(told: list[Said]) -> None:
    lacking = {
        (one.table, part, one.at)
        for one in told
        if one.table != "values" and one.text is not None
        for part in parts(one)
        if find(part, table=one.table) is None
    }
    assert lacking == set(), "add a line to data/errors.sv.toml"


def test_every_fact_that_is_words_is_said_in_swedish(told: list[Said]) -> None:
    lacking = {
        (part, one.at)
        for one in told
        if one.table == "values" and one.text is not None
        for part in parts(one)
        if find(part, table="values") is None and not SAME.fullmatch(part)
    }
    assert lacking == set(), "add a line to data/errors.sv.toml"


def test_every_fact_has_a_name_in_swedish_and_no_name_is_spare(told: list[Said]) -> None:
    assert set(names()) == {one.name for one in told if one.name} | {"fix"}


def test_no_line_of_the_catalogue_is_spare(told: list[Said]) -> None:
    texts = {(one.table, part) for one in told if one.text is not None for part in parts(one)}
    texts |= {(table, text) for text in every_text(modules(ROOT)) for table in ("values", "words")}
    used = {hit[0].english for table, text in texts if (hit := find(text, table=table))}
    spare = {
        entry.english
        for table, entries in catalogue().items()
        if table != "foreign"  # other libraries' words; tests/test_wording.py meets them
        for entry in entries
        if entry.english not in used
    }
    assert spare == set(), "take the line out of data/errors.sv.toml"


@pytest.mark.parametrize("table", ["problems", "fixes", "values", "words", "foreign"])
def test_both_languages_have_the_same_placeholders(table: str) -> None:
    def alike(entry: Entry) -> bool:
        return placeholders(entry.swedish) == set(entry.kinds)

    assert [entry.english for entry in catalogue()[table] if not alike(entry)] == []


def test_problems_are_sentences_and_fixes_are_instructions() -> None:
    typed = re.compile(r"(bbox|datetime|profile\.toml) ")  # a sentence may begin with these
    problems = [entry.swedish for entry in catalogue()["problems"]]
    assert [text for text in problems if not text.endswith(".")] == []
    assert [text for text in problems if text[0].islower() and not typed.match(text)] == []
    fixes = [entry.swedish for entry in catalogue()["fixes"]]
    assert [text for text in fixes if text.endswith(".") or text[0].isupper()] == []


def test_swedish_names_things_as_the_screen_does() -> None:
    never = re.compile(r"hotspot|batch|workspace|\brun\b|utsträckning|mappingen|utsatt")
    texts = [entry.swedish for entries in catalogue().values() for entry in entries]
    prose = [re.sub(r"\{\w+\}|`[^`]*`", "", text) for text in texts]
    assert [text for text in prose if never.search(text)] == []


def test_what_is_typed_is_the_same_command_in_both_languages() -> None:
    command = re.compile(r"lagesbild (\w+)(?: (?:streets|incidents|areas))?|--[a-z-]+")
    for entry in catalogue()["fixes"]:
        english = {found[0] for found in command.finditer(entry.english)}
        assert english <= {found[0] for found in command.finditer(entry.swedish)}, entry.english
