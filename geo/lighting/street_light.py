"""How well every piece of street is lit, by calculation: lux in bands, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.lighting.bands import DRAWS, OK_FROM, SEED, SHORT_TO
from geo.lighting.dark_lux import lux_runs, thresholds_lx
from geo.lighting.dimming import EVENING_HOUR, NIGHT_HOUR, lamp_output
from geo.lighting.illuminance import NEGLIGIBLE_LX
from geo.lighting.inventory import along_order
from geo.lighting.levels import levels_at_night, light_levels, reached
from geo.lighting.pieces import cut_pieces, piece_lines
from geo.lighting.placement import DEFAULTS, LightParams
from geo.lighting.plant import Plant, light_plant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from numpy.typing import NDArray

    from geo.lighting.optics import Optic
    from geo.streets import StreetNet

    Floats = NDArray[np.float64]

PIECE_M = 50.0
CLASSES = ("reassuring", "enough", "uncertain", "dark", "unlit", "not_inventoried")
COLUMNS = ("street_id", "from_m", "length_m", "lux_class", "night_class", "mean_lx", "min_lx",
           "min_low_lx", "min_high_lx", "p_minimum", "p_reassurance", "night_min_lx",
           "assumed_share", "inventory_share", "geometry")  # fmt: skip
_HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class StreetLight:
    """
    The calculated light of a municipality's streets.

    Parameters
    ----------
    segments
        By id, one row for at most 50 m of street; see `street_light`.
    plant
        The lamps as they were taken.
    evening
        Share of full light of each lamp in the evening, shape (n,).
    runs
        Dark stretches by threshold in lux; see `lux_runs`.
    numbers
        What a run should name: metres by class, those not inventoried that the network says are
        lit (``said_lit_m``), lamps by what is assumed.
    """

    segments: gpd.GeoDataFrame
    plant: Plant
    evening: Floats
    runs: dict[float, pd.DataFrame]
    numbers: dict[str, Any]


def street_light(
    samples: pd.DataFrame,
    *,
    net: StreetNet,
    lamps: gpd.GeoDataFrame,
    placed: pd.DataFrame,
    status: pd.Series,
    areas: gpd.GeoDataFrame,
    now: datetime,
    params: LightParams = DEFAULTS,
    optics: Mapping[str, Optic] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> StreetLight:
    """
    Calculate the light along every street, in the evening and at night.

    Parameters
    ----------
    samples
        What `light_samples` gave, in its order.
    net
        The street network.
    lamps
        Rows of the frame ``lamps``.
    placed, status
        What `place_lamps` and `lamp_status` gave.
    areas
        Rows of the frame ``areas``.
    now
        The aware moment to judge at.
    params
        Default heights, shortest run and longest gap.
    optics
        Photometric files by the name lamps have in ``optic``.
    draws, seed
        See `draw_light`.

    Returns
    -------
    StreetLight
        ``segments`` has `COLUMNS`: ``lux_class`` one of `CLASSES` by the least
        light on the piece (``reassuring`` and ``enough`` where it is probably
        at least 2 and 1 lx, ``dark`` where it probably is not 1 lx, ``unlit``
        where there is no light and nobody says there is);
        ``min_lx`` and ``mean_lx`` medians of the draws, ``min_low_lx`` and
        ``min_high_lx`` the tenth and ninetieth in a hundred; ``p_minimum`` and
        ``p_reassurance`` probabilities; ``night_*`` the same at two o'clock;
        ``assumed_share`` the share of the light that comes from lamps whose
        height or flux is assumed. Where lamps are not inventoried a piece may
        be called lit, and never dark.
    """
    plant = light_plant(
        lamps, net, areas=areas, placed=placed, params=params, year=now.year, optics=optics
    )
    ordered = lamps.sort_values("id")
    state = status.reindex(plant.table.index)
    evening, night = (
        lamp_output(state, ordered["schedule"], hour=hour) for hour in (EVENING_HOUR, NIGHT_HOUR)
    )
    told = samples["inventoried"].to_numpy() | reached(samples, plant, evening)
    some = np.bincount(samples["street"], told, minlength=len(net.streets)) > 0
    start, row = cut_pieces(samples, piece_m=PIECE_M, whole=~some[samples["street"]])
    lit = light_levels(samples, start, plant, evening, draws=draws, seed=seed)
    late = levels_at_night(
        samples, row, plant, lit, outputs=(evening, night), draws=draws, seed=seed
    )
    known = _share(samples["inventoried"].to_numpy(float), samples, row, len(start))
    out = _segments(samples, start, row, lit, late, known=known, net=net)
    runs = _runs(samples, lit["sample"], net=net, params=params)
    said = out["street_id"].map(net.streets["lit"]).eq("yes")
    blank = out["lux_class"] == "not_inventoried"
    said_lit = {"said_lit_m": round(float(out["length_m"][said & blank].sum()), 1)}
    return StreetLight(out, plant, evening, runs, _numbers(out, runs, plant) | said_lit)


def _share(values: Floats, table: pd.DataFrame, row: NDArray[np.intp], n: int) -> Floats:
    """Length-weighted mean of a value over each piece."""
    length = table["piece_m"].to_numpy()
    total = np.bincount(row, length, minlength=n)
    out: Floats = np.bincount(row, values * length, minlength=n) / np.where(total > 0, total, 1.0)
    return out


def _class(
    light: dict[str, Floats], known: NDArray[np.bool_], meant: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """Lux class of each piece; what is not inventoried may be lit, never dark."""
    return np.select(
        [
            light["p_reassurance"] >= OK_FROM,
            light["p_minimum"] >= OK_FROM,
            ~known,
            (light["mean"] < NEGLIGIBLE_LX) & ~meant,
            light["p_minimum"] <= SHORT_TO,
        ],
        ["reassuring", "enough", "not_inventoried", "unlit", "dark"],
        default="uncertain",
    ).astype(object)


def _segments(
    table: pd.DataFrame,
    start: NDArray[np.intp],
    row: NDArray[np.intp],
    lit: dict[str, Floats],
    late: dict[str, Floats],
    *,
    known: Floats,
    net: StreetNet,
) -> gpd.GeoDataFrame:
    """Put the pieces in a frame, each with its line."""
    n = start.size
    length = np.bincount(row, table["piece_m"], minlength=n)
    street = table["street_id"].to_numpy(object)[start]
    first = table["chainage_m"].to_numpy()[start] - table["piece_m"].to_numpy()[start] / 2
    of = net.streets.index.get_indexer(street)
    parts = piece_lines(net.lines, of=of, start_m=first, end_m=first + length)
    sure = known >= _HALF
    meant = net.streets["lit"].to_numpy(object)[of] == "yes"
    told = _class(lit, sure, meant) != "not_inventoried"
    index = pd.Index([f"{s}:{a:.0f}" for s, a in zip(street, first, strict=True)], name="id")
    data = {
        "street_id": pd.Series(street, index, dtype="str"),
        "from_m": first,
        "length_m": length,
        "lux_class": pd.Series(_class(lit, sure, meant), index, dtype="str"),
        "night_class": pd.Series(_class(late, sure, meant), index, dtype="str"),
        "mean_lx": np.where(told, lit["mean"], np.nan),
        "min_lx": np.where(told, lit["least"], np.nan),
        "min_low_lx": np.where(told, lit["low"], np.nan),
        "min_high_lx": np.where(told, lit["high"], np.nan),
        "p_minimum": np.where(told, lit["p_minimum"], np.nan),
        "p_reassurance": np.where(told, lit["p_reassurance"], np.nan),
        "night_min_lx": np.where(told, late["least"], np.nan),
        "assumed_share": lit["assumed"],
        "inventory_share": known,
    }
    frame = pd.DataFrame(data, index=index)
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(parts, index, crs=net.streets.crs))


def _runs(
    samples: pd.DataFrame, lux: Floats, *, net: StreetNet, params: LightParams
) -> dict[float, pd.DataFrame]:
    """Dark stretches along runs of streets, by threshold."""
    order = along_order(samples)
    length, run, known = (samples[name].to_numpy()[order] for name in
                          ("piece_m", "run", "inventoried"))  # fmt: skip
    out = {}
    for threshold in thresholds_lx():
        found = lux_runs(
            lux[order], piece_m=length, group=run, threshold_lx=threshold, known=known,
            params=params,
        )  # fmt: skip
        first = found["group"].to_numpy(np.intp)
        out[threshold] = found.assign(group=net.streets.index.to_numpy(object)[first])
    return out


def _numbers(
    segments: gpd.GeoDataFrame, runs: dict[float, pd.DataFrame], plant: Plant
) -> dict[str, Any]:
    """Sum up for the run: metres by class, dark stretches, share that rests on assumptions."""
    length = segments["length_m"]
    by_class = length.groupby(segments["lux_class"]).sum()
    told = segments["lux_class"] != "not_inventoried"
    weight = length.where(told, 0.0)
    share = float((segments["assumed_share"] * weight).sum() / max(float(weight.sum()), 1e-9))
    return {
        "street_m": {name: round(float(by_class.get(name, 0.0)), 1) for name in CLASSES},
        "dark_stretches": {
            f"{threshold:g}": {"n": len(found), "metres": round(float(found["length_m"].sum()), 1)}
            for threshold, found in runs.items()
        },
        "assumed_share": round(share, 4),
        "plant": plant.numbers,
    }
