"""Shapes that look grown rather than ruled: bent space, blobs, soft lines, halved blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.demo import steady

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WAVES_M = ((1500.0, 42.0), (900.0, 24.0), (450.0, 9.0), (210.0, 3.0))
_FAR_M = 50_000.0
_SPECK_M2 = 400.0


@dataclass(frozen=True, slots=True)
class Bend:
    """
    A smooth displacement of the plane: straight lines become streets.

    Parameters
    ----------
    waves
        Shape (k, 5): wave vector (1/m), phase (rad), displacement in x and y (m).
    """

    waves: NDArray[np.float64]

    @classmethod
    def draw(cls, rng: np.random.Generator) -> Bend:
        """
        Draw one.

        Parameters
        ----------
        rng
            Source of chance.

        Returns
        -------
        Bend
            Displacements of some tens of metres over hundreds of metres.
        """
        rows = []
        for length, size in _WAVES_M:
            for _ in range(3):
                heading, phase, way = rng.uniform(0, 2 * np.pi, 3)
                k = 2 * np.pi / (length * rng.uniform(0.8, 1.25))
                rows.append(
                    (k * steady.cos(heading), k * steady.sin(heading), phase,
                     size * steady.cos(way), size * steady.sin(way))
                )  # fmt: skip
        return cls(np.array(rows))

    def move(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Move points.

        Parameters
        ----------
        xy
            Shape (n, 2), metres.

        Returns
        -------
        numpy.ndarray
            Shape (n, 2), metres.
        """
        out = np.array(xy, float)
        for kx, ky, phase, dx, dy in self.waves:  # no matrix product: its last digit is no one's
            wave = steady.sin(xy[:, 0] * kx + xy[:, 1] * ky + phase)
            out += wave[:, None] * (dx, dy)
        return np.round(out, 6)

    def bend(self, shapes: Any, *, step_m: float = 22.0) -> NDArray[Any]:
        """
        Bend geometries, with vertices close enough to show it.

        Parameters
        ----------
        shapes
            Array of geometries, shape (n,).
        step_m
            Largest distance between vertices.

        Returns
        -------
        numpy.ndarray
            Shape (n,).
        """
        dense = shapely.segmentize(np.asarray(shapes, dtype=object), step_m)
        return np.asarray(shapely.transform(dense, self.move), dtype=object)


def blob(
    centre: tuple[float, float],
    radius: float,
    *,
    rng: np.random.Generator,
    rough: float = 0.12,
    squash: float = 1.0,
    turn: float = 0.0,
) -> shapely.Polygon:
    """
    Draw a lake, a wood or the edge of a town.

    Parameters
    ----------
    centre
        Metres.
    radius
        Mean radius, metres.
    rng
        Source of chance.
    rough
        Share by which the radius varies.
    squash
        Height over width before turning.
    turn
        Radians, anticlockwise.

    Returns
    -------
    shapely.Polygon
        A smooth closed shape of 72 vertices.
    """
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    size = np.ones_like(angle)
    for k in range(2, 7):
        size += (
            rough
            * rng.normal()
            / round(k**0.7, 8)
            * steady.sin(k * angle + rng.uniform(0, 2 * np.pi))
        )
    size = np.clip(size, 0.55, 1.5) * radius
    x, y = size * steady.cos(angle), size * steady.sin(angle) * squash
    c, s = steady.cos(turn), steady.sin(turn)
    xy = np.column_stack([centre[0] + c * x - s * y, centre[1] + s * x + c * y])
    return shapely.Polygon(xy).buffer(0)


