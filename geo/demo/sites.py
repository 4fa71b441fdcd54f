"""Where something is planted: places, what happens there, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.demo import steady
from geo.demo.hours import WEEKS
from geo.demo.look_alike import is_well_lit
from geo.errors import AnalysisError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.demo.ground import Ground
    from geo.demo.world import World

APART_M = 420.0
_MOVED = 5.6
MEASURE_FROM = WEEKS - 29
"""Week, counted from the first, in which the two measures began: 2026-W19."""
FADED_FROM = WEEKS - 22
NEW_FROM = WEEKS - 8
OUTAGE_FROM = WEEKS - 15

# name -> (windows as (first weekday, last weekday, from hour, to hour), category weights)
HABITS: dict[str, tuple[tuple[tuple[int, int, int, int], ...], dict[str, float]]] = {
    "nightlife": (((4, 5, 21, 3),), {"disorder": 4, "violence_public": 3, "vandalism": 2,
                                     "threat": 1}),
    "after_school": (((0, 4, 14, 18),), {"gathering": 4, "vandalism": 2, "threat": 1, "noise": 1,
                                         "reckless_driving": 1}),
    "cars": (((3, 6, 22, 5),), {"vehicle_crime": 6, "vandalism": 2, "theft": 1}),
    "evening": (((0, 6, 18, 23),), {"gathering": 3, "drug_dealing": 2, "disorder": 2,
                                    "substance_use": 2}),
    "weekend": (((4, 6, 18, 24),), {"disorder": 3, "noise": 2, "reckless_driving": 3,
                                    "gathering": 2}),
    "dark": (((0, 6, 17, 2),), {"disorder": 2, "vandalism": 3, "robbery": 1, "graffiti": 2,
                                "sexual_harassment": 1, "gathering": 1}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """
    A place where more happens than it would.

    Parameters
    ----------
    key
        Short name, "5x-1".
    role
        ``planted``, ``light``, ``look_alike``, ``worked``, ``displaced``, ``received``,
        ``faded`` or ``new``.
    centre
        Shape (2,), EPSG:3006.
    radius_m
        Metres.
    pieces
        Pieces of street it consists of.
    expected
        Incidents in 52 weeks had nothing been planted.
    spells
        (first week, week after the last, how many times `expected`).
    habit
        Hours and categories; see `HABITS`.
    only_dark
        Whether all the excess is in darkness.
    name
        Street, for people.
    """

    key: str
    role: str
    centre: NDArray[np.float64]
    radius_m: float
    pieces: NDArray[np.int64]
    expected: float
    spells: tuple[tuple[int, int, float], ...]
    habit: str
    only_dark: bool = False
    name: str = ""
    polygon: Any = field(default=None)

    @property
    def effect(self) -> float:
        """How many times `expected` in the last 52 weeks, on average."""
        since = WEEKS - 52
        extra = sum((f - 1) * max(0, stop - max(start, since)) for start, stop, f in self.spells)
        return 1 + extra / 52


# key, role, kinds of land, expected in 52 weeks (low, high), radius (low, high), spells, habit
_ALWAYS = (0, WEEKS)
_WANTED: tuple[tuple[str, str, tuple[str, ...], tuple[float, float], tuple[float, float],
                     tuple[tuple[int, int, float], ...], str], ...] = (
    ("light", "light", ("green", "residential"), (2.4, 4.5), (85, 110),
     ((WEEKS - 60, OUTAGE_FROM, 7.0), (OUTAGE_FROM, WEEKS, 16.0)), "dark"),
    ("look-alike", "look_alike", ("green", "residential"), (2.4, 4.5), (85, 110),
     ((WEEKS - 60, OUTAGE_FROM, 7.0), (OUTAGE_FROM, WEEKS, 16.0)), "dark"),
    ("5x-1", "planted", ("residential",), (3.1, 5.5), (90, 125), ((*_ALWAYS, 5.0),), "cars"),
    ("5x-2", "planted", ("residential", "green"), (3.0, 5.5), (90, 125), ((*_ALWAYS, 5.0),),
     "after_school"),
    ("5x-3", "planted", ("industry", "residential"), (2.8, 5.5), (90, 125), ((*_ALWAYS, 5.0),),
     "weekend"),
    ("3x-1", "planted", ("centre",), (7.0, 12.0), (75, 95), ((*_ALWAYS, 3.0),), "nightlife"),
    ("3x-2", "planted", ("residential",), (3.4, 6.5), (90, 125), ((*_ALWAYS, 3.0),), "evening"),
    ("3x-3", "planted", ("residential",), (3.2, 6.5), (90, 125), ((*_ALWAYS, 3.0),), "cars"),
    ("2x-1", "planted", ("centre",), (6.0, 12.0), (75, 95), ((*_ALWAYS, 2.0),), "evening"),
    ("2x-2", "planted", ("residential",), (3.4, 6.5), (90, 125), ((*_ALWAYS, 2.0),),
     "after_school"),
    ("2x-3", "planted", ("residential",), (3.2, 6.5), (90, 125), ((*_ALWAYS, 2.0),), "weekend"),
    ("worked", "worked", ("residential",), (3.2, 6.5), (95, 125),
     ((0, MEASURE_FROM, 7.0), (MEASURE_FROM, WEEKS, 1.3)), "evening"),
    ("displaced", "displaced", ("residential",), (2.8, 6.5), (85, 105),
     ((0, MEASURE_FROM, 7.0), (MEASURE_FROM, WEEKS, 1.2)), "evening"),
    ("faded", "faded", ("residential",), (3.4, 6.5), (90, 125), ((0, FADED_FROM, 6.0),),
     "after_school"),
    ("new", "new", ("residential", "green"), (3.1, 5.5), (90, 125), ((NEW_FROM, WEEKS, 24.0),),
     "weekend"),
)  # fmt: skip


def tidy(shape: Any) -> Any:
    """
    Round an outline to decimetres, and keep it valid.

    Parameters
    ----------
    shape
        In metres.

    Returns
    -------
    shapely.Geometry
        With one decimal.
    """
    near = shapely.transform(shape, lambda xy: np.round(xy, 1))
    return near if near.is_valid else shapely.set_precision(shape, 0.1)


def choose_sites(world: World, ground: Ground, *, rng: np.random.Generator) -> list[Site]:
    """
    Choose where to plant.

    Parameters
    ----------
    world
        The municipality.
    ground
        What its streets expect.
    rng
        Source of chance.

    Returns
    -------
    list of Site
        None within 420 m of another, but for the place that receives what another displaced.

    Raises
    ------
    AnalysisError
        If the municipality has no room for one of them.
    """
    streets = world.streets
    in_town = streets["place"].isin(["Granvad", "Ulvasund"]).to_numpy()[ground.street]
    order = rng.permutation(np.flatnonzero(in_town & (ground.kind != "rural")))
    quiet_path = (streets["kind"].isin(["cycleway", "footway"]) & streets["lit"]
                  & (streets["length_m"] > 70) & (streets["place"] != "")).to_numpy()  # fmt: skip
    sites: list[Site] = []
    for key, role, kinds, (low, high), radii, spells, habit in _WANTED:
        mine = order[np.isin(ground.kind[order], kinds)]
        if habit == "dark":
            mine = mine[quiet_path[ground.street[mine]]]
        taken = np.array([s.centre for s in sites]).reshape(-1, 2)
        for at in mine.tolist():
            centre = ground.xy[at]
            if len(taken) and steady.length(taken - centre).min() < APART_M:
                continue
            radius = float(np.round(rng.uniform(*radii), 0))
            pieces = ground.near(centre, radius)
            expected = float(ground.expected[pieces].sum())
            if not low <= expected <= high:
                continue
            site = Site(key, role, centre, radius, pieces, expected, spells, habit,
                        only_dark=habit == "dark")  # fmt: skip
            site = _drawn(site, world, ground)
            if role == "look_alike" and not is_well_lit(site, world, ground):
                continue
            sites.append(site)
            break
        else:
            msg = f"the made-up municipality has no room for the place {key!r}."
            raise AnalysisError(msg, fix="use another seed, or widen what the place may expect")
    displaced = next(s for s in sites if s.role == "displaced")
    sites.append(_drawn(_neighbour(displaced, sites, ground), world, ground))
    return sites


def _neighbour(site: Site, sites: list[Site], ground: Ground) -> Site:
    """Find where what was displaced went: beside it, with as much street, near no other."""
    others = np.array([s.centre for s in sites if s is not site])
    radius = 70.0
    best, best_gap = site.pieces[:0], np.inf
    centre = site.centre
    for turn in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        way = np.array([steady.cos(turn), steady.sin(turn)])
        spot = site.centre + (site.radius_m + radius + 12) * way
        pieces = ground.near(spot, radius)
        expected = ground.expected[pieces].sum()
        gap = abs(expected - site.expected / 2) + 100 * (
            steady.length(others - spot).min() < APART_M * 0.6
        )
        if len(pieces) and gap < best_gap:
            best, best_gap, centre = pieces, gap, spot
    expected = float(ground.expected[best].sum())
    factor = 1 + _MOVED * site.expected / expected
    spells = ((MEASURE_FROM, WEEKS, factor),)
    return Site("received", "received", centre, radius, best, expected, spells, site.habit)


def _drawn(site: Site, world: World, ground: Ground) -> Site:
    """Give a site its outline and the name of the street with most of it."""
    lines = world.streets.geometry.to_numpy()
    inside = shapely.intersection(
        lines[np.unique(ground.street[site.pieces])],
        shapely.Point(site.centre).buffer(site.radius_m),
    )
    polygon = shapely.union_all(inside).buffer(22).buffer(-2)
    names = world.streets["name"].to_numpy()[ground.street[site.pieces]]
    named, count = np.unique(names[names != ""], return_counts=True)
    name = str(named[int(np.argmax(count))]) if len(named) else ""
    return Site(site.key, site.role, site.centre, site.radius_m, site.pieces, site.expected,
                site.spells, site.habit, site.only_dark, name, polygon)  # fmt: skip
