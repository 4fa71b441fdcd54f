"""Lamps along lit streets, and what is wrong with some of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.demo import plan, steady
from geo.demo.hours import LAST_WEEK
from geo.spatial import DEFAULT_CRS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.demo.sites import Site
    from geo.demo.world import World

# spacing (m), height (m), offset (m), LED watt, sodium watt, by rank
_SORTS: dict[str, tuple[float, float, float, float, float]] = {
    "main": (35.0, 8.0, 5.5, 52.0, 150.0),
    "street": (34.0, 7.0, 4.0, 30.0, 70.0),
    "cycle": (24.0, 5.0, 2.3, 18.0, 50.0),
    "foot": (21.0, 4.5, 1.8, 14.0, 50.0),
    "tunnel": (8.0, 2.8, 1.2, 12.0, 12.0),
}
_SODIUM = {"villas": 0.45, "village": 0.6, "flats": 0.2, "inner": 0.25, "industry": 0.5}
_TRACK = "Motionsspåret"
_SINGLE_FAULTS = 0.022
_CIRCUIT_M = 620.0
_GROUPS = 5
_BARE = 4
MISSING_SHARE = 0.20


@dataclass(frozen=True, slots=True)
class Lighting:
    """
    The plant as it truly is.

    Parameters
    ----------
    lamps
        Every lamp: ``pole_ref``, ``circuit``, ``height_m``, ``power_w``, ``flux_lm``, ``source``,
        ``state``, ``state_since``, ``schedule``, ``owner``, ``installed``, ``street``, ``part``,
        ``listed`` (whether the inventory has it); EPSG:3006.
    bare
        Rows of streets whose lamps are missing where people think there are some.
    groups
        Pole numbers of each run of lamps that are out together.
    asleep
        Names of streets that are dark on purpose for part of the night.
    """

    lamps: gpd.GeoDataFrame
    bare: list[int]
    groups: list[list[str]]
    asleep: list[str]


def may_sleep(streets: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """
    Tell which streets may be dark on purpose for part of the night.

    Parameters
    ----------
    streets
        Of the municipality, shape (n,).

    Returns
    -------
    ndarray
        bool, shape (n,): the lit track, and streets among industry.
    """
    industry = (streets["use"] == "industry") & (streets["rank"] == "street")
    return np.asarray(industry | (streets["name"] == _TRACK), dtype=np.bool_)


def put_up_lamps(
    world: World, sites: list[Site], *, light: bool = True, rng: np.random.Generator
) -> Lighting:
    """
    Light the streets, and break some of it.

    Parameters
    ----------
    world
        The municipality.
    sites
        Planted places: where light matters lamps are out, at its look-alike none is.
    light
        False: no street lacks its lamps and none are out together; single lamps still fail.
    rng
        Source of chance.

    Returns
    -------
    Lighting
        The plant.
    """
    streets = world.streets
    dark = next(s for s in sites if s.role == "light")
    twin = next(s for s in sites if s.role == "look_alike")
    bare = _bare_streets(streets, sites, rng=rng) if light else []
    lamps = _row_of_lamps(streets.drop(index=streets.index[bare]), rng=rng)
    lamps = lamps.reset_index(drop=True)
    lamps["circuit"], lamps["pole_ref"] = _numbers(lamps)
    asleep = _sleepers(streets, rng=rng)
    lamps["schedule"] = lamps["street_name"].map(asleep).astype("object")
    lamps["state"] = np.where(lamps["street_name"].isin(asleep), "off_on_purpose", "working")
    near_twin = lamps.distance(shapely.Point(twin.centre)) < twin.radius_m + 130
    single = (rng.random(len(lamps)) < _SINGLE_FAULTS) & ~near_twin & (lamps["state"] == "working")
    lamps.loc[single, "state"] = "faulty"
    groups = _outages(lamps, dark, avoid=twin, rng=rng) if light else []
    for members in groups:
        lamps.loc[members, "state"] = "faulty"
    lamps["state_since"] = _since(lamps, groups, rng=rng)
    lamps["listed"] = _listed(lamps, world, rng=rng)
    refs = [lamps.loc[members, "pole_ref"].tolist() for members in groups]
    return Lighting(lamps, bare, refs, sorted(asleep))


def _bare_streets(
    streets: gpd.GeoDataFrame, sites: list[Site], *, rng: np.random.Generator
) -> list[int]:
    """Choose lit paths that in truth have no lamps: one where light matters, others elsewhere."""
    path = streets["kind"].isin(["cycleway", "footway"]) & streets["lit"]
    path &= streets["length_m"].between(60, 220) & (streets["place"] != "")
    rows = np.flatnonzero(path.to_numpy())
    middle = shapely.get_coordinates(streets.geometry.iloc[rows].centroid)
    light = next(s for s in sites if s.role == "light")
    to_light = steady.length(middle - light.centre)
    chosen = [int(rows[np.argmin(to_light)])]
    centres = np.array([s.centre for s in sites])
    free = [
        int(r)
        for r, xy in zip(rows, middle, strict=True)
        if steady.length(centres - xy).min() > 400
    ]
    return chosen + sorted(
        int(r) for r in rng.choice(free, size=min(_BARE, len(free)), replace=False)
    )


def _row_of_lamps(streets: gpd.GeoDataFrame, *, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Set poles along one side of every lit street."""
    lit = streets[streets["lit"].to_numpy()]
    rank = lit["rank"].replace(
        {"state": "main", "country": "street", "through": "main", "track": "foot"}
    )
    sorts = pd.DataFrame(_SORTS, index=["spacing", "height", "offset", "led", "sodium"]).T
    sort = sorts.loc[rank].reset_index(drop=True)
    lines, length = lit.geometry.to_numpy(), lit.length.to_numpy()
    wish = sort["spacing"].to_numpy() * rng.uniform(0.93, 1.07, len(lit))
    count = np.maximum(1, np.rint(length / wish)).astype(int)
    row = np.repeat(np.arange(len(lit)), count)
    order = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    along = (order + 0.5) * (length / count)[row] + rng.normal(0, 0.8, len(row))
    along = np.clip(along, 0.3, length[row] - 0.3)
    here = shapely.get_coordinates(shapely.line_interpolate_point(lines[row], along))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines[row], along + 0.25))
    way = ahead - here
    size = steady.length(way)
    way = way / np.where(size > 0, size, 1.0)[:, None]
    side = np.where(rng.random(len(lit)) < 0.5, 1.0, -1.0)[row][:, None]
    spot = (
        here
        + side * np.column_stack([-way[:, 1], way[:, 0]]) * sort["offset"].to_numpy()[row][:, None]
    )
    age = _age(lit, sort, rng=rng)
    facing = np.rad2deg(steady.arctan2(*(here - spot).T)) % 360
    return gpd.GeoDataFrame(
        {
            "street": lit["ref"].to_numpy()[row],
            "street_name": age["name"].to_numpy()[row],
            "street_kind": lit["kind"].to_numpy()[row],
            "order": order,
            "part": lit["part"].to_numpy()[row],
            "place": lit["place"].to_numpy()[row],
            "height_m": sort["height"].to_numpy()[row],
            "power_w": age["power_w"].to_numpy()[row],
            "flux_lm": age["flux_lm"].to_numpy()[row],
            "source": age["source"].to_numpy()[row],
            "owner": np.where(lit["owner"].eq("samfällighet"), "Belysningsföreningen",
                              "Granvads kommun")[row],
            "installed": age["year"].to_numpy()[row],
            "azimuth_deg": np.round(facing, 0),
        },
        geometry=shapely.points(np.round(spot, 2)),
        crs=DEFAULT_CRS,
    )  # fmt: skip


