"""Stretches of street between two lamps, and the standard's grid of points on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.lighting.en_grid import grid_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.streets import StreetNet

    Floats = NDArray[np.float64]

LONGEST_M = 100.0
"""Lamps farther apart than this light no common stretch."""
SHORTEST_M = 3.0
"""Lamps nearer than this stand at one spot, as on both sides of a path."""
_STEP_M = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Grids:
    """
    The points of many stretches, one after the other.

    Parameters
    ----------
    x, y
        Metres, shape (m,).
    heading_deg
        Along the street there, clockwise from north, shape (m,).
    start
        First point of each stretch, shape (k,).
    lines
        The stretches, shapely lines, shape (k,).
    """

    x: Floats
    y: Floats
    heading_deg: Floats
    start: NDArray[np.intp]
    lines: NDArray[np.object_]


def lamp_spans(net: StreetNet, placed: pd.DataFrame, *, classes: pd.DataFrame) -> pd.DataFrame:
    """
    List the stretches between neighbouring lamps along the same run of streets.

    Parameters
    ----------
    net
        The street network.
    placed
        What `place_lamps` gave, for the lamps that count.
    classes
        By street id, with ``light_class``; streets without one are left out.

    Returns
    -------
    DataFrame
        By id: ``run_id``, ``from_m`` and ``to_m`` along the run, ``length_m`` of
        `SHORTEST_M` to `LONGEST_M`, ``first`` and ``last`` lamp, ``street_id`` of its middle, and
        ``light_class``.
    """
    beside = placed[placed["street_id"].notna()].rename_axis("lamp_id").reset_index()
    along = beside.sort_values(["run_id", "run_m", "lamp_id"], ignore_index=True)
    same = along["run_id"].ne(along["run_id"].shift()) | (along["run_m"].diff() >= SHORTEST_M)
    along = along[same].reset_index(drop=True)  # one lamp a spot
    after = along.shift(-1)
    length = after["run_m"] - along["run_m"]
    mine = (along["run_id"] == after["run_id"]) & (length <= LONGEST_M) & (length >= SHORTEST_M)
    part, then = along[mine], after[mine]
    out = pd.DataFrame(
        {
            "run_id": part["run_id"], "from_m": part["run_m"], "to_m": then["run_m"],
            "length_m": length[mine], "first": part["lamp_id"], "last": then["lamp_id"],
        }
    )  # fmt: skip
    out["street_id"] = _street_at(net, out)
    out["light_class"] = classes["light_class"].reindex(out["street_id"]).to_numpy(object)
    out = out[out["light_class"].notna().to_numpy()]
    names = [f"{a}:{b}" for a, b in zip(out["first"], out["last"], strict=True)]
    return out.set_axis(pd.Index(names, name="id", dtype="str"), axis="index")


def span_grids(spans: pd.DataFrame, net: StreetNet) -> Grids:
    """
    Lay the grid of EN 13201-3 on each stretch.

    Parameters
    ----------
    spans
        Rows of `lamp_spans`, with ``width_m``; at least one.
    net
        The street network.

    Returns
    -------
    Grids
        Their points.
    """
    import shapely
    from shapely.ops import substring

    lines = _run_lines(net, set(spans["run_id"]))
    of = np.array([lines[run] for run in spans["run_id"]], object)
    begin, end = spans["from_m"].to_numpy(float), spans["to_m"].to_numpy(float)
    made = [
        grid_points(length, width_m=width)
        for length, width in zip(end - begin, spans["width_m"], strict=True)
    ]
    size = np.array([along.size for along, _ in made])
    row = np.repeat(np.arange(len(spans)), size)
    along = np.concatenate([a for a, _ in made]) + begin[row]
    across = np.concatenate([c for _, c in made]) - spans["width_m"].to_numpy(float)[row] / 2
    here, ahead, back = (
        shapely.get_coordinates(shapely.line_interpolate_point(of[row], along + step))
        for step in (0.0, _STEP_M, -_STEP_M)
    )
    way = ahead - back
    way /= np.maximum(np.hypot(*way.T), 1e-12)[:, None]
    spots = here + across[:, None] * np.column_stack([-way[:, 1], way[:, 0]])
    heading = np.rad2deg(np.arctan2(way[:, 0], way[:, 1]))
    start = (np.cumsum(size) - size).astype(np.intp)
    parts = [substring(line, a, b) for line, a, b in zip(of, begin, end, strict=True)]
    return Grids(spots[:, 0], spots[:, 1], heading, start, np.array(parts, object))


def _street_at(net: StreetNet, spans: pd.DataFrame) -> NDArray[np.object_]:
    """Give the street at the middle of each stretch."""
    runs = net.runs()
    start = runs["offset_m"].to_numpy()
    order = np.lexsort((start, runs["run"]))
    run = runs["run"].to_numpy()[order]
    wanted = net.streets.index.get_indexer(spans["run_id"])
    first, end = (np.searchsorted(run, wanted, side=side) for side in ("left", "right"))
    middle = ((spans["from_m"] + spans["to_m"]) / 2).to_numpy(float)
    start = start[order]
    at = [
        a + max(int(np.searchsorted(start[a:b], m, side="right")) - 1, 0)
        for a, b, m in zip(first.tolist(), end.tolist(), middle.tolist(), strict=True)
    ]
    out: NDArray[np.object_] = net.streets.index.to_numpy(object)[order[np.array(at, np.intp)]]
    return out


def _run_lines(net: StreetNet, names: set[str]) -> dict[str, object]:
    """Draw runs of streets, each as one line in the way it is measured."""
    import shapely

    runs = net.runs()
    at = np.flatnonzero(runs["run_id"].isin(names).to_numpy())
    name = runs["run_id"].to_numpy(object)
    order = at[np.lexsort((runs["offset_m"].to_numpy()[at], name[at].astype(str)))]
    parts: dict[str, list[Floats]] = {}
    back = runs["backwards"].to_numpy()
    for k in order:
        spots = shapely.get_coordinates(net.lines[k])
        parts.setdefault(str(name[k]), []).append(spots[::-1] if back[k] else spots)
    return {run: shapely.linestrings(np.vstack(spots)) for run, spots in parts.items()}
