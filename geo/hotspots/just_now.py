"""What is raised just now: the alarms of the scan, and the near repeats that last still."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from geo.clock import operative_date
from geo.frames import SIGNALS
from geo.hotspots.alarms import alarm_rows
from geo.hotspots.context import countable
from geo.hotspots.lens import Lens
from geo.hotspots.places import Streets
from geo.hotspots.repeats import repeat_rows
from geo.hotspots.rows import CERTAINTY_ORDER

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely import Geometry

    from geo.hotspots.context import Context

_SHARED = 0.3
"""Share of the smaller outline that makes an alarm and a listed place the same place."""


@dataclass(frozen=True, slots=True, eq=False)
class JustNow:
    """
    What is raised just now.

    Parameters
    ----------
    signals
        Rows of the frame ``signals``; run_id is "".
    told
        ``scan`` and ``near_repeat``: what each rests on, found or not.
    """

    signals: GeoDataFrame
    told: dict[str, Any]

    def without_alarm(self, places: GeoDataFrame) -> GeoDataFrame:
        """
        Leave out places inside an alarm: nothing can wait where something rings.

        Parameters
        ----------
        places
            Rows of the frame ``hotspots`` that could be given lower priority.

        Returns
        -------
        GeoDataFrame
            Shape (<= n,).
        """
        loud = self.signals.loc[self.signals["kind"] == "alarm"]
        if loud.empty or places.empty:
            return places
        return places[~places.intersects(loud.union_all())].reset_index(drop=True)


def just_now(context: Context, *, places: GeoDataFrame) -> JustNow:
    """
    Scan for what is unusual just now, and test which events are followed by more.

    What patrols found takes no part: they find it where they are sent.

    Parameters
    ----------
    context
        Frames, period and seed.
    places
        Rows of the frame ``hotspots``: an alarm over a listed place is about that place.

    Returns
    -------
    JustNow
        Alarms strongest first, then near repeats by kind, last to end first.
    """
    import pandas as pd

    told = Lens.of(countable(context), timezone=context.timezone).told
    alarms, scan = alarm_rows(context, told.current)
    repeats, tested = repeat_rows(context, told.rows)
    streets = Streets(context)
    rows = [
        _named(row, places=places, streets=streets) | {"last_day": _last_day(row, context)}
        for row in (*alarms, *repeats)
    ]
    facts = {"scan": scan, "near_repeat": tested}
    if not rows:
        return JustNow(SIGNALS.empty(crs=context.crs), facts)
    return JustNow(SIGNALS.conform(pd.DataFrame(rows), crs=context.crs), facts)


def _last_day(row: dict[str, Any], context: Context) -> datetime:
    """Give the last operative day (06-06) a row holds."""
    moment = row["until"].to_pydatetime() - timedelta(microseconds=1)
    return datetime.combine(operative_date(moment, timezone=context.timezone), time())


def _named(row: dict[str, Any], *, places: GeoDataFrame, streets: Streets) -> dict[str, Any]:
    """Give a row its id, the listed place it is about, and a name."""
    import shapely

    shape = row["geometry"]
    mark = f"{row['kind']}:{row['category']}:{row['until'].isoformat()}:".encode() + shape.wkb
    out = {"place_id": None, **row, "id": hashlib.sha256(mark).hexdigest()[:16], "run_id": ""}
    if row["kind"] == "near_repeat":
        return out
    place = _same_place(shape, places)
    if place is not None:
        return out | place
    inside, part = streets.inside(shape)
    name = streets.name(inside, shapely.length(part), middle=shapely.centroid(shape))
    return out | {"name": name}


def _same_place(shape: Geometry, places: GeoDataFrame) -> dict[str, Any] | None:
    """Find the listed place that shares most with a circle; None when none shares enough."""
    import shapely

    listed = places[places["certainty"] != CERTAINTY_ORDER[-1]]
    if listed.empty:
        return None
    shared = listed.intersection(shape).area
    share = shared / listed.area.clip(upper=float(shapely.area(shape)))
    if share.max() < _SHARED:
        return None
    best = listed.loc[shared.where(share >= _SHARED, 0.0).idxmax()]
    return {"place_id": best["place_id"], "name": best["name"]}
