from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ingest.numbers import parse_numbers


def one(text: str, **given: str) -> float | None:
    values, unreadable = parse_numbers(pd.Series([text], dtype="str"), **given)
    assert bool(unreadable[0]) == (math.isnan(values[0]) and text.strip() != "")
    return None if math.isnan(values[0]) else float(values[0])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("6304550,69", 6304550.69),
        ("6304550.69", 6304550.69),
        ("59\u00a0015,50", 59015.5),
        ("59\u2009015,50", 59015.5),
        ("6 304 550", 6304550.0),
        ("1.234.567,8", 1234567.8),
        ("1,234,567.8", 1234567.8),
        ("1,234,567", 1234567.0),
        ("-75,56985400000", -75.569854),
        ("\u22125", -5.0),
        ("16 ft", 4.8768),
        ("3,5 klm", 3500.0),
        ("", None),
        ("inf", None),
        ("1e999", None),
        ("nan", None),
        ("12,34.5", None),
        ("12 3", None),
        ("286(LED)", None),
        ("0x10", None),
        ("1,2,3", None),
        ("abc", None),
    ],
)
def test_known_answers(text: str, number: float | None) -> None:
    got = one(text)
    assert got == number or (got is not None and math.isclose(got, number or 0.0))


def test_a_declared_sign_decides_what_a_lone_comma_is() -> None:
    assert one("1,234") == 1.234
    assert one("1,234", decimal=".") == 1234.0
    assert one("1.234", decimal=",") == 1234.0
    assert one("12,5", decimal=".") is None


def test_a_declared_unit_converts_bare_numbers_and_lets_other_words_pass() -> None:
    assert one("10", unit="ft") == pytest.approx(3.048)
    assert one("10,5", unit="ft") == pytest.approx(3.2004)
    assert one("10 m", unit="ft") == 10.0
    assert one("286(LED)", unit="W") == 286.0


@pytest.mark.parametrize("two", ["250/85", "286(LED)/66(LED)", "8 ft 6 in"])
def test_two_numbers_in_a_cell_are_none_of_them(two: str) -> None:
    assert one(two, unit="W") is None


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_swedish_and_english_forms_of_a_number_are_the_same_number(whole: int, part: int) -> None:
    number = float(f"{whole}.{part:02d}")
    spaced = f"{whole:,}".replace(",", "\u00a0") + f",{part:02d}"
    dotted = f"{whole:,}".replace(",", ".") + f",{part:02d}"
    cells = pd.Series([f"{whole}.{part:02d}", f"{whole},{part:02d}", spaced, dotted], dtype="str")
    values, unreadable = parse_numbers(cells)
    assert not unreadable.any()
    assert values.tolist() == pytest.approx([number] * 4)


@given(st.lists(st.text(max_size=8)))
def test_no_text_breaks_it_and_nothing_is_infinite(texts: list[str]) -> None:
    for decimal in (None, ",", "."):
        values, _ = parse_numbers(pd.Series(texts, dtype="str"), decimal=decimal)
        assert not values.isin([math.inf, -math.inf]).any()
