"""What truly happens: chance on the expected, and what is planted on top of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.demo.hours import WEEKS
from geo.demo.sites import HABITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.demo.ground import Ground
    from geo.demo.hours import Hours
    from geo.demo.sites import Site
    from geo.demo.world import World

# Share of categories by kind of land.
MIX: dict[str, dict[str, float]] = {
    "centre": {"disorder": 16, "violence_public": 8, "theft": 16, "vandalism": 12, "graffiti": 8,
               "substance_use": 10, "threat": 4, "vehicle_crime": 6, "gathering": 7, "noise": 5,
               "burglary": 3, "drug_dealing": 2, "reckless_driving": 2, "robbery": 1},
    "residential": {"vandalism": 17, "vehicle_crime": 19, "burglary": 11, "theft": 10,
                    "graffiti": 7, "disorder": 9, "gathering": 8, "noise": 7,
                    "reckless_driving": 5, "arson_fire": 2, "threat": 3, "substance_use": 2},
    "industry": {"burglary": 26, "theft": 24, "vehicle_crime": 18, "vandalism": 13,
                 "reckless_driving": 14, "graffiti": 5},
    "green": {"vandalism": 20, "graffiti": 15, "gathering": 17, "substance_use": 14,
              "disorder": 12, "drug_dealing": 7, "arson_fire": 5, "violence_public": 5,
              "sexual_harassment": 3, "robbery": 2},
    "rural": {"theft": 27, "burglary": 26, "vehicle_crime": 22, "vandalism": 12,
              "reckless_driving": 9, "other": 4},
}  # fmt: skip
INDOOR_THEFT = 0.12
"""Share of thefts in shops, scattered, before any shopping centre."""
DWELLING_BURGLARY = 0.5
SHOPS_PER_YEAR = 46.0
DWELLING_PER_YEAR = 13.0


def happen(
    world: World,
    ground: Ground,
    hours: Hours,
    *,
    sites: list[Site],
    shops: NDArray[np.float64],
    planted: bool,
    light: bool = True,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """
    Let three years pass.

    Parameters
    ----------
    world
        The municipality.
    ground
        What its streets expect.
    hours
        When things can happen.
    sites
        Planted places; used only when `planted`.
    shops
        Where the shopping centre is, shape (2,), EPSG:3006.
    planted
        False: incidents are Poisson on the expected, and nothing else.
    light
        False: darkness changes nothing, at any place or hour.
    rng
        Source of chance.

    Returns
    -------
    pandas.DataFrame
        One row an incident: ``at`` (UTC), ``x``, ``y`` (exact), ``category``, ``setting``,
        ``kind`` (of land), ``site`` ("" for none).
    """
    lines = world.streets.geometry.to_numpy()
    parts = [_background(ground, hours, lines=lines, darkness=planted and light, rng=rng)]
    if planted:
        parts += [
            _extra(site, spell, ground, hours, lines=lines, light=light, rng=rng)
            for site in sites
            for spell in site.spells
        ]
        parts.append(_thefts(hours, shops, rng=rng))
    table = pd.concat(parts, ignore_index=True)
    homes = _homes(ground, hours, lines=lines, rng=rng)
    return pd.concat([table, homes], ignore_index=True)


def _table(at: pd.Series, xy: NDArray[Any], *, category: Any, setting: Any, kind: str,
           site: str) -> pd.DataFrame:  # fmt: skip
    return pd.DataFrame(
        {"at": at.array, "x": xy[:, 0], "y": xy[:, 1], "category": category,
         "setting": setting, "kind": kind, "site": site}
    )  # fmt: skip


def _background(
    ground: Ground, hours: Hours, *, lines: NDArray[Any], darkness: bool, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw a Poisson number on each kind of land, spread as expected."""
    parts = []
    for kind, mix in MIX.items():
        pieces = np.flatnonzero(ground.kind == kind)
        n = int(rng.poisson(ground.expected[pieces].sum() * WEEKS / 52))
        _, xy = ground.scatter(pieces, n, lines=lines, rng=rng)
        share = np.array(list(mix.values()), float)
        counts = rng.multinomial(n, share / share.sum())
        start = 0
        for category, m in zip(mix, counts.tolist(), strict=True):
            setting = _settings(category, m, rng=rng)
            at = hours.draw(hours.weights(category, darkness=darkness), m, rng=rng)
            shop = setting == "public_indoor"
            open_at = hours.weights(category, rhythm="shop", darkness=False)
            at[shop] = hours.draw(open_at, int(shop.sum()), rng=rng).to_numpy()
            parts.append(
                _table(
                    at,
                    xy[start : start + m],
                    category=category,
                    setting=setting,
                    kind=kind,
                    site="",
                )
            )
            start += m
    return pd.concat(parts, ignore_index=True)


