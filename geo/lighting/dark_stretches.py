"""Dark stretches: where lamps are out, off or missing, and paths that never had any."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.lighting.inventory import along_order
from geo.lighting.outages import OFF, OUT, WORKING
from geo.lighting.placement import DEFAULTS, LightParams, pairs_within_reach
from geo.runs import PATH_KINDS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.streets import StreetNet

OUTAGE, MISSING, UNLIT = "outage", "missing", "unlit"
CAUSES = (OUTAGE, MISSING, OFF, UNLIT)
SPACING_OK, SPACING_UNSURE, SPACING_SHORT = "probably_ok", "uncertain", "probably_short"
_OK_UP_TO, _SHORT_FROM = 4.0, 6.0  # spacing over height, from simulation of six optics
_LAMPS_ENOUGH = 0.5  # a street nobody says is lit should be, once lamps serve half of it
COLUMNS = ("cause", "length_m", "outage_m", "missing_m", "run_id", "street_ids", "lamp_ids",
           "owners", "height_assumed_share", "geometry")  # fmt: skip


def find_runs(
    dark: ArrayLike,
    *,
    piece_m: ArrayLike,
    group: ArrayLike,
    max_gap_m: float,
    min_run_m: float,
) -> list[tuple[int, int]]:
    """
    Join dark pieces into runs.

    Parameters
    ----------
    dark
        bool, shape (n,), in order along each group.
    piece_m
        Length of each piece in metres, shape (n,).
    group
        What a run may not cross, shape (n,).
    max_gap_m
        Two dark pieces with at most this much light between them are one run.
    min_run_m
        Runs shorter than this, gaps included, are dropped.

    Returns
    -------
    list of (int, int)
        First and last position of each run, both dark.

    Examples
    --------
    >>> lux = [3, 3, .5, .4, .3, 2, .6, 3, .2, .2, .2, .2, 4]
    >>> dark = [value < 1 for value in lux]
    >>> find_runs(dark, piece_m=[5] * 13, group=[0] * 13, max_gap_m=0, min_run_m=15)
    [(2, 4), (8, 11)]
    >>> find_runs(dark, piece_m=[5] * 13, group=[0] * 13, max_gap_m=5, min_run_m=15)
    [(2, 11)]
    """
    at = np.flatnonzero(np.asarray(dark, bool))
    if at.size == 0:
        return []
    length = np.asarray(piece_m, float)
    end = np.cumsum(length)
    names = np.asarray(group)
    lit_between = (end[at[1:]] - length[at[1:]]) - end[at[:-1]]
    tolerance = 1e-6
    cut = (names[at[1:]] != names[at[:-1]]) | (lit_between > max_gap_m + tolerance)
    first = at[np.r_[True, cut]]
    last = at[np.r_[cut, True]]
    long = end[last] - (end[first] - length[first]) >= min_run_m - tolerance
    return [(int(a), int(b)) for a, b in zip(first[long], last[long], strict=True)]


def dark_stretches(
    samples: pd.DataFrame,
    *,
    net: StreetNet,
    placed: pd.DataFrame,
    status: pd.Series,
    owners: pd.Series,
    params: LightParams = DEFAULTS,
) -> gpd.GeoDataFrame:
    """
    Find the stretches that are dark, and say why.

    Only surveyed streets are looked at. A street should be lit when it is
    said to be, or when lamps serve at least half of it and nobody says
    otherwise; there lamps are out, missing, or off on purpose. Any other path
    for walking and cycling is unlit, which may be as decided; roads that are
    not meant to be lit are left out. A piece is dark when no working lamp
    reaches it; the reach is a number of mounting heights, which is spacing
    screening, not lux.

    Parameters
    ----------
    samples
        What `light_samples` gave.
    net
        The street network.
    placed
        What `place_lamps` gave.
    status
        What `lamp_status` gave.
    owners
        Owner by lamp id; missing allowed.
    params
        Shortest run and longest gap.

    Returns
    -------
    GeoDataFrame
        By an id of place and cause, longest first: ``cause`` (``outage`` or
        ``missing``, whichever has most metres, ``off_on_purpose`` or
        ``unlit``),
        ``length_m``, ``outage_m``, ``missing_m``, ``run_id``, ``street_ids``,
        ``lamp_ids`` (those out or off that would light it), ``owners``,
        ``height_assumed_share`` and a line. Stretches off on purpose are dark
        in their hours only, and never an outage.
    """
    if not samples["inventoried"].any():
        return _framed([], crs=net.streets.crs)
    table = samples.iloc[along_order(samples)].reset_index(drop=True)
    sample, lamp = pairs_within_reach(table, placed)
    order = np.argsort(sample, kind="stable")
    sample, lamp = sample[order], lamp[order]
    state = status.reindex(placed.index).to_numpy(object)[lamp]
    reach = {name: np.zeros(len(table), bool) for name in (WORKING, OUT, OFF)}
    for name, hit in reach.items():
        hit[sample[state == name]] = True
    dark = table["inventoried"].to_numpy() & ~reach[WORKING]
    should = _should_be_lit(table, net=net)
    off = dark & reach[OFF] & ~reach[OUT]
    path = net.streets["kind"].isin(PATH_KINDS).to_numpy()[table["street"]]
    unlit = dark & ~should & ~off & ~reach[OUT] & path
    fault = dark & ~off & (should | reach[OUT])
    cause = np.select([reach[OUT], off, unlit], [0, 1, 2], default=3)
    table["cause"] = pd.array([OUTAGE, OFF, UNLIT, MISSING], dtype="str").take(cause)
    rows: list[dict[str, Any]] = []
    for chosen in (fault, off, unlit):
        for first, last in find_runs(
            chosen,
            piece_m=table["piece_m"],
            group=table["run"],
            max_gap_m=params.max_gap_m,
            min_run_m=params.min_run_m,
        ):
            part = table.iloc[first : last + 1]
            here = slice(*np.searchsorted(sample, [first, last + 1]))
            pairs = dark[sample[here]] & (state[here] != WORKING)
            near = np.unique(lamp[here][pairs])
            rows.append(
                _stretch(part[chosen[first : last + 1]], part, net, placed.iloc[near], owners)
            )
    return _framed(rows, crs=net.streets.crs)


def _framed(rows: list[dict[str, Any]], *, crs: Any) -> gpd.GeoDataFrame:
    """Put the stretches in a frame, longest first."""
    out = gpd.GeoDataFrame(rows, columns=["id", *COLUMNS], geometry="geometry", crs=crs)
    out = out.sort_values(["length_m", "id"], ascending=[False, True])
    return out.set_index("id")


def _should_be_lit(samples: pd.DataFrame, *, net: StreetNet) -> NDArray[np.bool_]:
    """Tell which pieces belong to a street that is, or clearly is meant to be, lit."""
    tag = net.streets["lit"].to_numpy(object)
    yes, unknown = (tag == "yes")[samples["street"]], (tag == "unknown")[samples["street"]]
    lit = samples["piece_m"].where(samples["state"] == "lit", 0.0)
    by = samples["street"]
    share = lit.groupby(by).transform("sum") / samples["piece_m"].groupby(by).transform("sum")
    out: NDArray[np.bool_] = yes | (unknown & (share >= _LAMPS_ENOUGH).to_numpy())
    return out


def _stretch(
    dark: pd.DataFrame,
    whole: pd.DataFrame,
    net: StreetNet,
    lamps: pd.DataFrame,
    owners: pd.Series,
) -> dict[str, Any]:
    """One dark stretch as a row."""
    metres = dark.groupby("cause")["piece_m"].sum()
    outage, missing = float(metres.get(OUTAGE, 0.0)), float(metres.get(MISSING, 0.0))
    alone = [cause for cause in (OFF, UNLIT) if cause in metres]
    cause = alone[0] if alone else OUTAGE if outage >= missing else MISSING
    line = _geometry(whole, net)
    name = f"{cause} {line.wkt}"
    return {
        "id": hashlib.sha256(name.encode()).hexdigest()[:12],
        "cause": cause,
        "length_m": float(whole["piece_m"].sum()),
        "outage_m": outage,
        "missing_m": missing,
        "run_id": whole["run_id"].iloc[0],
        "street_ids": sorted(set(whole["street_id"])),
        "lamp_ids": lamps.index.tolist(),
        "owners": sorted(set(owners.reindex(lamps.index).dropna())),
        "height_assumed_share": float(lamps["height_assumed"].mean()) if len(lamps) else np.nan,
        "geometry": line,
    }


def _geometry(pieces: pd.DataFrame, net: StreetNet) -> Any:
    """Draw a stretch along the streets it lies on, rounded to the centimetre."""
    import shapely
    from shapely.ops import substring

    half = pieces["piece_m"].to_numpy() / 2
    a, b = pieces["chainage_m"].to_numpy() - half, pieces["chainage_m"].to_numpy() + half
    streets, row = np.unique(pieces["street"], return_inverse=True)
    start, end = np.full(streets.size, np.inf), np.full(streets.size, -np.inf)
    np.minimum.at(start, row, a)
    np.maximum.at(end, row, b)
    lines = [
        substring(line, *ends) for line, *ends in zip(net.lines[streets], start, end, strict=True)
    ]
    merged = lines[0] if len(lines) == 1 else shapely.line_merge(shapely.union_all(lines))
    return shapely.set_precision(merged, 0.01)


def spacings(placed: pd.DataFrame, *, status: pd.Series) -> pd.DataFrame:
    """
    Screen the distances between neighbouring lamps against their height.

    Parameters
    ----------
    placed
        What `place_lamps` gave.
    status
        What `lamp_status` gave; only working lamps are looked at.

    Returns
    -------
    DataFrame
        One row for each pair of neighbours along a run: ``lamp_id``,
        ``next_lamp_id``, ``run_id``, ``spacing_m``, ``height_m`` (mean of the
        two), ``ratio`` and ``band``: ``probably_ok`` up to 4 heights,
        ``probably_short`` from 6, ``uncertain`` between.
    """
    lit = placed[(status.reindex(placed.index) == WORKING) & placed["run_id"].notna()]
    lit = lit.rename_axis("lamp_id").reset_index()
    lit = lit.sort_values(["run_id", "run_m", "lamp_id"], ignore_index=True)
    after = lit.shift(-1)
    out = lit[["lamp_id", "run_id"]].assign(
        next_lamp_id=after["lamp_id"],
        spacing_m=after["run_m"] - lit["run_m"],
        height_m=(after["height_m"] + lit["height_m"]) / 2,
    )
    out = out[(after["run_id"] == lit["run_id"]).to_numpy()].reset_index(drop=True)
    out["ratio"] = out["spacing_m"] / out["height_m"]
    band = np.select(
        [out["ratio"] <= _OK_UP_TO, out["ratio"] >= _SHORT_FROM],
        [SPACING_OK, SPACING_SHORT],
        default=SPACING_UNSURE,
    )
    return out.assign(band=pd.Series(band, dtype="str"))
