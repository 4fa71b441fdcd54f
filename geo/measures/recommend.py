"""Evidence in, recommendations out: every rule tried on every place and errand."""

from __future__ import annotations

import hashlib
from math import nan
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.frames import RECOMMENDATIONS
from geo.measures.catalog import RULES
from geo.measures.light_more import TUNNEL_M
from geo.measures.rules import is_missing
from geo.measures.shared import DARK_M
from geo.spatial import require_metres

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geopandas import GeoDataFrame

    from geo.clock import Week
    from geo.measures.rules import Facts, Rule

_CLAIMS = {"stands_out": 0, "changed": 1}
_CERTAINTIES = {"well_supported": 0, "likely": 1, "possible": 2, "cannot_tell": 3}
_ERRAND_RANK = 10_000
_UNSURE, _MUCH_DARK = 0.5, 0.3
_ABOUT_MISSING = frozenset({"lamps_missing", "lamp_new", "path_unlit", "nature_assess"})


def recommend(
    hotspots: GeoDataFrame,
    light: pd.DataFrame,
    *,
    week: Week,
    dark: pd.DataFrame | None = None,
    groups: GeoDataFrame | None = None,
    stretches: GeoDataFrame | None = None,
) -> GeoDataFrame:
    """
    Recommend what to do at places, and what to mend elsewhere.

    Parameters
    ----------
    hotspots
        Rows of the frame ``hotspots``, shape (n,), in the working CRS. A place
        with several rows is recommended for once, by its best supported one.
    light
        What the lighting picture says of each, by hotspot id.
    week
        The week it is for.
    dark
        What share happens in the dark, by hotspot id; None when nobody looked,
        which opens no gate.
    groups
        Lamps out together, by group id, with ``n_dark_reports``; those at a
        place that already has a repair are left to it. None for none.
    stretches
        Dark stretches, by id, with ``n_dark_reports``; likewise.

    Returns
    -------
    GeoDataFrame
        Rows of the frame ``recommendations`` in order of ``priority``, run_id
        "". Each id is a hash of rule, place (or errand) and week: the same
        evidence in the same week has the same name.

    Raises
    ------
    CrsError
        If `hotspots` is not in metres.
    """
    require_metres(hotspots, name="hotspots")
    rows: list[dict[str, Any]] = []
    handled: set[str] = set()
    for place in _places(hotspots, light, dark):
        for rule in _about("place"):
            if rule.fits(place):
                rows.append(_row(rule, place, subject=place["place_id"], week=week))
                handled |= _taken_on(rule, place)
    for name, facts in (*_errands(groups, handled), *_errands(stretches, handled)):
        fitting = [rule for rule in _about(facts["about"]) if rule.fits(facts)]
        rows += [_row(rule, facts, subject=name, week=week) for rule in fitting[:1]]
    rows.sort(key=lambda row: row["order"])
    for priority, row in enumerate(rows, start=1):
        row["priority"] = priority
        del row["order"]
    columns = [*RECOMMENDATIONS.names, "geometry"]
    table = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=hotspots.crs)
    return RECOMMENDATIONS.conform(table, crs=hotspots.crs)


def _about(subject: str) -> list[Rule]:
    """Give the rules about one sort of thing, in the order of the catalogue."""
    return [rule for rule in RULES.values() if rule.about == subject]