def _settings(category: str, n: int, *, rng: np.random.Generator) -> NDArray[np.object_]:
    """Say in what surroundings it happened."""
    out = np.full(n, "outdoor", dtype=object)
    luck = rng.random(n)
    if category == "theft":
        out[luck < INDOOR_THEFT] = "public_indoor"
    elif category == "burglary":
        out[:] = np.where(luck < DWELLING_BURGLARY, "dwelling_exterior", "unknown")
        out[luck > 0.8] = "shared_building"
    elif category in {"vandalism", "graffiti", "noise"}:
        out[luck < 0.07] = "shared_building"
    return out


def _extra(
    site: Site,
    spell: tuple[int, int, float],
    ground: Ground,
    hours: Hours,
    *,
    lines: NDArray[Any],
    light: bool,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw what a place has beyond the expected during one spell."""
    first, stop, factor = spell
    n = int(rng.poisson(max(factor - 1, 0) * site.expected * (stop - first) / 52))
    _, xy = ground.scatter(site.pieces, n, lines=lines, rng=rng)
    windows, mix = HABITS[site.habit]
    share = np.array(list(mix.values()), float)
    category = rng.choice(np.array(list(mix), dtype=object), n, p=share / share.sum())
    week = np.arange(len(hours)) // 168
    weight = ((week >= first) & (week < stop)).astype(float)
    weight *= np.where(_inside(windows, hours), 1.0, 0.0 if site.only_dark else 0.035)
    if site.only_dark and light:
        weight *= hours.dark
    at = hours.draw(weight, n, rng=rng) if n else pd.Series([], dtype="datetime64[us, UTC]")
    return _table(at, xy, category=category, setting="outdoor", kind="site", site=site.key)


def _inside(windows: tuple[tuple[int, int, int, int], ...], hours: Hours) -> NDArray[np.bool_]:
    """Mark the hours inside a place's own: weekdays are operative, hours may pass midnight."""
    out = np.zeros(len(hours), dtype=bool)
    for first, last, start, stop in windows:
        day = (hours.day >= first) & (hours.day <= last)
        clock = (hours.clock - start) % 24 < (stop - start) % 24
        out |= day & clock
    return out


def _thefts(hours: Hours, shops: NDArray[np.float64], *, rng: np.random.Generator) -> pd.DataFrame:
    """Draw thefts in the shopping centre: indoors, late afternoon, dark outside in winter."""
    n = int(rng.poisson(SHOPS_PER_YEAR * WEEKS / 52))
    at = hours.draw(hours.weights("theft", rhythm="shop", darkness=False), n, rng=rng)
    xy = np.tile(shops, (n, 1))
    return _table(at, xy, category="theft", setting="public_indoor", kind="site", site="shops")


def _homes(
    ground: Ground, hours: Hours, *, lines: NDArray[Any], rng: np.random.Generator
) -> pd.DataFrame:
    """Draw events between people in a home: in the export, never to be kept."""
    n = int(rng.poisson(DWELLING_PER_YEAR * WEEKS / 52))
    pieces = np.flatnonzero(ground.kind == "residential")
    _, xy = ground.scatter(pieces, n, lines=lines, rng=rng)
    at = hours.draw(hours.weights("violence_public", darkness=False), n, rng=rng)
    return _table(
        at, xy, category="violence_public", setting="dwelling", kind="residential", site=""
    )
