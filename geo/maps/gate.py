"""The single way out: what a role may see of a layer, counted first and chosen from afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from geo.clock import DEFAULT_ZONE, zone
from geo.errors import AccessError, MapError
from geo.maps.access import Access, Precision, Role, access, allowed_columns
from geo.maps.catalog import LAYERS
from geo.maps.cells import count_fixed, sum_periods
from geo.maps.soften import hide_small_hotspots, hide_small_reasons, homes_to_street
from geo.maps.soften_types import hide_small_types
from geo.spatial import require_metres

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from geopandas import GeoDataFrame
    from shapely import Polygon

    from geo.maps.layer import Layer

Box = tuple[float, float, float, float]
Window = tuple["datetime | None", "datetime | None"]

CELLS_M = 250
_NOT_PLACED = ("stacked", "far_away")


def view(
    layer: str,
    frame: GeoDataFrame,
    role: Role | str,
    *,
    bbox: Box | Polygon | None = None,
    window: Window | None = None,
    now: datetime | None = None,
    streets: GeoDataFrame | None = None,
    timezone: str = DEFAULT_ZONE,
    lang: str = "sv",
) -> GeoDataFrame:
    """
    Give what a role may see of a layer; nothing leaves the product any other way.

    For a role without raw access, rows are first counted in fixed squares and
    fixed weeks, small counts are hidden, and only then do `bbox` and `window`
    choose whole squares and whole weeks. A box that is slid over a square can
    therefore not find out where in it something happened.

    Parameters
    ----------
    layer
        Name in `LAYERS`.
    frame
        The layer's whole source frame, in the working CRS, shape (n,): never
        cut down beforehand, for the counts would change with the cut.
    role
        Who is looking.
    bbox
        West, south, east, north in the working CRS, or a polygon in it; what
        meets it is chosen. None chooses all.
    window
        First moment and first moment after (UTC; None is open); what meets it
        is chosen. Where the layer is `summed`, the chosen weeks are added up.
    now
        The present, needed for roles that see things with a delay.
    streets
        The whole street frame, for moving homes to their street.
    timezone
        IANA name of the local zone.
    lang
        Language of the words that are added, ``"sv"`` or ``"en"``.

    Returns
    -------
    GeoDataFrame
        Shape (m,), working CRS, only columns that may leave, and words.

    Raises
    ------
    AccessError
        If the role gets nothing of this layer.
    MapError
        If a delay is due and `now` is missing, or the box is no box.
    CrsError
        If `frame` is not in metres.
    """
    entry, role = LAYERS[layer], Role(role)
    rule = access(entry.frame, role)
    if rule.hidden:
        msg = f"the layer {layer!r} is not shown to the role {role.value!r}."
        raise AccessError(msg, role=role.value, fix="ask for a layer that GET /collections lists")
    if entry.geometry == "raster":
        msg = f"the layer {layer!r} is a raster and has no rows."
        raise MapError(msg, fix="take its image after `require(layer, role)` instead")
    require_metres(frame, name=entry.frame)
    chosen = entry.select(frame)
    if rule.single_rows and not entry.counted:
        rows = _rows(entry, chosen, rule, role, streets=streets)
        rows = entry.dress(_in_window(rows, entry, window, timezone=timezone), lang=lang)
    else:
        counts = _counts(entry, chosen, rule, now=now, timezone=timezone)
        rows = _in_window(counts, entry, window, timezone=timezone)
        if entry.summed:
            rows = sum_periods(rows)
        if not rule.small_shown:
            rows = rows.assign(n_max=float("nan"))
    return _in_box(_with_count_words(rows, rule, lang=lang), bbox).reset_index(drop=True)


def require(layer: str, role: Role | str) -> None:
    """
    Refuse unless a role gets something of a layer; for rasters and addresses.

    Parameters
    ----------
    layer
        Name in `LAYERS`.
    role
        Who is looking.

    Raises
    ------
    AccessError
        If the role gets nothing of it.
    """
    if not LAYERS[layer].seen_by(Role(role)):
        msg = f"the layer {layer!r} is not shown to the role {Role(role).value!r}."
        raise AccessError(
            msg, role=Role(role).value, fix="ask for a layer that GET /collections lists"
        )


def visible_layers(role: Role | str) -> list[str]:
    """
    List the layers of which a role gets something.

    Parameters
    ----------
    role
        Who is looking.

    Returns
    -------
    list of str
        In the order of the layer list.
    """
    return [name for name, entry in LAYERS.items() if entry.seen_by(Role(role))]


def placed(incidents: GeoDataFrame) -> pd.Series:
    """
    Tell which incidents lie where something happened.

    Parameters
    ----------
    incidents
        Incidents, shape (n,).

    Returns
    -------
    pandas.Series
        bool, same index: False without a place, on a stack of default
        coordinates, or far outside.
    """
    there = incidents.geometry.notna() & ~incidents.geometry.is_empty
    if "flags" not in incidents:
        return there
    doubtful = incidents["flags"].map(lambda flags: any(f in _NOT_PLACED for f in flags))
    return there & ~doubtful.astype(bool)


def _counts(
    entry: Layer,
    rows: GeoDataFrame,
    rule: Access,
    *,
    now: datetime | None,
    timezone: str,
) -> GeoDataFrame:
    """Leave out what is withheld, then count all of the rest, whatever was asked for."""
    if rule.delay_weeks and now is None:
        msg = "this role sees things with a delay, and nobody said what time it is."
        raise MapError(msg, delay_weeks=rule.delay_weeks, fix="pass now=")
    kept = (
        homes_to_street(rows, rule=rule, streets=None) if rule.homes is Precision.HIDDEN else rows
    )
    if "category" in kept:
        kept = kept.loc[~kept["category"].isin(rule.withheld)]
    return count_fixed(
        kept.loc[placed(kept)],
        cell_m=rule.precision.cell_m or CELLS_M,
        period_weeks=rule.period_weeks,
        time=_main_time(entry, kept),
        min_count=rule.min_count,
        small_shown=rule.small_shown,
        ended_by=None if now is None else now - timedelta(weeks=rule.delay_weeks),
        timezone=timezone,
    )


def _main_time(entry: Layer, rows: GeoDataFrame) -> str:
    """Name the column that places a row in a week."""
    if entry.time not in rows:
        msg = f"the layer {entry.name!r} has no time to count by."
        raise MapError(msg, fix="give the layer a time column")
    return entry.time


def _rows(
    entry: Layer,
    rows: GeoDataFrame,
    rule: Access,
    role: Role,
    *,
    streets: GeoDataFrame | None,
) -> GeoDataFrame:
    """Rows as rows: homes on their street, small counts out, only columns that may leave."""
    if rule.precision is Precision.AREA and rows.geom_type.isin({"Point", "MultiPoint"}).any():
        msg = f"{entry.frame} may leave as areas only, and some rows are points."
        raise AccessError(msg, fix="store them with the polygon of their area, or without place")
    if rule.precision is Precision.STREET or rule.homes is not Precision.EXACT:
        rows = homes_to_street(rows, rule=rule, streets=streets)
    if rule.min_count > 1 and entry.frame == "hotspots":
        rows = hide_small_hotspots(rows, min_count=rule.min_count)
    elif rule.min_count > 1 and entry.frame == "signals":
        rows = rows.loc[rows["n"] >= rule.min_count]  # a zone round one event would place it
    elif rule.min_count > 1 and entry.frame == "place_types":
        rows = hide_small_types(rows, min_count=rule.min_count)
    elif rule.min_count > 1 and entry.frame == "recommendations":
        rows = hide_small_reasons(rows, min_count=rule.min_count)
    names = [*allowed_columns(entry.frame, role), *entry.marks, "geometry"]
    return entry.mark(rows)[names]


def _in_window(
    rows: GeoDataFrame, entry: Layer, window: Window | None, *, timezone: str
) -> GeoDataFrame:
    """Choose the rows whose time, or whole period, meets the window."""
    counted = "period_from" in rows
    first = "period_from" if counted else entry.time
    if window is None or first not in rows:
        return rows
    last = "period_to" if counted else entry.until
    start, end = _moments(rows, first), _moments(rows, last or first)
    end = end.where(end.notna(), start)
    low, high = (_bound(moment, start, timezone=timezone) for moment in window)
    keep = start.notna()
    if low is not None:
        # a period ends at the first moment that is no longer in it; an event ends in its moment
        keep &= (end > low) if counted else (end >= low)
    if high is not None:
        keep &= (start <= high) if low is not None and low == high else (start < high)
    return rows.loc[keep]


def _moments(rows: GeoDataFrame, name: str) -> Any:
    """Read a time column; one that may not leave for this role counts as unknown."""
    import pandas as pd

    return rows[name] if name in rows else pd.Series(pd.NaT, index=rows.index)


def _bound(moment: datetime | None, like: pd.Series, *, timezone: str) -> Any:
    """Turn a bound into the kind of time the column holds: dates are local and naive."""
    import pandas as pd

    if moment is None:
        return None
    if getattr(like.dtype, "tz", None) is not None:
        return pd.Timestamp(moment)
    return pd.Timestamp(moment).tz_convert(zone(timezone)).tz_localize(None)


def _with_count_words(rows: GeoDataFrame, rule: Access, *, lang: str) -> GeoDataFrame:
    """Say each count in words, where rows are counts."""
    if "n_min" not in rows:
        return rows
    from geo.maps.counts import count_label

    labels = [
        count_label(row, rule, lang=lang) for row in rows[["n", "n_min", "n_max"]].itertuples()
    ]
    return rows.assign(n_label=labels).astype({"n_label": "str"})


def _in_box(rows: GeoDataFrame, box: Box | Polygon | None) -> GeoDataFrame:
    """Choose what meets the box, whole."""
    if box is None:
        return rows
    import shapely

    shape = shapely.box(*box) if isinstance(box, tuple) else box
    if shape.is_empty or not shape.area:
        msg = "the box holds no area."
        raise MapError(msg, expected="west < east and south < north", fix="give the corners so")
    return rows.loc[rows.geometry.notna() & rows.intersects(shape)]
