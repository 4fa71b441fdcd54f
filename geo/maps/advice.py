"""Recommendations that have passed the gate, told with their reasons and their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import swedish
from geo.maps.hours import slots_label, slots_of
from geo.maps.reasons import caveat_text
from geo.maps.words import word
from geo.measures import RULES, alternatives, follow_up_on
from geo.measures.choices import OWNERS
from geo.measures.words import advice_text, reason_text, rule_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame

    from geo.clock import Week

_NEAR_M = 150.0


def recommendations(
    rows: GeoDataFrame,
    *,
    names: Mapping[str, str],
    streets: GeoDataFrame | None = None,
    week: Week | None = None,
    lang: str = "sv",
) -> list[dict[str, Any]]:
    """
    Tell recommendations as the contract of a situation has them.

    Parameters
    ----------
    rows
        Recommendations that have passed the gate, shape (n,).
    names
        Name of a place by its `place_id`.
    streets
        Streets with names, same CRS: what is at no listed place is named after
        the nearest one.
    week
        The week they were given; without it no day of follow-up is told.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of dict
        In order of priority.
    """
    near = {} if streets is None else _nearest(rows, streets)
    ordered = rows.sort_values(["priority", "id"]).drop(columns="geometry")
    return [
        _told(row, names=names, near=near, lang=lang) | _after(row["rule"], week=week, lang=lang)
        for row in ordered.to_dict("records")
    ]


def _after(rule: str, *, week: Week | None, lang: str) -> dict[str, Any]:
    """Say what to weigh first, whose move it is, and when to look again."""
    days = [] if week is None else follow_up_on(rule, week=week)
    return {
        "alternatives": [swedish.capital(f"{text}.") for text in alternatives(rule, lang=lang)],
        "owner_label": OWNERS[RULES[rule].owner][0 if lang == "sv" else 1],
        "grade": RULES[rule].grade,
        "follow_up_on": [str(day) for day in days],
    }


def _nearest(rows: GeoDataFrame, streets: GeoDataFrame) -> dict[str, str]:
    """Name each recommendation after the nearest street that has a name."""
    import shapely

    named = streets.loc[streets["name"].notna() & (streets["name"] != "")].sort_values("id")
    placed = rows.loc[rows.geometry.notna()]
    if named.empty or placed.empty:
        return {}
    tree = shapely.STRtree(named.geometry.to_numpy())
    middles = shapely.centroid(placed.geometry.to_numpy())
    at, street = tree.query_nearest(middles, max_distance=_NEAR_M, all_matches=False)
    found = zip(placed["id"].iloc[at], named["name"].iloc[street], strict=True)
    return {str(of): str(name) for of, name in found}


def _told(
    row: dict[str, Any], *, names: Mapping[str, str], near: Mapping[str, str], lang: str
) -> dict[str, Any]:
    """One recommendation."""
    place_id = None if swedish.missing(row["place_id"]) else row["place_id"]
    name = (names.get(place_id) if place_id else None) or near.get(row["id"])
    hours = slots_label(slots_of(row["window"]), lang=lang)
    return {
        "id": row["id"],
        "kind": row["kind"],
        "kind_label": word("kind", row["kind"], lang=lang),
        "place_id": place_id,
        "place_name": name,
        "priority": int(row["priority"]),
        "window_label": hours or None,
        "sentence": _sentence(row["rule"], row["kind"], name=name, hours=hours, lang=lang),
        "reasons": [_reason(reason, lang=lang) for reason in row["reasons"] or []],
        "confidence": row["confidence"],
        "confidence_label": word("certainty", row["confidence"], lang=lang),
        "caveat": caveat_text(row["caveat"], lang=lang) or None,
        "rule": row["rule"],
        "rule_label": rule_label(row["rule"], lang=lang),
    }


def _sentence(rule: str, kind: str, *, name: str | None, hours: str, lang: str) -> str:
    """Say what to do, where and when."""
    advice = swedish.capital(advice_text(rule, lang=lang))
    if kind != "patrol":
        return f"{name}. {advice}." if name else f"{advice}."
    where = f": {name}" if name else ""
    return f"{advice}{where}{', ' + hours if hours else ''}."


def _reason(reason: Mapping[str, Any], *, lang: str) -> dict[str, Any]:
    """One reason with its words; no number is said that the gate has hidden."""
    text = swedish.capital(reason_text(reason, lang=lang))
    kept = {key: reason.get(key) for key in ("value", "unit", "n")}
    return {"code": reason["code"], "text": f"{text}.", **kept}
