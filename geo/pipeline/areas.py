"""How many of a load's rows lie in each of the municipality's own areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.frames import Packed
    from geo.store import Store

GROUND = frozenset({"land_use", "inventory"})
"""Divisions that say what the land is, or where lamps are surveyed: nobody counts by them."""


class AreaTally:
    """
    Counts rows by area as they pass by, so that no row is held for it.

    Parameters
    ----------
    store
        Open; its areas are read once.
    """

    def __init__(self, store: Store) -> None:
        areas = store.read("areas")
        own = areas[~areas["level"].isin(GROUND)]
        if len(own):  # of several divisions the finest
            level = own.groupby("level").size().sort_values(kind="stable").index[-1]
            own = own[own["level"] == level]
        self._names = own["name"].to_numpy(dtype=object)
        self._areas = own
        self._counts = np.zeros(len(own) + 1, dtype=np.int64)

    def passing(self, parts: Iterable[Packed]) -> Iterator[Packed]:
        """
        Let parts pass, and count their rows.

        Parameters
        ----------
        parts
            Packed rows of a frame of points.

        Yields
        ------
        Packed
            The same parts.
        """
        if not len(self._areas):
            yield from parts
            return
        from geo.grid import AreaIndex

        index = AreaIndex.of(self._areas)
        for part in parts:
            boxes = part.boxes()
            here = np.isfinite(boxes[:, 0])
            found = index.locate(boxes[here, 0], boxes[here, 1])
            self._counts += np.bincount(found + 1, minlength=len(self._counts))
            yield part

    def counts(self) -> dict[str, int]:
        """
        Give what was counted.

        Returns
        -------
        dict
            Rows by the area's name, most first; "" for those outside.
        """
        out: dict[str, int] = {}
        for name, n in zip(["", *self._names], self._counts.tolist(), strict=True):
            if n:
                out[str(name)] = out.get(str(name), 0) + n
        return dict(sorted(out.items(), key=lambda pair: (-pair[1], pair[0])))
