"""Where and when: scores, scans, near repeats, kernels and patterns beside other tools'."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from geo.pipeline.conformance.line import Line, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

BURGLARIES = Path("chicago") / "residential_burglary_2016.csv.gz"
PERMUTATIONS = 9_999


def _example() -> tuple[NDArray[np.float64], csr_array, NDArray[np.float64]]:
    """Build the six points of esda's documentation: values, neighbours, coordinates."""
    from scipy.sparse import csr_array

    xy = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], np.float64)
    gap = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    near = csr_array(((gap > 0) & (gap <= 15)).astype(np.float64))
    return np.array([2, 3, 3.2, 5, 8, 7]), near, xy


def getis_ord() -> Iterator[Line]:
    """
    Compare Gi*, Gi and G with esda's example.

    Yields
    ------
    Line
        One a case.
    """
    import geopandas as gpd

    from geo.hotspots.getis import global_g, local_g
    from geo.hotspots.gi_star import gi_star

    values, near, xy = _example()
    cells = gpd.GeoDataFrame(
        {"n_events": values}, geometry=gpd.points_from_xy(*xy.T), crs="EPSG:3006"
    )
    section, source = "Gi*, Gi and G (C1)", "esda, documentation and tests"
    star = (-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331)
    yield Line(section, "Gi* of six points", source, star,
               numbers(gi_star(cells, radius_m=15)["z"]), 1e-8,
               "the score only; p here is the exact tail")  # fmt: skip
    alone = (-1.0136729, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941)
    yield Line(section, "Gi of the same", source, alone, numbers(local_g(values, near)), 1e-7)
    yield Line(section, "global G, one-sided p", source, (0.55709779, 0.172936),
               global_g(values, near), 1e-6)  # fmt: skip


def scan() -> Iterator[Line]:
    """
    Compare the likelihood ratio with SaTScan's output.

    Yields
    ------
    Line
        One a case.
    """
    from geo.hotspots.scan_statistic import Cluster, llr

    section, source = "Scan statistic (C4)", "SaTScan 9.4.4, output in PredictCode's tests"
    yield Line(section, "LLR, C = 100: 3 where 0.42, 4 where 0.96", source, (3.352053, 2.715606),
               numbers(llr([3, 4], [0.42, 0.96], 100)), 1e-6)  # fmt: skip
    wait = [Cluster(0, 0, 1, 1, 3, 0.42, 3.35, p).recurrence_days(every_days=1.0)
            for p in (0.202, 0.581)]  # fmt: skip
    yield Line(section, "recurrence interval of p 0.202 and 0.581", source, (5.0, 1.7),
               numbers(np.round(wait, 1)), 1e-1 / 2)  # fmt: skip


def knox(data: Path | None) -> Iterator[Line]:
    """
    Compare near repeats with NearRepeat on Chicago's burglaries.

    Parameters
    ----------
    data
        Folder of open data sets, if there is one.

    Yields
    ------
    Line
        One a case.
    """
    import pandas as pd

    from geo.hotspots.knox import knox as count_pairs

    section, source = "Near repeats (C5)", "NearRepeat (R), Chicago burglaries, January 2016"
    pairs = (28, 5, 5, 141, 69, 27, 186, 140, 100, 237, 192, 128)
    ratios = (1.80, 0.40, 0.61, 1.41, 0.86, 0.52, 1.01, 0.95, 1.05, 0.98, 0.98, 1.01)
    table = None
    if data is not None and (data / BURGLARIES).is_file():
        rows = pd.read_csv(data / BURGLARIES)
        when = pd.to_datetime(rows["date"], errors="coerce")
        january = (when >= "2016-01-01") & (when < "2016-02-01")
        days = (when[january] - pd.Timestamp("2016-01-01")) / pd.Timedelta(days=1)
        table = count_pairs(
            rows["X"][january], rows["Y"][january], days, space_m=[0, 0.1, 200, 400, 600],
            time_days=[0, 7, 14, 21], metric="manhattan", permutations=PERMUTATIONS,
            rng=np.random.default_rng(1),
        )  # fmt: skip
    yield Line(section, "pairs in 4 x 3 bands, along the axes", source, pairs,
               None if table is None else numbers(table.observed), 0.5)  # fmt: skip
    yield Line(section, "ratio to the mean of all orders", source, ratios,
               None if table is None else numbers(table.ratio), 0.05,
               "theirs is the mean of 999 drawn orders, ours of all")  # fmt: skip
    strongest = None if table is None else numbers([table.p[0, 0], table.p[1, 0]])
    yield Line(section, f"p of the two strongest, {PERMUTATIONS} orders", source, (0.001, 0.001),
               strongest, 0.001)  # fmt: skip


