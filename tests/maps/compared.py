"""What other methods found in the made-up town: one row a method."""

from __future__ import annotations

from typing import Any

import shapely

from geo.maps.layers_methods import TITLES
from tests.maps.town import EAST, NORTH, WEEK


def town_compared() -> list[dict[str, Any]]:
    """Give one row a method."""
    return [
        {
            "id": f"{name}1", "name": "Storgatan", "method": name, "rank": 1, "n": 14.0,
            "expected": 4.6, "p": 0.001, "q": 0.01, "rate": 3.0, "rate_low": 1.7,
            "rate_high": 5.1, "certainty": "likely", "period_from": WEEK.shift(-51).start(),
            "period_to": WEEK.end(), "area_m2": 14_400.0, "street_m": 480.0,
            "caveats": ["not_tested"], "run_id": "r1",
            "geometry": shapely.box(EAST + 60, NORTH + 60, EAST + 180, NORTH + 180),
        }
        for name in TITLES
    ]  # fmt: skip
