"""The dark-hours test in words: what was found, how sure, and what chance alone would give."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from geo.maps.access import Role
from geo.maps.dark_hours import GROUP_WORDS, dark_hours
from geo.maps.dark_hours import told_sentence as said
from geo.settings import Profile

ROW = {
    "area_id": None, "area": None, "group": "all", "finding": "cannot_tell", "effect": "small",
    "or_dark_vs_light": 1.247, "low": 0.92, "high": 1.69, "q": 0.5, "n": 908,
    "setting_unknown_share": 0.031,
}  # fmt: skip
TOLD = {
    "period_from": "2023-11-27T05:00:00+00:00", "period_to": "2026-11-23T05:00:00+00:00",
    "case_hours": [5, 17], "control_hours": [9, 10], "control": "light", "n_tested": 8,
    "tests": [ROW],
}  # fmt: skip


def told(summary: Any, *, role: Role = Role.PLANNER, lang: str = "sv") -> dict[str, Any] | None:
    run = SimpleNamespace(summary={"dark_hours": summary} if summary else {})
    picture = SimpleNamespace(run=run, role=role, lang=lang, profile=Profile())
    return dark_hours(picture)  # type: ignore[arg-type]  # what it reads of a picture


def test_a_test_says_its_ratio_its_limits_its_n_and_its_unknown_share() -> None:
    assert said(ROW) == (
        "Hela kommunen, alla händelsetyper: går inte att avgöra "
        "(oddskvot 1,25, 0,92\u20131,69; 908 händelser). Okänd miljö: 3\u00a0%."
    )
    assert said({**ROW, "area": "Norr", "finding": "too_few"}, lang="en") == (
        "Norr, all types: too few events."
    )


def test_silence_is_a_normal_answer_and_a_finding_names_itself() -> None:
    quiet = told(TOLD)
    assert quiet is not None
    assert quiet["sentence"].startswith("Inget område och ingen händelsetyp skiljer säkert")
    assert quiet["hours_label"] == "Klockslag 05, 17, mot de alltid ljusa 09, 10."
    assert quiet["period_label"] == "2023-11-27 \u2013 2026-11-23"
    loud = told({**TOLD, "tests": [{**ROW, "finding": "more_in_dark", "low": 1.1}]})
    assert loud is not None
    assert "fler i mörker vid samma klockslag" in loud["sentence"]
    assert "8 jämförelser hade nog med händelser" in loud["sentence"]
    few = told({**TOLD, "n_tested": 0, "tests": [{**ROW, "finding": "too_few", "n": 3}]})
    assert few is not None
    assert few["sentence"].startswith("För få händelser")
    assert few["tests"][0]["n"] is None


def test_who_sees_no_findings_sees_none_and_without_a_year_it_says_so() -> None:
    assert told(TOLD, role=Role.PUBLIC) is None
    short = told(None)
    assert short is not None
    assert "minst ett års händelser" in short["sentence"]
    assert short["tests"] == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_group_can_be_said(lang: str) -> None:
    for group in GROUP_WORDS:
        got = told({**TOLD, "tests": [{**ROW, "group": group}]}, lang=lang)
        assert got is not None
        assert got["tests"][0]["group_label"]
        assert "minskar" not in got["note"]
