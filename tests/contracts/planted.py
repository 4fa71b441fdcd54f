"""Frames full of canaries: values that could only have come from one column of one row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.clock import Week
from geo.frames import FRAMES, Kind
from geo.maps.access import WITHHELD_FROM_PUBLIC
from geo.maps.layers_methods import TITLES
from geo.measures import RULES

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.frames import Column

CRS = "EPSG:3006"
EAST, NORTH = 650_000.0, 6_600_000.0
WEEK = Week(2026, 47)
NOW = WEEK.end() + timedelta(hours=3)
ROWS = 12
LONE = (317.137, 911.393)  # one event alone in its square
HOME = (1411.717, 1289.911)


def canary(frame: str, column: Column, row: int) -> Any:
    """Give a value that could only have come from this column of this row."""
    mark = f"kanarie.{frame}.{column.name}.{row}"
    at = WEEK.start() + timedelta(hours=row, minutes=7, seconds=13)
    simple: dict[Kind, Any] = {
        Kind.INTEGER: row + 1,
        Kind.NUMBER: 5.0 + row,
        Kind.BOOLEAN: True,
        Kind.TIME: at,
        Kind.DATE: datetime(2026, 11, 20),
        Kind.TEXTS: [],
        Kind.JSON: {},
    }
    if column.kind in simple:
        return simple[column.kind]
    return column.vocabulary[row % len(column.vocabulary)] if column.vocabulary else mark


def place(frame: str, row: int) -> shapely.Geometry:
    """Give each row a place of its own; incidents crowd but for the lone one and the home."""
    x, y = 40.0 + 11.3 * row, 60.0 + 7.7 * row
    if frame in {"incidents", "reports"}:
        x, y = (LONE, HOME)[row] if row < 2 else (2003.1 + row, 2007.9 + row)
    point = shapely.Point(EAST + x, NORTH + y)
    if frame == "streets":
        return shapely.LineString([point, shapely.Point(EAST + x + 90, NORTH + y)])
    if frame in {"areas", "notices", "hotspots", "scores", "signals", "comparisons"}:
        return point.buffer(60, quad_segs=3)
    return point


def special(frame: str, row: int) -> dict[str, Any]:
    """Give the columns whose values the frames hang together by."""
    if frame == "incidents":
        sensitive = sorted(WITHHELD_FROM_PUBLIC)[row % len(WITHHELD_FROM_PUBLIC)]
        home = "dwelling_exterior" if row == 1 else "outdoor"
        kind = sensitive if row < 2 else "vandalism"
        at = WEEK.start() - timedelta(weeks=20 if row > 1 else 3, minutes=row)
        whose = {"source": "exporten", "actor": "Organisationen", "weight": 1.0, "flags": []}
        return {"category": kind, "setting": home, "occurred_from": at, **whose}
    if frame == "reports":
        at = WEEK.start() - timedelta(weeks=20 if row > 1 else 3, minutes=row)
        return {"received_at": at, "state": "accepted", "reasons": ["dark"]}
    if frame == "hotspots":
        period = {"period_from": WEEK.shift(-51).start(), "period_to": WEEK.end()}
        tally = [{"category": "threat", "n": 2}, {"category": "theft", "n": 6}]
        told = {"sources": [{"actor": "kanarie.aktor", "n": 3}], "caveats": ["few_timed"]}
        n = 3.0 if row == 0 else 8.0
        return {**period, **told, "n": n, "categories": tally, "place_id": f"p{row}"} | {
            "certainty": "likely", "rank": row + 1, "dark_share": 0.5, "name": f"Plats {row}",
        }  # fmt: skip
    if frame == "scores":
        weeks = {"list_week": str(WEEK.shift(-1)), "scored_week": str(WEEK)}
        return weeks | {"outcome": "none" if row else "hit", "hits": 0.0 if row else 1.0}
    if frame == "recommendations":
        reason = {"code": "recent", "value": 3, "unit": "incidents", "n": 3}
        ids = {"ids": ["kanarie.incidents.id.0"], "layer": "hotspots"}
        rules = list(RULES)
        return {
            "reasons": [reason | ids],
            "rule": rules[row % len(rules)],
            "caveat": "light_effect",
        }
    plain = {
        "areas": {"level": "land_use" if row % 2 else "district"},
        "signals": _signal(row),
        "comparisons": {"method": list(TITLES)[row % len(TITLES)], "n": 8.0, "caveats": []},
    }
    return plain.get(frame, {})


def _signal(row: int) -> dict[str, Any]:
    """Give a near repeat on one event, then an alarm on eight."""
    kind = ("near_repeat", "alarm", "unsure")[row % 3]
    return {"kind": kind, "n": 1.0 if row % 3 == 0 else 8.0, "place_id": f"p{row}"}


def scored(hits: int) -> dict[str, Any]:
    """Tell of a list with so many hits, as the summary of a run keeps it."""
    rates = dict.fromkeys(("hit_rate", "hit_rate_low", "hit_rate_high"), 0.1)
    rates |= dict.fromkeys(("pai", "pai_low", "pai_high"), 12.0)
    row = {"row": "not_visited", "n_places": 5, "hits": hits, "n": 40, "share": 0.01, **rates}
    row |= {"naive_hits": 6.0, "only_list": 1.0, "only_naive": 2.0}
    at = {"row": "visited", "n_places": 2, "hits": 2, "verdict": None, "why": "chance"}
    week = {
        "week": str(WEEK.shift(-1)), "scored_week": str(WEEK), "run_id": "r0", "state": "scored",
        "seal": "holds", "list_hash": "0" * 64, "n": 40, "visits_known": True, "rows": [row, at],
    }  # fmt: skip
    pooled = {k: v for k, v in row.items() if k not in ("row", "share")} | {"weeks": 3, "p": 0.5}
    return {"weeks": [week], "pooled": pooled | {"visited": {"n_places": 6, "hits": 2}}}


def raised() -> dict[str, Any]:
    """Tell of near repeats as the summary of a run keeps it; the pairs of the second are few."""
    one = {
        "category": "burglary", "n": 40, "weeks": 100, "permutations": 1999, "verdict": "raised",
        "pairs": 12, "expected": 4.0, "ratio": 3.0, "low": 1.6, "high": 5.2, "radius_m": 200.0,
        "days": 14.0,
    }  # fmt: skip
    few = one | {"category": "arson_fire", "verdict": "cannot_tell", "pairs": 3, "n": 33}
    scan = {"n": 200, "weeks": 52, "replicates": 999, "loud_weeks": 20.0, "spells_days": [7.0]}
    return {"scan": scan, "near_repeat": [one, few]}


def planted(frame: str) -> GeoDataFrame:
    """Make a frame full of canaries that keeps its contract."""
    contract = FRAMES[frame]
    rows = [
        {c.name: canary(frame, c, row) for c in contract.columns} | special(frame, row)
        for row in range(ROWS)
    ]
    shapes = gpd.GeoSeries([place(frame, row) for row in range(ROWS)], crs=CRS)
    return contract.conform(gpd.GeoDataFrame(pd.DataFrame(rows), geometry=shapes), crs=CRS)
