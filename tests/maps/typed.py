"""Two places typed by hand: dark and felt unsafe, and one that cannot be told."""

from __future__ import annotations

from typing import Any

import shapely

from tests.maps.town import EAST, NORTH


def town_types() -> list[dict[str, Any]]:
    """Give one typed place with all its numbers, and one without any."""
    both = {
        "id": "t1", "place_id": "P-AAAAA", "name": "Storgatan", "basis": "hotspot",
        "type": "both", "incidents": "many", "felt": "unsafe", "light": "dark",
        "acts": ["patrol", "lamp"], "n": 22.0, "expected": 6.5, "rate": 3.4, "rate_low": 2.1,
        "rate_high": 5.1, "n_reports": 6, "reports_expected": 1.2, "reports_low": 2.2,
        "reports_high": 13.1, "dark_share": 0.7, "dark_low": 0.4, "dark_high": 0.9,
        "n_timed": 15.0, "inventory_share": 1.0, "dark_m": 55.0, "n_hidden": 0,
        "owners": ["kommunen"], "run_id": "r1",
        "geometry": shapely.box(EAST + 80, NORTH + 340, EAST + 200, NORTH + 400),
    }  # fmt: skip
    numbers = ("rate", "rate_low", "rate_high", "n_reports", "reports_expected", "reports_low",
               "reports_high", "dark_share", "dark_low", "dark_high", "n_timed",
               "inventory_share", "dark_m", "n_hidden")  # fmt: skip
    untold = both | dict.fromkeys(numbers) | {
        "id": "t2", "place_id": None, "name": None, "basis": "reports", "type": "cannot_tell",
        "incidents": "cannot_tell", "felt": "cannot_tell", "light": "cannot_tell",
        "acts": ["survey"], "n": 2.0, "expected": 1.0, "owners": [],
        "geometry": shapely.box(EAST + 580, NORTH + 380, EAST + 660, NORTH + 440),
    }  # fmt: skip
    return [both, untold]
