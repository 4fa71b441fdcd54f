"""The town of the map tests, as checked frames, with its profile and its run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from geo.maps.layers_methods import TITLES
from geo.settings import Profile
from tests.maps.compared import town_compared
from tests.maps.raised import ALARM, UNSURE, ZONE
from tests.maps.scored import town_scores
from tests.maps.town import (
    EAST,
    NORTH,
    WEEK,
    conform,
    town_hotspots,
    town_incidents,
    town_lamps,
    town_light,
    town_recommendations,
    town_reports,
    town_rest,
    town_streets,
)
from tests.maps.typed import town_types

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


@pytest.fixture(scope="session")
def frames() -> dict[str, GeoDataFrame]:
    """Return the whole town; no test may change a frame."""
    tables = {
        "incidents": town_incidents(),
        "reports": town_reports(),
        "streets": town_streets(),
        "lamps": town_lamps(),
        "hotspots": town_hotspots(),
        "recommendations": town_recommendations(),
        **town_rest(),
        **town_light(),
        "place_types": town_types(),
        "scores": town_scores(),
        "comparisons": town_compared(),
        "signals": [ALARM, UNSURE, ZONE],
    }
    return {name: conform(name, rows) for name, rows in tables.items()}


@pytest.fixture(scope="session")
def profile() -> Profile:
    """Return the profile of a made-up municipality."""
    extent = (EAST - 200.0, NORTH - 200.0, EAST + 1200.0, NORTH + 1100.0)
    return Profile(name="Provkommun", extent=extent, made_up=True)


SUMMARY = {
    "method": {"name": "places"},
    "light": {"p2": {"state": "mixed", "n_lamps": 5, "n_faulty": 2, "n_off_on_purpose": 1}},
}


@pytest.fixture(scope="session")
def run() -> SimpleNamespace:
    """Return a run as the store keeps one."""
    order = {"week": str(WEEK), "weeks": 52, "seed": 1, "methods": list(TITLES)}
    return SimpleNamespace(
        run_id="r1", week=str(WEEK), order=order, revisions={}, version="0.1.0", summary=SUMMARY
    )
