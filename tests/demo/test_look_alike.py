"""The look-alike lies where the light truly is good, and is refused where it is not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
import shapely

from geo.demo.ground import Ground, survey
from geo.demo.look_alike import LIT_SHARE, TUNNEL_FREE_M, is_well_lit
from geo.demo.sites import Site, choose_sites, tidy
from geo.demo.world import World, build_world


@dataclass(frozen=True)
class Drawn:
    world: World
    ground: Ground
    twin: Site

    def moved(self, xy: tuple[float, float]) -> Site:
        """Lay the place somewhere else."""
        centre = np.array(xy)
        return replace(
            self.twin, centre=centre, pieces=self.ground.near(centre, self.twin.radius_m),
            polygon=shapely.Point(centre).buffer(self.twin.radius_m),
        )  # fmt: skip


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    world = build_world(np.random.default_rng([17, 0]))
    ground = survey(world)
    sites = choose_sites(world, ground, rng=np.random.default_rng([17, 1]))
    return Drawn(world, ground, next(s for s in sites if s.role == "look_alike"))


def test_no_tunnel_is_within_reach_and_the_street_is_lit(drawn: Drawn) -> None:
    streets = drawn.world.streets
    place = shapely.union_all(shapely.points(drawn.ground.xy[drawn.twin.pieces]))
    tunnels = streets[streets["kind"] == "gc_tunnel"]
    assert len(tunnels) > 0
    assert tunnels.distance(place).min() > TUNNEL_FREE_M
    inside = streets.geometry.intersection(drawn.twin.polygon)
    near = streets[streets["lit"]].geometry.union_all().buffer(10.0)
    assert inside.intersection(near).length.sum() >= (LIT_SHARE - 0.02) * inside.length.sum()
    asleep = streets[streets["name"] == "Motionsspåret"]
    assert asleep.distance(drawn.twin.polygon).min() > 50


def test_a_place_at_a_tunnel_or_where_streets_may_sleep_is_refused(drawn: Drawn) -> None:
    streets = drawn.world.streets
    assert is_well_lit(drawn.twin, drawn.world, drawn.ground)
    tunnel = _middle(streets[streets["kind"] == "gc_tunnel"].geometry.iloc[0])
    assert not is_well_lit(drawn.moved((tunnel.x, tunnel.y)), drawn.world, drawn.ground)
    track = _middle(streets[streets["name"] == "Motionsspåret"].geometry.iloc[0])
    assert not is_well_lit(drawn.moved((track.x, track.y)), drawn.world, drawn.ground)


def test_a_place_where_nobody_has_counted_the_lamps_is_refused(drawn: Drawn) -> None:
    land = replace(drawn.world.land, surveyed=drawn.world.land.surveyed.iloc[:0])
    assert not is_well_lit(drawn.twin, replace(drawn.world, land=land), drawn.ground)


def _middle(line: shapely.LineString) -> shapely.Point:
    """On the line, also where it is a loop round its centroid."""
    return shapely.line_interpolate_point(line, 0.5, normalized=True)


def test_a_place_whose_streets_have_no_lamps_is_refused(drawn: Drawn) -> None:
    dark = replace(drawn.world, streets=drawn.world.streets.assign(lit=False))
    lamp = dark.streets.index[dark.streets.distance(shapely.Point(0, 0)).argmax()]
    dark.streets.loc[lamp, "lit"] = True  # one lit street, far away
    assert not is_well_lit(drawn.twin, dark, drawn.ground)


def test_an_outline_stays_valid_when_rounded() -> None:
    square = shapely.box(0.04, 0.04, 9.96, 9.96)
    assert tidy(square).equals(shapely.box(0, 0, 10, 10))
    # A spike thinner than a decimetre folds onto itself when rounded.
    spike = shapely.Polygon([(0, 0), (5, 0), (5, 9.0), (5.04, 0), (10, 0), (10, -5), (0, -5)])
    assert spike.is_valid
    assert not shapely.transform(spike, lambda xy: np.round(xy, 1)).is_valid
    assert tidy(spike).is_valid
