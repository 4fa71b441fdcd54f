"""How the lists did, in words: what it means first, no verdict where staff were, few stays few."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from geo.maps.access import Role
from geo.maps.score_told import score_told
from tests.contracts.planted import scored


def told(kept: dict[str, Any], role: Role, lang: str = "sv") -> dict[str, Any]:
    """Tell a history to a role."""
    picture: Any = SimpleNamespace(
        role=role, lang=lang, run=SimpleNamespace(summary={"score": kept})
    )
    found = score_told(picture)
    assert found is not None
    return found


def test_the_head_of_security_reads_both_rows_and_the_plain_count() -> None:
    found = told(scored(7), Role.SECURITY_CHIEF)
    assert next(iter(found)) == "before_the_number"
    assert found["before_the_number"].startswith("Listan prövas bara där ingen personal var")
    assert found["sentence"].replace("\u00a0", " ") == (
        "V. 47: 7 av 40 händelser skedde på de 5 platser från listan för v. 46 där ingen personal "
        "var. Enkel räkning på lika stor yta: 6. På 2 platser var personal: inget omdöme."
    )
    assert "ryms inom slumpen" in found["pooled"]["sentence"]
    assert found["weeks"][0]["visited"] == {"n_places": 2, "hits": 2}


@pytest.mark.parametrize("role", [Role.FORUM, Role.WARDEN, Role.PLANNER])
def test_few_hits_and_what_gives_them_away_are_not_told(role: Role) -> None:
    found = told(scored(3), role)
    row = found["weeks"][0]["not_visited"]
    assert "färre än 5 av 40" in found["sentence"]
    assert {row[k] for k in ("hits", "hit_rate", "pai", "pai_low", "naive_hits")} == {None}
    assert found["weeks"][0]["visited"]["hits"] is None
    assert set(found["pooled"]) == {"weeks", "beside_plain", "beats_even", "sentence"}
    assert not any(sign.isdigit() for sign in found["pooled"]["sentence"][1:])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "waiting", "rows": []}, "prövas när"),
        ({"state": "empty", "rows": []}, "ingen lista att pröva"),
        ({"seal": "broken"}, "inte den som publicerades"),
        ({"visits_known": False}, "inga besök är inlästa"),
    ],
)
def test_a_week_that_gives_no_number_says_why(change: dict[str, Any], said: str) -> None:
    kept = scored(7)
    kept["weeks"][0] |= change
    assert said in told(kept, Role.SECURITY_CHIEF)["sentence"]
    assert told(kept, Role.SECURITY_CHIEF, "en")["sentence"]


def test_the_public_is_told_nothing_and_a_first_week_has_nothing_to_tell() -> None:
    for role, kept in ((Role.PUBLIC, scored(9)), (Role.FORUM, {"weeks": [], "pooled": None})):
        picture: Any = SimpleNamespace(
            role=role, lang="sv", run=SimpleNamespace(summary={"score": kept})
        )
        assert score_told(picture) is None
