"""Outside the towns: country roads, tracks to farms, paths between places, tunnels under roads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.demo import plan, steady
from geo.demo.shapes import blob, soft_line, wander
from geo.demo.town import Drawn, Way

if TYPE_CHECKING:
    from geo.demo.names import Names

_TRIES = 25
_TRACKS = 46
_TUNNEL_M = 15.0


def draw_roads(out: Drawn, *, lakes: Any, border: Any, rng: np.random.Generator) -> Any:
    """
    Draw the state road and the country roads into `out`.

    Parameters
    ----------
    out
        Where they are added; its gates say where towns let go of them.
    lakes
        What they go round.
    border
        The municipality: they end at its edge.
    rng
        Source of chance.

    Returns
    -------
    shapely.MultiLineString
        The country roads together.
    """
    bypass = soft_line(list(plan.BYPASS)).intersection(border)
    out.ways.append(Way(bypass, "state", "Riksvägen", ""))
    villages = {name: centre for name, centre, _, _ in plan.VILLAGES}
    lines = []
    for name, gate, goal in plan.ROADS:
        start = out.gates[gate]
        if goal is None:
            near = bypass.interpolate(bypass.project(shapely.Point(start)))
            end = (near.x, near.y)
        else:
            end = villages[goal] if isinstance(goal, str) else out.gates[goal]
        lines.append((name, _round(start, end, name=name, lakes=lakes, rng=rng)))
    lines += [
        (f"{village}svägen".replace("ssv", "sv"),
         _round(villages[village], exit_at, name="", lakes=lakes, rng=rng))
        for village, exit_at in plan.EXITS.items()
    ]  # fmt: skip
    for name, line in lines:
        for piece in shapely.get_parts(line.intersection(border)):
            out.ways.append(Way(piece, "country", name, ""))
    return shapely.union_all([line for _, line in lines])


def _round(
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    name: str,
    lakes: Any,
    rng: np.random.Generator,
) -> Any:
    """Draw a road that meets no lake, as far as a few tries can tell."""
    via = plan.DETOURS.get(name, ())
    if via:
        return soft_line([start, *via, end])
    lines = [wander(start, end, rng=rng, rough=0.04 + 0.01 * k) for k in range(_TRIES)]
    wet = [line.intersection(lakes).length for line in lines]
    dry = [k for k, w in enumerate(wet) if w == 0]
    return lines[dry[0] if dry else int(np.argmin(wet))]


def draw_tracks(out: Drawn, *, roads: Any, lakes: Any, towns: Any, border: Any,
                rng: np.random.Generator, names: Names) -> None:  # fmt: skip
    """
    Draw private roads to farms, kept by their owners together.

    Parameters
    ----------
    out
        Where they are added.
    roads
        Where they begin.
    lakes, towns
        Where they do not go.
    border
        The municipality.
    rng
        Source of chance.
    names
        Gives names.
    """
    wet = shapely.union_all([lakes, towns.buffer(150)])
    drawn = 0
    for _ in range(_TRACKS * 4):
        at = roads.interpolate(rng.uniform(0, 1), normalized=True)
        turn, reach = rng.uniform(0, 2 * np.pi), rng.uniform(450, 1700)
        end = (at.x + reach * steady.cos(turn), at.y + reach * steady.sin(turn))
        line = wander((at.x, at.y), end, rng=rng, rough=0.12)
        middle = shapely.LineString(line.coords[1:])
        if wet.intersects(line) or not border.contains(line) or roads.distance(middle) < 5:
            continue
        out.ways.append(Way(line, "track", names.street("farm"), ""))
        drawn += 1
        if drawn == _TRACKS:
            break


def draw_paths(out: Drawn, *, banks: Any, town_edges: Any, border: Any,
               rng: np.random.Generator) -> None:  # fmt: skip
    """
    Draw paths along the water, the old railway bank and the lit track in the wood.

    Parameters
    ----------
    out
        Where they are added.
    banks
        Lake and river with their banks.
    town_edges
        Ground of the towns.
    border
        The municipality.
    rng
        Source of chance.
    """
    for side in shapely.get_parts(banks):
        shore = shapely.line_merge(side.boundary.intersection(town_edges))
        for k, piece in enumerate(shapely.get_parts(shore)):
            if piece.geom_type == "LineString" and piece.length > 60:
                rank = "cycle" if k % 2 == 0 else "foot"
                out.ways.append(Way(piece, rank, "Åpromenaden", "Granvad", "", "park"))
    bank = soft_line([out.gates["Granvad", -5.0], (4_200.0, -350.0), (7_000.0, 1_400.0),
                      (9_300.0, 2_500.0), out.gates["Ulvasund", 218.0]])  # fmt: skip
    out.ways.append(Way(bank.intersection(border), "cycle", "Banvallen", ""))
    loop = blob((250.0, 2_800.0), 560.0, rng=rng, rough=0.2, squash=0.75)
    out.ways.append(Way(loop.exterior, "foot", "Motionsspåret", "Granvad", "", "track"))


def draw_tunnels(out: Drawn, *, spacing_m: float, rng: np.random.Generator) -> list[Any]:
    """
    Lay paths under the ring road and the state road, where they meet something on both sides.

    Parameters
    ----------
    out
        Where the paths up to the mouths are added.
    spacing_m
        About how far apart tunnels are.
    rng
        Source of chance.

    Returns
    -------
    list of shapely.LineString
        The tunnels themselves: they cross the road and share no junction with it.
    """
    roads = [w for w in out.ways if w.name in {"Ringvägen", "Riksvägen"}]
    ground = np.array([w.line for w in out.ways if w.name != "Ringvägen"], dtype=object)
    tree = shapely.STRtree(ground)
    junctions = shapely.union_all([w.line for w in out.ways if w.rank in {"main", "country"}])
    tunnels = []
    for road in roads:
        line = road.line
        near = line.intersection(shapely.Point(0, 0).buffer(3200))
        for piece in shapely.get_parts(near):
            at = rng.uniform(0.3, 0.7) * spacing_m
            while at < piece.length:
                laid = _tunnel(piece, at, tree=tree, ground=ground, junctions=junctions)
                at += spacing_m * rng.uniform(0.8, 1.2)
                if laid is not None:
                    tunnels.append(laid[0])
                    out.ways += laid[1]
    return tunnels


def _tunnel(
    road: Any, at: float, *, tree: Any, ground: Any, junctions: Any
) -> tuple[Any, list[Way]] | None:
    """Give one tunnel and the two paths to it; None where a side has nothing to reach."""
    here = np.array(road.interpolate(at).coords[0])
    ahead = np.array(road.interpolate(min(at + 5, road.length)).coords[0])
    if np.allclose(ahead, here):
        return None
    way = (ahead - here) / steady.length(ahead - here)
    side = np.array([-way[1], way[0]])
    crossing = junctions.difference(road.buffer(1.0))
    if crossing.distance(shapely.Point(here)) < 45:
        return None
    mouths, paths = [], []
    for sign in (1, -1):
        mouth, far = here + sign * side * _TUNNEL_M, here + sign * side * 420
        ray = shapely.LineString([mouth, far])
        hit = [
            p
            for k in tree.query(ray, predicate="intersects")
            for p in shapely.get_parts(ground[k].intersection(ray))
        ]
        if not hit:
            return None
        nearest = min(hit, key=shapely.Point(mouth).distance)
        mouths.append(mouth)
        if nearest.distance(shapely.Point(mouth)) < 15:
            return None
        end = nearest.coords[0]
        paths.append(Way(shapely.LineString([mouth, end]), "cycle", "", "Granvad", "", "park"))
    return shapely.LineString(mouths), paths
