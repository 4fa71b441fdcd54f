"""Where the look-alike may lie: where the light truly is good, and nothing speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geo.demo.lamps import may_sleep

if TYPE_CHECKING:
    from geo.demo.ground import Ground
    from geo.demo.sites import Site
    from geo.demo.world import World

TUNNEL_FREE_M = 100.0
"""Residents call tunnels dark, and place that on a map to some tens of metres."""
SLEEP_FREE_M = 30.0
LIGHT_REACHES_M = 10.0
LIT_SHARE = 0.91
"""Just over the nine tenths that a place must be lit to, to be called lit."""


def is_well_lit(site: Site, world: World, ground: Ground) -> bool:
    """
    Tell whether the light at a place is good before anything is broken.

    Lamps that fail, paths that lack them and reports of darkness are kept away from the look-alike
    when they are drawn; this is about what already lies there.

    Parameters
    ----------
    site
        The place, with its outline.
    world
        The municipality.
    ground
        Its streets in pieces.

    Returns
    -------
    bool
        False near a tunnel or a street that may be dark on purpose, where lamps are not
        inventoried, and where more than 9 % of the street has no lamps by decision, neither on it
        nor on a street within 10 m.
    """
    streets = world.streets
    if not world.land.surveyed.union_all().contains(site.polygon):
        return False  # nobody can say of light that nobody has seen that it is good
    lines = streets.geometry.to_numpy()
    spots = shapely.MultiPoint(ground.xy[site.pieces])
    tunnels = lines[(streets["kind"] == "gc_tunnel").to_numpy()]
    if shapely.dwithin(tunnels, spots, TUNNEL_FREE_M).any():
        return False
    if shapely.dwithin(lines[may_sleep(streets)], site.polygon, SLEEP_FREE_M).any():
        return False
    lit = streets["lit"].to_numpy()[ground.street]
    mine = np.flatnonzero(shapely.contains_xy(site.polygon, *ground.xy.T))
    away, _ = cKDTree(ground.xy[lit]).query(ground.xy[mine])
    length = ground.length_m[mine]
    return bool(length[away <= LIGHT_REACHES_M].sum() >= LIT_SHARE * length.sum())
