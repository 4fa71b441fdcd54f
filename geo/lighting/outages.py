"""Lamps that are out, and which of them are out together."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.lighting.faults import fault_events
from geo.lighting.placement import DEFAULTS, LightParams, place_lamps
from geo.lighting.service import target_days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.streets import StreetNet

WORKING, OUT, OFF = "working", "out", "off_on_purpose"
SINGLE, GROUP, CIRCUIT = "single", "group", "circuit"
CIRCUIT_SHARE = 0.8
CIRCUIT_LAMPS = 4
NEXT_LAMP_M = 100.0
MEETING_M = 50.0
_NEAREST = 2


def lamp_status(lamps: GeoDataFrame, events: pd.DataFrame) -> pd.Series:
    """
    Settle whether each lamp gives light.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).
    events
        What `fault_events` gave.

    Returns
    -------
    Series
        By lamp id: ``off_on_purpose`` where the register says so, whatever is
        reported; ``out`` where the register says faulty or an open fault says
        the lamp is out; else ``working``. A lamp of unknown state counts as
        working: most registers keep no state, and faults are told apart.
    """
    dark = events[(events["kind"] == "out") & events["closed_at"].isna()]["lamp_id"]
    state = lamps.set_index("id")["state"].sort_index()
    out = (state == "faulty") | state.index.isin(dark.dropna())
    return pd.Series(
        np.select([state == OFF, out], [OFF, OUT], default=WORKING),
        index=state.index,
        dtype="str",
        name="status",
    )


def outages(
    lamps: GeoDataFrame,
    faults: GeoDataFrame,
    *,
    net: StreetNet,
    now: datetime,
    events: pd.DataFrame | None = None,
    placed: pd.DataFrame | None = None,
    params: LightParams = DEFAULTS,
) -> GeoDataFrame:
    """
    List the lamps that are out, with the group each is out with.

    Lamps are ordered along their run of streets; neighbours in that order, at
    most `NEXT_LAMP_M` apart, that are all out form a group. Groups meet where
    paths do: a lamp that is out joins one of its two nearest lamps, within
    `MEETING_M`, when that is on another run and out too. Lamps off on
    purpose neither belong to a group nor part one. Where at least four fifths
    of a circuit of four lamps or more are out, all of those are one group.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``.
    faults
        Rows of the frame ``faults``, in the same CRS.
    net
        The street network.
    now
        The aware moment to judge at.
    events
        What `fault_events` gave, when it is at hand.
    placed
        What `place_lamps` gave, when it is at hand.
    params
        Tolerances and default heights.

    Returns
    -------
    GeoDataFrame
        By lamp id: ``basis`` (``register``, ``report`` or ``both``),
        ``since``, ``days_open`` (missing when nobody knows), ``n_reports``,
        ``fault_ids``, ``owner``, ``circuit``, ``pole_ref``, ``street_id``,
        ``run_id``, ``run_m``, ``group_id``, ``group_kind`` (single, group or
        circuit) and ``group_n``.
    """
    events = fault_events(faults, lamps, now=now) if events is None else events
    placed = place_lamps(lamps, net, params=params) if placed is None else placed
    status = lamp_status(lamps, events)
    group = _groups(status, placed, circuit=lamps.set_index("id")["circuit"])
    rows = lamps.set_index("id").loc[status.index[status == OUT]]
    told = events[(events["kind"] == "out") & events["closed_at"].isna()]
    told = told[told["lamp_id"].isin(rows.index)]
    by_lamp = told.groupby("lamp_id")
    n_reports = by_lamp["n_reports"].sum().reindex(rows.index, fill_value=0)
    register = (rows["state"] == "faulty").to_numpy()
    since = pd.concat(
        [by_lamp["reported_at"].min().reindex(rows.index), rows["state_since"].where(register)],
        axis="columns",
    ).min(axis="columns")
    since = since.where(since <= pd.Timestamp(now)).astype("datetime64[us, UTC]")
    lists = {lamp: sorted(i for ids in part for i in ids) for lamp, part in by_lamp["fault_ids"]}
    out = gpd.GeoDataFrame(rows[["owner", "circuit", "pole_ref"]], geometry=rows.geometry)
    out.insert(0, "basis", np.select([~register, n_reports > 0], ["report", "both"], "register"))
    out["since"], out["days_open"] = since, (pd.Timestamp(now) - since) / pd.Timedelta(days=1)
    out["n_reports"] = n_reports.astype("int64")
    out["fault_ids"] = pd.Series([lists.get(i, []) for i in rows.index], rows.index, dtype="object")
    out = out.join(placed[["street_id", "run_id", "run_m"]])
    return out.join(group).rename_axis("lamp_id")


def _groups(status: pd.Series, placed: pd.DataFrame, *, circuit: pd.Series) -> pd.DataFrame:
    """Group id, kind and size for each lamp that is out."""
    table = placed[["run_id", "run_m"]].assign(
        out=status == OUT, circuit=circuit.reindex(status.index)
    )
    table = table[status.reindex(table.index) != OFF].rename_axis("id").reset_index()
    # A lamp away from streets is on a run of its own.
    table["run"] = table["run_id"].where(table["run_id"].notna(), "?" + table["id"].astype("str"))
    table = table.sort_values(["run", "run_m", "id"], ignore_index=True)
    breaks = (
        (table["run"] != table["run"].shift())
        | (table["run_m"].diff() > NEXT_LAMP_M)
        | (table["out"] != table["out"].shift())
    )
    table["mark"] = _joined(breaks.cumsum().to_numpy(), table, placed).astype("str")
    of = table.groupby("circuit")["out"]
    whole = (of.mean() >= CIRCUIT_SHARE) & (of.size() >= CIRCUIT_LAMPS)
    fallen = table["circuit"].isin(whole.index[whole])
    table["mark"] = table["mark"].where(~fallen, "circuit " + table["circuit"].astype("str"))
    table["kind"] = np.where(fallen, CIRCUIT, GROUP)
    table = table[table["out"]]
    lamps = table.groupby("mark")["id"]
    size = table["mark"].map(lamps.size()).astype("int64")
    names = {mark: _name(ids) for mark, ids in lamps}
    return pd.DataFrame(
        {
            "group_id": pd.Series([names[m] for m in table["mark"]], table.index, dtype="str"),
            "group_kind": table["kind"].where((size > 1) | (table["kind"] == CIRCUIT), SINGLE),
            "group_n": size,
        }
    ).set_axis(pd.Index(table["id"], name="id"), axis="index")


def _joined(
    mark: NDArray[np.int64], table: pd.DataFrame, placed: pd.DataFrame
) -> NDArray[np.int64]:
    """Join rows of lamps that are out and meet where runs meet: each is next to the other there."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    if len(table) < _NEAREST + 1:
        return mark
    xy = placed.loc[table["id"], ["x", "y"]].to_numpy()
    out = table["out"].to_numpy()
    distance, near = cKDTree(xy).query(xy, k=_NEAREST + 1)
    here = np.repeat(np.arange(len(table)), _NEAREST)
    there, away = near[:, 1:].ravel(), distance[:, 1:].ravel()
    run = table["run"].to_numpy(object)
    linked = out[here] & out[there] & (away <= MEETING_M) & (run[here] != run[there])
    n = int(mark.max()) + 1
    links = coo_array((np.ones(linked.sum()), (mark[here[linked]], mark[there[linked]])), (n, n))
    _, label = connected_components(links, directed=False)
    joined: NDArray[np.int64] = label[mark]
    return joined


