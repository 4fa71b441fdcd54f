"""Four actors' exports of incidents, each in its own format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pyproj import Transformer

from geo.demo import words
from geo.demo.told import ACTORS
from geo.demo.writers import decimal_text, local_text, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

POLICE_FILE = "polisen_handelser_2026-11-23.csv"
HOUSING_FILE = "granvadshem_skador_2023-2026.xlsx"
GUARDS_FILE = "vaktbolaget_rapporter.csv"
MUNICIPALITY_FILE = "kommunen_skadeanmalan.csv"
ZERO_SHARE = 0.05
_BAD = ("31 februari 2026", "okänt datum", "2026-13-01 10:00", "i fredags", "12-13/9", "25:61")
_GAPS = ("2024-03-31 02:20", "2025-03-30 02:35", "2026-03-29 02:10")
N_GAP, N_BAD = len(_GAPS), len(_BAD)
_NOTES = (
    "Ring Anna Påhittad 070-1740612 när det är lagat.",
    "Målsägande 19810231-1234 vill ha återkoppling.",
    "Vittne: Kalle Exempel, kalle@exempel.invalid, tfn 070-174 06 33.",
    "Gärningsman uppger pnr 930230-4321, avvisad.",
    "Bil ABC 12X stod med krossad ruta, ägaren nås på 0701740655.",
)
"""Personal data nobody has: impossible dates of birth, numbers kept free for fiction."""
_PLAIN_NOTES = ("", "", "", "Se bild.", "Åter vid samma port.", "Städat.", "Ingen på plats.")


def split(told: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """
    Part the told incidents by actor.

    Parameters
    ----------
    told
        From `geo.demo.told.tell`.

    Returns
    -------
    dict
        Actor -> rows.
    """
    return {name: told[told["actor"] == k].reset_index(drop=True) for k, name in enumerate(ACTORS)}


def police(path: Path, rows: pd.DataFrame, *, rng: np.random.Generator) -> dict[str, int]:
    """
    Write the police-like export: semicolons, cp1252, decimal commas, a local zone, N before E.

    Parameters
    ----------
    path
        Where to.
    rows
        The police's share of what is told.
    rng
        Source of chance.

    Returns
    -------
    dict
        Counts: ``rows``, ``bad``, ``gap``, ``zero``, ``dwelling``.
    """
    north_east = _transformed(rows, "EPSG:3009")
    lost = rows["x"].isna().to_numpy()
    zero = lost & (rng.random(len(rows)) < ZERO_SHARE)
    north, east = (np.where(zero, 0.0, v) for v in (north_east[1], north_east[0]))
    special = [
        words.POLICE_SPECIAL.get((c, s), "")
        for c, s in zip(rows["category"], rows["setting"], strict=True)
    ]
    usual = _word(rows["category"], words.POLICE, rng=rng)
    year = local_text(rows["told_from"], "%y")
    table = pd.DataFrame(
        {
            "Diarienr": [f"5000-K{100_000 + 37 * i}-{y}" for i, y in enumerate(year)],
            "Anmäld": local_text(rows["reported_at"], "%Y-%m-%d %H:%M"),
            "Brott fr.o.m.": local_text(rows["told_from"], "%Y-%m-%d %H:%M"),
            "Brott t.o.m.": local_text(rows["told_to"], "%Y-%m-%d %H:%M"),
            "Rubrik": [s or u for s, u in zip(special, usual, strict=True)],
            "Miljö": rows["setting"].map(words.SETTINGS),
            "N": decimal_text(north, 1),
            "E": decimal_text(east, 1),
            "Fritext": _notes(len(rows), rng=rng),
        }
    )
    table = pd.concat([table, _odd_rows(table, rng=rng)], ignore_index=True)
    write_csv(path, table, encoding="cp1252")
    home = int((rows["setting"] == "dwelling").sum())
    return {"rows": len(table), "bad": N_BAD, "gap": N_GAP, "zero": int(zero.sum()),
            "dwelling": home}  # fmt: skip


def _odd_rows(table: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Make rows that no reader can take, and rows at a clock time that never was."""
    plain = table[(table["N"] != "") & (table["N"] != "0,0") & (table["Miljö"] == "Utomhus")]
    picked = np.sort(rng.choice(len(plain), N_BAD + N_GAP, replace=False))
    odd = plain.iloc[picked].copy()
    odd["Diarienr"] = [f"5000-K{900_000 + k}-26" for k in range(len(odd))]
    odd["Brott t.o.m."] = ""
    odd["Fritext"] = ""
    at = odd.columns.get_loc("Brott fr.o.m.")
    odd.iloc[:, at] = [*_BAD, *_GAPS]
    odd.iloc[N_BAD:, odd.columns.get_loc("Anmäld")] = [g.replace(" 02:", " 09:") for g in _GAPS]
    return odd


