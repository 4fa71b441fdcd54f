"""Two places of last week's list: one that was hit, and one where staff had been."""

from __future__ import annotations

from typing import Any

import shapely

from tests.maps.town import EAST, NORTH, WEEK


def town_scores() -> list[dict[str, Any]]:
    """Give one place tested, with the list's numbers, and one without a verdict."""
    hit = {
        "id": "r0:p1", "place_id": "P-AAAAA", "name": "Storgatan", "list_run": "r0",
        "list_week": str(WEEK.shift(-1)), "scored_week": str(WEEK), "list_hash": "ab" * 32,
        "rank": 1, "certainty": "likely", "outcome": "hit", "hits": 2.0, "visited": False,
        "voice_share": 0.5, "list_hits": 2.0, "list_n": 20.0, "hit_rate": 0.1,
        "hit_rate_low": 0.012, "hit_rate_high": 0.317, "pai": 20.0, "pai_low": 2.5,
        "pai_high": 63.0, "naive_hits": 1.0, "period_from": WEEK.start(),
        "period_to": WEEK.end(), "run_id": "r1",
        "geometry": shapely.box(EAST + 80, NORTH + 340, EAST + 200, NORTH + 400),
    }  # fmt: skip
    visited = hit | {
        "id": "r0:p2", "place_id": "P-BBBBB", "name": None, "rank": 2, "outcome": "no_verdict",
        "hits": 0.0, "visited": True, "voice_share": None,
        "geometry": shapely.box(EAST + 580, NORTH + 380, EAST + 660, NORTH + 440),
    }  # fmt: skip
    return [hit, visited]
