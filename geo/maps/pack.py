"""Layers packed small for the one-file map, and the names written on its ground."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.maps.catalog import LAYERS
from geo.maps.geojson import feature_collection
from geo.maps.headings import heading
from geo.maps.layers_methods import TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame

    from geo.maps.picture import Picture

DECIMALS = 6  # a decimetre
_WORTH_A_LIST = 3
_INSET_M = 10.0

TOLD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "places": ("name", "rank_label", "certainty_label", "sentence"),
        "recommendations": ("kind_label", "window_label", "confidence_label"),
        "lighting_checks": ("kind_label", "confidence_label"),
        "place_types": ("name", "type_label", "acts_label", "sentence"),
        "signals": ("name", "kind_label", "sentence"),
        **dict.fromkeys(TITLES, ("name", "certainty_label", "sentence")),
        "score_history": ("name", "outcome_label", "sentence"),
        "outages": ("kind_label", "n_lamps", "open_label", "owner_label", "poles_label"),
        "dark_stretches": ("cause_label", "length_m", "owner_label"),
        "street_light": ("lux_class_label", "lux_label"),
        "class_checks": (
            "street",
            "met_label",
            "values_label",
            "faces_label",
            "decided_label",
            "lamps_label",
        ),
        "cells": ("n_label",),
        "incidents": ("category_label", "setting_label", "occurred_from", "n_label"),
        "reports": ("felt_label", "when_label", "reasons_label", "n_label"),
        "notices": ("area", "together_label"),
        "lamps": ("state_label", "owner", "pole_ref", "height_m", "flux_lm", "doubts_label"),
        "lamp_spacing": ("spacing_label", "pole_ref"),
        "lit_streets": ("name", "lit_label"),
        "faults": ("kind_label", "reported_at", "pole_ref"),
        "events": ("name", "kind_label", "starts_on", "ends_on"),
        "facilities": ("name", "kind_label", "opening"),
        "areas": ("name",),
        "streets": (),
        "land": (),
    }
)
"""Properties that a click on a thing tells; what else a layer has stays out of the file."""

_SIMPLIFIED_M: Mapping[str, float] = MappingProxyType(
    {
        "streets": 0.7,
        "lit_streets": 1.0,
        "street_light": 1.5,
        "class_checks": 1.0,
        "land": 2.0,
        "areas": 2.0,
        "notices": 20.0,
    }
)


def packed(picture: Picture, name: str, rows: GeoDataFrame) -> dict[str, Any]:
    """
    Pack a layer: names once, repeated texts once, points as two numbers.

    Parameters
    ----------
    picture
        The picture it is of.
    name
        The layer.
    rows
        Rows that have passed the gate, shape (n,).

    Returns
    -------
    dict
        names, words (property -> its texts, where a row holds an index), rows
        ([geometry, value, value...]).
    """
    paint = LAYERS[name].style_for(picture.role)[1]
    wanted = [*TOLD[name], paint.by, "place_id" if name == "places" else ""]
    names = [n for n in dict.fromkeys(wanted) if n and n in rows]
    kept = rows.loc[rows.geometry.notna(), [*names, "geometry"]]
    if name in _SIMPLIFIED_M:
        kept = kept.set_geometry(kept.geometry.simplify(_SIMPLIFIED_M[name]))
    if name == "lighting_checks":  # inside the outline of its place, so that both are seen
        inside = kept.geometry.buffer(-_INSET_M)
        kept = kept.set_geometry(kept.geometry.where(inside.is_empty, inside))
    features = json.loads(feature_collection(kept, decimals=DECIMALS))["features"]
    words: dict[str, list[str]] = {}
    for column in names:
        texts = list(dict.fromkeys(f["properties"][column] for f in features))
        if all(isinstance(t, str) for t in texts) and len(texts) * _WORTH_A_LIST < len(features):
            words[column] = texts
    index = {column: {text: at for at, text in enumerate(texts)} for column, texts in words.items()}
    out = []
    for feature in features:
        values = [
            index[c][feature["properties"][c]] if c in index else feature["properties"][c]
            for c in names
        ]
        shape = feature["geometry"]
        out.append([shape["coordinates"] if shape["type"] == "Point" else shape, *values])
    return {"names": names, "words": words, "rows": out}


def told(name: str, *, lang: str) -> dict[str, str]:
    """
    Give the headings of what a click tells.

    Parameters
    ----------
    name
        The layer.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        Heading by property.
    """
    return {column: heading(column, lang=lang) for column in TOLD[name]}


def ground_names(picture: Picture) -> list[list[Any]]:
    """
    Choose the names to write on the ground, the most important first.

    Parameters
    ----------
    picture
        The picture.

    Returns
    -------
    list
        ``[text, longitude, latitude, kind, first zoom]`` each; kind is area,
        water, place or street.
    """
    found: list[tuple[GeoDataFrame, str, int]] = []
    if "areas" in picture.frames:
        land = picture.layer("land")
        found.append((picture.layer("areas"), "area", 12))
        found.append((land.loc[land["kind"] == "water"], "water", 14))
        found.append((land.loc[land["kind"] == "green"], "place", 15))
    if "facilities" in picture.frames:
        found.append((picture.layer("facilities"), "place", 16))
    if "streets" in picture.frames:
        streets = picture.layer("streets").sort_values(["length_m", "id"], ascending=[False, True])
        named = streets.loc[streets["name"].notna()]
        found.append((named.drop_duplicates("name"), "street", 15))
    out: list[list[Any]] = []
    for rows, kind, zoom in found:
        kept = rows.loc[rows["name"].notna() & (rows["name"] != "")]
        at = kept.geometry.representative_point().to_crs("OGC:CRS84")
        out += [
            [text, round(x, 5), round(y, 5), kind, zoom]
            for text, x, y in zip(kept["name"], at.x, at.y, strict=True)
        ]
    return out
