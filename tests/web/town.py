"""A made-up town of streets, parks, water and lamps, as GeoJSON in degrees."""

from __future__ import annotations

import math
import random
from typing import Any

CENTER = (15.62, 58.41)
METRE_LAT = 1 / 111_320
METRE_LON = METRE_LAT / math.cos(math.radians(CENTER[1]))
STREET_NAMES = (
    "Storgatan", "Bryggargränd", "Vallgatan", "Kyrkogatan", "Nygatan", "Hamngatan", "Skolgatan",
    "Trädgårdsgatan", "Smedjegatan", "Ågatan", "Östra Ringvägen", "Västra Ringvägen",
)  # fmt: skip

Position = list[float]
Feature = dict[str, Any]


def at(x_m: float, y_m: float) -> Position:
    """Turn metres from the town's middle into degrees."""
    return [round(CENTER[0] + x_m * METRE_LON, 6), round(CENTER[1] + y_m * METRE_LAT, 6)]


def feature(shape: str, coordinates: Any, /, **properties: Any) -> Feature:
    """Write one GeoJSON feature."""
    return {
        "type": "Feature",
        "id": properties.get("id"),
        "geometry": {"type": shape, "coordinates": coordinates},
        "properties": properties,
    }


def blob(x_m: float, y_m: float, radius_m: float, *, seed: int, squeeze: float = 1.0) -> Any:
    """Draw a soft, closed shape round a point."""
    rng = random.Random(seed)  # noqa: S311 - drawing, not secrets
    ring = []
    for step in range(28):
        turn = 2 * math.pi * step / 28
        reach = radius_m * (0.88 + 0.2 * rng.random())
        ring.append(at(x_m + reach * math.cos(turn), y_m + reach * squeeze * math.sin(turn)))
    return [[*ring, ring[0]]]


def streets() -> list[Feature]:
    """Draw a slightly bent net of streets with paths between."""
    rows = []
    for index, step in enumerate(range(-1500, 1501, 250)):
        name = STREET_NAMES[index % len(STREET_NAMES)]
        bend = 60 * math.sin(index)
        across = [at(x, step + bend * math.sin(x / 500)) for x in range(-1600, 1601, 80)]
        along = [at(step + bend * math.cos(y / 600), y) for y in range(-1500, 1501, 80)]
        kind = "road" if index % 3 else "square" if index == 6 else "road"
        rows.append(
            feature("LineString", across, id=f"s-e{index}", name=name, kind=kind, lit="yes")
        )
        other = STREET_NAMES[(index + 5) % len(STREET_NAMES)]
        rows.append(
            feature("LineString", along, id=f"s-n{index}", name=other, kind="road", lit="yes")
        )
    for index, step in enumerate(range(-1375, 1376, 250)):
        path = [at(step + 0.2 * y, y) for y in range(-900, 901, 60)]
        rows.append(
            feature("LineString", path, id=f"p{index}", name=None, kind="footway", lit="unknown")
        )
    return rows


def land() -> list[Feature]:
    """Draw kinds of land: built-up, parks and a lake with its river."""
    river = [at(x, 900 + 120 * math.sin(x / 400)) for x in range(-2600, 2601, 100)]
    back = [at(x, 990 + 120 * math.sin(x / 400)) for x in range(2600, -2601, -100)]
    return [
        feature(
            "Polygon", blob(0, 0, 2600, seed=1), id="l1", name="Provköping", kind="residential"
        ),
        feature("Polygon", blob(120, -60, 620, seed=2), id="l2", name="Centrum", kind="centre"),
        feature(
            "Polygon", blob(-1350, -900, 620, seed=3), id="l3", name="Verkstan", kind="industry"
        ),
        feature("Polygon", blob(-820, 420, 330, seed=4), id="l4", name="Lunden", kind="green"),
        feature("Polygon", blob(560, -640, 260, seed=5), id="l5", name="Stadsparken", kind="green"),
        feature("Polygon", [[*river, *back, river[0]]], id="l6", name="Provån", kind="water"),
        feature("Polygon", blob(2100, 1150, 640, seed=6), id="l7", name="Sjön", kind="water"),
    ]


def facilities() -> list[Feature]:
    """Place a few things with a name."""
    named = (
        ("station", "Provköpings station", 420, 330), ("school", "Lindskolan", -520, -380),
        ("school", "Åskolan", 900, 500), ("municipal_building", "Kommunhuset", 60, 80),
    )  # fmt: skip
    return [
        feature("Point", at(x, y), id=f"f{i}", name=name, kind=kind, check_locked=False)
        for i, (kind, name, x, y) in enumerate(named)
    ]


def lamps() -> list[Feature]:
    """
    Set lamps along the streets; some are out, some off on purpose.

    Their ids are all digits, as a hash in hex can be: no number of a map tile holds them.
    """
    rng = random.Random(7)  # noqa: S311 - drawing, not secrets
    rows = []
    for street in streets():
        if street["properties"]["kind"] != "road":
            continue
        for lon, lat in street["geometry"]["coordinates"][::1]:
            draw = rng.random()
            broken = 0.25 if abs(lon - CENTER[0] - 0.0075) < 0.004 and lat > CENTER[1] else 0.02
            state = "faulty" if draw < broken else "off_on_purpose" if draw > 0.985 else "working"
            rows.append(
                feature("Point", [lon, lat], id=str(10**23 + len(rows)), state=state, flux_lm=4000)
            )
    return rows


def incidents(places: list[dict[str, Any]]) -> list[Feature]:
    """Scatter incidents over the town, more of them at the places."""
    rng = random.Random(11)  # noqa: S311 - drawing, not secrets
    spots = [at(rng.uniform(-1500, 1500), rng.uniform(-1300, 1300)) for _ in range(240)]
    for place in places:
        lon, lat = place["point"]
        spots += [
            [lon + rng.gauss(0, 45) * METRE_LON, lat + rng.gauss(0, 45) * METRE_LAT]
            for _ in range(round(place["n"]))
        ]
    return [
        feature("Point", [round(lon, 6), round(lat, 6)], id=f"i{i}", category="vandalism")
        for i, (lon, lat) in enumerate(spots)
    ]


def cells(places: list[dict[str, Any]]) -> list[Feature]:
    """Count the incidents in squares of 250 m."""
    counts: dict[tuple[int, int], int] = {}
    for spot in incidents(places):
        lon, lat = spot["geometry"]["coordinates"]
        key = (
            math.floor((lon - CENTER[0]) / METRE_LON / 250),
            math.floor((lat - CENTER[1]) / METRE_LAT / 250),
        )
        counts[key] = counts.get(key, 0) + 1
    rows = []
    for (x, y), n in sorted(counts.items()):
        w, s, e, t = x * 250, y * 250, (x + 1) * 250, (y + 1) * 250
        ring = [at(w, s), at(e, s), at(e, t), at(w, t), at(w, s)]
        rows.append(feature("Polygon", [ring], id=f"c{x}_{y}", n_min=n, n=n))
    return rows
