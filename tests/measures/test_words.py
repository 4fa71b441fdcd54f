"""Every code has words, in two languages, and no word promises what light cannot do."""

from __future__ import annotations

import re

import pytest

from geo.frames import RECOMMENDATIONS
from geo.measures import RULES
from geo.measures.phrases import ADVICE, CAVEATS, REASONS
from geo.measures.rules import Gate
from geo.measures.words import advice_text, caveat_text, reason_text, rule_label

NBSP = "\u00a0"


@pytest.mark.parametrize("code", list(RULES))
def test_every_rule_can_be_said_and_keeps_to_the_vocabulary(code: str) -> None:
    rule = RULES[code]
    kinds = RECOMMENDATIONS.column("kind").vocabulary
    certainties = RECOMMENDATIONS.column("confidence").vocabulary
    assert rule.kind in kinds
    assert rule.grade in "ABCD"
    assert rule.about in {"place", "errand", "stretch"}
    assert {word for word, _ in rule.confidence} <= {*certainties, "place"}
    assert rule.confidence[-1][1] == ()
    assert rule.basis
    assert (rule.cost_sek is None) == (rule.cost_basis == "")
    for lang in ("sv", "en"):
        assert rule_label(code, lang=lang)
        assert advice_text(code, lang=lang)
        assert caveat_text(rule.caveat, lang=lang)
        for reason in rule.reasons:
            bare = {"code": reason.code, "value": None, "unit": reason.unit, "n": None}
            full = {**bare, "value": 0.5 if reason.unit == "share" else 2, "n": 10}
            assert reason_text(bare, lang=lang)
            assert "{" not in reason_text(full, lang=lang)
            assert not re.search(r"\d", reason_text(bare, lang=lang).replace("50 m", ""))


def test_no_words_lie_about_unused() -> None:
    used = {reason.code for rule in RULES.values() for reason in rule.reasons}
    assert set(REASONS) == used
    assert set(CAVEATS) == {rule.caveat for rule in RULES.values()}
    assert set(ADVICE) == set(RULES)


def test_nothing_promises_less_crime_or_calls_a_place_by_the_police_word() -> None:
    phrases = [*ADVICE.values(), *CAVEATS.values(), *(p for pair in REASONS.values() for p in pair)]
    texts = [t for pair in phrases for t in pair]
    texts += [t for rule in RULES.values() for t in (rule.sv, rule.en, rule.basis)]
    for text in texts:
        assert not re.search(
            r"minska\w* brott|färre brott|utsatt område|hotspot|lampa behövs", text
        )
        assert not re.search(r"(cut|reduce)s? crime", text)


def test_numbers_are_written_the_way_the_language_does() -> None:
    share = {"code": "dark_share", "value": 0.7, "unit": "share", "n": 20}
    swedish, english = reason_text(share), reason_text(share, lang="en")
    # Clopper-Pearson for 14 of 20: 45.7 to 88.1 %, rounded outwards.
    assert (
        swedish == f"70{NBSP}% av 20 utomhushändelser med känd tid skedde i mörker (45–89{NBSP}%)"
    )
    assert english.startswith("70% of 20 outdoor events")
    rate = {"code": "rate", "value": 3.04, "unit": "ratio", "n": 24}
    assert reason_text(rate).startswith("3,0 gånger")
    assert reason_text(rate, lang="en").startswith("3.0 times")
    owner = {"code": "owner", "value": "Trafikverket", "unit": "", "n": 3}
    assert reason_text(owner) == "anläggningsägare: Trafikverket"


def test_a_number_the_gate_has_hidden_is_not_said() -> None:
    hidden = {"code": "dark_reports", "value": None, "unit": "reports", "n": None}
    assert reason_text(hidden) == "rapporter om mörker eller släckt lampa"


def test_a_gate_is_written_as_people_do_and_missing_opens_none() -> None:
    gate = Gate("n_dark", ">=", 3)
    assert str(gate) == "n_dark ≥ 3"
    assert str(Gate("certainty", "in", ("likely", "possible"))) == "certainty ∈ likely, possible"
    assert gate.holds({"n_dark": 3})
    assert not gate.holds({})
    assert not gate.holds({"n_dark": float("nan")})
    assert not gate.holds({"n_dark": None})
