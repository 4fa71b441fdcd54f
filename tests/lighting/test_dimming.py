"""Hours dark on purpose, as registers write them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.lighting.dimming import lamp_output, parse_schedule, schedules


@pytest.mark.parametrize(
    ("text", "at", "decision"),
    [
        ("släckt 23-05, beslut tekniska nämnden 2025-09-16 § 84",
         {22.9: 1, 23: 0, 2: 0, 4.99: 0, 5: 1, 21: 1}, "tekniska nämnden 2025-09-16 § 84"),
        ("Nattsläckt kl. 00:30\u201304:30", {0: 1, 0.5: 0, 4.25: 0, 4.5: 1}, None),
        ("dimmad till 50 % 22-05", {21: 1, 23: 0.5}, None),
        ("dimmas med 30 % kl 22:30-05", {22: 1, 23: 0.7}, None),
        ("dimmad 22-05", {23: 0.5}, None),
        ("närvarostyrd 20 % 22-06; beslut KF 2024", {23: 0.2, 7: 1}, "KF 2024"),
        ("närvarostyrd 22-06", {23: 0.25}, None),
        ("dimmad till 50 % 21-06; släckt 00-04", {22: 0.5, 1: 0, 5: 0.5}, None),
        ("off 23 to 5", {2: 0, 12: 1}, None),
        ("släckt 12-12", {0: 0, 13: 0}, None),
        ("släckt 01-24", {0.5: 1, 3: 0, 23: 0}, None),
    ],
)  # fmt: skip
def test_what_registers_write(text: str, at: dict[float, float], decision: str | None) -> None:
    found = parse_schedule(text)
    assert found is not None
    assert {hour: found.output(hour) for hour in at} == pytest.approx(at)
    assert found.decision == decision


@pytest.mark.parametrize("text", [None, "", "enligt schema", "släckt", "släckt 27-05", float("nan"),
                                  "släckt 23:75-05", "dimmad 50 %"])  # fmt: skip
def test_words_without_hours_are_no_schedule(text: object) -> None:
    assert parse_schedule(text) is None  # type: ignore[arg-type]  # a missing cell may be NaN


def test_what_nobody_said_is_marked_as_assumed() -> None:
    said, unsaid = parse_schedule("dimmad 40 % 22-05"), parse_schedule("dimmad 22-05")
    assert said is not None
    assert unsaid is not None
    assert (said.steps[0].assumed, unsaid.steps[0].assumed) == (False, True)


@given(st.text(max_size=80))
def test_any_text_is_read_or_left(text: str) -> None:
    found = parse_schedule(text)
    if found is not None:
        assert all(0 <= found.output(hour) <= 1 for hour in range(24))


def test_a_lamp_off_on_purpose_is_dark_in_its_hours_only() -> None:
    index = ["a", "b", "c", "d", "e"]
    status = pd.Series(["off_on_purpose", "off_on_purpose", "out", "working", "working"], index)
    plan = pd.Series(["släckt 23-05", "enligt beslut", None, "dimmad till 30 % 22-05", None], index)
    assert lamp_output(status, plan, hour=21).tolist() == [1, 0, 0, 1, 1]
    assert lamp_output(status, plan, hour=2).tolist() == [0, 0, 0, 0.3, 1]
    none = pd.Series([], dtype="str")
    assert lamp_output(none, none, hour=2).size == 0


def test_schedules_are_told_with_hours_share_and_decision() -> None:
    table = schedules(pd.Series(["dimmad till 50 % 22:30-05; släckt 00-04; beslut TN 2025", "hm",
                                 None]))  # fmt: skip
    assert table["kind"].tolist()[0] == "off"
    assert table["hours"].tolist()[0] == "00:00\u201304:00"
    assert table["decision"].tolist()[0] == "TN 2025"
    assert table["unreadable"].tolist() == [False, True, False]
