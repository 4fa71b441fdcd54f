"""What follows a recommendation: what to weigh first, whose move, and when to look again."""

from __future__ import annotations

import re
from datetime import date

import pytest

from geo.clock import Week
from geo.measures import RULES, alternatives, follow_up_on, rule_table
from geo.measures.choices import ALTERNATIVES, NATURE, OWNERS

WEEK = Week.parse("2026-W47")


def test_new_lamps_come_after_mending_and_never_by_water() -> None:
    assert alternatives("lamp_new")[0] == "reparera före nyinvestering"
    assert RULES["lamp_new"].nature == "never"
    assert alternatives("lamp_new", lang="en")[0] == "mend before investing anew"


def test_follow_up_is_counted_from_the_monday_after() -> None:
    assert follow_up_on("lamp_repair", week=WEEK) == [date(2027, 2, 15), date(2027, 11, 22)]
    last = Week.parse("2026-W53")
    assert follow_up_on("presence", week=last)[0] == date(2027, 2, 1)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_table_tells_every_rule_whole(lang: str) -> None:
    rows = rule_table(lang=lang)
    assert [row["code"] for row in rows] == list(RULES)
    for row in rows:
        assert row["gates"]
        assert all(row[name] for name in ("name", "basis", "owner", "nature"))
        assert all(row["alternatives"])
        assert row["cost_sek"] is None or re.search(r"20\d\d", row["cost_basis"])


def test_no_choice_lies_about_unused() -> None:
    rules = list(RULES.values())
    assert {name for rule in rules for name in rule.alternatives} == set(ALTERNATIVES)
    assert {rule.owner for rule in rules} == set(OWNERS)
    assert {rule.nature for rule in rules} == set(NATURE)
