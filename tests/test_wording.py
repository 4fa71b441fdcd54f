"""Errors in Swedish: recognised by their template, written as Swedes write, never hidden."""

from __future__ import annotations

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import IngestError, NotFoundError
from geo.wording import catalogue, speak, swedish, value_text

NBSP = "\u00a0"


def test_an_error_is_said_in_swedish_and_stays_english_itself() -> None:
    error = IngestError(
        "händelser.csv lacks 2 of the mapping's columns: Öst, Nord.",
        found="Ärende, E, N",
        expected="Öst, Nord",
        fix="correct the names under [columns] in the mapping (perhaps Öst -> E)",
    )
    assert speak(error).problem == "händelser.csv saknar 2 av mappningens kolumner: Öst, Nord."
    assert speak(error).fix == "rätta namnen under [columns] i mappningen (kanske Öst -> E)"
    assert speak(error).facts == {"found": "Ärende, E, N", "expected": "Öst, Nord"}
    assert speak(error, lang="en").problem == error.problem
    assert str(error).startswith("händelser.csv lacks 2")


def test_numbers_are_written_as_swedes_write_them() -> None:
    assert swedish("12,345 of 120000 located rows inside", table="values") == (
        f"12{NBSP}345 av 120{NBSP}000 rader med läge ligger innanför"
    )
    assert swedish("at least 97.5%", table="values") == f"minst 97,5{NBSP}%"
    assert value_text(0.25) == "0,25"
    assert value_text(9999) == "9999"
    assert value_text(-12345.5) == f"-12{NBSP}345,5"
    assert value_text([1, "2.5", None]) == "1, 2.5, inget"
    assert value_text({"ways": 10000}) == f"ways 10{NBSP}000"
    assert value_text("2026-W47") == "2026-W47"


def test_what_the_reader_wrote_is_never_translated() -> None:
    """A file, a column or a word of theirs stands as they wrote it, also where it looks ours."""
    assert (
        swedish("there is no file 'none.csv'.", table="problems") == "Filen ”none.csv” finns inte."
    )
    assert swedish("there is no file 'C:\\\\a b.csv'.", table="problems") == (
        "Filen ”C:\\a b.csv” finns inte."
    )
    assert swedish("a mapping has no key 'aktor', 'it''s'.", table="problems").endswith("'s'.")
    assert swedish("column 'layer' looks like free text, not a category.", table="problems") == (
        "Kolumnen ”layer” ser ut som fritext, inte som en kategori."
    )
    assert swedish("type of light, E, N", table="values") == "type of light, E, N"


def test_several_faults_are_said_one_by_one() -> None:
    both = "[columns] x and y belong together; encoding 'latin-x' is not known; nobody's words"
    assert swedish(both, table="values") == (
        "[columns] x och y hör ihop: båda eller ingen; encoding ”latin-x” är okänd; nobody's words"
    )


@pytest.mark.parametrize("table", ["problems", "fixes", "values"])
def test_what_the_catalogue_does_not_know_is_said_in_english(table: str) -> None:
    assert swedish("the moon is in the way.", table=table) == "the moon is in the way."
    assert swedish("", table=table) == ""


@given(words=st.text(max_size=200), table=st.sampled_from(["problems", "fixes", "values", "words"]))
def test_no_text_makes_it_stumble(words: str, table: str) -> None:
    assert isinstance(swedish(words, table=table), str)


@given(name=st.text(st.characters(exclude_characters=";{}"), min_size=1, max_size=40))
def test_a_name_comes_through_whole(name: str) -> None:
    error = NotFoundError(f"there is no run called {name!r}.", fix="use the run_id")
    assert speak(error).problem == f"Det finns ingen analys som heter ”{name}”."


@given(
    n=st.integers(-(10**9), 10**9),
    x=st.floats(allow_nan=True, allow_infinity=True),
    deep=st.recursive(st.none() | st.booleans() | st.text(max_size=5), st.lists, max_leaves=5),
)
def test_every_fact_can_be_written(n: int, x: float, deep: object) -> None:
    written = value_text(n)
    assert int(written.replace(NBSP, "")) == n
    assert isinstance(value_text([x, deep]), str)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("crs = EPSG:3006", "värdet går inte att förstå; text ska stå inom citattecken"),
        ("crs", "ett = saknas efter namnet"),
        ('crs = "a" b', "något står kvar efter värdet; där ska raden sluta"),
        ('crs = "a', "en text avslutas inte; citattecken saknas"),
        ("crs = [1, 2", "en lista avslutas inte; ] saknas"),
        ("crs = 1\ncrs = 2", "värdet anges två gånger"),
        ("[columns\nx = 1", "en ] saknas efter tabellens namn"),
        ("day = 2026-02-31", "datumet är ogiltigt"),
    ],
)
def test_a_mapping_with_a_slip_is_told_in_swedish_where(text: str, said: str) -> None:
    """The TOML reader's own words, as this Python has them."""
    with pytest.raises(tomllib.TOMLDecodeError) as slip:
        tomllib.loads(text)
    told = swedish(str(slip.value), table="values")
    assert told.endswith(said)
    assert re.match(r"rad \d+, tecken \d+: |i slutet av filen: ", told)


def test_the_closest_line_is_the_one_that_counts() -> None:
    for entries in catalogue().values():
        weights = [entry.weight for entry in entries]
        assert weights == sorted(weights, reverse=True)
    assert swedish("there is no layer called 'x'.", table="problems") == (
        "Det finns inget lager som heter ”x”."
    )
    assert swedish("there is no view called 'x'.", table="problems") == (
        "Det finns ingen vy som heter ”x”."
    )