def _name(ids: pd.Series) -> str:
    """Name a group by the lamps in it."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:12]


def outage_groups(
    out: GeoDataFrame,
    *,
    service_days: Mapping[str, float] | None = None,
    tunnels: AbstractSet[str] = frozenset(),
) -> GeoDataFrame:
    """
    Sum outages up to one row for each group: one errand for the contractor.

    Parameters
    ----------
    out
        What `outages` gave.
    service_days
        Target days by class of fault, ``single`` and ``group``; see
        `target_days`.
    tunnels
        Ids of streets where a lamp that is out is critical.

    Returns
    -------
    GeoDataFrame
        By group id, largest and oldest first: ``kind``, ``n_lamps``,
        ``n_reports``, ``n_register`` (those the register says are faulty),
        ``since``, ``days_open``, ``target_days``, ``late`` (bool), ``owners``,
        ``circuits``, ``pole_refs``, ``lamp_ids``, ``fault_ids``,
        ``street_id`` and geometry (the points of the lamps).
    """
    import shapely

    rows = []
    ordered = out.sort_index().sort_values(["group_id", "run_id", "run_m"], kind="stable")
    for name, part in ordered.groupby("group_id", sort=True):
        kind = str(part["group_kind"].iloc[0])
        spots = part.geometry.to_numpy()
        street = part["street_id"].dropna()
        rows.append(
            {
                "group_id": name,
                "kind": kind,
                "n_lamps": len(part),
                "n_reports": int(part["n_reports"].sum()),
                "n_register": int((part["basis"] != "report").sum()),
                "since": part["since"].min(),
                "days_open": part["days_open"].max(),
                "target_days": target_days(
                    kind, len(part), critical=not tunnels.isdisjoint(street), days=service_days
                ),
                "owners": sorted(set(part["owner"].dropna())),
                "circuits": sorted(set(part["circuit"].dropna())),
                "pole_refs": part["pole_ref"].dropna().tolist(),
                "lamp_ids": part.index.tolist(),
                "fault_ids": sorted(i for ids in part["fault_ids"] for i in ids),
                "street_id": street.iloc[0] if len(street) else None,
                "geometry": spots[0] if len(spots) == 1 else shapely.MultiPoint(spots),
            }
        )
    columns = ["group_id", "kind", "n_lamps", "n_reports", "n_register", "since", "days_open",
               "target_days", "owners", "circuits", "pole_refs", "lamp_ids", "fault_ids",
               "street_id", "geometry"]  # fmt: skip
    table = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=out.crs)
    # when nobody knows since when, a column of NaT alone has lost its zone
    table["since"] = pd.to_datetime(table["since"], utc=True).astype("datetime64[us, UTC]")
    table["late"] = (table["days_open"] > table["target_days"]).astype(bool)
    table = table.sort_values(
        ["n_lamps", "days_open", "group_id"], ascending=[False, False, True], ignore_index=True
    )
    return table.set_index("group_id")
