"""Making the next thing while this one is used."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """
    Give items in their order, each made in a thread while the one before it is used.

    Parameters
    ----------
    items
        Is asked for one item at a time, from one thread that is not the caller's; it never
        gets further than one item ahead.

    Yields
    ------
    Item
        The same items; what `items` raises is raised here.
    """
    nothing: list[Item] = []
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as pool:

        def one() -> list[Item]:
            return [item] if (item := next(items, None)) is not None else nothing

        waiting = pool.submit(one)
        while found := waiting.result():
            waiting = pool.submit(one)
            yield found[0]
