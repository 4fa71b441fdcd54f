"""What happens to rows that leave as rows: moved to the street, softened, small counts out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.maps.access import WITHHELD_FROM_PUBLIC, Access, Precision

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame, GeoSeries

STREET_REACH_M = 150.0
OUTLINE_M = 20.0
SMOOTH_M = 5.0
COARSE_M = 100.0
COARSE_CELL_M = 250.0
LAMP_KINDS = frozenset({"lamp_repair", "lamp_new", "lamp_adjust", "vegetation"})
COUNTED = frozenset({"incidents", "reports", "events", "", None})
"""Units in which a value is itself a count of events or reports."""
OPEN_LAYERS = frozenset({"lamps", "faults", "streets", "facilities", "areas"})


def homes_to_street(
    rows: GeoDataFrame, *, rule: Access, streets: GeoDataFrame | None
) -> GeoDataFrame:
    """
    Treat rows at a dwelling as the rule says: left as they are, moved, or left out.

    A moved row lies in the middle of its nearest stretch of street, the same
    point for every row of that stretch; without a stretch within 150 m, in the
    middle of its 250 m square.

    Parameters
    ----------
    rows
        Incidents, shape (n,).
    rule
        The role's line of the access table.
    streets
        The street frame in the same CRS, whole; None when there is none.

    Returns
    -------
    GeoDataFrame
        A copy, shape (<= n,).
    """
    if "setting" not in rows or rule.homes is Precision.EXACT:
        return rows
    home = rows["setting"].eq("dwelling_exterior")
    if rule.homes is Precision.HIDDEN:
        return rows.loc[~home]
    moved = rows.copy()
    placed = home & rows.geometry.notna()
    if placed.any():
        moved.loc[placed, "geometry"] = _on_street(rows.geometry[placed], streets=streets)
        if "accuracy_m" in moved:
            moved.loc[home, "accuracy_m"] = math.nan
    return moved


def _on_street(points: GeoSeries, *, streets: GeoDataFrame | None) -> GeoSeries:
    """Move points to the middle of the nearest stretch, else of their square."""
    import numpy as np
    import shapely

    out = _middle_of_square(points.to_numpy(), side_m=COARSE_CELL_M)
    if streets is not None and len(streets):
        lines = streets.sort_values("id").geometry.to_numpy()
        tree = shapely.STRtree(lines)
        point, line = tree.query_nearest(
            points.to_numpy(), max_distance=STREET_REACH_M, all_matches=False
        )
        out[point] = shapely.line_interpolate_point(lines[line], 0.5, normalized=True)
    return points.__class__(np.asarray(out, dtype=object), index=points.index, crs=points.crs)


def _middle_of_square(shapes: Any, *, side_m: float) -> Any:
    """Give the middle of the fixed square each shape's centroid lies in."""
    import numpy as np
    import shapely

    at = shapely.get_coordinates(shapely.centroid(shapes))
    return shapely.points((np.floor(at / side_m) + 0.5) * side_m)


def soften(rows: GeoDataFrame, *, small: pd.Series) -> GeoDataFrame:
    """
    Draw findings so that no corner of an outline is the position of an event.

    Parameters
    ----------
    rows
        Hotspots or recommendations, shape (n,), metric CRS.
    small
        Whether a row, same index, rests on too few events to be outlined at all.

    Returns
    -------
    GeoDataFrame
        A copy: outlines 20 m out and smoothed, points in the middle of their
        100 m square, rows on too few events as their 250 m square. Lines of
        streets, and points that are lamps, stay.
    """
    import shapely

    out = rows.copy()
    shapes = rows.geometry.to_numpy().copy()
    kinds = rows.geometry.geom_type
    lamps = kinds.isin({"Point", "MultiPoint"}) if "kind" in rows else small & False
    kept = lamps & rows["kind"].isin(LAMP_KINDS) if "kind" in rows else lamps
    there = rows.geometry.notna() & ~kept
    area = (there & kinds.isin({"Polygon", "MultiPolygon"}) & ~small).to_numpy()
    point = (there & kinds.isin({"Point", "MultiPoint"}) & ~small).to_numpy()
    few = (there & small).to_numpy()
    shapes[area] = shapely.simplify(shapely.buffer(shapes[area], OUTLINE_M), SMOOTH_M)
    shapes[point] = _middle_of_square(shapes[point], side_m=COARSE_M)
    middles = shapely.get_coordinates(_middle_of_square(shapes[few], side_m=COARSE_CELL_M))
    half = COARSE_CELL_M / 2
    shapes[few] = shapely.box(
        middles[:, 0] - half, middles[:, 1] - half, middles[:, 0] + half, middles[:, 1] + half
    )
    return out.set_geometry(rows.geometry.__class__(shapes, index=rows.index, crs=rows.crs))


