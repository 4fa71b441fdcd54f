"""A hotspot that has passed the gate, told as a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.frames.outgoing import CLAIMS
from geo.maps import sentences, swedish
from geo.maps.hours import when
from geo.maps.lens_told import found_label, numbered
from geo.maps.reasons import CALM, caveat_text, own_reasons
from geo.maps.soften import counted
from geo.maps.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from geopandas import GeoDataFrame

MOST_PLACES = 12
_DECIMALS = 7


def plain(value: Any, *, decimals: int = 4) -> Any:
    """
    Turn a number out of a frame into one for JSON.

    Parameters
    ----------
    value
        A number, or something missing.
    decimals
        How many decimals are kept.

    Returns
    -------
    int or float or None
        Whole numbers as int.
    """
    if swedish.missing(value):
        return None
    number = round(float(value), decimals)
    return int(number) if number.is_integer() else number


def prioritised(rows: GeoDataFrame, *, lower: set[str]) -> GeoDataFrame:
    """
    Choose the places to prioritise, in order.

    Parameters
    ----------
    rows
        Hotspots, shape (n,).
    lower
        `place_id` of those that can be given lower priority.

    Returns
    -------
    GeoDataFrame
        At most twelve, without those where it cannot be told.
    """
    kept = rows.loc[(rows["certainty"] != "cannot_tell") & ~rows["place_id"].isin(lower)]
    ordered = kept.sort_values(["claim", "rank", "place_id"], key=_in_order)
    return ordered.drop_duplicates("place_id").head(MOST_PLACES)


def _in_order(values: pd.Series) -> pd.Series:
    """Put places that stand out before those that only changed; a place is listed once."""
    return values.map(CLAIMS.index) if values.name == "claim" else values


def lower_priority(rows: GeoDataFrame) -> GeoDataFrame:
    """
    Choose the former places that no longer stand out.

    Parameters
    ----------
    rows
        Hotspots, shape (n,).

    Returns
    -------
    GeoDataFrame
        In order of rank.
    """
    calm = rows["caveats"].map(lambda codes: CALM in codes).astype(bool)
    return rows.loc[calm].sort_values(["rank", "place_id"])


def place_name(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Name a place, also one that has no name.

    Parameters
    ----------
    row
        With name and place_id.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Its name, or "Plats" with its id.
    """
    if not swedish.missing(row["name"]) and row["name"]:
        return str(row["name"])
    return f"{'Plats' if lang == 'sv' else 'Place'} {row['place_id']}"


def places(
    rows: GeoDataFrame,
    *,
    light: Mapping[str, Mapping[str, Any]],
    evidence: Mapping[str, Mapping[str, Any]] | None = None,
    least: int = 1,
    lang: str = "sv",
) -> list[dict[str, Any]]:
    """
    Tell hotspots as the contract of a situation has its places.

    Parameters
    ----------
    rows
        Hotspots that have passed the gate, in order, shape (n,).
    light
        Facts about light by `place_id`.
    evidence
        How each place's incidents came to be known, by `place_id`.
    least
        The smallest count the role is told.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of dict
        One a place.
    """
    degrees = rows.geometry.to_crs("OGC:CRS84")
    boxes = degrees.bounds.round(_DECIMALS).to_numpy().tolist()
    points = rows.geometry.representative_point().to_crs("OGC:CRS84")
    records = rows.drop(columns="geometry").to_dict("records")
    return [
        _place(row, lang=lang)
        | _known(row, (evidence or {}).get(row["place_id"]), least=least, lang=lang)
        | {
            "light": _light(light.get(row["place_id"]), lang=lang),
            "bbox": box,
            "point": [round(point.x, _DECIMALS), round(point.y, _DECIMALS)],
        }
        for row, box, point in zip(records, boxes, points, strict=True)
    ]


def _place(row: dict[str, Any], *, lang: str) -> dict[str, Any]:
    """Everything of a place that needs no geometry."""
    numbers = ("n", "expected", "rate", "rate_low", "rate_high", "n_recent", "n_before")
    kept = row["class"] if not swedish.missing(row["class"]) else None
    return {
        "place_id": row["place_id"],
        "name": place_name(row, lang=lang),
        "rank": plain(row["rank"]),
        "rank_low": plain(row["rank_low"]),
        "rank_high": plain(row["rank_high"]),
        "rank_label": sentences.rank_label(row),
        "certainty": row["certainty"],
        "certainty_label": word("certainty", row["certainty"], lang=lang),
        "claim": row["claim"],
        "claim_label": word("claim", row["claim"], lang=lang),
        "class": kept,
        "class_label": sentences.trend_label(row, lang=lang) or None,
        "sentence": sentences.place_sentence(row, lang=lang),
        **{name: plain(row[name]) for name in numbers},
        "n_label": swedish.count(row["n"], lang=lang),
        "period_weeks": sentences.weeks_between(row),
        "change_label": sentences.change_label(row, lang=lang) or None,
        "when": when(row, lang=lang),
        "profile": row["profile"] if isinstance(row["profile"], list) else None,
        "categories": [
            item | {"label": word("category", item["category"], lang=lang)}
            for item in counted(row["categories"])
        ],
        "dark": {
            "share": plain(row["dark_share"]),
            "n_timed": plain(row["n_timed"]),
            "label": sentences.dark_label(row, lang=lang),
        },
        "reasons": own_reasons(row, lang=lang),
        "area_m2": plain(row["area_m2"], decimals=0),
        "street_m": plain(row["street_m"], decimals=0),
    }


def _known(
    row: Mapping[str, Any], facts: Mapping[str, Any] | None, *, least: int, lang: str
) -> dict[str, Any]:
    """Tell what own staff found beside, and the caveats with the numbers they rest on."""
    texts = [
        f"{caveat_text(c, lang=lang)} {numbered(c, facts, least=least, lang=lang)}".rstrip()
        for c in row["caveats"]
    ]
    return {
        "found_label": found_label(facts, least=least, lang=lang),
        "caveats": [
            {"code": c, "text": text} for c, text in zip(row["caveats"], texts, strict=True)
        ],
    }


def _light(facts: Mapping[str, Any] | None, *, lang: str) -> dict[str, Any] | None:
    """Tell what is known about the light at a place."""
    if facts is None:
        return None
    counts = ("n_lamps", "n_faulty", "n_off_on_purpose")
    return {
        "state": facts["state"],
        "label": word("light_state", facts["state"], lang=lang),
        **{name: plain(facts.get(name)) for name in counts},
    }
