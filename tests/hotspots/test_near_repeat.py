"""Near repeats: pairs by hand, the margins' law, and a planted one that is found."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import AnalysisError
from geo.hotspots.knox import knox, pairs_in_time
from geo.hotspots.near_repeat import in_force, raised_risk
from geo.hotspots.pairs import count_shuffled, near_pairs

SPACE, TIME = [0, 100, 200], [0, 7, 14]


def test_three_incidents_by_hand() -> None:
    out = knox([0, 50, 150], [0, 0, 0], [0, 3, 10], space_m=SPACE, time_days=TIME,
               rng=np.random.default_rng(1), permutations=0)  # fmt: skip
    # 50 m and 3 days; 100 m (in the second band: edges are half-open) and 7 days; 150 m and 10.
    assert out.observed.tolist() == [[1, 0], [0, 2]]
    assert np.isnan(out.p).all()


def test_a_third_of_all_orders_gives_two_pairs() -> None:
    """Two near places and one far: of the 3! orders one third put the near times on them."""
    out = knox([0, 1, 5000], [0, 0, 0], [0, 1, 100], space_m=[0, 10], time_days=[0, 2],
               rng=np.random.default_rng(2), permutations=5999)  # fmt: skip
    assert out.observed.item() == 1
    assert out.expected.item() == pytest.approx(1 / 3)
    assert out.p.item() == pytest.approx(1 / 3, abs=0.03)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=40), st.integers(0, 99))
def test_the_mean_is_what_drawing_gives(days: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = len(days)
    x, y = rng.random((2, n)) * 300
    i, j, band = near_pairs(x, y, edges_m=np.array([0.0, 150, 300]), metric="euclidean")
    edges = np.array([0.0, 5, 20])
    margin = pairs_in_time(days, edges=edges)
    gap = np.abs(np.subtract.outer(days, days))[np.triu_indices(n, 1)]
    assert margin.tolist() == [((gap >= a) & (gap < b)).sum() for a, b in ((0, 5), (5, 20))]
    orders = rng.permuted(np.broadcast_to(np.asarray(days, float), (400, n)), axis=1)
    drawn = count_shuffled(orders, i, j, band, edges=edges, bands=2).mean(axis=0)
    exact = np.outer(np.bincount(band, minlength=2), margin) / (n * (n - 1) / 2)
    assert drawn == pytest.approx(exact, abs=0.35 + 0.2 * exact.max())


@given(st.integers(0, 999))
def test_pairs_are_all_pairs_once(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = np.round(rng.random((2, 30)) * 200)
    i, j, band = near_pairs(x, y, edges_m=np.array([0.0, 50, 120]), metric="manhattan")
    gap = np.abs(x[:, None] - x) + np.abs(y[:, None] - y)
    a, b = np.nonzero(np.triu(gap < 120, 1))
    assert sorted(zip(i.tolist(), j.tolist(), strict=True)) == list(
        zip(a.tolist(), b.tolist(), strict=True)
    )
    assert (band == (gap[i, j] >= 50)).all()


def test_a_planted_repeat_is_found_and_noise_is_not() -> None:
    rng = np.random.default_rng(3)
    x, y, t = rng.random(300) * 4000, rng.random(300) * 4000, rng.random(300) * 200
    quiet = knox(x, y, t, space_m=SPACE, time_days=TIME, rng=rng)
    again = np.arange(40)
    near = knox(
        np.r_[x, x[again] + 30], np.r_[y, y[again] - 20], np.r_[t, t[again] + 2],
        space_m=SPACE, time_days=TIME, rng=rng,
    )  # fmt: skip
    assert quiet.p.min() > 0.01
    assert near.p[0, 0] == pytest.approx(0.001)
    assert near.ratio[0, 0] > 3


def test_row_order_means_nothing() -> None:
    rng = np.random.default_rng(4)
    x, y, t = rng.random((3, 80)) * 500
    order = rng.permutation(80)
    one, two = (
        knox(x[k], y[k], t[k], space_m=SPACE, time_days=TIME, permutations=0,
             rng=np.random.default_rng(0)) for k in (np.arange(80), order)
    )  # fmt: skip
    assert (one.observed == two.observed).all()
    assert (one.expected == two.expected).all()


@pytest.mark.parametrize(
    ("change", "match"),
    [({"space_m": [0]}, "rising edges"), ({"time_days": [7, 0]}, "rising edges"),
     ({"space_m": [-1, 5]}, "rising edges")],
)  # fmt: skip
def test_bad_edges_are_refused(change: dict[str, list[float]], match: str) -> None:
    given_ = {"space_m": SPACE, "time_days": TIME} | change
    with pytest.raises(AnalysisError, match=match):
        knox([0, 1], [0, 1], [0, 1], rng=np.random.default_rng(0), **given_)


def test_too_few_and_missing_are_refused() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(AnalysisError, match="at least two"):
        knox([0], [0], [0], space_m=SPACE, time_days=TIME, rng=rng)
    with pytest.raises(AnalysisError, match="missing"):
        knox([0, np.nan], [0, 1], [0, 1], space_m=SPACE, time_days=TIME, rng=rng)


def test_the_plain_path_gives_the_same() -> None:
    code = (
        "import numpy as np;from geo.hotspots.knox import knox;"
        "from geo.hotspots.network_kde import Network, network_density;import geopandas as g;"
        "import shapely;r=np.random.default_rng(5);a=r.random((3,40))*300;"
        "k=knox(*a,space_m=[0,50,150],time_days=[0,30,90],permutations=9,rng=r);"
        "n=Network.of(g.GeoDataFrame(geometry=[shapely.LineString([(0,0),(90,0)]),"
        "shapely.LineString([(90,0),(90,80)]),shapely.LineString([(90,0),(200,5)])],crs=3006));"
        "d=network_density(n,[0,2],[20.0,100.0],bandwidth_m=120);"
        "print(k.observed.tolist(),k.p.tolist(),np.round(d,9).tolist())"
    )

    told = [
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True,
            env={**os.environ, "NUMBA_DISABLE_JIT": off},
        ).stdout
        for off in ("0", "1")
    ]  # fmt: skip
    assert told[0] == told[1]
    assert len(told[0]) > 100


def test_advice_has_a_reach_and_a_date() -> None:
    rng = np.random.default_rng(11)
    x, y, t = rng.random(400) * 6000, rng.random(400) * 6000, rng.random(400) * 300
    k = np.arange(60)
    x, y = np.r_[x, x[k] + 40], np.r_[y, y[k]]
    t = np.r_[t, t[k] + rng.random(60) * 10]
    table = knox(x, y, t, space_m=[0, 100, 200, 400], time_days=[0, 7, 14, 28], rng=rng)
    found = raised_risk(table)
    assert [(one.radius_m, one.days) for one in found] == [(100.0, 14.0)]
    assert found[0].low < found[0].ratio < found[0].high
    assert found[0].low > 2
    start = pd.Timestamp("2026-01-01", tz="UTC")
    now = datetime(2026, 3, 1, tzinfo=UTC)
    held = in_force(found[0], x, y, pd.Series(start + pd.to_timedelta(t, unit="D")), now=now)
    assert ((held["until"] - held["since"]) == pd.Timedelta(days=14)).all()
    assert (held["since"] <= pd.Timestamp(now)).all()
    assert (held["until"] > pd.Timestamp(now)).all()
    assert 0 < len(held) < 60


def test_noise_gives_no_advice() -> None:
    advised = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        x, y, t = rng.random(200) * 3000, rng.random(200) * 3000, rng.random(200) * 200
        table = knox(x, y, t, space_m=[0, 100, 200, 400], time_days=[0, 7, 14, 28], rng=rng)
        advised += bool(raised_risk(table))
    assert advised <= 3


def test_advice_without_drawn_orders_is_refused() -> None:
    table = knox([0, 1], [0, 1], [0, 1], space_m=SPACE, time_days=TIME, permutations=0,
                 rng=np.random.default_rng(0))  # fmt: skip
    with pytest.raises(AnalysisError, match="drawn orders"):
        raised_risk(table)