def _age(lit: gpd.GeoDataFrame, sort: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Say what stands in each street, the same all along it: new diodes or old sodium."""
    name = lit["name"].where(lit["name"] != "", lit["ref"]).to_numpy()
    code, _ = pd.factorize(pd.Series(name) + lit["place"].to_numpy())
    old = rng.random(code.max() + 1)[code] < lit["use"].map(_SODIUM).fillna(0.15).to_numpy()
    old &= lit["rank"].ne("tunnel").to_numpy()
    power = np.where(old, sort["sodium"], sort["led"])
    flux = np.where(old, power * 82, power * 122)
    year = np.where(old, rng.integers(1991, 2009, code.max() + 1)[code],
                    rng.integers(2013, 2026, code.max() + 1)[code])  # fmt: skip
    return pd.DataFrame(
        {"name": name, "source": np.where(old, "hps", "led"), "power_w": power,
         "flux_lm": np.round(flux, -1), "year": year}
    )  # fmt: skip


def _numbers(lamps: gpd.GeoDataFrame) -> tuple[pd.Series, pd.Series]:
    """Give numbers to circuits by neighbourhood and poles within them."""
    xy = shapely.get_coordinates(lamps.geometry.to_numpy())
    cell = np.floor(xy / _CIRCUIT_M).astype(int)
    _, circuit = np.unique(cell, axis=0, return_inverse=True)
    circuit = pd.Series(circuit.ravel() + 1, index=lamps.index)
    number = circuit.groupby(circuit).cumcount() + 1
    names = "BC" + circuit.astype(str).str.zfill(3)
    return names, circuit.astype(str).str.zfill(3) + "-" + number.astype(str).str.zfill(3)


def _sleepers(streets: gpd.GeoDataFrame, *, rng: np.random.Generator) -> dict[str, str]:
    """Choose what is dark on purpose, with the decision: the lit track and some streets."""
    decision = "släckt 23-05, beslut tekniska nämnden 2025-09-16 § 84"
    out = {_TRACK: "släckt 22-06, beslut kultur- och fritidsnämnden 2024-10-08 § 61"}
    industry = streets[may_sleep(streets) & (streets["name"] != _TRACK).to_numpy()]
    names = sorted(set(industry["name"]) - {""})
    for name in rng.choice(names, size=min(3, len(names)), replace=False):
        out[str(name)] = decision
    return out


def _outages(
    lamps: gpd.GeoDataFrame, light: Site, *, avoid: Site, rng: np.random.Generator
) -> list[list[Any]]:
    """Choose runs of lamps that are out together, the first where light matters."""
    working = lamps[(lamps["state"] == "working")]
    to_light = working.distance(shapely.Point(light.centre))
    paths = working["street_kind"].isin(["cycleway", "footway"])
    first = to_light[paths & (to_light < light.radius_m + 45)].nsmallest(6)
    groups = [sorted(first.index.tolist())]
    away = working.distance(shapely.Point(avoid.centre)) > avoid.radius_m + 150
    long = working[away & (to_light > 400)].groupby("street").filter(lambda g: len(g) >= 7)
    streets = rng.choice(np.sort(long["street"].unique()), size=_GROUPS, replace=False)
    for street in streets:
        run = long[long["street"] == street].sort_values("order")
        size = int(rng.integers(3, 7))
        start = int(rng.integers(0, len(run) - size + 1))
        groups.append(run.index[start : start + size].tolist())
    return groups


def _since(
    lamps: gpd.GeoDataFrame, groups: list[list[Any]], *, rng: np.random.Generator
) -> pd.Series:
    """Say since when lamps are out: runs together, single ones for some weeks."""
    end = pd.Timestamp(LAST_WEEK.end())
    out = pd.Series(pd.NaT, index=lamps.index, dtype="datetime64[us, UTC]")
    single = lamps.index[lamps["state"] == "faulty"]
    hours = rng.integers(30, 24 * 110, len(single))
    out.loc[single] = pd.DatetimeIndex(end - pd.to_timedelta(hours, unit="h")).as_unit("us")
    for k, members in enumerate(groups):
        days = 99 if k == 0 else int(rng.integers(4, 70))
        out.loc[members] = (end - pd.Timedelta(days=days, hours=11)).as_unit("us")
    return out


def _listed(lamps: gpd.GeoDataFrame, world: World, *, rng: np.random.Generator) -> pd.Series:
    """Leave a fifth of one district's lamps out of the inventory, all where it is unfinished."""
    surveyed = shapely.union_all(world.land.surveyed.geometry.to_numpy())
    mine = (lamps["part"] == plan.SURVEY_GAP).to_numpy()
    outside = np.flatnonzero(mine & ~shapely.intersects(lamps.geometry.to_numpy(), surveyed))
    n = min(round(MISSING_SHARE * int(mine.sum())), len(outside))
    out = pd.Series(data=True, index=lamps.index)
    out.iloc[rng.choice(outside, size=n, replace=False)] = False
    return out
