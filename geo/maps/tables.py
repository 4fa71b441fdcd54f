"""Rows as people read them in a table: words first, local times, a place as two numbers."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from geo.clock import zone
from geo.maps import swedish
from geo.maps.headings import heading
from geo.maps.reasons import caveat_text
from geo.maps.words import word

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

    from geo.maps.picture import Picture

_LAST = (
    "id",
    "place_id",
    "cell",
    "method",
    "run_id",
    "peak_hours",
    "profile",
    "window",
    "duplicate_group",
    "merged_into",
    "parent_id",
)
_TALLIES = {"categories": "category", "sources": "actor"}
_METRE, _DEGREE, _DECIMALS = 2, 6, 4


def as_table(picture: Picture, rows: GeoDataFrame) -> pd.DataFrame:
    """
    Turn a layer's rows into a plain table.

    Parameters
    ----------
    picture
        The picture they are of; its language and time zone.
    rows
        Rows that have passed the gate, shape (n,).

    Returns
    -------
    pandas.DataFrame
        Shape (n,): words first, codes last, lists, mappings and counts by kind as text, local
        naive times, and the place (or the middle of it) as easting_m,
        northing_m, longitude and latitude.
    """
    import pandas as pd

    names = [name for name in rows.columns if name != rows.geometry.name]
    codes = [n for n in names if f"{n}_label" in names or n in _LAST]
    ordered = [n for n in names if n not in codes] + codes
    table = pd.DataFrame(index=rows.index)
    for name in ordered:
        said = rows[name]
        if said.dtype == object:
            said = said.map(partial(_in_words, name, lang=picture.lang))
        table[name] = _plain(said, timezone=picture.profile.timezone)
    at = rows.geometry.representative_point()
    degrees = at.to_crs("OGC:CRS84")
    table["easting_m"], table["northing_m"] = at.x.round(_METRE), at.y.round(_METRE)
    table["longitude"], table["latitude"] = degrees.x.round(_DEGREE), degrees.y.round(_DEGREE)
    return table


def _in_words(name: str, value: Any, *, lang: str) -> Any:
    """Say counts by kind and caveats in words, since no other column of the table does."""
    if not isinstance(value, list):
        return value
    if name == "caveats":
        return " ".join(caveat_text(code, lang=lang) for code in value)
    kind = _TALLIES.get(name)
    if kind is None or any(kind not in row for row in value):
        return value
    return ", ".join(
        f"{_kind(row[kind], kind, lang=lang)} "
        f"{swedish.number(row['n'], decimals=0 if row['n'] == int(row['n']) else 1, lang=lang)}"
        for row in value
    )


def _kind(code: str, kind: str, *, lang: str) -> str:
    """Say what is counted: a category by its word, who reported as the source has it."""
    return word("category", code, lang=lang) if kind == "category" else code


def _plain(values: pd.Series, *, timezone: str) -> pd.Series:
    """Local times, lists as text; everything else as it is."""
    import pandas as pd

    if getattr(values.dtype, "tz", None) is not None:
        return values.dt.tz_convert(zone(timezone)).dt.tz_localize(None)
    if pd.api.types.is_float_dtype(values.dtype):
        # A small chance is never printed as none: what is under one keeps its digits.
        return values.map(
            lambda v: float(f"{v:.{_DECIMALS}g}") if abs(v) < 1 else round(v, _DECIMALS)
        )
    if values.dtype != object:
        return values
    return pd.Series([_text(value) for value in values], index=values.index, dtype="object")


def _text(value: Any) -> Any:
    """Write a list of words with commas, anything deeper as JSON."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return None if swedish.missing(value) else value


def about(picture: Picture, layer: str, *, n: int) -> list[tuple[str, str]]:
    """
    Say what the numbers of a file are.

    Parameters
    ----------
    picture
        The picture they are of.
    layer
        The layer.
    n
        Rows in the file.

    Returns
    -------
    list of tuple
        Heading and text, in order; what a reader needs to not misread them.
    """
    told, described = picture.situation, picture.describe(layer)
    sv = picture.lang == "sv"
    place, week = told["municipality"], told["week"]
    zone_name = place["timezone"]
    rows = [
        ("Kommun" if sv else "Municipality", place["name"]),
        ("Lager" if sv else "Layer", described["title"]),
        ("Rader" if sv else "Rows", swedish.number(n, lang=picture.lang)),
        ("Vecka" if sv else "Week", f"{week['label']}, {week['from_label']}–{week['to_label']}"),
        ("Period", described["period_label"] or ""),
        ("Data t.o.m." if sv else "Data until", described["data_until_label"] or ""),
        ("Underlag" if sv else "Basis", told["basis"]["sentence"]),
        ("Visas för" if sv else "Shown to", told["role"]["label"]),
        ("Metod" if sv else "Method", told["method"]["sentence"]),
        ("Att tänka på" if sv else "Mind", described["note"]),
        *((("Begränsning" if sv else "Limit"), note) for note in told["notes"]),
        (
            "Läge" if sv else "Place",
            f"Öst och nord i {picture.profile.crs}, meter. Ytor och linjer: en punkt på dem."
            if sv
            else f"Easting and northing in {picture.profile.crs}, metres; a point on each shape.",
        ),
        ("Tider" if sv else "Times", f"Lokal tid, {zone_name}" if sv else f"Local, {zone_name}"),
        ("Version", f"{told['method']['version']}, {told['run_id']}"),
    ]
    if "n_label" in picture.layer(layer):
        hidden = (
            "Tom ruta under Antal betyder att antalet är litet och inte får visas."
            if sv
            else "An empty count is a small one that may not be shown."
        )
        rows.insert(3, ("Dolda antal" if sv else "Hidden counts", hidden))
    return [(name, text) for name, text in rows if text]


def headings(table: pd.DataFrame, *, lang: str) -> list[str]:
    """
    Give the headings of a table, none of them twice.

    Parameters
    ----------
    table
        What `as_table` gave.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of str
        One a column; a second one of the same words carries its own name too.
    """
    out: list[str] = []
    for name in table.columns:
        text = heading(name, lang=lang)
        out.append(f"{text} ({name})" if text in out else text)
    return out
