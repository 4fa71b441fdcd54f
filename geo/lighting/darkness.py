"""Which incidents happened in the dark, and what share of a place's did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.intervals import binomial_interval
from geo.lighting.places import in_places, place_ids
from geo.settings import categories
from geo.spatial import require_metres
from geo.sun import LIGHT_STATES, UNKNOWN, light_shares, lonlat

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

LONGEST_H = 24.0
"""An interval this long or longer says nothing of the light."""
MIXED = "mixed"
FACT_COLUMNS = ("n_outdoor", "n_timed", "n_dark", "dark_share", "dark_low", "dark_high",
                "dark_share_all", "setting_unknown_share")  # fmt: skip


def outdoor(incidents: pd.DataFrame) -> pd.Series:
    """
    Tell which incidents may enter an analysis of darkness.

    Parameters
    ----------
    incidents
        Rows of the frame ``incidents``, shape (n,).

    Returns
    -------
    Series
        bool, same index. Outdoor ones of a category that light can bear on.
        An unknown setting counts only where its source never tells the
        setting, and only for categories that belong outdoors.
    """
    bearing = {key: category.dark for key, category in categories().items()}
    dark = incidents["category"].map(bearing)
    silent = (incidents["setting"] == "unknown").groupby(incidents["source"]).transform("all")
    known = (incidents["setting"] == "outdoor") & dark.isin(["yes", "outdoors"])
    told_nowhere = (incidents["setting"] == "unknown") & silent.astype(bool) & (dark == "yes")
    return (known | told_nowhere).rename("outdoor")


def incident_light(
    incidents: GeoDataFrame, *, where: tuple[float, float] | None = None
) -> pd.DataFrame:
    """
    Give the light each incident happened in.

    Parameters
    ----------
    incidents
        Rows of the frame ``incidents``, shape (n,), in metres.
    where
        Longitude and latitude that stand for incidents without a place, such
        as the middle of the municipality; None leaves those unknown.

    Returns
    -------
    DataFrame
        Same index: ``dark``, ``twilight`` and ``day`` (shares of the time it
        can have happened, missing when unknown) and ``light`` (the state, or
        ``mixed`` where an interval spans several, or ``unknown``: no hour, no
        place, or an interval of a day or more).

    Raises
    ------
    CrsError
        If the frame is not in metres.
    """
    require_metres(incidents, name="incidents")
    lon, lat = lonlat(incidents.geometry)
    if where is not None:
        lon, lat = np.where(np.isnan(lon), where[0], lon), np.where(np.isnan(lat), where[1], lat)
    start, end = incidents["occurred_from"], incidents["occurred_to"]
    hours = (end - start).dt.total_seconds() / 3600
    usable = incidents["time_known"].fillna(value=False).astype(bool) & ~(hours >= LONGEST_H)
    shares = light_shares(start.where(usable), end.where(usable), lon_deg=lon, lat_deg=lat)
    known = np.isfinite(shares).all(axis=1)
    whole = shares.max(axis=1, initial=0.0) >= 1.0 - 1e-9
    name = np.array(LIGHT_STATES, dtype=object)[np.nan_to_num(shares).argmax(axis=1)]
    out = pd.DataFrame(shares, columns=list(LIGHT_STATES), index=incidents.index)
    state = np.where(known, np.where(whole, name, MIXED), UNKNOWN)
    return out.assign(light=pd.Series(state, index=out.index, dtype="str"))


def dark_facts(
    places: GeoDataFrame,
    incidents: GeoDataFrame,
    *,
    light: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """
    Say, place by place, how much of what happens outdoors happens in the dark.

    Parameters
    ----------
    places
        Areas or lines with an ``id`` (or an index that names them), shape (n,).
    incidents
        Rows of the frame ``incidents`` of one period, in the CRS of `places`.
    light
        What `incident_light` gave, when it is at hand.

    Returns
    -------
    DataFrame
        By place id, shape (n,): ``n_outdoor`` (outdoor incidents, weights
        summed), ``n_timed`` (of those, with known light), ``n_dark``,
        ``dark_share`` with its exact 95 % limits ``dark_low`` and
        ``dark_high`` (Clopper-Pearson, carried on to sums of shares),
        ``dark_share_all`` (the same share everywhere, to compare with) and
        ``setting_unknown_share`` (of those counted, how many have no setting).
        Shares of nothing are missing.

    Raises
    ------
    CrsError
        If the frames are not in one metric CRS.
    AnalysisError
        If two places share an id.
    """
    require_metres(places, name="places")
    require_metres(incidents, name="incidents", crs=places.crs)
    ids = place_ids(places)
    rows = incidents[outdoor(incidents)]
    states = incident_light(rows) if light is None else light.loc[rows.index]
    timed = states["dark"].notna()
    counts = pd.DataFrame(
        {
            "n_outdoor": rows["weight"],
            "n_timed": rows["weight"].where(timed, 0.0),
            "n_dark": (rows["weight"] * states["dark"]).fillna(0.0),
            "unknown": rows["weight"].where(rows["setting"] == "unknown", 0.0),
        }
    )
    place, row = in_places(places, rows.geometry)
    sums = counts.iloc[row].groupby(ids.to_numpy()[place]).sum().reindex(ids, fill_value=0.0)
    out = pd.DataFrame(sums[["n_outdoor", "n_timed", "n_dark"]])
    n, k = out["n_timed"], np.minimum(out["n_dark"], out["n_timed"])
    low, high = binomial_interval(k.to_numpy(), n.to_numpy())
    told = n > 0
    out["dark_share"] = (k / n.where(told)).astype(float)
    out["dark_low"], out["dark_high"] = np.where(told, low, np.nan), np.where(told, high, np.nan)
    everywhere = counts["n_timed"].sum()
    out["dark_share_all"] = counts["n_dark"].sum() / everywhere if everywhere > 0 else np.nan
    outside = out["n_outdoor"].where(out["n_outdoor"] > 0)
    out["setting_unknown_share"] = sums["unknown"] / outside
    return out[list(FACT_COLUMNS)].rename_axis("id")
