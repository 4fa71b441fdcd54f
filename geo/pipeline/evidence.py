"""What a run keeps of the evidence about light: the dark-hours test, and where it was asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

    from geo.hotspots import Context

MOST_WEEKS = 260
"""The dark-hours test looks at most five years back: streets and lamps change."""
_COUNTS = ("case_dark", "case_light", "control_dark", "control_light", "n", "n_outdoor",
           "n_untimed")  # fmt: skip
_NUMBERS = ("or_dark_vs_light", "low", "high", "q", "check_or", "check_low", "check_high",
            "night_or", "night_low", "night_high", "setting_unknown_share")  # fmt: skip
_WORDS = ("area_id", "area", "group", "finding", "effect", "check_finding", "night_finding")


def in_period(context: Context) -> GeoDataFrame:
    """
    Choose the incidents of the period, each told once.

    Parameters
    ----------
    context
        The analysis.

    Returns
    -------
    GeoDataFrame
        Rows of the frame ``incidents``, shape (<= n,).
    """
    from geo.hotspots.context import countable

    events = countable(context)
    rows = context.incidents
    return rows[rows["id"].isin(events.current["id"])]


def with_felt(places: GeoDataFrame, typed: GeoDataFrame) -> GeoDataFrame:
    """
    Put the places that reports made beside those that stand out.

    Parameters
    ----------
    places
        Rows of the frame ``hotspots``.
    typed
        What `type_places` gave.

    Returns
    -------
    GeoDataFrame
        ``id`` and geometry of each.
    """
    import geopandas as gpd
    import pandas as pd

    felt = typed.loc[typed["basis"] == "reports", ["id", "geometry"]]
    rows = [part for part in (places[["id", "geometry"]], felt) if len(part)]
    if not rows:
        return places[["id", "geometry"]]
    return gpd.GeoDataFrame(pd.concat(rows, ignore_index=True), crs=places.crs)


def with_districts(
    dark: pd.DataFrame, places: GeoDataFrame, *, context: Context, told: dict[str, Any] | None
) -> pd.DataFrame:
    """
    Tell each place whether more happens in the dark at the same clock hour in its district.

    Parameters
    ----------
    dark
        What `dark_facts` gave.
    places
        The places it is about, with ``id``.
    context
        The analysis, for the districts.
    told
        What `dark_hours_told` gave.

    Returns
    -------
    DataFrame
        `dark` with ``dark_hours_more``: True where the test found so, missing otherwise; a single
        place is never tested.
    """
    import pandas as pd

    found = {row["area_id"] for row in (told or {}).get("tests", [])
             if row["finding"] == "more_in_dark" and row["area_id"]}  # fmt: skip
    areas = context.areas
    if not found or areas is None:
        return dark.assign(dark_hours_more=None)
    ground = areas[areas["id"].isin(found)].union_all()
    here = places.geometry.representative_point().intersects(ground).to_numpy()
    more = pd.Series(here, index=places["id"]).reindex(dark.index)
    return dark.assign(dark_hours_more=more.where(more, None).astype(object))


def dark_hours_told(
    context: Context, *, extent: tuple[float, float, float, float] | None
) -> dict[str, Any] | None:
    """
    Run the dark-hours test on everything loaded, and keep what a picture tells of it.

    Parameters
    ----------
    context
        The analysis; incidents from before its period serve too, up to five years.
    extent
        West, south, east, north of the municipality, metres; its middle is where the sun is
        looked at. Without it, the middle of the incidents.

    Returns
    -------
    dict or None
        Period, hours, what was left out, and ``tests``: the whole municipality, and each district
        where a group of types could be tested. None with less than a year of incidents.
    """
    from geo.lighting import dark_hours

    incidents = context.incidents
    begun = incidents["occurred_from"].min()
    first = max(context.period_to - timedelta(weeks=MOST_WEEKS), _moment(begun, context))
    middle = _middle(incidents, extent)
    if context.period_to - first < timedelta(weeks=52) or middle is None:
        return None
    found = dark_hours(
        incidents, where=middle, period_from=first, period_to=context.period_to,
        areas=context.areas, timezone=context.timezone,
    )  # fmt: skip
    table = found.tests
    shown = table[table["area_id"].isna() | (table["finding"] != "too_few")]
    return {
        "period_from": found.period_from.isoformat(),
        "period_to": found.period_to.isoformat(),
        "case_hours": [int(h) for h in found.case_hours],
        "control_hours": [int(h) for h in found.control_hours],
        "control": found.control,
        "left_out": found.left_out,
        "n_tests": len(table),
        "n_tested": found.n_tested,
        "n_districts": int(table["area_id"].nunique()),
        "tests": [_told(row) for row in shown.to_dict("records")],
    }


def _moment(begun: pd.Timestamp, context: Context) -> Any:
    """Give the first moment of incidents; with none, the end of the period."""
    import pandas as pd

    return context.period_to if pd.isna(begun) else begun.to_pydatetime()


def _middle(
    incidents: GeoDataFrame, extent: tuple[float, float, float, float] | None
) -> tuple[float, float] | None:
    """Give longitude and latitude of the middle of the municipality."""
    import geopandas as gpd
    import shapely

    from geo.sun import lonlat

    if extent is None:
        here = incidents.geometry[incidents.geometry.notna()]
        if here.empty:
            return None
        extent = tuple(here.total_bounds)
    west, south, east, north = extent
    point = shapely.Point((west + east) / 2, (south + north) / 2)
    lon, lat = lonlat(gpd.GeoSeries([point], crs=incidents.crs))
    return float(lon[0]), float(lat[0])


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Give one test in plain values."""
    import pandas as pd

    words = {k: None if pd.isna(row[k]) else str(row[k]) for k in _WORDS}
    counts = {k: int(row[k]) for k in _COUNTS}
    numbers = {k: None if pd.isna(row[k]) else round(float(row[k]), 3) for k in _NUMBERS}
    return {**words, **counts, **numbers}
