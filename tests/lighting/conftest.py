"""Small streets with lamps whose answers can be worked out on paper."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, box

from geo.frames import AREAS, FAULTS, INCIDENTS, LAMPS, REPORTS, STREETS

CRS = "EPSG:3006"
E0, N0 = 500_000.0, 6_400_000.0
NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)


def _rows(rows: list[dict[str, Any]], frame: Any) -> gpd.GeoDataFrame:
    """Fill one frame of the contract from dicts."""
    if not rows:
        return frame.empty()
    full = [{"batch_id": "b", **row} for row in rows]
    return frame.conform(gpd.GeoDataFrame(full, geometry="geometry", crs=CRS))


class Town:
    """Builders of contract frames; metres are counted from one corner."""

    crs = CRS
    now = NOW

    @staticmethod
    def streets(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
        out = []
        for k, row in enumerate(rows):
            line = LineString([(E0 + x, N0 + y) for x, y in row["xy"]])
            start, end = (f"{p[0]:.1f} {p[1]:.1f}" for p in (row["xy"][0], row["xy"][-1]))
            base = {"id": f"s{k}", "name": None, "kind": "cycleway", "lit": "yes", "owner": None,
                    "from_node": start, "to_node": end, "length_m": line.length}  # fmt: skip
            out.append({**base, **{a: b for a, b in row.items() if a != "xy"}, "geometry": line})
        return _rows(out, STREETS)

    @staticmethod
    def lamps(xs: Any, *, y: float = 2.0, prefix: str = "l", **more: Any) -> gpd.GeoDataFrame:
        """Lamps at given x, 5 m high; `more` holds a value, or a dict from x to value."""
        out = []
        for x in xs:
            row = {"id": f"{prefix}{x:04.0f}", "state": "working", "height_m": 5.0, "assumed": [],
                   "owner": "Kommunen", "pole_ref": f"P{x:04.0f}",
                   "geometry": Point(E0 + x, N0 + y)}  # fmt: skip
            for name, value in more.items():
                if not isinstance(value, dict):
                    row[name] = value
                elif x in value:
                    row[name] = value[x]
            out.append(row)
        return _rows(out, LAMPS)

    @staticmethod
    def faults(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
        out = []
        for k, row in enumerate(rows):
            base = {
                "id": f"f{k}",
                "kind": "out",
                "reported_at": pd.Timestamp(NOW),
                "geometry": None,
            }
            spot = row.get("at")
            full = {**base, **{a: b for a, b in row.items() if a != "at"}}
            if spot is not None:
                full["geometry"] = Point(E0 + spot[0], N0 + spot[1])
            out.append(full)
        return _rows(out, FAULTS)

    @staticmethod
    def reports(*rows: tuple[float, float, list[str]], **more: Any) -> gpd.GeoDataFrame:
        return _rows(
            [
                {"id": f"r{k}", "received_at": pd.Timestamp(NOW) - pd.Timedelta(days=9),
                 "felt": "unsafe", "reasons": reasons, "state": "accepted", "channel": "web",
                 "geometry": Point(E0 + x, N0 + y), **more}
                for k, (x, y, reasons) in enumerate(rows)
            ],
            REPORTS,
        )  # fmt: skip

    @staticmethod
    def incidents(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
        out = []
        for k, row in enumerate(rows):
            base = {"id": f"i{k}", "category": "vandalism", "mapping_version": "1",
                    "time_known": True, "setting": "outdoor", "source": "s", "found_by": "report",
                    "flags": [], "weight": 1.0, "geometry": None}  # fmt: skip
            full = {**base, **{a: b for a, b in row.items() if a != "at"}}
            for name in ("occurred_from", "occurred_to"):
                if full.get(name) is not None:
                    full[name] = pd.Timestamp(full[name], tz="UTC")
            if "at" in row:
                full["geometry"] = Point(E0 + row["at"][0], N0 + row["at"][1])
            out.append(full)
        return _rows(out, INCIDENTS)

    @staticmethod
    def areas(*rows: tuple[str, tuple[float, float, float, float]]) -> gpd.GeoDataFrame:
        return _rows(
            [
                {"id": f"a{k}", "name": level, "level": level,
                 "geometry": box(E0 + w, N0 + s, E0 + e, N0 + n)}
                for k, (level, (w, s, e, n)) in enumerate(rows)
            ],
            AREAS,
        )  # fmt: skip

    @staticmethod
    def places(**boxes: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
        """Give places as a bare frame with the two columns that matter."""
        rows = [
            {"id": name, "geometry": box(E0 + w, N0 + s, E0 + e, N0 + n)}
            for name, (w, s, e, n) in boxes.items()
        ]
        return gpd.GeoDataFrame(rows, columns=["id", "geometry"], geometry="geometry", crs=CRS)


@pytest.fixture(scope="session")
def town() -> type[Town]:
    return Town
