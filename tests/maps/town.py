"""Small frames made by hand: a town of nine blocks, some events, two places, some lamps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.clock import Week
from geo.frames import FRAMES

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

CRS = "EPSG:3006"
EAST, NORTH = 650_000, 6_600_000
WEEK = Week(2026, 47)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BLOCK = 120.0


def conform(name: str, rows: list[dict[str, Any]]) -> GeoDataFrame:
    """Make a checked frame of plain rows."""
    if not rows:
        return FRAMES[name].empty(crs=CRS)
    table = pd.DataFrame([{k: v for k, v in row.items() if k != "geometry"} for row in rows])
    shapes = [row.get("geometry") for row in rows]
    return FRAMES[name].conform(gpd.GeoDataFrame(table, geometry=shapes, crs=CRS), crs=CRS)


def incident(number: int, *, at: datetime, x: float, y: float, **more: Any) -> dict[str, Any]:
    """Give one incident, `x` and `y` metres from the corner of the town."""
    return {
        "id": f"i{number}",
        "category": "vandalism",
        "mapping_version": "m1",
        "occurred_from": at,
        "time_known": True,
        "setting": "outdoor",
        "source": "vaktbolaget",
        "actor": "Trygghetsbolaget",
        "ref_hash": f"hash{number}",
        "found_by": "report",
        "flags": [],
        "weight": 1.0,
        "batch_id": "b1",
        "geometry": shapely.Point(EAST + x, NORTH + y),
    } | more


def town_incidents(seed: int = 1, n: int = 240) -> list[dict[str, Any]]:
    """Give a year of incidents: a busy corner, a quieter one, the rest anywhere."""
    rng = np.random.default_rng(seed)
    end = WEEK.end()
    categories = ["vandalism", "theft", "disorder", "sexual_harassment", "vehicle_crime"]
    rows = []
    for number in range(n):
        place = rng.random()
        if place < 0.3:
            x, y = rng.normal(130, 18), rng.normal(130, 18)
        elif place < 0.45:
            x, y = rng.normal(620, 20), rng.normal(380, 20)
        else:
            x, y = rng.uniform(0, 1000), rng.uniform(0, 800)
        at = end - timedelta(hours=float(rng.uniform(1, 52 * 168 - 1)))
        kind = str(rng.choice(categories, p=[0.4, 0.25, 0.2, 0.05, 0.1]))
        setting = "dwelling_exterior" if number % 17 == 0 else "outdoor"
        more = {"category": kind, "setting": setting, "actor": ["Polisen", "Bo AB"][number % 2]}
        rows.append(incident(number, at=at, x=x, y=y, **more))
    for number in range(n, n + 40):
        at = end - timedelta(hours=number)
        rows.append(incident(number, at=at, x=0, y=0) | {"geometry": None})
    return rows


def town_streets() -> list[dict[str, Any]]:
    """Give a grid of streets with one footway."""
    rows, names = [], ("Storgatan", "Åvägen", "Kvarngränd", "Skolgatan", "Parkstigen")
    for line in range(9):
        for step in range(8):
            a, b = line * BLOCK, step * BLOCK
            for axis, start, stop in (("x", (b, a), (b + BLOCK, a)), ("y", (a, b), (a, b + BLOCK))):
                ends = [(EAST + x, NORTH + y) for x, y in (start, stop)]
                rows.append(
                    {
                        "id": f"s{axis}{line}-{step}",
                        "name": names[line % 5],
                        "kind": "footway" if line % 5 == 4 else "road",
                        "length_m": BLOCK,
                        "from_node": str(start),
                        "to_node": str(stop),
                        "lit": "yes",
                        "owner": "kommunen",
                        "batch_id": "b1",
                        "geometry": shapely.LineString(ends),
                    }
                )
    return rows


def hotspot(number: int, *, x: float, y: float, radius: float = 60, **more: Any) -> dict[str, Any]:
    """Give one place that stands out."""
    profile = [[0] * 24 for _ in range(7)]
    profile[4][15:18], profile[5][15:18] = [3, 2, 2], [2, 1, 1]
    return {
        "id": f"h{number}",
        "place_id": f"p{number}",
        "name": f"Plats {number}",
        "method": "gi_star",
        "claim": "stands_out",
        "rank": number,
        "n": 14.0,
        "expected": 4.6,
        "score": 3.1,
        "p": 0.0004,
        "q": 0.01,
        "rate": 3.04,
        "rate_low": 1.7,
        "rate_high": 5.1,
        "rank_low": number,
        "rank_high": number + 1,
        "certainty": "likely",
        "class": "steady",
        "period_from": WEEK.shift(-51).start(),
        "period_to": WEEK.end(),
        "n_recent": 7.0,
        "n_before": 6.0,
        "peak_hours": {
            "certain": True,
            "n_timed": 14,
            "n": 11.0,
            "share": 0.79,
            "p": 0.001,
            "slots": [
                {"weekday": 4, "from": 21, "to": 24, "n": 7.0, "share": 0.5},
                {"weekday": 5, "from": 21, "to": 24, "n": 4.0, "share": 0.29},
            ],
        },
        "profile": profile,
        "categories": [{"category": "vandalism", "n": 8}, {"category": "disorder", "n": 6}],
        "sources": {"Polisen": 9, "Bo AB": 5},
        "dark_share": 0.5,
        "n_timed": 14,
        "area_m2": float(np.pi * radius**2),
        "street_m": 240.0,
        "caveats": ["one_source"],
        "run_id": "r1",
        "geometry": shapely.Point(EAST + x, NORTH + y).buffer(radius, quad_segs=6),
    } | more


def town_hotspots() -> list[dict[str, Any]]:
    """Give five places: ordinary, new, few, fading, and one that cannot be told."""
    few = [{"category": "sexual_harassment", "n": 2}, {"category": "theft", "n": 1}]
    return [
        hotspot(1, x=130, y=130, name="Storgatan vid Åvägen", certainty="well_supported"),
        hotspot(2, x=620, y=380, name="Parkstigen", **{"class": "new"}, rank_high=4),
        hotspot(3, x=860, y=700, n=3.0, n_timed=3, categories=few, name="Kvarngränd", n_recent=3.0),
        hotspot(
            4,
            x=350,
            y=600,
            name="Torget",
            certainty="cannot_tell",
            n_recent=0.0,
            caveats=["calm_not_proven"],
            **{"class": "fading"},
        ),
        hotspot(5, x=80, y=760, name="Åvägen 3", certainty="cannot_tell", claim="changed"),
    ]


def town_recommendations() -> list[dict[str, Any]]:
    """Give presence at one place and a lighting check at another."""
    shape = shapely.Point(EAST + 620, NORTH + 380).buffer(60, quad_segs=6)
    return [
        {
            "id": "rec1",
            "place_id": "p1",
            "kind": "patrol",
            "priority": 1,
            "window": [{"weekday": 4, "from": 21, "to": 24}],
            "rule": "presence",
            "reasons": [
                {"code": "rate", "value": 3.04, "unit": "ratio", "n": 14, "layer": "incidents"},
                {"code": "recent", "value": 3, "unit": "incidents", "n": 3, "ids": ["i1", "i2"]},
                {"code": "dark_share", "value": 0.8, "unit": "share", "n": 5, "layer": "incidents"},
            ],
            "confidence": "likely",
            "caveat": "presence_effect",
            "run_id": "r1",
            "geometry": shapely.Point(EAST + 130, NORTH + 130),
        },
        {
            "id": "rec2",
            "place_id": "p2",
            "kind": "lamp_repair",
            "priority": 2,
            "window": None,
            "rule": "lamp_repair",
            "reasons": [
                {"code": "lamps_faulty", "value": 2, "unit": "lamps", "n": 5, "layer": "lamps"}
            ],
            "confidence": "possible",
            "caveat": "light_effect",
            "run_id": "r1",
            "geometry": shape,
        },
    ]


def town_lamps() -> list[dict[str, Any]]:
    """Give lamps along two streets, two of them out."""
    return [
        {
            "id": f"l{number}",
            "light_source": "led",
            "flux_lm": 3000.0,
            "state": "faulty" if number in {3, 4} else "working",
            "owner": "kommunen",
            "pole_ref": f"=1+{number}",
            "assumed": ["flux_lm"],
            "batch_id": "b1",
            "geometry": shapely.Point(EAST + 30 * number, NORTH + 360),
        }
        for number in range(30)
    ]


def town_reports() -> list[dict[str, Any]]:
    """Give reports: six at one place in one week, some scattered, one not reviewed."""
    start = WEEK.start()
    rows = [
        {
            "id": f"u{number}",
            "received_at": start + timedelta(hours=number),
            "felt": "unsafe",
            "unsafe_when": "evening",
            "reasons": ["dark", "deserted"],
            "state": "accepted",
            "public_text": "canary text",
            "channel": "web",
            "batch_id": "b1",
            "geometry": shapely.Point(EAST + 600 + number, NORTH + 400),
        }
        for number in range(6)
    ]
    lone = rows[0] | {"id": "u90", "geometry": shapely.Point(EAST + 90.4, NORTH + 660.6)}
    unread = rows[0] | {"id": "u91", "state": "received"}
    return [*rows, lone, unread]


def town_rest() -> dict[str, list[dict[str, Any]]]:
    """Give faults, areas, facilities and events."""
    square = shapely.box(EAST - 200, NORTH - 200, EAST + 1200, NORTH + 1100)
    park = shapely.box(EAST + 480, NORTH + 240, EAST + 720, NORTH + 480)
    water = shapely.box(EAST - 200, NORTH - 200, EAST + 1200, NORTH - 60)
    base = {"batch_id": "b1"}
    area = {"level": "land_use", **base}
    return {
        "faults": [
            {"id": "f1", "lamp_id": "l3", "kind": "out", "reported_at": WEEK.start(), **base}
            | {"geometry": shapely.Point(EAST + 90, NORTH + 360)},
            {"id": "f2", "kind": "out", "reported_at": WEEK.start(), "closed_at": WEEK.end()}
            | base
            | {"geometry": shapely.Point(EAST + 90, NORTH + 360)},
        ],
        "areas": [
            {"id": "a1", "name": "Centrum", "kind": "residential", "geometry": square, **area},
            {"id": "a2", "name": "Parken", "kind": "green", "geometry": park, **area},
            {"id": "a3", "name": "Ån", "kind": "water", "geometry": water, **area},
            {"id": "a4", "name": "Centrum", "level": "district", "geometry": square, **base},
        ],
        "notices": [
            {"id": f"n{n}", "published_at": WEEK.shift(-back).start() + timedelta(hours=9 + n)}
            | {"type": "Rån", "title": f"notis {n}, Provköping", "area": "Provköping", **base}
            | {"geometry": shape}
            for n, back, shape in ((1, 0, square), (2, 0, square), (3, 3, square), (4, 0, None))
        ],
        "facilities": [
            {"id": "k1", "kind": "school", "name": "Norrskolan", "check_locked": True, **base}
            | {"geometry": shapely.Point(EAST + 300, NORTH + 300)},
        ],
        "events": [
            {"id": "e1", "kind": "arrangemang", "name": "Julmarknad", **base}
            | {"starts_on": datetime(2026, 11, 21), "ends_on": datetime(2026, 11, 22)}
            | {"geometry": shapely.Point(EAST + 360, NORTH + 600)},
        ],
    }


def town_light() -> dict[str, list[dict[str, Any]]]:
    """Give one errand of two lamps past its target, one lone lamp, and two dark stretches."""
    errand = {
        "id": "o1", "kind": "group", "n_lamps": 2, "n_register": 2, "n_reports": 1,
        "since": WEEK.start(), "days_open": 7.0, "target_days": 3.0, "late": True,
        "owners": ["kommunen"], "circuits": [], "pole_refs": ["=1+3", "=1+4"],
        "lamp_ids": ["l3", "l4"], "fault_ids": ["f1"], "street_id": "sx3-0", "run_id": "r1",
        "geometry": shapely.MultiPoint([(EAST + 90, NORTH + 360), (EAST + 120, NORTH + 360)]),
    }  # fmt: skip
    alone = errand | {
        "id": "o2", "kind": "single", "n_lamps": 1, "n_reports": 0, "since": None,
        "days_open": None, "target_days": 30.0, "late": False, "owners": [],
        "pole_refs": [], "lamp_ids": ["l20"], "fault_ids": [],
        "geometry": shapely.Point(EAST + 600, NORTH + 360),
    }  # fmt: skip
    dark = {
        "id": "d1", "cause": "outage", "length_m": 55.0, "outage_m": 55.0, "missing_m": 0.0,
        "street_ids": ["sx3-0"], "lamp_ids": ["l3", "l4"], "owners": ["kommunen"],
        "height_assumed_share": 1.0, "run_id": "r1",
        "geometry": shapely.LineString([(EAST + 80, NORTH + 360), (EAST + 135, NORTH + 360)]),
    }  # fmt: skip
    unlit = dark | {
        "id": "d2", "cause": "unlit", "lamp_ids": [], "owners": [],
        "geometry": shapely.LineString([(EAST, NORTH + 480), (EAST + 55, NORTH + 480)]),
    }  # fmt: skip
    lit = {
        "id": "sx3-0:0", "street_id": "sx3-0", "from_m": 0.0, "length_m": 50.0,
        "lux_class": "uncertain", "night_class": "dark", "mean_lx": 4.0, "min_lx": 1.1,
        "min_low_lx": 0.7, "min_high_lx": 1.6, "p_minimum": 0.6, "p_reassurance": 0.0,
        "night_min_lx": 0.1, "assumed_share": 0.4, "inventory_share": 1.0, "run_id": "r1",
        "geometry": shapely.LineString([(EAST, NORTH + 360), (EAST + 50, NORTH + 360)]),
    }  # fmt: skip
    nothing = dict.fromkeys(
        ["mean_lx", "min_lx", "min_low_lx", "min_high_lx", "p_minimum", "p_reassurance",
         "night_min_lx"]
    )  # fmt: skip
    blank = lit | nothing | {
        "id": "sx3-0:50", "from_m": 50.0, "lux_class": "not_inventoried",
        "night_class": "not_inventoried", "assumed_share": 0.0, "inventory_share": 0.0,
        "geometry": shapely.LineString([(EAST + 50, NORTH + 360), (EAST + 100, NORTH + 360)]),
    }  # fmt: skip
    short = {
        "id": "l1:l2", "street_id": "sx3-0", "street": "Parkstigen", "length_m": 30.0,
        "width_m": 3.0, "light_class": "P4", "class_from": "default", "decided": None,
        "em_lx": 4.1, "em_low_lx": 3.2, "em_high_lx": 5.4, "emin_lx": 0.62, "emin_low_lx": 0.4,
        "emin_high_lx": 1.1, "uo": 0.15, "uo_low": 0.12, "uo_high": 0.2, "p_mean": 0.2,
        "p_least": 0.1, "p_class": 0.1, "band": "probably_short", "overlit": False,
        "ev_low_lx": 0.4, "ev_high_lx": 0.9, "esc_low_lx": 0.3, "esc_high_lx": 0.7,
        "n_points": 30, "n_out": 1, "n_off": 0, "n_files": 0, "lamp_ids": ["l1", "l2"],
        "pole_refs": ["=1+1", "=1+2"],
        "run_id": "r1",
        "geometry": shapely.LineString([(EAST, NORTH + 360), (EAST + 30, NORTH + 360)]),
    }  # fmt: skip
    good = short | {
        "id": "l2:l3", "class_from": "kinds", "decided": "Gatunämnden 2026-03-02", "em_lx": 9.0,
        "em_low_lx": 8.0, "em_high_lx": 10.0, "emin_lx": 2.0, "emin_low_lx": 1.6,
        "emin_high_lx": 2.4, "uo": 0.22, "p_mean": 1.0, "p_least": 1.0, "p_class": 1.0,
        "band": "probably_ok", "overlit": True, "n_out": 0, "n_files": 2,
        "lamp_ids": ["l2", "l3"],
        "geometry": shapely.LineString([(EAST + 30, NORTH + 360), (EAST + 60, NORTH + 360)]),
    }  # fmt: skip
    return {
        "outages": [errand, alone],
        "dark_stretches": [dark, unlit],
        "street_light": [lit, blank],
        "class_checks": [short, good],
    }