def housing(path: Path, rows: pd.DataFrame, *, rng: np.random.Generator) -> dict[str, int]:
    """
    Write the housing company's workbook: title rows, damage found from-to, hard spaces.

    Parameters
    ----------
    path
        Where to.
    rows
        Its share of what is told.
    rng
        Source of chance.

    Returns
    -------
    dict
        Counts.
    """
    table = pd.DataFrame(
        {
            "Ärendenr": [f"GH-{4000 + i}" for i in range(len(rows))],
            "Upptäckt från": _local(rows["told_from"]),
            "Upptäckt till": _local(rows["told_to"]),
            "Skadetyp": _word(rows["category"], words.HOUSING, rng=rng),
            "Läge": rows["setting"].map(words.SETTINGS),
            "X (öst)": decimal_text(rows["x"], 1, grouped=True),
            "Y (nord)": decimal_text(rows["y"], 1, grouped=True),
            "Anmält": _local(rows["reported_at"]),
            "Anteckning": _notes(len(rows), rng=rng),
        }
    )
    title = ("Granvadshem AB - skador och störningar", "Uttag 2026-11-23, SWEREF 99 TM")
    write_xlsx(path, table, sheet="Skador", title=title)
    return {"rows": len(table)}


def guards(path: Path, rows: pd.DataFrame, *, rng: np.random.Generator) -> dict[str, int]:
    """
    Write the guards' reports: UTF-8 with a byte-order mark, degrees, one moment a row.

    Parameters
    ----------
    path
        Where to.
    rows
        Their share of what is told.
    rng
        Source of chance.

    Returns
    -------
    dict
        Counts.
    """
    lon_lat = _transformed(rows, "OGC:CRS84")
    table = pd.DataFrame(
        {
            "rapport_id": [f"R{20_000 + 3 * i}" for i in range(len(rows))],
            "tidpunkt": local_text(rows["told_from"], "%Y-%m-%d %H:%M"),
            "typ": _word(rows["category"], words.GUARDS, rng=rng),
            "miljo": rows["setting"].map(words.SETTINGS),
            "lat": decimal_text(lon_lat[1], 6, comma=False),
            "lon": decimal_text(lon_lat[0], 6, comma=False),
            "patrull": [f"P{k}" for k in rng.integers(1, 5, len(rows))],
            "beskrivning": _notes(len(rows), rng=rng),
        }
    )
    write_csv(path, table, separator=",", encoding="utf-8-sig")
    return {"rows": len(table)}


def municipality(path: Path, rows: pd.DataFrame, *, rng: np.random.Generator) -> dict[str, int]:
    """
    Write the municipality's damage reports: date and hour apart, the hour often left out.

    Parameters
    ----------
    path
        Where to.
    rows
        Its share of what is told.
    rng
        Source of chance.

    Returns
    -------
    dict
        Counts: ``rows``, ``untimed``.
    """
    hour = local_text(rows["told_from"], "%H:%M").to_numpy()
    untimed = rng.random(len(rows)) < 0.12
    table = pd.DataFrame(
        {
            "Skadenummer": [f"SK{2023_000 + i}" for i in range(len(rows))],
            "Datum": local_text(rows["told_from"], "%Y-%m-%d"),
            "Klockslag": np.where(untimed, "", hour),
            "Skadekategori": _word(rows["category"], words.MUNICIPALITY, rng=rng),
            "Plats": rows["setting"].map(words.SETTINGS),
            "Östlig koordinat": decimal_text(rows["x"], 0),
            "Nordlig koordinat": decimal_text(rows["y"], 0),
            "Beskrivning": _notes(len(rows), rng=rng),
        }
    )
    write_csv(path, table, encoding="utf-8")
    return {"rows": len(table), "untimed": int(untimed.sum())}


def _transformed(rows: pd.DataFrame, crs: str) -> tuple[Any, Any]:
    """Move coordinates to another system, x first; NaN stays NaN."""
    move = Transformer.from_crs("EPSG:3006", crs, always_xy=True)
    x, y = move.transform(rows["x"].to_numpy(float), rows["y"].to_numpy(float))
    lost = rows["x"].isna().to_numpy()
    return np.where(lost, np.nan, x), np.where(lost, np.nan, y)


def _local(times: pd.Series) -> pd.Series:
    return times.dt.tz_convert("Europe/Stockholm").dt.tz_localize(None)


def _word(
    categories: pd.Series, table: dict[str, tuple[str, ...]], *, rng: np.random.Generator
) -> list[str]:
    """Choose one of the actor's words for each incident."""
    luck = rng.random(len(categories))
    many = [table.get(c, (words.OTHERWISE,)) for c in categories]
    return [m[int(u * len(m))] for m, u in zip(many, luck.tolist(), strict=True)]


def _notes(n: int, *, rng: np.random.Generator) -> list[str]:
    """Write free text, with personal data here and there: the loader must drop it."""
    private = rng.random(n) < 0.02
    which = rng.integers(0, 1000, n)
    return [
        (_NOTES if p else _PLAIN_NOTES)[int(w) % len(_NOTES if p else _PLAIN_NOTES)]
        for p, w in zip(private.tolist(), which.tolist(), strict=True)
    ]
