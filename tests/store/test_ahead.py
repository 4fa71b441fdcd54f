"""Making the next item in a thread: order, errors, and never more than one ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.store.ahead import ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_items_come_in_order_and_at_most_one_is_made_ahead() -> None:
    made: list[int] = []

    def making() -> Iterator[int]:
        for k in range(6):
            made.append(k)
            yield k

    for used, item in enumerate(ahead(making())):
        assert item == used
        assert len(made) <= used + 2
    assert made == list(range(6))


def test_an_error_comes_after_the_items_before_it() -> None:
    def failing() -> Iterator[int]:
        yield 1
        msg = "no more"
        raise ValueError(msg)

    got = ahead(failing())
    assert next(got) == 1
    with pytest.raises(ValueError, match="no more"):
        next(got)


def test_nothing_gives_nothing() -> None:
    assert not list(ahead(iter(())))
