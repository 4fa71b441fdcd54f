"""What is raised just now, in words: a last day, how rare chance makes it, and no false calm."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from geo.maps.access import Role
from geo.maps.just_now import just_now
from geo.maps.now_words import signal_sentence, verdict_sentence
from tests.contracts.planted import raised
from tests.maps.raised import ALARM, ZONE
from tests.maps.town import conform


def told(rows: list[dict[str, Any]], role: Role, lang: str = "sv", **summary: Any) -> Any:
    from geo.maps.gate import view

    frame = conform("signals", rows)
    picture: Any = SimpleNamespace(
        role=role, lang=lang, frames={"signals": frame},
        run=SimpleNamespace(summary=summary or {"just_now": raised()}),
        layer=lambda name: view(name, frame, role, lang=lang),
    )  # fmt: skip
    return just_now(picture, places=[{"place_id": "p3", "rank": 3}])


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2013", "-")


def test_an_alarm_says_n_expected_and_how_rare_chance_makes_it() -> None:
    assert plain(signal_sentence(ALARM)) == (
        "16 händelser senaste fyra veckorna, väntat 4,9. Av ren slump larmar någon plats så starkt "
        "en gång på 250 veckor."
    )
    rarest = signal_sentence(ALARM | {"recurrence_weeks": 1000.0})
    assert "mer sällan än en gång på 1 000 veckor" in plain(rarest)
    few = signal_sentence(ALARM | {"kind": "unsure", "n": 4.0, "days": 7.0})
    assert plain(few) == (
        "4 händelser senaste veckan, väntat 4,9: för få för att avgöra om det är mer än slump."
    )


def test_advice_has_a_reach_and_a_last_day() -> None:
    assert plain(signal_sentence(ZONE)) == (
        "Inbrott: förhöjd risk inom 200 m till och med tor 3 dec."
    )
    assert plain(signal_sentence(ZONE, lang="en")) == (
        "Burglary: raised risk within 200 m until and including Thu 3 Dec."
    )


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("raised", "följs av fler inom 200 m under 14 dagar, oftare än av slump"),
        ("not_raised", "inget tyder på"),
        ("cannot_tell", "går inte att avgöra"),
    ],
)
def test_a_verdict_says_what_it_rests_on(verdict: str, said: str) -> None:
    one = raised()["near_repeat"][0] | {"verdict": verdict}
    text = plain(verdict_sentence(one, numbers=True))
    assert said in text
    assert "(12 par mot väntade 4; 3,0 gånger, 95 %: 1,6-5,2; 40 händelser på 100 veckor)" in text
    assert not any(sign.isdigit() for sign in plain(verdict_sentence(one, numbers=False))
                   .replace("200 m", "").replace("14 dagar", ""))  # fmt: skip


def test_a_ratio_to_next_to_nothing_is_not_told() -> None:
    one = raised()["near_repeat"][0] | {"pairs": 0, "expected": 0.04, "ratio": 0.0, "high": 86.0}
    assert "86" not in verdict_sentence(one, numbers=True)


def test_a_listed_place_keeps_its_place_in_the_list() -> None:
    found = told([ALARM, ZONE], Role.SECURITY_CHIEF)
    assert plain(found["sentence"]) == "Ovanligt mycket just nu: Åpromenaden (plats 3)."
    assert found["alarms"][0]["rank"] == 3
    assert found["zones"][0]["label"] == "Norra gatan"
    assert found["zones"][0]["last_day"] == "2026-12-03"


@pytest.mark.parametrize("role", [Role.FORUM, Role.WARDEN, Role.PLANNER])
def test_a_zone_round_one_event_is_withheld_and_said_so(role: Role) -> None:
    found = told([ALARM, ZONE], role)
    assert found["zones"] == []
    assert "visas inte för din roll" in found["withheld"]
    assert len(found["alarms"]) == 1


def test_a_quiet_week_says_so() -> None:
    found = told([], Role.SECURITY_CHIEF)
    assert found["sentence"] == "Inget är ovanligt just nu."
    assert "en vecka av 20" in plain(found["note"])
    assert told([], Role.SECURITY_CHIEF, "en")["sentence"] == "Nothing is unusual just now."


def test_a_run_without_incidents_calls_nothing_calm() -> None:
    none = raised() | {"scan": raised()["scan"] | {"n": 0}, "near_repeat": []}
    assert told([], Role.SECURITY_CHIEF, just_now=none) is None


def test_a_run_that_did_not_look_says_nothing() -> None:
    assert told([], Role.SECURITY_CHIEF, score={}) is None
    for role in (Role.PUBLIC, Role.ADMINISTRATOR):
        assert told([ALARM], role) is None
