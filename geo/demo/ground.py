"""The null: how many incidents each metre of street expects, by kind of land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.demo.world import World

PER_YEAR = 1030.0
"""Incidents a year before anything is planted and before any is told twice."""
RELATIVE = {"centre": 5.5, "residential": 1.0, "industry": 0.9, "green": 1.2, "rural": 0.09,
            "water": 0.0, "other": 0.0}  # fmt: skip
"""Rates of kinds of land to each other."""
STEP_M = 8.0


@dataclass(frozen=True, slots=True)
class Ground:
    """
    Short pieces of street, each with what it expects.

    Parameters
    ----------
    street
        Row of the street each piece lies on, shape (n,).
    along_m
        Where on it the middle of the piece is.
    length_m
        Of the piece.
    xy
        Its middle, shape (n, 2), EPSG:3006.
    kind
        Kind of land.
    expected
        Incidents in 52 weeks.
    rates
        Kind -> incidents per metre in 52 weeks.
    tree
        Finds pieces near a place.
    """

    street: NDArray[np.int64]
    along_m: NDArray[np.float64]
    length_m: NDArray[np.float64]
    xy: NDArray[np.float64]
    kind: NDArray[np.str_]
    expected: NDArray[np.float64]
    rates: dict[str, float]
    tree: Any

    def near(self, centre: NDArray[np.float64], radius_m: float) -> NDArray[np.int64]:
        """
        Find the pieces within a radius.

        Parameters
        ----------
        centre
            Shape (2,).
        radius_m
            Metres.

        Returns
        -------
        numpy.ndarray
            Their numbers, rising.
        """
        return np.array(sorted(self.tree.query_ball_point(centre, radius_m)), dtype=np.int64)

    def scatter(
        self,
        pieces: NDArray[np.int64],
        n: int,
        *,
        lines: NDArray[Any],
        rng: np.random.Generator,
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """
        Draw places on streets, in proportion to what pieces expect.

        Parameters
        ----------
        pieces
            Which pieces.
        n
            How many places.
        lines
            Streets, in their order.
        rng
            Source of chance.

        Returns
        -------
        piece : numpy.ndarray
            Shape (n,).
        xy : numpy.ndarray
            Shape (n, 2), on the street.
        """
        total = np.cumsum(self.expected[pieces])
        chosen = pieces[np.searchsorted(total, rng.random(n) * total[-1], side="right")]
        along = self.along_m[chosen] + (rng.random(n) - 0.5) * self.length_m[chosen]
        spots = shapely.line_interpolate_point(lines[self.street[chosen]], along)
        return chosen, shapely.get_coordinates(spots)


def survey(world: World) -> Ground:
    """
    Measure the streets of a municipality by kind of land.

    Parameters
    ----------
    world
        The municipality.

    Returns
    -------
    Ground
        Pieces of about 8 m.
    """
    lines = world.streets.geometry.to_numpy()
    length = shapely.length(lines)
    pieces = np.maximum(1, np.rint(length / STEP_M)).astype(int)
    street = np.repeat(np.arange(len(lines)), pieces)
    order = np.arange(len(street)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    size = (length / pieces)[street]
    along = (order + 0.5) * size
    middle = shapely.line_interpolate_point(lines[street], along)
    uses = world.land.uses
    piece, use = shapely.STRtree(middle).query(uses.geometry.to_numpy(), predicate="intersects")[
        ::-1
    ]
    kind = np.full(len(street), "rural", dtype="<U12")
    kind[piece] = uses["kind"].to_numpy(dtype="<U12")[use]
    weight = size * np.array([RELATIVE[k] for k in kind])
    per_unit = PER_YEAR * 364 / 365.25 / weight.sum()
    rates = {k: v * per_unit for k, v in RELATIVE.items()}
    xy = shapely.get_coordinates(middle)
    return Ground(street, along, size, xy, kind, weight * per_unit, rates, cKDTree(xy))
