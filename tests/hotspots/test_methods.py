"""Every method finds the planted junction, keeps the contract and says nothing of nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.frames import HOTSPOTS
from geo.hotspots import METHODS, Context

MakeContext = Callable[..., Context]
EAST, NORTH = 500_000.0, 6_400_000.0
JUNCTION = shapely.Point(EAST + 700, NORTH + 800)
TESTING = ("segments", "hexagons", "gi_star", "local_moran")
LOOKING = ("hdbscan", "network_kde", "dbscan", "kde")


@pytest.mark.parametrize("name", [*TESTING, *LOOKING])
def test_the_planted_junction_is_the_first_place(
    context: MakeContext, even: Callable[..., np.ndarray], hot: Callable[..., np.ndarray], name: str
) -> None:
    sd = 12 if name == "segments" else 45  # 45 m would spread thirty over a dozen segments
    town = context(np.vstack((even(300, seed=1), hot(30, seed=2, sd=sd))))
    found = METHODS[name]().find(town)
    HOTSPOTS.conform(found, crs=town.crs)
    first = found.sort_values("rank").iloc[0]
    assert first.geometry.distance(JUNCTION) < 60
    assert first["n"] > 1.5 * first["expected"]
    assert (first["certainty"] == "cannot_tell") == (name in LOOKING)
    assert (found["method"] == name).all()


@pytest.mark.parametrize("name", list(METHODS))
def test_no_incident_gives_no_place(context: MakeContext, name: str) -> None:
    assert METHODS[name]().find(context(np.empty((0, 2)))).empty


@pytest.mark.parametrize("name", [*TESTING, "hdbscan", "st_dbscan", "network_kde", "alarm"])
def test_one_incident_claims_nothing(context: MakeContext, name: str) -> None:
    found = METHODS[name]().find(context([(EAST + 500, NORTH + 500)]))
    assert set(found["certainty"]) <= {"cannot_tell"}


@pytest.mark.parametrize("name", TESTING)
def test_row_order_and_a_shift_by_whole_cells_change_nothing(planted: Context, name: str) -> None:
    turned = Context(planted.incidents.iloc[::-1], planted.streets, None, planted.period_from,
                     planted.period_to, crs=planted.crs, seed=planted.seed)  # fmt: skip
    one, two = (METHODS[name]().find(c) for c in (planted, turned))
    assert one["n"].tolist() == two["n"].tolist()
    assert one["p"].tolist() == pytest.approx(two["p"].tolist())
    assert shapely.equals_exact(one.geometry.to_numpy(), two.geometry.to_numpy(), 1e-6).all()


@pytest.mark.parametrize("name", ["segments", "hexagons"])
def test_an_even_town_rarely_has_a_well_supported_place(
    context: MakeContext, even: Callable[..., np.ndarray], name: str
) -> None:
    wrong = sum(
        "well_supported" in set(METHODS[name]().find(context(even(400, seed=s)))["certainty"])
        for s in range(10)
    )
    assert wrong <= 2  # one in twenty is allowed; three of ten would come once in a hundred


def test_the_alarm_rings_for_a_burst_now_and_not_for_a_busy_place(
    context: MakeContext, even: Callable[..., np.ndarray], hot: Callable[..., np.ndarray]
) -> None:
    busy = np.vstack((even(200, seed=4), hot(60, seed=5)))
    quiet = METHODS["alarm"](replicates=199).find(context(busy))
    assert quiet.empty
    until = pd.Timestamp(context(busy).period_to)
    spread = until - pd.to_timedelta((np.arange(len(busy)) * 0.618 % 1) * 363, unit="D")
    burst = until - pd.to_timedelta(np.linspace(0.5, 5, 12), unit="D")
    rows = np.vstack((busy, hot(12, seed=6, east=300, north=300, sd=20)))
    found = METHODS["alarm"](replicates=199).find(context(rows, at=spread.append(burst)))
    assert len(found) == 1
    assert found.iloc[0].geometry.distance(shapely.Point(EAST + 300, NORTH + 300)) < 50
    assert found.iloc[0]["n"] >= 10
    assert found.iloc[0]["claim"] == "changed"


def test_st_dbscan_sees_the_burst_only(
    context: MakeContext, hot: Callable[..., np.ndarray]
) -> None:
    base = context(np.empty((0, 2))).period_to
    long = base - pd.to_timedelta(np.linspace(1, 360, 12), unit="D")
    short = base - timedelta(days=60) - pd.to_timedelta(np.linspace(0, 6, 12), unit="D")
    rows = np.vstack((hot(12, seed=1, sd=15), hot(12, seed=2, east=200, north=200, sd=15)))
    found = METHODS["st_dbscan"]().find(context(rows, at=pd.DatetimeIndex(long).append(short)))
    assert len(found) == 1
    assert found.iloc[0].geometry.distance(shapely.Point(EAST + 200, NORTH + 200)) < 40
