"""The whole demo, in order: draw, light, let happen, tell, write, keep the truth aside."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
import tomli_w

from geo.demo import exports, mappings, offices, people, plan, work
from geo.demo.ground import Ground, survey
from geo.demo.hours import DARK_ODDS, LAST_WEEK, WEEKS, Hours
from geo.demo.incidents import happen
from geo.demo.lamps import put_up_lamps
from geo.demo.monday import Known, answers, hours_of
from geo.demo.places import SHOPS, place_facilities
from geo.demo.sites import Site, choose_sites, tidy
from geo.demo.told import tell
from geo.demo.truth import Truth
from geo.demo.world import World, build_world
from geo.settings import Profile
from geo.spatial import DEFAULT_CRS, DOOR_CRS

_log = logging.getLogger(__name__)

TRUTH_NAME = "truth.json"
_ROOMS = ("world", "sites", "lamps", "places", "incidents", "told", "exports", "people", "faults",
          "verdicts", "presence", "roads")  # fmt: skip
_DID = {"worked": "helped", "displaced": "moved", "light": "not begun", "faded": "helped",
        "new": "too early", "look_alike": "not begun"}  # fmt: skip
_FACTORS = {"5": "5x", "3": "3x", "2": "2x"}


@dataclass(frozen=True, slots=True)
class Load:
    """
    One file to load.

    Parameters
    ----------
    frame
        Which frame it fills.
    file, mapping_file
        The file and its mapping.
    """

    frame: str
    file: Path
    mapping_file: Path


@dataclass(frozen=True, slots=True)
class Demo:
    """
    What `write_demo` wrote.

    Parameters
    ----------
    profile
        Of the made-up municipality.
    loads
        Files in the order to load them.
    truth
        What was planted.
    """

    profile: Profile
    loads: tuple[Load, ...]
    truth: Truth


def write_demo(directory: Path, *, seed: int = 1, planted: bool = True, light: bool = True) -> Demo:
    """
    Write the files of a made-up municipality, and its truth aside.

    Parameters
    ----------
    directory
        Gets ``files/``, ``mappings/`` and ``truth.json``; made when missing.
    seed
        The same seed gives the same bytes.
    planted
        False: nothing is planted, and incidents are Poisson on the expected.
    light
        False: light has no part in anything. Darkness changes no rate, no lamps are missing or
        out together, nobody reports one; single lamps fail and streets sleep as ever.

    Returns
    -------
    Demo
        Profile, files to load and truth.
    """
    chance = {name: np.random.default_rng([seed, k]) for k, name in enumerate(_ROOMS)}
    files, maps = Path(directory) / "files", Path(directory) / "mappings"
    files.mkdir(parents=True, exist_ok=True)
    maps.mkdir(parents=True, exist_ok=True)
    known, ground, shops = _imagine(chance, planted=planted, light=light)
    _write_offices(files, known, chance)
    counts = _write_incidents(files, known.told, rng=chance["exports"])
    truth = _truth(known, ground, shops, counts, seed=seed, light=light)
    truth.write(Path(directory) / TRUTH_NAME)
    extent = known.world.extent
    profile = Profile(name=plan.NAME, crs=DEFAULT_CRS, extent=extent, made_up=True)
    loads = _loads(files, maps)
    _log.info("demo: %d told incidents in %d files", len(known.told), len(loads))
    return Demo(profile, loads, truth)


def _imagine(
    chance: dict[str, np.random.Generator], *, planted: bool, light: bool
) -> tuple[Known, Ground, Any]:
    """Draw the municipality and let three years pass in it."""
    world = build_world(chance["world"])
    ground = survey(world)
    sites = choose_sites(world, ground, rng=chance["sites"])
    lighting = put_up_lamps(world, sites, light=light, rng=chance["lamps"])
    places = place_facilities(world, rng=chance["places"])
    shops = shapely.get_coordinates(places.geometry[places["name"] == SHOPS].iloc[0])[0]
    hours = Hours.of_period(**_middle(world))
    events = happen(world, ground, hours, sites=sites, shops=shops, planted=planted, light=light,
                    rng=chance["incidents"])  # fmt: skip
    told = tell(events, until=pd.Timestamp(LAST_WEEK.end()), rng=chance["told"])
    reports = people.write_reports(world, ground, lighting, sites, planted=planted,
                                   light=light, rng=chance["people"])  # fmt: skip
    verdicts, disagreements = work.verdicts(rng=chance["verdicts"])
    known = Known(
        world=world, lighting=lighting, places=places, sites=sites, planted=planted,
        events=events, told=told, reports=reports,
        visits=work.presence(sites, planted=planted, rng=chance["presence"]),
        verdicts=verdicts, calendar=work.calendar(),
        measures=work.decisions(sites, planted=planted), disagreements=disagreements,
    )  # fmt: skip
    return known, ground, shops


def _write_offices(files: Path, known: Known, chance: dict[str, np.random.Generator]) -> None:
    """Write every file but the incidents."""
    lighting = known.lighting
    offices.roads(files / "vagnat.gpkg", known.world, lighting, rng=chance["roads"])
    offices.areas(files / "omraden.gpkg", known.world)
    offices.lamps(files / "belysning.gpkg", lighting)
    offices.facilities(files / "verksamheter.geojson", known.places)
    offices.faults(files / "felanmalan_belysning.csv",
                   work.fault_reports(lighting, rng=chance["faults"]))  # fmt: skip
    offices.reports(files / "otrygga_platser.csv", known.reports)
    offices.events(files / "kalender.xlsx", known.calendar)
    offices.assessments(files / "veckobedomningar.xlsx", known.verdicts)
    offices.measures(files / "atgarder.gpkg", known.measures)
    offices.visits(files / "narvarologg.csv", known.visits)


def _middle(world: World) -> dict[str, float]:
    """Give longitude and latitude of the main square, where the sun is looked at from."""
    from pyproj import Transformer

    move = Transformer.from_crs(world.streets.crs, DOOR_CRS, always_xy=True)
    lon, lat = move.transform(*plan.ORIGIN)
    return {"lon_deg": lon, "lat_deg": lat}


def _write_incidents(
    files: Path, told: pd.DataFrame, *, rng: np.random.Generator
) -> dict[str, dict[str, int]]:
    """Write the four exports and count what is in them."""
    rows = exports.split(told)
    counts = {
        "polisen": exports.police(files / exports.POLICE_FILE, rows["polisen"], rng=rng),
        "bostadsbolaget": exports.housing(
            files / exports.HOUSING_FILE, rows["bostadsbolaget"], rng=rng
        ),
        "vaktbolaget": exports.guards(files / exports.GUARDS_FILE, rows["vaktbolaget"], rng=rng),
        "kommunen": exports.municipality(
            files / exports.MUNICIPALITY_FILE, rows["kommunen"], rng=rng
        ),
    }
    for name, mine in rows.items():
        counts[name] |= {"unlocated": int(mine["x"].isna().sum()),
                         "told_twice": int(mine["second"].sum())}  # fmt: skip
    return counts


def _loads(files: Path, maps: Path) -> tuple[Load, ...]:
    """Write every mapping, and list the files in the order to load."""
    rows: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("gator", mappings.STREETS, "vagnat.gpkg"),
        ("markanvandning", mappings.LAND_USE, "omraden.gpkg"),
        ("omraden", mappings.DISTRICTS, "omraden.gpkg"),
        ("inventering", mappings.INVENTORY, "omraden.gpkg"),
        ("verksamheter", mappings.FACILITIES, "verksamheter.geojson"),
        ("belysning", mappings.LAMPS, "belysning.gpkg"),
        ("felanmalan", mappings.FAULTS, "felanmalan_belysning.csv"),
        ("polisen", mappings.POLICE, exports.POLICE_FILE),
        ("bostadsbolaget", mappings.HOUSING, exports.HOUSING_FILE),
        ("vaktbolaget", mappings.GUARDS, exports.GUARDS_FILE),
        ("kommunen", mappings.MUNICIPALITY, exports.MUNICIPALITY_FILE),
        ("otrygga_platser", mappings.REPORTS, "otrygga_platser.csv"),
        ("kalender", mappings.EVENTS, "kalender.xlsx"),
        ("bedomningar", mappings.ASSESSMENTS, "veckobedomningar.xlsx"),
        ("atgarder", mappings.MEASURES, "atgarder.gpkg"),
        ("narvaro", mappings.VISITS, "narvarologg.csv"),
    )
    out = []
    for name, table, file in rows:
        path = maps / f"{name}.toml"
        path.write_text(tomli_w.dumps(table), encoding="utf-8")
        out.append(Load(str(table["frame"]), files / file, path))
    return tuple(out)


def _truth(
    known: Known,
    ground: Ground,
    shops: Any,
    counts: dict[str, dict[str, int]],
    *,
    seed: int,
    light: bool,
) -> Truth:
    """Put together what is kept aside."""
    sites = known.sites if known.planted else []
    rows = [_place(site, known.events, light=light) for site in sites]
    if known.planted:
        rows.append(_shop_place(shops, known.events))
    lamps = known.lighting.lamps
    km = {k: round(float(ground.length_m[ground.kind == k].sum()) / 1000, 3) for k in ground.rates}
    return Truth(
        seed=seed,
        is_planted=known.planted,
        places=rows,
        rates={k: round(float(v) * 1000, 4) for k, v in ground.rates.items()},
        street_km=km,
        light={
            "dark_odds": DARK_ODDS if known.planted and light else 1.0,
            "n_lamps": len(lamps), "n_listed": int(lamps["listed"].sum()), "gap": plan.SURVEY_GAP,
            "gap_missing": int((~lamps["listed"]).sum()),
            "gap_lamps": int((lamps["part"] == plan.SURVEY_GAP).sum()),
            "bare": known.world.streets["ref"].iloc[known.lighting.bare].tolist(),
            "groups": known.lighting.groups, "asleep": known.lighting.asleep,
            "faulty": int((lamps["state"] == "faulty").sum()),
            "out": sorted(lamps.loc[lamps["state"] == "faulty", "pole_ref"]),
            "unlisted": _unlisted(lamps),
        },
        told=counts,
        measures={
            str(number): {"role": str(role), "starts": str(starts),
                          "did": _DID.get(str(role), "") if known.planted else ""}
            for number, role, starts in zip(known.measures["number"], known.measures["role"],
                                            known.measures["starts"], strict=True)
        },
        disagreements=known.disagreements,
        monday=answers(known),
    )  # fmt: skip


def _unlisted(lamps: Any) -> list[list[Any]]:
    """List the lamps that stand but are in no register: where, how high, how strong, lit or not."""
    mine = lamps[~lamps["listed"]]
    xy = shapely.get_coordinates(mine.geometry.to_numpy()).round(1).tolist()
    rest = mine[["height_m", "flux_lm"]].to_numpy(float).tolist()
    lit = (mine["state"] == "working").tolist()
    return [[*a, *b, c] for a, b, c in zip(xy, rest, lit, strict=True)]


def _place(site: Site, events: pd.DataFrame, *, light: bool) -> dict[str, Any]:
    """Describe a planted place."""
    since = pd.Timestamp(LAST_WEEK.shift(-51).start())
    mine = events[(events["site"] == site.key) & (events["at"] >= since)]
    weeks = [str(LAST_WEEK.shift(k - WEEKS + 1)) for k in range(WEEKS)]
    return {
        "key": site.key, "role": site.role, "name": site.name, "effect": round(site.effect, 2),
        "factor": _FACTORS.get(site.key[0], "") if site.role == "planted" else "",
        "expected_52w": round(site.expected, 2), "n_extra_52w": len(mine),
        "centre": [round(float(v), 1) for v in site.centre], "radius_m": site.radius_m,
        "hours": hours_of(site), "only_dark": site.only_dark and light,
        "spells": [[weeks[a], weeks[b - 1], round(f, 2)] for a, b, f in site.spells],
        "wkt": shapely.to_wkt(tidy(site.polygon), rounding_precision=1),
    }  # fmt: skip


def _shop_place(shops: Any, events: pd.DataFrame) -> dict[str, Any]:
    """Describe the shopping centre: thefts indoors, which darkness has nothing to do with."""
    since = pd.Timestamp(LAST_WEEK.shift(-51).start())
    mine = events[(events["site"] == "shops") & (events["at"] >= since)]
    ground = shapely.Point(shops).buffer(90)
    return {
        "key": "shops", "role": "indoor", "name": SHOPS, "effect": 0.0, "factor": "",
        "expected_52w": 0.0, "n_extra_52w": len(mine), "centre": [float(v) for v in shops],
        "radius_m": 90.0, "hours": [{"weekdays": [0, 6], "from": 15, "to": 20}],
        "only_dark": False, "spells": [], "wkt": shapely.to_wkt(ground, rounding_precision=1),
    }  # fmt: skip
