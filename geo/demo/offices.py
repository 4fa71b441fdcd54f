"""The other offices' files: roads, areas, lamps, places, faults, reports, calendar, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Transformer

from geo.demo import mappings, plan
from geo.demo.writers import (
    decimal_text,
    local_text,
    write_csv,
    write_geojson,
    write_gpkg,
    write_xlsx,
)

if TYPE_CHECKING:
    from pathlib import Path

    from geo.demo.lamps import Lighting
    from geo.demo.world import World

_TIME = "%Y-%m-%d %H:%M"


def roads(path: Path, world: World, lighting: Lighting, *, rng: np.random.Generator) -> None:
    """
    Write the road register; whether a street is lit is unknown here and there.

    Parameters
    ----------
    path
        Where to.
    world
        The municipality.
    lighting
        Paths whose lamps are missing count as unlit.
    rng
        Source of chance.
    """
    streets = world.streets
    lit = streets["lit"].copy()
    lit.iloc[lighting.bare] = False
    words = pd.Series(np.where(lit, "yes", "no"), index=streets.index)
    doubt = np.where(streets["part"] == plan.SURVEY_GAP, 0.45, 0.0)
    doubt = np.where(streets["use"] == "village", 0.12, doubt)
    doubt = np.where(streets["rank"] == "track", 0.5, doubt)
    words[rng.random(len(words)) < doubt] = "unknown"
    out = gpd.GeoDataFrame(
        {
            "objekt_id": streets["ref"], "gatunamn": streets["name"].replace({"": None}),
            "typ": streets["kind"].map(mappings.KINDS), "langd": streets["length_m"],
            "fran_nod": streets["from_node"], "till_nod": streets["to_node"],
            "belyst": words.map(mappings.LIT), "vaghallare": streets["owner"],
        },
        geometry=streets.geometry,
    )  # fmt: skip
    write_gpkg(path, {"vagnat": out})


def areas(path: Path, world: World) -> None:
    """
    Write areas as three layers of one GeoPackage.

    Parameters
    ----------
    path
        Where to.
    world
        The municipality.
    """
    land = world.land
    uses = gpd.GeoDataFrame(
        {"namn": land.uses["name"], "anvandning": land.uses["kind"].map(mappings.USES)},
        geometry=land.uses.geometry,
    )
    districts = gpd.GeoDataFrame(
        {"namn": land.districts["name"], "invanare": land.districts["population"],
         "ar": land.districts["population_year"]},
        geometry=land.districts.geometry,
    )  # fmt: skip
    surveyed = gpd.GeoDataFrame({"namn": land.surveyed["name"]}, geometry=land.surveyed.geometry)
    write_gpkg(path, {"markanvandning": uses, "omraden": districts, "inventerat": surveyed})


def lamps(path: Path, lighting: Lighting) -> None:
    """
    Write the lamp inventory, without the lamps it never got.

    Parameters
    ----------
    path
        Where to.
    lighting
        The plant.
    """
    table = lighting.lamps[lighting.lamps["listed"]]
    since = local_text(table["state_since"], _TIME)
    out = gpd.GeoDataFrame(
        {
            "stolpnr": table["pole_ref"], "central": table["circuit"],
            "ljuskalla": table["source"].map({"led": "LED", "hps": "högtrycksnatrium"}),
            "effekt_w": table["power_w"], "ljusflode_lm": table["flux_lm"],
            "stolphojd_m": table["height_m"], "riktning": table["azimuth_deg"],
            "agare": table["owner"], "driftstatus": table["state"].map(mappings.STATES),
            "status_sedan": since.where(since != "", None), "drifttid": table["schedule"],
            "monterad": table["installed"].astype(str) + "-07-01",
        },
        geometry=table.geometry,
    )  # fmt: skip
    write_gpkg(path, {"ljuspunkter": out})


def facilities(path: Path, places: gpd.GeoDataFrame) -> None:
    """
    Write places with a function.

    Parameters
    ----------
    path
        Where to.
    places
        From `geo.demo.places.place_facilities`.
    """
    out = gpd.GeoDataFrame(
        {
            "namn": places["name"], "typ": places["kind"].map(mappings.PLACES),
            "laskontroll": np.where(places["check_locked"], "ja", "nej"),
            "oppet": places["opening"],
        },
        geometry=places.geometry,
    )  # fmt: skip
    write_geojson(path, out)


def faults(path: Path, table: pd.DataFrame) -> None:
    """
    Write the fault desk's list.

    Parameters
    ----------
    path
        Where to.
    table
        From `geo.demo.work.fault_reports`.
    """
    out = pd.DataFrame(
        {
            "Ärende": table["number"], "Stolpnr": table["pole_ref"],
            "Fel": table["kind"].map(mappings.FAULT_KINDS),
            "Inkom": local_text(table["reported"], _TIME),
            "Avslutat": local_text(table["closed"], _TIME), "Kanal": table["channel"],
            "E": decimal_text(table["x"], 1), "N": decimal_text(table["y"], 1),
        }
    )  # fmt: skip
    write_csv(path, out, encoding="utf-8-sig")


def reports(path: Path, table: pd.DataFrame) -> None:
    """
    Write what residents reported, their own words beside the codes.

    Parameters
    ----------
    path
        Where to.
    table
        From `geo.demo.people.write_reports`.
    """
    move = Transformer.from_crs("EPSG:3006", "OGC:CRS84", always_xy=True)
    lon, lat = move.transform(table["x"].to_numpy(), table["y"].to_numpy())
    turned = {
        column: {ours: theirs for theirs, ours in words.items()}
        for column, words in mappings.REPORTS["values"].items()
    }
    out = pd.DataFrame(
        {
            "nr": table["number"], "inkom": local_text(table["received"], _TIME),
            "upplevelse": table["felt"].map(turned["felt"]),
            "nar": table["when"].map(turned["unsafe_when"]).fillna(""),
            "orsaker": table["reasons"], "egna_ord": table["words"],
            "status": table["state"].map(turned["state"]),
            "publicerad_text": table["public_text"],
            "kanal": table["channel"].map(turned["channel"]),
            "lon": decimal_text(lon, 6, comma=False), "lat": decimal_text(lat, 6, comma=False),
        }
    )  # fmt: skip
    write_csv(path, out, encoding="utf-8-sig")


def events(path: Path, table: pd.DataFrame) -> None:
    """
    Write the calendar.

    Parameters
    ----------
    path
        Where to.
    table
        From `geo.demo.work.calendar`.
    """
    out = pd.DataFrame(
        {
            "Typ": table["kind"].map(mappings.EVENT_KINDS), "Händelse": table["name"],
            "Från": table["starts"], "Till": table["ends"], "Lärdomar": table["lessons"],
        }
    )  # fmt: skip
    write_xlsx(path, out, sheet="Kalender")


def assessments(path: Path, table: pd.DataFrame) -> None:
    """
    Write the actors' verdicts.

    Parameters
    ----------
    path
        Where to.
    table
        From `geo.demo.work.verdicts`.
    """
    out = pd.DataFrame(
        {
            "Aktör": table["actor"], "Vecka": table["week"], "Område": table["area"],
            "Läge": table["verdict"].map(mappings.VERDICTS),
            "Riktning": table["trend"].map(mappings.TRENDS), "Problem": table["problem"],
            "Inget att rapportera": np.where(table["nothing"], "ja", "nej"),
            "Muntligt": np.where(table["orally"], "ja", "nej"),
        }
    )  # fmt: skip
    write_xlsx(path, out, sheet="Bedömningar")


def measures(path: Path, table: gpd.GeoDataFrame) -> None:
    """
    Write the list of measures with the ground they are about.

    Parameters
    ----------
    path
        Where to.
    table
        From `geo.demo.work.decisions`.
    """
    out = gpd.GeoDataFrame(
        {
            "nr": table["number"], "atgard": table["title"],
            "slag": table["kind"].map(mappings.MEASURE_KINDS),
            "status": table["state"].map(mappings.MEASURE_STATES), "problem": table["problem"],
            "bedomd_av": table["judged_by"], "ansvarig_enhet": table["owner_unit"],
            "beslutad": table["decided"].replace({"": None}),
            "start": table["starts"].replace({"": None}),
            "slut": table["ends"].replace({"": None}), "uppfoljning": table["follow_up"],
            "vantad_effekt": table["expected"], "kostnad_kr": table["cost"],
        },
        geometry=table.geometry,
    )  # fmt: skip
    write_gpkg(path, {"atgarder": out})


def visits(path: Path, table: pd.DataFrame) -> None:
    """
    Write the presence log.

    Parameters
    ----------
    path
        Where to.
    table
        From `geo.demo.work.presence`.
    """
    out = pd.DataFrame(
        {
            "Pass": table["shift"], "Sätt": table["kind"].map(mappings.WAYS),
            "Kom": local_text(table["arrived"], _TIME), "Gick": local_text(table["left"], _TIME),
            "Möten": table["met"].astype(str), "Utfall": table["outcome"],
            "Planerat": np.where(table["planned"], "ja", "nej"),
            "E": decimal_text(table["x"], 1), "N": decimal_text(table["y"], 1),
        }
    )  # fmt: skip
    write_csv(path, out, encoding="utf-8")
