"""The scan statistic, shrinkage, groups in time, streets: known answers and honest chance."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import AnalysisError
from geo.hotspots.network_kde import Network, network_density, snap_to_edges
from geo.hotspots.scan_recent import scan_recent
from geo.hotspots.scan_statistic import scan_circles
from geo.hotspots.shrink import shrink
from geo.hotspots.stdbscan import hdbscan, st_dbscan


def cells(side: int = 12) -> tuple[np.ndarray, np.ndarray]:
    at = np.arange(side * side)
    return at // side * 100.0, at % side * 100.0


def test_a_planted_circle_is_found_where_it_is() -> None:
    x, y = cells()
    rng = np.random.default_rng(1)
    n = rng.poisson(1.0, x.size).astype(float)
    hot = np.hypot(x - 500, y - 500) <= 110
    n[hot] += 5
    top = scan_circles(x, y, n, np.ones(x.size), radii_m=[50, 110, 220], rng=rng, replicates=199)[0]
    assert (top.x, top.y, top.radius_m) == (500, 500, 110)
    assert top.n == n[hot].sum()
    assert top.p == 1 / 200


def test_chance_gives_small_p_rarely() -> None:
    x, y = cells(8)
    rng = np.random.default_rng(2)
    low = 0
    for _ in range(60):
        n = rng.multinomial(80, np.full(x.size, 1 / x.size)).astype(float)
        found = scan_circles(x, y, n, np.ones(x.size), radii_m=[110, 220], rng=rng, replicates=99)
        low += found[0].p <= 0.05
    assert low <= 9  # 3 are to be expected, 9 or more once in 500


def test_nothing_happened_and_nothing_expected() -> None:
    x, y = cells(3)
    rng = np.random.default_rng(0)
    assert scan_circles(x, y, np.zeros(9), np.ones(9), radii_m=[50], rng=rng) == []
    with pytest.raises(AnalysisError, match="expected"):
        scan_circles(x, y, np.ones(9), np.zeros(9), radii_m=[50], rng=rng)


def test_a_busy_square_is_no_alarm_and_a_fresh_burst_is() -> None:
    x, y = cells(8)
    rng = np.random.default_rng(3)
    unit = np.concatenate((rng.integers(0, 64, 200), np.full(120, 27)))  # 27 is always busy
    age = rng.random(unit.size) * 364
    calm = scan_recent(x, y, unit, age, radii_m=[50, 110], spells_days=[7, 28], rng=rng,
                       replicates=199)  # fmt: skip
    assert calm[0].p > 0.05
    unit, age = np.r_[unit, np.full(9, 50)], np.r_[age, np.full(9, 3.0)]
    burst = scan_recent(x, y, unit, age, radii_m=[50, 110], spells_days=[7, 28], rng=rng,
                        replicates=199)  # fmt: skip
    assert (burst[0].x, burst[0].y, burst[0].days) == (x[50], y[50], 7)
    assert burst[0].p == 1 / 200
    assert burst[0].recurrence_days(every_days=7) == 1400


def test_missing_ages_are_refused_and_none_gives_none() -> None:
    x, y = cells(3)
    rng = np.random.default_rng(0)
    with pytest.raises(AnalysisError, match="age"):
        scan_recent(x, y, [0], [np.nan], radii_m=[50], spells_days=[7], rng=rng)
    assert scan_recent(x, y, [], [], radii_m=[50], spells_days=[7], rng=rng) == []


@settings(max_examples=20)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=12))
def test_shrinking_moves_towards_the_whole_and_keeps_order(counts: list[int]) -> None:
    n = np.asarray(counts, float)
    out = shrink(n, np.ones(n.size))
    assert (out.low <= out.rate).all()
    assert (out.rate <= out.high).all()
    order = np.argsort(n, kind="stable")
    assert (np.diff(out.rate[order]) >= -1e-9).all()
    assert out.rate.max() <= max(n.max(), out.mean) + 1e-9
    again = shrink(n[::-1], np.ones(n.size))
    np.testing.assert_allclose(again.rate[::-1], out.rate, rtol=1e-9)


def test_counts_of_chance_alone_are_drawn_nearly_together() -> None:
    rng = np.random.default_rng(4)
    out = shrink(rng.poisson(4.0, 60), np.ones(60))
    assert np.ptp(out.rate) < 2.5
    assert out.spread < 0.2


def test_shrunken_intervals_cover() -> None:
    rng = np.random.default_rng(5)
    hit = total = 0
    for _ in range(12):
        exposure = rng.uniform(0.3, 2, 60)
        true = rng.gamma(2.0, 1.5, 60)
        out = shrink(rng.poisson(true * exposure), exposure)
        hit += ((out.low <= true) & (true <= out.high)).sum()
        total += 60
    assert 0.92 <= hit / total <= 0.975


def test_exposure_of_nothing_is_refused() -> None:
    with pytest.raises(AnalysisError, match="exposure"):
        shrink([1], [0])
    assert shrink([], []).rate.size == 0


def test_one_place_twice_a_year_apart_is_two_groups() -> None:
    rng = np.random.default_rng(6)
    x, y = rng.normal(0, 10, (2, 20))
    days = np.r_[np.arange(10) * 0.5, 365 + np.arange(10) * 0.5]
    label = st_dbscan(x, y, days, reach_m=75, reach_days=14, least=5)
    assert label.tolist() == [0] * 10 + [1] * 10
    assert st_dbscan(x, y, days, reach_m=75, reach_days=400, least=5).tolist() == [0] * 20
    order = rng.permutation(20)
    moved = st_dbscan(x[order], y[order], days[order], reach_m=75, reach_days=14, least=5)
    assert (moved == label[order]).all()


def test_long_time_reach_is_plain_dbscan() -> None:
    from geo.hotspots.dbscan import dbscan

    rng = np.random.default_rng(7)
    x, y = rng.random((2, 300)) * 1000
    one = st_dbscan(x, y, np.zeros(300), reach_m=60, reach_days=1, least=5)
    two = dbscan(x, y, reach_m=60, least=5)
    assert (one >= 0).tolist() == (two >= 0).tolist()
    gap = np.hypot(x[:, None] - x, y[:, None] - y) <= 60
    core = gap.sum(axis=1) >= 5  # a border point may go to either of its groups
    assert len(set(zip(one[core], two[core], strict=True))) == len(set(one[core]))


def test_hdbscan_tells_two_groups_apart_and_sees_none_among_few() -> None:
    rng = np.random.default_rng(8)
    x, y = rng.normal(0, 10, (2, 40))
    label = hdbscan(np.r_[x, x + 500], np.r_[y, y], smallest=15)
    assert set(label[:40]) <= {-1, 0}
    assert set(label[40:]) <= {-1, 1}
    assert (label >= 0).mean() > 0.8
    assert hdbscan(x[:3], y[:3], smallest=10).tolist() == [-1, -1, -1]
    with pytest.raises(AnalysisError, match="two or more"):
        hdbscan(x, y, smallest=1)


def star() -> gpd.GeoDataFrame:
    ends = [(500, 0), (-500, 0), (0, 500), (0, -500)]
    lines = [shapely.LineString([(0, 0), end]) for end in ends]
    return gpd.GeoDataFrame({"id": list("abcd")}, geometry=lines, crs="EPSG:3006")


def test_a_crossing_shares_what_goes_on() -> None:
    net = Network.of(star(), lixel_m=10)
    laid = network_density(net, [0], [30.0], bandwidth_m=100)
    each = [laid[net.first[k] : net.first[k + 1]].sum() for k in range(4)]
    u = 0.3
    beyond = (1 - 1.875 * u + 1.25 * u**3 - 0.375 * u**5) / 2  # half a kernel past 30 m
    assert each == pytest.approx([1 - beyond, beyond / 3, beyond / 3, beyond / 3])


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.floats(20, 400))
def test_nothing_is_lost_along_streets(seed: int, reach: float) -> None:
    rng = np.random.default_rng(seed)
    at = [(a * 80.0, b * 80.0) for a in range(4) for b in range(4)]
    lines = [shapely.LineString([p, q]) for k, p in enumerate(at) for q in at[k + 1 :]
             if abs(p[0] - q[0]) + abs(p[1] - q[1]) == 80 and rng.random() < 0.8]  # fmt: skip
    net = Network.of(gpd.GeoDataFrame(geometry=lines, crs="EPSG:3006"), lixel_m=15)
    edge = rng.integers(0, len(lines), 5)
    weight = rng.random(5)
    laid = network_density(net, edge, rng.random(5) * 80, weight=weight, bandwidth_m=reach)
    assert laid.min() >= -1e-12
    assert laid.sum() == pytest.approx(weight.sum(), rel=1e-6)


def test_points_go_to_their_street() -> None:
    points = gpd.GeoSeries([shapely.Point(100, 3), shapely.Point(900, 900)], crs="EPSG:3006")
    edge, along, near = snap_to_edges(star(), points)
    assert (edge.tolist(), along.tolist(), near.tolist()) == ([0], [100.0], [True, False])


def test_what_is_no_network_is_refused() -> None:
    two = shapely.MultiLineString([[(0, 0), (1, 0)], [(5, 5), (6, 6)]])
    with pytest.raises(AnalysisError, match="single lines"):
        Network.of(gpd.GeoDataFrame(geometry=[two], crs="EPSG:3006"))
    with pytest.raises(AnalysisError, match="bandwidth"):
        network_density(Network.of(star()), [0], [0.0], bandwidth_m=0)
