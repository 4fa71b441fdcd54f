"""The light of every piece of street over the draws, in the evening and at night."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.lighting.bands import Unsure, draw_light
from geo.lighting.dark_lux import thresholds_lx
from geo.lighting.illuminance import light_at

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geo.lighting.luminaires import Luminaires
    from geo.lighting.plant import Plant

    Floats = NDArray[np.float64]
    Levels = dict[str, Floats]

_CHUNK = 100_000
_LOW, _HALF, _HIGH = 0.1, 0.5, 0.9


def light_levels(
    table: pd.DataFrame,
    start: NDArray[np.intp],
    plant: Plant,
    output: Floats,
    *,
    draws: int,
    seed: int,
) -> Levels:
    """
    Draw the light of every piece of street.

    Parameters
    ----------
    table
        Samples with ``x`` and ``y``, shape (m,), piece by piece.
    start
        First sample of each piece, shape (k,).
    plant
        The lamps.
    output
        Share of full light of each lamp.
    draws, seed
        See `draw_light`.

    Returns
    -------
    dict
        By name, shape (k,): median of the ``mean``; ``least`` with its band
        ``low`` to ``high``; ``p_minimum`` and ``p_reassurance``; ``assumed``,
        the share of the light that rests on an assumed height or flux. And
        ``sample``, median lux of each sample, shape (m,).
    """
    lamps = plant.luminaires(output)
    names = ("mean", "least", "low", "high", "p_minimum", "p_reassurance", "assumed")
    out = {name: np.zeros(start.size) for name in names} | {"sample": np.zeros(len(table))}
    if lamps.x.size == 0:
        return out
    on = (output > 0) & plant.table["counts"].to_numpy()
    unsure = unsure_of(plant, on)
    sure = plant.luminaires(output, rows=~_any_assumed(plant))
    x, y = table["x"].to_numpy(), table["y"].to_numpy()
    ends = np.r_[start[1:], len(table)].astype(np.intp)
    minimum, reassurance = thresholds_lx()
    first = 0
    while first < start.size:
        last = int(np.searchsorted(ends, start[first] + _CHUNK, side="right"))
        last = max(last, first + 1)
        part, span = slice(first, last), slice(int(start[first]), int(ends[last - 1]))
        light = draw_light(x[span], y[span], lamps, unsure=unsure, draws=draws, seed=seed)
        inner = start[part] - start[first]
        least = np.minimum.reduceat(light, inner, axis=1)
        total = np.add.reduceat(light, inner, axis=1)
        size = np.diff(np.r_[inner, light.shape[1]])
        out["mean"][part] = np.median(total / size, axis=0)
        out["low"][part], out["least"][part], out["high"][part] = np.quantile(
            least, [_LOW, _HALF, _HIGH], axis=0
        )
        out["p_minimum"][part] = (least >= minimum).mean(axis=0)
        out["p_reassurance"][part] = (least >= reassurance).mean(axis=0)
        out["sample"][span] = np.median(light, axis=0)
        out["assumed"][part] = _assumed(x[span], y[span], (lamps, sure), inner)
        first = last
    return out


def reached(table: pd.DataFrame, plant: Plant, output: Floats) -> NDArray[np.bool_]:
    """
    Tell which samples any lamp's light reaches.

    Parameters
    ----------
    table
        Samples with ``x`` and ``y``, shape (m,).
    plant
        The lamps.
    output
        Share of full light of each lamp.

    Returns
    -------
    ndarray
        bool, shape (m,).
    """
    light = light_at(table["x"], table["y"], plant.luminaires(output))
    out: NDArray[np.bool_] = light > 0
    return out


def levels_at_night(
    table: pd.DataFrame,
    row: NDArray[np.intp],
    plant: Plant,
    lit: Levels,
    *,
    outputs: tuple[Floats, Floats],
    draws: int,
    seed: int,
) -> Levels:
    """
    Give the levels at night: those of the evening, but for pieces near lamps that change.

    Parameters
    ----------
    table
        As in `light_levels`.
    row
        The piece of each sample, shape (m,).
    plant
        The lamps.
    lit
        The levels of the evening.
    outputs
        Share of full light of each lamp, in the evening and at night.
    draws, seed
        See `draw_light`.

    Returns
    -------
    dict
        As `light_levels`.
    """
    evening, night = outputs
    change = np.where(evening == night, 0.0, np.maximum(evening, night))
    pieces = np.unique(row[reached(table, plant, change)])
    if pieces.size == 0:
        return lit
    mine = np.isin(row, pieces)
    part = table[mine].reset_index(drop=True)
    first = np.flatnonzero(np.r_[True, np.diff(row[mine]) != 0])
    late = light_levels(part, first, plant, night, draws=draws, seed=seed)
    out = {name: values.copy() for name, values in lit.items()}
    for name, values in late.items():
        out[name][mine if name == "sample" else pieces] = values
    return out


def unsure_of(plant: Plant, on: NDArray[np.bool_]) -> Unsure:
    """
    Say what is only assumed of the lamps that give light.

    Parameters
    ----------
    plant
        The lamps, n of them.
    on
        Which give light, shape (n,).

    Returns
    -------
    Unsure
        Of those.
    """
    assumed = plant.table["assumed"].to_numpy(object)[on]
    height, flux = (np.array([name in a for a in assumed], bool) for name in
                    ("height_m", "flux_lm"))  # fmt: skip
    return Unsure(height, flux, plant.table["turn_deg"].to_numpy(float)[on])


def _any_assumed(plant: Plant) -> NDArray[np.bool_]:
    """Tell which lamps have an assumed height or flux."""
    lists = plant.table["assumed"]
    return np.array([bool({"height_m", "flux_lm"} & set(names)) for names in lists], bool)


def _assumed(
    x: Floats, y: Floats, lamps: tuple[Luminaires, Luminaires], inner: NDArray[np.intp]
) -> Floats:
    """Share of the light of each piece that comes from lamps with something assumed."""
    everything, stated = (np.add.reduceat(light_at(x, y, some), inner) for some in lamps)
    part = np.divide(stated, everything, out=np.ones(inner.size), where=everything > 0)
    return np.clip(1.0 - part, 0.0, 1.0)