def _places(
    hotspots: GeoDataFrame, light: pd.DataFrame, dark: pd.DataFrame | None
) -> list[dict[str, Any]]:
    """Give everything known of each place, one mapping a place, in order of rank."""
    order = hotspots.assign(
        _claim=hotspots["claim"].map(_CLAIMS), _sure=hotspots["certainty"].map(_CERTAINTIES)
    ).sort_values(["_sure", "_claim", "rank", "id"])
    best = order.drop_duplicates("place_id").drop(columns=["_claim", "_sure"])
    best = best.sort_values(["rank", "id"], ignore_index=True)
    own = best.drop(columns=["geometry", "dark_share", "n_timed"]).to_dict("records")
    out = []
    for facts, shape in zip(own, best.geometry, strict=True):
        name = facts["id"]
        extra = light.loc[name].to_dict() if name in light.index else {}
        if dark is not None and name in dark.index:
            extra |= dark.loc[name].to_dict()
        extra |= _light_in_short(extra)
        extra["dark_excess"] = extra.get("dark_share", nan) - extra.get("dark_share_all", nan)
        peak = _peak(facts.get("peak_hours"))
        out.append({**facts, **extra, **peak, "hotspot_ids": [name],
                    "owner": ", ".join(_list(extra, "owners")), "geometry": shape})  # fmt: skip
    return out


def _taken_on(rule: Rule, place: Facts) -> set[str]:
    """
    Name the errands and stretches that a rule about a place answers for.

    Mending lamps answers for the groups that are out, and for stretches that are dark only for
    them; where lamps are missing too, the stretch waits for a rule that says so.
    """
    missing = set(_list(place, "missing_stretch_ids"))
    if rule.kind == "lamp_repair":
        return {*_list(place, "group_ids"), *_list(place, "stretch_ids")} - missing
    return missing if rule.code in _ABOUT_MISSING else set()


def _light_in_short(light: Facts) -> dict[str, Any]:
    """Say what gates ask of light that may not have been looked at: no is the answer then."""

    def most(name: str, limit: float) -> bool:
        value: Any = light.get(name)
        return not is_missing(value) and bool(value >= limit)

    chance: Any = light.get("p_class")
    short = not is_missing(chance) and bool(chance <= _UNSURE)
    short |= most("lux_dark_share", _MUCH_DARK) or most("night_dark_m", DARK_M)
    uneven = most("lux_dark_m", DARK_M)
    return {"lux_short": short, "lux_uneven": uneven, "in_tunnel": most("tunnel_m", TUNNEL_M)}


def _peak(peak: Any) -> dict[str, Any]:
    """Give the window of most incidents, when the hours can tell."""
    if not isinstance(peak, dict) or not peak.get("slots"):
        return {"window": None}
    return {"window": peak, "peak_share": peak.get("share"), "peak_n_timed": peak.get("n_timed")}


def _errands(
    things: GeoDataFrame | None, handled: set[str]
) -> Iterable[tuple[str, dict[str, Any]]]:
    """Give everything known of each errand or stretch that no place has taken on."""
    if things is None:
        return
    about = "errand" if "n_lamps" in things else "stretch"
    for name, row in zip(things.index, things.to_dict("records"), strict=True):
        if name in handled:
            continue
        owner = ", ".join(_list(row, "owners"))
        n_out = row.pop("n_lamps", None)
        yield str(name), {**row, "about": about, "owner": owner, "n_out": n_out, "n_lamps": n_out}


def _list(facts: Facts, name: str) -> list[str]:
    """Give a list among the facts; empty when there is none."""
    value = facts.get(name)
    return list(value) if isinstance(value, list | tuple) else []


def _row(rule: Rule, facts: Facts, *, subject: str, week: Week) -> dict[str, Any]:
    """One recommendation."""
    text = f"{rule.code}\n{subject}\n{week}"
    told = [reason.told(facts) for reason in rule.reasons]
    place = facts.get("place_id")
    rank = facts.get("rank", _ERRAND_RANK)
    weight = -(facts.get("n_out") or facts.get("length_m") or 0)
    return {
        "id": hashlib.sha256(text.encode()).hexdigest()[:16],
        "place_id": None if is_missing(place) else place,
        "kind": rule.kind,
        "window": facts.get("window") if rule.kind == "patrol" else None,
        "rule": rule.code,
        "reasons": [reason for reason in told if reason is not None],
        "confidence": rule.certainty(facts),
        "caveat": rule.caveat,
        "run_id": "",
        "geometry": facts["geometry"],
        "order": (rule.tier, rank, weight, list(RULES).index(rule.code), subject),
    }
