"""What is raised in the made-up town: an alarm, one too small to tell, a near repeat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import shapely

from tests.maps.town import EAST, NORTH, WEEK

ALARM: dict[str, Any] = {
    "id": "a", "kind": "alarm", "name": "Åpromenaden", "place_id": "p3", "category": None,
    "n": 16.0, "expected": 4.9, "p": 0.004, "recurrence_weeks": 250.0, "radius_m": 300.0,
    "days": 28.0, "since": WEEK.shift(-3).start(), "until": WEEK.end(),
    "last_day": datetime(2026, 11, 22), "run_id": "r1",
    "geometry": shapely.Point(EAST + 300, NORTH + 300).buffer(300),
}  # fmt: skip
UNSURE = ALARM | {"id": "u", "kind": "unsure", "n": 6.0, "place_id": None, "days": 7.0}
ZONE = ALARM | {
    "id": "z", "kind": "near_repeat", "name": "Norra gatan", "place_id": None,
    "category": "burglary", "n": 1.0, "expected": None, "p": None, "recurrence_weeks": None,
    "radius_m": 200.0, "days": 14.0, "last_day": datetime(2026, 12, 3),
}  # fmt: skip