def is_small(value: object, *, min_count: int) -> bool:
    """
    Tell whether a count is one that may not be told.

    Parameters
    ----------
    value
        A count, or something missing.
    min_count
        The smallest count that is told.

    Returns
    -------
    bool
        True from just above 0 up to `min_count`, not included.
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or math.isnan(value):
        return False
    return 0 < value < min_count - 1e-9


def hide_small_hotspots(rows: GeoDataFrame, *, min_count: int) -> GeoDataFrame:
    """
    Take small counts, and what they could be worked out from, out of hotspots.

    Parameters
    ----------
    rows
        Hotspots, shape (n,).
    min_count
        The smallest count that is told.

    Returns
    -------
    GeoDataFrame
        A copy; a hidden count is NaN (missing), the hour profile is left out.
    """
    out = rows.copy()
    few = rows["n"].map(lambda v: is_small(v, min_count=min_count)).astype(bool)
    derived = ["n", "score", "p", "q", "rate", "rate_low", "rate_high", "dark_share"]
    for name in (n for n in derived if n in out):
        out[name] = out[name].mask(few)
    for name in (n for n in ("n_recent", "n_before") if n in out):
        out[name] = out[name].mask(few | out[name].map(lambda v: is_small(v, min_count=min_count)))
    timed = out["n_timed"].astype("float64")
    dark = timed * out["dark_share"]
    unsure = few | (timed < min_count)
    for part in (dark.round(), (timed - dark).round()):
        unsure |= part.map(lambda v: is_small(v, min_count=min_count)).astype(bool)
    out["dark_share"] = out["dark_share"].mask(unsure)
    out["n_timed"] = out["n_timed"].mask(few | (timed < min_count).fillna(value=False))
    out["profile"] = None
    out["categories"] = [
        None if hidden else fold_categories(value, min_count=min_count)
        for hidden, value in zip(few, rows["categories"], strict=True)
    ]
    out["peak_hours"] = [_hours_only(value, min_count=min_count) for value in rows["peak_hours"]]
    return soften(out, small=few)


def _hours_only(value: Any, *, min_count: int) -> Any:
    """Keep weekday and hours of each slot; its count only when no count of a slot is small."""
    from geo.maps.hours import slots_of

    slots = slots_of(value)
    timed = value.get("n_timed") if isinstance(value, dict) else None
    told_of = {"n_timed": timed} if timed is not None and timed >= min_count else {}
    if not slots:
        return {"certain": False, "slots": []} | told_of
    counts = [slot["n"] for slot in slots]
    told = all(n is not None and n >= min_count for n in counts)
    kept = [{k: v for k, v in slot.items() if k != "n" or told} for slot in slots]
    return {"certain": True, "slots": kept} | told_of | ({"n": sum(counts)} if told else {})


def counted(value: Any) -> list[dict[str, Any]]:
    """
    Read counts by category, however they were written.

    Parameters
    ----------
    value
        A mapping category: n, a list of mappings with `category` and `n`, or
        nothing.

    Returns
    -------
    list of dict
        ``{"category", "n"}``, largest first.
    """
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [(item["category"], item["n"]) for item in value]
    else:
        return []
    pairs.sort(key=lambda pair: (-(pair[1] or 0), pair[0]))
    return [{"category": name, "n": n} for name, n in pairs]


def fold_categories(value: Any, *, min_count: int) -> list[dict[str, Any]]:
    """
    Put rare and sensitive categories together until none can be worked out.

    Parameters
    ----------
    value
        Counts by category.
    min_count
        The smallest count that is told.

    Returns
    -------
    list of dict
        ``{"category", "n"}``; the rest as ``"other"``, which is either 0 (left
        out) or at least `min_count`, so that the total gives nothing away.
    """
    rows = counted(value)
    shown = [r for r in rows if r["n"] >= min_count and r["category"] not in WITHHELD_FROM_PUBLIC]
    shown = [r for r in shown if r["category"] != "other"]
    rest = sum(r["n"] for r in rows) - sum(r["n"] for r in shown)
    while shown and 1e-9 < rest < min_count:
        rest += shown.pop()["n"]
    return [*shown, {"category": "other", "n": rest}] if rest > 1e-9 else shown


def hide_small_reasons(rows: GeoDataFrame, *, min_count: int) -> GeoDataFrame:
    """
    Take small counts of events and reports out of the reasons of recommendations.

    Parameters
    ----------
    rows
        Recommendations, shape (n,).
    min_count
        The smallest count that is told.

    Returns
    -------
    GeoDataFrame
        A copy; a hidden value is None, lists of ids of events and reports are gone.
    """
    out = rows.copy()
    out["reasons"] = [
        [_safe_reason(reason, min_count=min_count) for reason in reasons or []]
        for reasons in rows["reasons"]
    ]
    return soften(out, small=rows["id"].isna())


def _safe_reason(reason: dict[str, Any], *, min_count: int) -> dict[str, Any]:
    """One reason without ids and numbers that rest on too few; of lamps and streets, all of it."""
    if reason.get("layer") in OPEN_LAYERS:
        return dict(reason)
    out = {key: value for key, value in reason.items() if key != "ids"}
    n, value, unit = reason.get("n"), reason.get("value"), reason.get("unit")
    counts = [n, value if unit in COUNTED else None]
    if unit == "share" and isinstance(n, int | float) and isinstance(value, int | float):
        counts += [round(n * value), n - round(n * value)]
    if any(is_small(number, min_count=min_count) for number in counts):
        out["n"] = out["value"] = None
    return out