def ripley() -> Iterator[Line]:
    """
    Compare K and L with an example worked by hand.

    Yields
    ------
    Line
        One a case.
    """
    from geo.hotspots.ripley import ripley_k, ripley_l

    section, source = "Ripley's K (C6)", "by hand: corners of a unit square in a 2 x 2 window"
    x, y = [0.0, 0, 1, 1], [0.0, 1, 0, 1]
    k = ripley_k(x, y, at_m=[1.0, 1.5], area_m2=4.0)
    yield Line(section, "K(1), K(1.5)", source, (2.0, 3.0), numbers(k), 1e-12)
    other = ripley_k(x, y, at_m=[1.0, 1.5], area_m2=4.0, unbiased=True)
    yield Line(section, "the same, n (n - 1)", source, (2.667, 4.0), numbers(other), 5e-4)
    yield Line(section, "L(1)", source, (0.798,), numbers(ripley_l(k[:1])), 5e-4)


def kernels() -> Iterator[Line]:
    """
    Compare the volume of each kernel with one.

    Yields
    ------
    Line
        One a case.
    """
    from geo.hotspots.kernels import KERNELS, kernel_value

    section = "Kernels (C7)"
    u = (np.arange(200_000) + 0.5) / 200_000 * 250
    for name in KERNELS:
        volume = float((2 * np.pi * u * kernel_value(u, radius_m=250, kernel=name)).mean() * 250)
        yield Line(section, f"{name}: volume inside 250 m", "definition", (1.0,), (volume,), 1e-6)
    quartic = kernel_value(u, radius_m=250, kernel="quartic")
    flat = float((2 * np.pi * u * quartic / quartic[0]).mean() * 250)
    yield Line(section, "quartic of height one: volume / (pi h^2)", "definition", (1 / 3,),
               (flat / (np.pi * 250**2),), 1e-6,
               "SpatialKDE, and QGIS until 2025, had 116 for 16 in its constant")  # fmt: skip


def patterns() -> Iterator[Line]:
    """
    Compare names of patterns over time with their definitions.

    Yields
    ------
    Line
        One a case.
    """
    from geo.hotspots.emerging import pattern

    section, source = "Emerging classes (C8)", "Esri's definitions, as coded in sfdep"
    rise, flat, fall = np.arange(10.0), np.ones(10), -np.arange(10.0)
    none, last = np.zeros(10, bool), np.arange(10) >= 9
    run, most = np.arange(10) >= 7, np.arange(10) >= 1
    cold = np.arange(10) < 2
    gaps = np.isin(np.arange(10), (2, 5, 9))
    table = [
        ("new", last, rise, none), ("consecutive", run, rise, none),
        ("intensifying", most, rise, none), ("persistent", most, flat, none),
        ("diminishing", most, fall, none), ("sporadic", gaps, flat, none),
        ("oscillating", gaps, flat, cold), ("historical", most[::-1], flat, none),
        ("none", none, flat, none),
    ]  # fmt: skip
    for name, hot, value, below in table:
        right = [pattern(hot, value, cold=below)[1] == name]
        if name != "none":
            right.append(pattern(below, -value, cold=hot) == ("cold", name))
        yield Line(section, f"{name}, and its cold mirror", source, (1.0,) * len(right),
                   numbers(right), 0.5)  # fmt: skip
