"""Did more happen while the lights were out? Dark places and their ring, before, during, after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.intervals import binomial_interval
from geo.lighting.study_windows import PHASES, windows
from geo.spatial import require_metres
from geo.sun import altitude_deg, light_state, lonlat

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ZONES = ("dark", "ring")
_NIGHT_FROM_H = 12
_FEWEST = 10
_CLUSTERS = 5


@dataclass(frozen=True, slots=True)
class StudyParams:
    """
    Choices of the outage study.

    Parameters
    ----------
    near_m
        Events this near an outage lie on its dark stretch.
    ring_m
        Events between `near_m` and this lie on the neighbours.
    lag_nights
        Nights before the report that belong to no phase: the lamp may have been out already.
    fewest_nights, most_nights
        Outages shorter or longer than this are left out.
    compare_nights
        Most nights compared before, and after.
    cluster_m
        Side of the squares within which outages may hang together.
    """

    near_m: float = 60.0
    ring_m: float = 200.0
    lag_nights: int = 3
    fewest_nights: int = 1
    most_nights: int = 30
    compare_nights: int = 30
    cluster_m: float = 2_000.0


DEFAULTS = StudyParams()


def outage_study(
    outages: GeoDataFrame, events: GeoDataFrame, *, timezone: str, params: StudyParams = DEFAULTS
) -> pd.DataFrame:
    """
    Compare what happens round outages while they last with the nights before and after.

    Each place is its own control. A night runs from noon to noon; the night of the report is the
    first dark one, that of the repair is lit again. Nights before and after that another outage
    within `ring_m` also covers are left out. Events by day at the same places and dates are the
    placebo: lamps cannot matter then.

    Parameters
    ----------
    outages
        One row an outage: point, ``reported`` and ``mended`` (local dates), shape (n,).
    events
        One row an event: point, ``occurred_from`` (UTC); same CRS.
    timezone
        Whose dates.
    params
        Distances and nights.

    Returns
    -------
    DataFrame
        One row for each ``light`` (``night``: the sun below -6 degrees; ``day``: above 0) and
        ``zone`` (``dark``, ``ring``, and ``dark_vs_ring``, the ratio of the two): counts and
        place-nights of each phase, ``ratio`` (rate during over rate before and after together;
        Mantel-Haenszel, each outage its own stratum, so that long outages in bad places fool
        nobody), ``exact_low`` and ``exact_high`` (binomial, as if no event were counted for two
        outages), ``low`` and ``high``
        (95 %, outages of a square of `cluster_m` hanging together), ``n_outages``,
        ``n_clusters`` and ``finding`` (``more``, ``fewer``, ``cannot_tell`` or ``too_few``).

    Raises
    ------
    CrsError
        If the frames are not in one metric CRS.
    """
    require_metres(outages, name="outages")
    require_metres(events, name="events", crs=outages.crs)
    span = windows(outages, params=params)
    x, y = (v.to_numpy() for v in (outages.geometry.x, outages.geometry.y))
    cells = np.floor(np.column_stack((x, y)) / params.cluster_m).astype(np.int64)
    _, cluster = np.unique(cells, axis=0, return_inverse=True)
    light, night = _light_and_night(events, timezone=timezone)
    place, event, metres = _pairs(x, y, events, radius_m=params.ring_m)
    phase = span.phase_of(place, night[event])
    rows = []
    for state, name in (("dark", "night"), ("day", "day")):
        both = {}
        for zone in ZONES:
            here = (metres <= params.near_m) == (zone == "dark")
            mine = here & (light[event] == state) & (phase >= 0)
            counts = np.zeros((len(outages), len(PHASES)))
            np.add.at(counts, (place[mine], phase[mine]), 1.0)
            both[zone] = _compared(counts, span.nights, cluster.ravel())
            rows.append({"light": name, "zone": zone, **_row(both[zone])})
        rows.append({"light": name, "zone": "dark_vs_ring", **_ratio(both["dark"], both["ring"])})
    return pd.DataFrame(rows)


def _light_and_night(
    events: GeoDataFrame, *, timezone: str
) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
    """Give each event its light, and the day (since 1970) on whose noon its night begins."""
    lon, lat = lonlat(events.geometry)
    light = light_state(altitude_deg(events["occurred_from"], lon_deg=lon, lat_deg=lat))
    local = events["occurred_from"].dt.tz_convert(timezone).dt.tz_localize(None)
    by_noon = local - pd.to_timedelta(np.where(light == "day", 0, _NIGHT_FROM_H), unit="h")
    return light, by_noon.to_numpy("datetime64[D]").astype(np.int64)


def _pairs(
    x: Floats, y: Floats, events: GeoDataFrame, *, radius_m: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """Pair outages with the events round them: positions and metres between."""
    from scipy.spatial import cKDTree

    if len(x) == 0 or len(events) == 0:
        none = np.empty(0, np.intp)
        return none, none, np.empty(0)
    here = cKDTree(np.column_stack((x, y)))
    there = cKDTree(np.column_stack((events.geometry.x, events.geometry.y)))
    found: Any = here.sparse_distance_matrix(there, radius_m, output_type="ndarray")
    return found["i"], found["j"], found["v"]


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """Sums by phase, the logarithm of the ratio, and how each cluster pulls at it."""

    counts: Floats
    nights: Floats
    log: float
    pull: Floats
    n_outages: int


def _compared(counts: Floats, nights: Floats, cluster: NDArray[np.intp]) -> _Compared:
    """Compare the rate during with that of before and after, outage by outage."""
    during, lit = counts[:, 1], counts[:, 0] + counts[:, 2]
    dark_nights, lit_nights = nights[:, 1], nights[:, 0] + nights[:, 2]
    whole = np.maximum(dark_nights + lit_nights, 1.0)
    up, down = during * lit_nights / whole, lit * dark_nights / whole
    size = int(cluster.max()) + 1 if cluster.size else 0
    pull: Floats = np.zeros(size)
    log = np.nan
    if up.sum() > 0 and down.sum() > 0:
        log = float(np.log(up.sum() / down.sum()))
        share = up / up.sum() - down / down.sum()
        pull = np.bincount(cluster, share, minlength=size).astype(np.float64)
    return _Compared(counts.sum(axis=0), nights.sum(axis=0), log, pull, len(counts))


def _row(found: _Compared) -> dict[str, Any]:
    """One zone as a row, with an exact and a clustered interval."""
    before, during, after = found.counts
    low, high = binomial_interval(during, found.counts.sum())
    crude = during / max(before + after, 1.0)
    scale = np.exp(found.log) / crude if crude > 0 else np.nan
    exact = [float(p / (1 - p) * scale) if p < 1 else np.inf for p in (float(low), float(high))]
    names = zip(PHASES, found.counts, found.nights, strict=True)
    told = {k: v for p, n, t in names for k, v in ((f"n_{p}", int(n)), (f"nights_{p}", int(t)))}
    enough = min(during, before + after) >= _FEWEST
    limits = _limits(found.log, found.pull, enough=enough)
    return {**told, "exact_low": exact[0], "exact_high": exact[1], **limits,
            "n_outages": found.n_outages}  # fmt: skip


def _ratio(dark: _Compared, ring: _Compared) -> dict[str, Any]:
    """Hold the dark places' ratio against their neighbours'."""
    told = {f"n_{p}": int(n) for p, n in zip(PHASES, dark.counts + ring.counts, strict=True)}
    least = min(min(f.counts[1], f.counts[0] + f.counts[2]) for f in (dark, ring))
    limits = _limits(dark.log - ring.log, dark.pull - ring.pull, enough=least >= _FEWEST)
    return {**told, **limits, "n_outages": dark.n_outages}


def _limits(log: float, pull: Floats, *, enough: bool) -> dict[str, Any]:
    """Turn a logarithm and the clusters' pulls into a ratio with 95 % limits."""
    from scipy.stats import t

    n = int((pull != 0).sum())
    usable = enough and n >= _CLUSTERS and np.isfinite(log)
    error = np.sqrt((pull**2).sum() * n / (n - 1)) if n > 1 else np.nan
    reach = float(t.ppf(0.975, n - 1)) * float(error) if n > 1 else np.nan
    low, high = (float(np.exp(log + way * reach)) for way in (-1, 1))
    word = "more" if low > 1 else "fewer" if high < 1 else "cannot_tell"
    return {"ratio": float(np.exp(log)), "low": low, "high": high, "n_clusters": n,
            "finding": word if usable else "too_few"}  # fmt: skip
