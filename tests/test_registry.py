"""A registry is frozen, ordered, and says its names when asked for a wrong one."""

from __future__ import annotations

import pytest

from geo.errors import RegistryError
from geo.registry import Registry


def test_order_length_and_membership() -> None:
    shapes = Registry("shape", [("b", 2), ("a", 1)])
    assert list(shapes) == ["b", "a"]
    assert len(shapes) == 2
    assert "a" in shapes
    assert "c" not in shapes


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(RegistryError, match=r"no shape called 'c'[\s\S]*known: b, a"):
        Registry("shape", [("b", 2), ("a", 1)])["c"]


def test_the_same_name_twice_is_refused() -> None:
    with pytest.raises(RegistryError, match="two entries"):
        Registry("shape", [("a", 1), ("a", 2)])


def test_it_cannot_be_written_to() -> None:
    with pytest.raises(TypeError):
        Registry("shape", [("a", 1)])["b"] = 2  # type: ignore[index]  # the refusal is the point
