"""A town drawn from its plan: rings and radials, faces between them, streets within the faces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.demo import plan, steady
from geo.demo.plan import Part, Town
from geo.demo.shapes import blob, halve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.demo.names import Names

BLOCKS_M = {
    "centre": (105.0, 70.0),
    "inner": (150.0, 95.0),
    "villas": (190.0, 82.0),
    "flats": (215.0, 150.0),
    "industry": (270.0, 190.0),
    "park": (260.0, 180.0),
    "village": (170.0, 90.0),
}
"""Long and short side of a block, by use."""
_OVERSHOOT_M = 3.0
_RING_STEP = np.deg2rad(4.0)


@dataclass(frozen=True, slots=True)
class Way:
    """
    A street or path as drawn, before it is cut at junctions.

    Parameters
    ----------
    line
        Its course, metres round the main square, not yet bent.
    rank
        ``state``, ``country``, ``through``, ``main``, ``street``, ``track``, ``cycle`` or ``foot``.
    name
        Street name, "" for none.
    place
        Town or village it belongs to, "" in the country.
    part
        District, "" in the country.
    use
        Of the part.
    """

    line: Any
    rank: str
    name: str
    place: str
    part: str = ""
    use: str = "rural"


@dataclass(slots=True)
class Drawn:
    """
    What a drawing has given so far.

    Parameters
    ----------
    ways
        Streets and paths.
    faces
        Ground of each district: (part, place, polygon).
    blocks
        (part, place, polygon) between streets.
    gates
        (town, heading) -> where a country road takes over.
    """

    ways: list[Way] = field(default_factory=list)
    faces: list[tuple[Part, str, Any]] = field(default_factory=list)
    blocks: list[tuple[Part, str, Any]] = field(default_factory=list)
    gates: dict[tuple[str, float], tuple[float, float]] = field(default_factory=dict)


def draw_town(
    town: Town, *, out: Drawn, keep_out: Any, names: Names, rng: np.random.Generator
) -> None:
    """
    Draw a town into `out`.

    Parameters
    ----------
    town
        Its plan.
    out
        Where it is added.
    keep_out
        Water and river banks: no block lies there, only main streets cross.
    names
        Gives street names.
    rng
        Source of chance.
    """
    inner, ring, outer = town.rings
    edges = {k: town.bays.get(k, outer) for k in range(len(town.radials))}
    core = _ring(town, inner, rng=rng, rough=0.06)
    edge = _edge(town, edges, rng=rng)
    mains: list[tuple[Any, str]] = [
        (shapely.LineString(core.exterior.coords), f"{town.core.name.split()[0]} ringgata")
    ]
    mains += _radials(town, edges, out=out, names=names)
    if ring is not None:
        circle = _ring(town, ring, rng=rng, rough=0.05).exterior
        bays = [_wedge(town, k).buffer(-_OVERSHOOT_M) for k in town.bays]
        arc = circle.difference(shapely.union_all(bays)) if bays else circle
        mains.append((shapely.line_merge(arc), "Ringvägen"))
    walls = shapely.unary_union([*[line for line, _ in mains], edge.exterior])
    ground = edge.difference(keep_out)
    onward = {out.gates[gate] for gate in plan.gates() if gate in out.gates}
    out.ways += [
        Way(piece, "country", name, "")
        for line, name in mains
        for piece in shapely.get_parts(line.difference(edge))
        if piece.geom_type == "LineString" and piece.length > 1 and line.coords[-1] in onward
    ]
    mains = [(line.intersection(edge), name) for line, name in mains]
    out.ways += [
        Way(piece, "main", name, town.name, town.core.name, "inner")
        for line, name in mains
        for piece in shapely.get_parts(line)
        if piece.length > 1 and not keep_out.contains(piece)
    ]
    for face in shapely.get_parts(shapely.polygonize([walls])):
        part = _part_of(town, face.representative_point())
        for piece in shapely.get_parts(face.intersection(ground)):
            if piece.geom_type == "Polygon" and piece.area > 2500:
                fill(part, town.name, piece, out=out, names=names, rng=rng)


def draw_village(
    name: str,
    centre: tuple[float, float],
    radius: float,
    people: int,
    *,
    through: Any,
    out: Drawn,
    keep_out: Any,
    names: Names,
    rng: np.random.Generator,
) -> None:
    """
    Draw a village along its road into `out`.

    Parameters
    ----------
    name
        Its name.
    centre
        Metres.
    radius
        Metres.
    people
        Residents.
    through
        Country roads that pass.
    out
        Where it is added.
    keep_out
        Water.
    names
        Gives street names.
    rng
        Source of chance.
    """
    part = Part(name, "village", people, "farm")
    near = through.intersection(shapely.Point(centre).buffer(radius))
    ends = shapely.get_coordinates(shapely.minimum_rotated_rectangle(near))
    heading = float(steady.arctan2(*(ends[2] - ends[0])[::-1])) if len(ends) > 2 else 0.0
    edge = blob(centre, radius, rng=rng, rough=0.1, squash=0.62, turn=heading)
    passing = [p for p in shapely.get_parts(through) if p.intersects(edge)]
    out.ways += [
        Way(piece, "through", f"{name}svägen".replace("ssv", "sv"), name, name, "village")
        for line in passing
        for piece in shapely.get_parts(line.intersection(edge))
        if piece.geom_type == "LineString" and piece.length > 1
    ]
    lines = [edge.exterior, *passing]
    for face in shapely.get_parts(shapely.polygonize([shapely.unary_union(lines)])):
        if not edge.buffer(1).contains(face):
            continue
        for piece in shapely.get_parts(face.difference(keep_out)):
            if piece.geom_type == "Polygon" and piece.area > 2500:
                fill(part, name, piece, out=out, names=names, rng=rng)


def fill(
    part: Part, place: str, face: Any, *, out: Drawn, names: Names, rng: np.random.Generator
) -> None:
    """
    Lay streets or paths in one face.

    Parameters
    ----------
    part
        What the face is used for.
    place
        Town or village.
    face
        The ground.
    out
        Where streets, face and blocks are added.
    names
        Gives street names.
    rng
        Source of chance.
    """
    long_m, short_m = BLOCKS_M[part.use]
    lines, blocks = halve(face, long_m=long_m, short_m=short_m, rng=rng)
    out.faces.append((part, place, face))
    out.blocks += [(part, place, block) for block in blocks]
    green = part.use == "park"
    for line in lines:
        rank = ("cycle" if rng.random() < 0.55 else "foot") if green else "street"
        name = "" if green else names.street(part.theme)
        out.ways.append(Way(line, rank, name, place, part.name, part.use))
    if part.use == "flats":
        out.ways += [
            Way(_across(block, rng=rng), "cycle", "", place, part.name, part.use)
            for block in blocks
            if block.area > 14_000
        ]


def _across(block: Any, *, rng: np.random.Generator) -> shapely.LineString:
    """Draw a path from the middle of one long side of a block to the other, bent."""
    ring = block.exterior
    a = rng.uniform(0, 1)
    start = ring.interpolate(a, normalized=True)
    end = ring.interpolate((a + rng.uniform(0.42, 0.58)) % 1.0, normalized=True)
    middle = block.representative_point()
    return shapely.LineString([start, middle, end])


def _angles(town: Town) -> NDArray[np.float64]:
    return np.asarray(np.deg2rad(np.array(town.radials)), float)


def _ring(town: Town, radius: float, *, rng: np.random.Generator, rough: float) -> shapely.Polygon:
    return blob(town.centre, radius, rng=rng, rough=rough)


def _edge(town: Town, edges: dict[int, float], *, rng: np.random.Generator) -> Any:
    """Draw the edge of the town: a blob, drawn in where a lake cuts a sector short."""
    shape: Any = blob(town.centre, town.rings[2], rng=rng, rough=0.09)
    for k in town.bays:
        near = shapely.Point(town.centre).buffer(edges[k])
        shape = shape.difference(_wedge(town, k).difference(near))
    return shape


def _wedge(town: Town, sector: int) -> shapely.Polygon:
    """Give the sector after radial `sector` as a long triangle."""
    start = _angles(town)[sector]
    end = _angles(town)[(sector + 1) % len(town.radials)]
    end += 2 * np.pi * (end <= start)
    turn = np.arange(start, end + _RING_STEP / 2, _RING_STEP)
    xy = np.column_stack([steady.cos(turn), steady.sin(turn)]) * 6000 + town.centre
    return shapely.Polygon([town.centre, *xy])


def _radials(
    town: Town, edges: dict[int, float], *, out: Drawn, names: Names
) -> list[tuple[Any, str]]:
    """Draw the streets out of town; two pairs of them meet in the square."""
    inner, _, _ = town.rings
    lines = []
    for k, angle in enumerate(_angles(town)):
        way = np.array([steady.cos(angle), steady.sin(angle)])
        reach = max(edges[k], edges[(k - 1) % len(edges)]) * 1.25
        start = 0.0 if k % 2 else inner * 0.7
        a, b = way * start + town.centre, way * reach + town.centre
        out.gates[(town.name, town.radials[k])] = (float(b[0]), float(b[1]))
        lines.append((shapely.LineString([a, b]), names.street("old")))
    return lines


def _part_of(town: Town, point: Any) -> Part:
    """Look up the part of the plan that a point lies in."""
    x, y = point.x - town.centre[0], point.y - town.centre[1]
    inner, ring, _ = town.rings
    radius, angle = float(steady.length((x, y))), float(np.rad2deg(steady.arctan2(y, x)))
    if radius < inner:
        return town.core
    starts = np.array(town.radials)
    sector = int(np.argmin((angle - starts) % 360))
    if ring is not None and radius < ring:
        return town.inner[sector]
    return town.outer[sector]
