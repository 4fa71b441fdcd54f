"""Fault reports put on lamps: pole number first, else the nearest; told twice, counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.spatial import require_metres

if TYPE_CHECKING:
    from datetime import datetime

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

SNAP_M = 15.0
SAME_FAULT_DAYS = 14
EVENT_COLUMNS = ("lamp_id", "kind", "reported_at", "closed_at", "n_reports", "fault_ids", "how")


def snap_faults(
    faults: GeoDataFrame, lamps: GeoDataFrame, *, tolerance_m: float = SNAP_M
) -> pd.DataFrame:
    """
    Say which lamp each fault report is about.

    Parameters
    ----------
    faults
        Rows of the frame ``faults``, shape (n,); geometry may be missing.
    lamps
        Rows of the frame ``lamps``, in the same CRS.
    tolerance_m
        How far a reported point may lie from its lamp, metres.

    Returns
    -------
    DataFrame
        By fault id, shape (n,): ``lamp_id`` (missing when no lamp fits),
        ``how`` (``lamp_id``, ``pole_ref``, ``nearest`` or ``none``) and
        ``distance_m`` (missing without a point). A pole number that several
        lamps carry is settled by distance; with no point to settle it, the
        report stays unplaced.

    Raises
    ------
    CrsError
        If the frames are not in one metric CRS.
    """
    require_metres(lamps, name="lamps")
    require_metres(faults, name="faults", crs=lamps.crs)
    lamps = lamps.sort_values("id")
    points, spots = lamps.geometry.to_numpy(), faults.geometry.to_numpy()
    located = (faults.geometry.notna() & ~faults.geometry.is_empty).to_numpy()
    lamp = pd.Index(lamps["id"]).get_indexer(faults["lamp_id"])
    how = np.where(lamp >= 0, "lamp_id", "none").astype(object)

    carriers = lamps.reset_index(drop=True).groupby("pole_ref").indices
    for row in np.flatnonzero((lamp < 0) & faults["pole_ref"].isin(list(carriers)).to_numpy()):
        found = carriers[faults["pole_ref"].iloc[row]]
        if len(found) == 1:
            lamp[row], how[row] = found[0], "pole_ref"
        elif located[row]:
            away = [spots[row].distance(points[j]) for j in found]
            lamp[row], how[row] = found[int(np.argmin(away))], "pole_ref"

    rest = np.flatnonzero((lamp < 0) & located)
    lamp[rest] = _nearest(spots[rest], points, tolerance_m)
    how[rest[lamp[rest] >= 0]] = "nearest"
    ids = lamps["id"].astype("object").to_numpy()
    return pd.DataFrame(
        {
            "lamp_id": pd.Series([ids[j] if j >= 0 else None for j in lamp], dtype="str"),
            "how": pd.Series(how, dtype="str"),
            "distance_m": [
                spots[row].distance(points[j]) if j >= 0 and located[row] else np.nan
                for row, j in enumerate(lamp)
            ],
        }
    ).set_axis(pd.Index(faults["id"], name="fault_id"), axis="index")


def _nearest(
    spots: NDArray[np.object_], points: NDArray[np.object_], tolerance_m: float
) -> NDArray[np.intp]:
    """Position of the nearest point within reach of each spot, the first among equals; else -1."""
    import shapely

    out = np.full(len(spots), -1)
    if len(spots) == 0 or len(points) == 0:
        return out
    reach = np.nextafter(tolerance_m, np.inf) + 1e-9
    which, point = shapely.STRtree(points).query_nearest(spots, max_distance=reach)
    order = np.lexsort((-point, which))  # written last to first, so that the first id stays
    out[which[order]] = point[order]
    return out


def fault_events(
    faults: GeoDataFrame,
    lamps: GeoDataFrame,
    *,
    now: datetime,
    tolerance_m: float = SNAP_M,
    same_days: int = SAME_FAULT_DAYS,
) -> pd.DataFrame:
    """
    Join reports of the same fault on the same lamp.

    A report within `same_days` of the one before it, on the same lamp, is the
    same fault told again. The first report governs: the fault is mended when
    that one is closed and no report that came after the closing is open.

    Parameters
    ----------
    faults
        Rows of the frame ``faults``; those reported after `now` are left out.
    lamps
        Rows of the frame ``lamps``, in the same CRS.
    now
        The aware moment to judge at; a closing after it has not happened yet.
    tolerance_m
        How far a reported point may lie from its lamp, metres.
    same_days
        Longest pause, in days, between reports of one fault.

    Returns
    -------
    DataFrame
        By id of the first report: the columns of `EVENT_COLUMNS`. ``kind`` is
        ``out`` when any of the reports says so, else the first one's. Reports
        that fit no lamp stand alone, with ``lamp_id`` missing.
    """
    moment = pd.Timestamp(now)
    snapped = snap_faults(faults, lamps, tolerance_m=tolerance_m)
    columns = ["id", "kind", "reported_at", "closed_at"]
    told = pd.DataFrame(faults[columns]).join(snapped, on="id")
    told = told[told["reported_at"] <= moment]
    told["closed_at"] = told["closed_at"].where(told["closed_at"] <= moment)
    told["subject"] = told["lamp_id"].where(told["lamp_id"].notna(), "?" + told["id"])
    told = told.sort_values(["subject", "reported_at", "id"], ignore_index=True)
    pause = told["reported_at"].diff() > pd.Timedelta(days=same_days)
    told["event"] = ((told["subject"] != told["subject"].shift()) | pause).cumsum()
    return _events(told)


def _events(told: pd.DataFrame) -> pd.DataFrame:
    """One row a fault out of its reports, which come ordered, the first of each fault first."""
    groups = told.groupby("event", sort=True)
    first = told[~told["event"].duplicated()].set_index("event")
    closing = first["closed_at"].reindex(told["event"]).set_axis(told.index)
    again = (told["reported_at"] > closing) & told["closed_at"].isna()
    mended = first["closed_at"].notna() & ~again.groupby(told["event"]).any()
    out = (told["kind"] == "out").groupby(told["event"]).any()
    cuts = np.flatnonzero(~told["event"].duplicated().to_numpy())[1:]
    ids = [sorted(part) for part in np.split(told["id"].astype("object").to_numpy(), cuts)]
    first["kind"] = first["kind"].mask(out, "out")
    first["closed_at"] = groups["closed_at"].max().where(mended)
    first["n_reports"] = groups.size()
    first["fault_ids"] = pd.Series(ids[: len(first)], index=first.index, dtype="object")
    return first.rename(columns={"id": "fault_id"}).set_index("fault_id")[list(EVENT_COLUMNS)]