def soft_line(points: list[tuple[float, float]], *, step_m: float = 60.0) -> shapely.LineString:
    """
    Draw a smooth line through points (Catmull-Rom).

    Parameters
    ----------
    points
        At least two, metres.
    step_m
        About how far apart the vertices of the line are.

    Returns
    -------
    shapely.LineString
        Starts and ends exactly at the first and the last point.
    """
    p = np.array([points[0], *points, points[-1]], float)
    out = [p[1:2]]
    for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True):
        n = max(2, int(steady.length(c - b) // step_m))
        t = np.linspace(0, 1, n + 1)[1:, None]
        curve = (
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t
                   + (3 * b - a - 3 * c + d) * t * t * t)
        )  # fmt: skip
        curve[-1] = c  # exactly, so that roads meet
        out.append(curve)
    return shapely.LineString(np.vstack(out))


def wander(
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    rng: np.random.Generator,
    rough: float = 0.07,
) -> shapely.LineString:
    """
    Draw a country road: from here to there, round what is in the way.

    Parameters
    ----------
    start, end
        Metres.
    rng
        Source of chance.
    rough
        Sideways wander as a share of the distance.

    Returns
    -------
    shapely.LineString
        A smooth line with the two given ends.
    """
    a, b = np.array(start), np.array(end)
    away = b - a
    length = float(steady.length(away))
    side = np.array([-away[1], away[0]]) / length
    n = max(1, int(length // 1300))
    t = np.linspace(0, 1, n + 2)[1:-1]
    off = rng.normal(0, rough * min(length, 5000.0), n) * steady.sin(np.pi * t)
    middle = a + t[:, None] * away + off[:, None] * side
    return soft_line([start, *map(tuple, middle), end])


def halve(
    face: shapely.Polygon, *, long_m: float, short_m: float, rng: np.random.Generator
) -> tuple[list[shapely.LineString], list[shapely.Polygon]]:
    """
    Divide ground into blocks by cutting it across again and again.

    Parameters
    ----------
    face
        The ground, metres.
    long_m, short_m
        Sides of the blocks wanted.
    rng
        Source of chance.

    Returns
    -------
    lines : list of shapely.LineString
        The cuts: one street each.
    blocks : list of shapely.Polygon
        What is left between them.
    """
    lines: list[shapely.LineString] = []
    blocks: list[shapely.Polygon] = []
    todo = [face]
    while todo:
        part = todo.pop()
        cut = _cut(part, long_m=long_m, short_m=short_m, rng=rng)
        if cut is None:
            blocks.append(part)
            continue
        line, half = cut
        lines += [p for p in _parts(line.intersection(part)) if p.length > 1]
        for piece in (part.intersection(half), part.difference(half)):
            todo += [p for p in _parts(piece) if p.area > _SPECK_M2]
    return lines, blocks


def _cut(
    part: shapely.Polygon, *, long_m: float, short_m: float, rng: np.random.Generator
) -> tuple[shapely.LineString, shapely.Polygon] | None:
    """Give the cut of one piece and the half-plane to its left; None when it is small enough."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(part))[:4]
    if len(corners) < 4:
        return None
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = steady.length(sides)
    i = int(np.argmax(lengths))
    along, across = sides[i] / lengths[i], sides[(i + 1) % 4]
    origin, long, short = corners[i], lengths[i], lengths[(i + 1) % 4]
    limit = rng.uniform(1.25, 1.6)
    if long / long_m >= short / short_m and long / long_m > limit:
        n = max(2, round(long / long_m))
        at = (n // 2 + (n % 2) * rng.integers(0, 2)) / n + rng.normal(0, 0.06) / n
        point, heading = origin + along * long * at, across / short
    elif short / short_m > limit:
        n = max(2, round(short / short_m))
        at = (n // 2 + (n % 2) * rng.integers(0, 2)) / n + rng.normal(0, 0.05) / n
        point, heading = origin + across * at, along
    else:
        return None
    tilt = rng.normal(0, 0.05)
    c, s = steady.cos(tilt), steady.sin(tilt)
    heading = np.array([c * heading[0] - s * heading[1], s * heading[0] + c * heading[1]])
    left = np.array([-heading[1], heading[0]])
    a, b = point - heading * _FAR_M, point + heading * _FAR_M
    half = shapely.Polygon([a, b, b + left * _FAR_M, a + left * _FAR_M])
    return shapely.LineString([a, b]), half


def _parts(shape: Any) -> list[Any]:
    """Lines or polygons of whatever an overlay gave, largest dimension only."""
    kinds = {"Polygon", "LineString"}
    return [p for p in shapely.get_parts(shape).tolist() if p.geom_type in kinds]
