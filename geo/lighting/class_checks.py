"""The detailed sheet: every path between two lamps, held against its lighting class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.lighting.bands import DRAWS, SEED, band, draw_light
from geo.lighting.class_spans import lamp_spans, span_grids
from geo.lighting.classes import LightClass, light_class
from geo.lighting.illuminance import Plane, light_at
from geo.lighting.levels import unsure_of
from geo.lighting.optics.symmetric import OPTICS
from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.lighting.class_spans import Grids
    from geo.lighting.plant import Plant
    from geo.streets import StreetNet

    Floats = NDArray[np.float64]

COLUMNS = ("street_id", "street", "length_m", "width_m", "light_class", "class_from", "decided",
           "em_lx", "em_low_lx", "em_high_lx", "emin_lx", "emin_low_lx", "emin_high_lx", "uo",
           "uo_low", "uo_high", "p_mean", "p_least", "p_class", "band", "overlit", "ev_low_lx",
           "ev_high_lx", "esc_low_lx", "esc_high_lx", "n_points", "n_out", "n_off", "n_files",
           "lamp_ids", "pole_refs", "geometry")  # fmt: skip
_CHUNK = 60_000
_QUANTILES = (0.1, 0.5, 0.9)


def class_checks(
    net: StreetNet,
    plant: Plant,
    output: Floats,
    *,
    placed: pd.DataFrame,
    status: pd.Series,
    classes: pd.DataFrame,
    poles: pd.Series | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> gpd.GeoDataFrame:
    """
    Judge every stretch between two neighbouring lamps on the grid of the standard.

    Parameters
    ----------
    net
        The street network.
    plant
        The lamps.
    output
        Share of full light of each lamp in the evening, shape (n,).
    placed
        What `place_lamps` gave.
    status
        By lamp id: ``working``, ``out`` or ``off_on_purpose``.
    classes
        What `LightProfile.class_of` gave; streets without a class are left out.
    poles
        Pole number by lamp id, missing allowed; None for none.
    draws, seed
        See `draw_light`.

    Returns
    -------
    GeoDataFrame
        By id, `COLUMNS`. ``em_lx``, ``emin_lx`` and ``uo`` are medians of the draws, ``_low`` and
        ``_high`` the tenth and the ninetieth in a hundred; ``p_mean`` and ``p_least`` say how
        probable it is that the mean, and that the least (or, for C classes, the uniformity), is
        enough, ``p_class`` that both are, and ``band`` the same in a word. ``ev`` and ``esc`` are
        the least vertical and semicylindrical light 1.5 m up, facing along the path either way,
        lowest and highest over the symmetric optics at the heights and lumens that are believed.
        ``n_out`` and ``n_off`` count the two lamps that are out, or off on purpose.

    Notes
    -----
    The grid is that of EN 13201-3:2015; all lamps within reach count. Widths are by kind of
    street, from the table of defaults.
    """
    spans = lamp_spans(net, placed[plant.table["counts"].reindex(placed.index)], classes=classes)
    widths = lighting_table("defaults")["width_m"]
    kind = net.streets["kind"].reindex(spans["street_id"]).astype("object").to_numpy()
    spans["width_m"] = [float(widths.get(k, widths["path"])["value"]) for k in kind]
    parts = [
        _judged(spans.iloc[first:last], net, plant, output, draws=draws, seed=seed)
        for first, last in _chunks(spans)
    ]
    told = pd.concat(parts) if parts else spans
    told = told.join(classes[["class_from", "decided"]], on="street_id")
    told["street"] = net.streets["name"].reindex(told["street_id"]).to_numpy(object)
    told = told.join(_of_the_two(told, plant, status=status, poles=poles))
    frame = told.reindex(columns=list(COLUMNS)).rename_axis("id")
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=net.streets.crs)


def _of_the_two(
    spans: pd.DataFrame, plant: Plant, *, status: pd.Series, poles: pd.Series | None
) -> pd.DataFrame:
    """Say what is known of the two lamps of each stretch."""
    ends = (spans["first"], spans["last"])
    state = [status.reindex(ids).to_numpy(object) for ids in ends]
    own = [(plant.table["file"].reindex(ids) >= 0).to_numpy(int) for ids in ends]
    number = pd.Series(dtype="object") if poles is None else poles.dropna().astype("object")
    pairs = list(zip(*ends, strict=True))
    return pd.DataFrame(
        {
            "n_out": (state[0] == "out").astype(int) + (state[1] == "out"),
            "n_off": (state[0] == "off_on_purpose").astype(int) + (state[1] == "off_on_purpose"),
            "n_files": own[0] + own[1],
            "lamp_ids": pd.Series([list(p) for p in pairs], spans.index, dtype="object"),
            "pole_refs": pd.Series(
                [[str(number[i]) for i in p if i in number.index] for p in pairs],
                spans.index, dtype="object",
            ),
        },
        index=spans.index,
    )  # fmt: skip


def check_numbers(checks: gpd.GeoDataFrame, net: StreetNet) -> dict[str, Any]:
    """
    Sum the sheet up for a report.

    Parameters
    ----------
    checks
        What `class_checks` gave.
    net
        The street network.

    Returns
    -------
    dict
        ``n``, ``metres``, ``metres_by_band``, ``n_overlit``, and ``edition`` of the standard.
    """
    length = checks["length_m"].astype(float)
    by_band = length.groupby(checks["band"]).sum()
    table = lighting_table("classes")
    return {
        "n": len(checks),
        "metres": round(float(length.sum()), 1),
        "street_m": round(float(net.streets.length.sum()), 1),
        "metres_by_band": {str(k): round(float(v), 1) for k, v in sorted(by_band.items())},
        "n_overlit": int(checks["overlit"].astype(bool).sum()),
        "edition": f"{table['standard']}:{table['standard_edition']}",
    }


def _chunks(spans: pd.DataFrame) -> list[tuple[int, int]]:
    """Part the stretches so that no part has too many points."""
    if spans.empty:
        return []
    per = np.maximum(spans["length_m"] / 3.0, 10) * np.maximum(spans["width_m"] / 1.5, 3)
    at = np.floor(np.cumsum(per.to_numpy()) / _CHUNK).astype(int)
    first = np.flatnonzero(np.r_[True, np.diff(at) != 0])
    return list(zip(first, np.r_[first[1:], len(spans)], strict=True))


def _judged(
    spans: pd.DataFrame,
    net: StreetNet,
    plant: Plant,
    output: Floats,
    *,
    draws: int,
    seed: int,
) -> pd.DataFrame:
    """Judge some stretches."""
    grid = span_grids(spans, net)
    lamps = plant.luminaires(output)
    on = (output > 0) & plant.table["counts"].to_numpy()
    light = draw_light(grid.x, grid.y, lamps, unsure=unsure_of(plant, on), draws=draws, seed=seed)
    light = light.astype(float)
    n = np.diff(np.r_[grid.start, grid.x.size])
    mean = np.add.reduceat(light, grid.start, axis=1) / n
    least = np.minimum.reduceat(light, grid.start, axis=1)
    uo = np.divide(least, mean, out=np.zeros_like(mean), where=mean > 0)
    known = {name: light_class(name) for name in set(spans["light_class"])}
    rules = [known[name] for name in spans["light_class"]]
    enough = mean >= np.array([rule.em_lx for rule in rules])
    even = _even(rules, least, uo)
    out = spans.assign(n_points=n, geometry=grid.lines)
    for name, values in (("em", mean), ("emin", least), ("uo", uo)):
        unit = "" if name == "uo" else "_lx"
        low, middle, high = np.quantile(values, _QUANTILES, axis=0)
        out[f"{name}{unit}"], out[f"{name}_low{unit}"] = middle, low
        out[f"{name}_high{unit}"] = high
    out["p_mean"], out["p_least"] = enough.mean(axis=0), even.mean(axis=0)
    out["p_class"] = (enough & even).mean(axis=0)
    out["band"] = band(out["p_class"].to_numpy(float))
    times = float(lighting_table("classes")["P_overlit"]["all"][0])
    out["overlit"] = out["em_lx"].to_numpy() > times * np.array([rule.em_lx for rule in rules])
    planes: dict[str, Plane] = {"ev": "vertical", "esc": "semicylindrical"}
    for name, plane in planes.items():
        faces = _faces(grid, plant, output, plane=plane)
        out[f"{name}_low_lx"], out[f"{name}_high_lx"] = faces
    return out


def _even(rules: list[LightClass], least: Floats, uo: Floats) -> NDArray[np.bool_]:
    """Tell by draw and stretch whether the least, or the uniformity, is enough."""
    nothing = float("-inf")
    by_least = np.array([nothing if r.emin_lx is None else r.emin_lx for r in rules])
    by_uo = np.array([nothing if r.uo is None else r.uo for r in rules])
    out: NDArray[np.bool_] = (least >= by_least) & (uo >= by_uo)
    return out


def _faces(grid: Grids, plant: Plant, output: Floats, *, plane: Plane) -> tuple[Floats, Floats]:
    """Least light on an upright plane facing along the path, lowest and highest over optics."""
    found = []
    for optic in OPTICS:
        lamps = plant.luminaires(output, optic=optic)
        both = [
            light_at(grid.x, grid.y, lamps, facing_deg=grid.heading_deg + turn, plane=plane)
            for turn in (0.0, 180.0)
        ]
        found.append(np.minimum.reduceat(np.minimum(*both), grid.start))
    return np.minimum.reduce(found), np.maximum.reduce(found)
