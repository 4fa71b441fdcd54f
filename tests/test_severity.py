"""Weights by category: the municipality's own, with source and year, refused when they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import SettingsError
from geo.pipeline import Order
from geo.settings import Profile, categories
from geo.severity import TABLE, Severity

if TYPE_CHECKING:
    from pathlib import Path

GOOD: dict[str, Any] = {"source": "Forum", "year": 2026, "weights": {"violence_public": 4}}


def weights(folder: Path) -> Severity | None:
    """Read the weights of a workspace's profile."""
    return Severity.parse(Profile.read(folder).extra.get(TABLE), known=categories())


def test_weights_are_off_until_the_profile_has_them(tmp_path: Path) -> None:
    Profile(name="Åkerby").write(tmp_path)
    text = (tmp_path / "profile.toml").read_text(encoding="utf-8")
    assert "#   [severity]" in text
    assert weights(tmp_path) is None
    (tmp_path / "profile.toml").write_text(text.replace("#   ", ""), encoding="utf-8")
    found = weights(tmp_path)
    assert found is not None
    assert found.table() == {
        "source": "Trygghetsforum, beslut 12", "year": 2026,
        "weights": {"violence_public": 4.0, "vandalism": 1.0},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": ""}, "whose weights"),
        ({"year": "2026"}, "no year"),
        ({"year": True}, "no year"),
        ({"weights": {}}, "no weights"),
        ({"weights": {"mischief": 2}}, "mischief"),
        ({"weights": {"violence_public": 0}}, "above 0"),
        ({"weights": {"violence_public": float("nan")}}, "above 0"),
        ({"weights": {"violence_public": True}}, "above 0"),
        ({"unit": "days"}, "unit"),
    ],
)
def test_a_table_that_is_none_is_refused_with_what_mends_it(
    change: dict[str, Any], said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        Profile.parse({"severity": GOOD | change})


def test_a_table_that_is_no_table_is_refused() -> None:
    with pytest.raises(SettingsError, match="severity"):
        Profile.parse({"severity": 3})


def test_the_weights_are_part_of_what_names_a_run() -> None:
    order, content = Order(week="2026-W47"), {"incidents": "a"}
    names = {
        order.run_id(content=content, former=None, said=table and {"severity": table})
        for table in (
            None,
            GOOD,
            GOOD | {"year": 2025},
            GOOD | {"weights": {"violence_public": 5}},
        )
    }
    assert len(names) == 4
    assert order.run_id(content=content, former=None) in names
