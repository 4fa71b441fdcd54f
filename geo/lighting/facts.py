"""The lighting picture: one row of facts for each place, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.lighting.class_checks import check_numbers, class_checks
from geo.lighting.dark_stretches import dark_stretches
from geo.lighting.faults import fault_events
from geo.lighting.inventory import light_samples, street_states
from geo.lighting.lux_facts import lux_facts
from geo.lighting.outages import OFF, lamp_status, outage_groups, outages
from geo.lighting.place_facts import (
    DARK_REASONS,
    REPORT_NEAR_M,
    gather,
    lamp_facts,
    report_facts,
    says,
    state_facts,
    stretch_facts,
)
from geo.lighting.placement import DEFAULTS, LightParams, place_lamps
from geo.lighting.places import in_places, place_ids
from geo.lighting.profile import LightProfile
from geo.lighting.register import spacing_numbers
from geo.lighting.route_facts import detour_facts, tunnel_facts
from geo.lighting.street_light import StreetLight, street_light
from geo.spatial import require_metres
from geo.streets import StreetNet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.lighting.optics import Optic

REPORT_WEEKS = 52
NATURE_LEVEL = "nature"
"""The level of `areas` that holds protected nature."""
NATURE_NEAR_M = 50.0
_DEAD_STATES = {"hidden", "merged"}
COUNTS = ("n_lamps", "n_faulty", "n_register_out", "n_fault_reports", "n_open_faults",
          "n_off_on_purpose", "n_obscured", "n_dark_reports", "n_hidden_reports",
          "n_out_together")  # fmt: skip
METRES = ("dark_m", "outage_m", "missing_m", "off_m", "unlit_m", "street_m", "tunnel_m")
SHARES = ("inventory_share", "lit_share", "height_assumed_share", "old_share", "untold_share")
LISTS = ("owners", "lamp_ids", "fault_ids", "report_ids", "hidden_ids", "stretch_ids",
         "missing_stretch_ids", "tunnel_ids", "group_ids")  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class LightPicture:
    """
    Everything one look at the lighting found.

    Parameters
    ----------
    facts
        One row for each place; see `light_facts`.
    streets
        State of every street; see `street_states`.
    stretches
        Dark stretches, each with ``n_dark_reports`` and ``report_ids`` near
        it; see `dark_stretches`.
    outages
        Lamps that are out; see `outages`.
    groups
        Outages as errands, each with ``n_dark_reports`` and ``report_ids``
        near it; see `outage_groups`.
    numbers
        What a run should name: counts of lamps, faults, reports left out.
    lux
        Calculated light along the streets; see `street_light`.
    checks
        Paths between lamps against their class; see `class_checks`.
    """

    facts: pd.DataFrame
    streets: pd.DataFrame
    stretches: GeoDataFrame
    outages: GeoDataFrame
    groups: GeoDataFrame
    numbers: dict[str, Any]
    lux: StreetLight
    checks: GeoDataFrame


def light_facts(
    places: GeoDataFrame,
    *,
    lamps: GeoDataFrame,
    faults: GeoDataFrame,
    reports: GeoDataFrame,
    streets: GeoDataFrame,
    areas: GeoDataFrame,
    now: datetime,
) -> pd.DataFrame:
    """
    Say what the lighting is like at each place.

    Parameters
    ----------
    places
        Areas or lines with an ``id``, shape (n,): rows of ``hotspots`` or any.
    lamps, faults, reports, streets, areas
        Rows of the frames of those names, in the CRS of `places`.
    now
        The aware moment to judge at.

    Returns
    -------
    DataFrame
        By place id, shape (n,). ``state``: lit, unlit, mixed or
        not_inventoried, by the street inside; the counts of `COUNTS` (lamps
        within 15 m, faults on them, the largest group out together, reports
        of darkness or hidden sight within 50 m and a year); the metres of
        `METRES` (dark, and why, and street looked at); the shares of `SHARES`;
        the sorted lists of `LISTS`; ``near_nature`` (bool: water or protected nature within 50 m).
    """
    return light_picture(
        places, lamps=lamps, faults=faults, reports=reports, streets=streets, areas=areas, now=now
    ).facts


def light_picture(
    places: GeoDataFrame,
    *,
    lamps: GeoDataFrame,
    faults: GeoDataFrame,
    reports: GeoDataFrame,
    streets: GeoDataFrame,
    areas: GeoDataFrame,
    now: datetime,
    service_days: Mapping[str, float] | None = None,
    params: LightParams = DEFAULTS,
    profile: LightProfile | None = None,
    optics: Mapping[str, Optic] | None = None,
) -> LightPicture:
    """
    Look at the lighting of a municipality and of its places.

    Parameters
    ----------
    places
        Areas or lines with an ``id``, shape (n,).
    lamps, faults, reports, streets, areas
        Rows of the frames of those names, in the CRS of `places`.
    now
        The aware moment to judge at.
    service_days
        Target days by class of fault, from the profile.
    params
        Tolerances, heights and thresholds.
    profile
        Which class each street should have; None takes the product's own choice.
    optics
        Photometric files by the name lamps have in ``optic``; see `find_optics`.

    Returns
    -------
    LightPicture
        Facts by place, states by street, stretches, outages and errands.

    Raises
    ------
    CrsError
        If the frames are not in one metric CRS.
    AnalysisError
        If two places, or two streets, share an id.
    """
    require_metres(places, name="places")
    require_metres(streets, name="streets", crs=places.crs)
    require_metres(reports, name="reports", crs=places.crs)
    net = StreetNet.of(streets)
    placed = place_lamps(lamps, net, params=params)
    events = fault_events(faults, lamps, now=now)
    status = lamp_status(lamps, events)
    samples = light_samples(net, lamps, areas=areas, placed=placed, params=params)
    out = outages(lamps, faults, net=net, now=now, events=events, placed=placed, params=params)
    owners = lamps.set_index("id")["owner"]
    stretches = dark_stretches(
        samples, net=net, placed=placed, status=status, owners=owners, params=params
    )
    lux = street_light(
        samples, net=net, lamps=lamps, placed=placed, status=status, areas=areas, now=now,
        params=params, optics=optics,
    )  # fmt: skip
    asked = LightProfile() if profile is None else profile
    checks = class_checks(
        net, lux.plant, lux.evening, placed=placed, status=status,
        classes=asked.class_of(net.streets), poles=lamps.set_index("id")["pole_ref"],
    )  # fmt: skip
    live = live_reports(reports, now=now)
    tunnels = frozenset(net.streets.index[net.streets["kind"] == "gc_tunnel"])
    groups = outage_groups(out, service_days=service_days, tunnels=tunnels)
    groups = _with_reports(groups, live)
    stretches = _with_reports(stretches, live)
    table = pd.DataFrame(index=place_ids(places))
    table = table.join(state_facts(places, samples))
    table = table.join(lamp_facts(places, lamps, status=status, events=events, placed=placed))
    table = table.join(report_facts(places, live)).join(stretch_facts(places, stretches))
    states = street_states(samples)
    table = table.join(tunnel_facts(places, net)).join(lux_facts(places, lux.segments))
    table = table.join(detour_facts(places, stretches, net=net, states=states))
    table["near_nature"] = _near_nature(places, areas)
    told = out.dropna(subset="group_id")
    group, size = told["group_id"].to_dict(), told["group_n"].to_dict()
    here = [[i for i in ids if i in group] for ids in table["lamp_ids"]]
    table["group_ids"] = [sorted({group[i] for i in ids}) for ids in here]
    largest = [max((size[i] for i in ids), default=0) for ids in here]
    table["n_out_together"] = pd.Series(largest, index=table.index, dtype="int64")
    numbers = {
        "n_lamps": len(lamps),
        "n_out": len(out),
        "n_off_on_purpose": int((status == OFF).sum()),
        "n_faults_unplaced": int(events["lamp_id"].isna().sum()),
        "n_heights_assumed": int(placed["height_assumed"].sum()),
        "n_reports": len(live),
        "spacing": spacing_numbers(lamps, params=params),
        "lux": lux.numbers,
        "classes": check_numbers(checks, net) | {"unmatched": asked.unmatched(net.streets)},
    }
    return LightPicture(table, states, stretches, out, groups, numbers, lux, checks)


def live_reports(reports: GeoDataFrame, *, now: datetime) -> GeoDataFrame:
    """
    Keep a year of reports of feeling unsafe that are neither hidden nor part of another.

    Parameters
    ----------
    reports
        Rows of the frame ``reports``, shape (n,).
    now
        The aware moment to look back from.

    Returns
    -------
    GeoDataFrame
        Shape (<= n,), in order of id.
    """
    moment = pd.Timestamp(now)
    recent = reports["received_at"].between(moment - pd.Timedelta(weeks=REPORT_WEEKS), moment)
    alive = ~reports["state"].isin(_DEAD_STATES) & (reports["felt"] == "unsafe")
    return reports[recent & alive].sort_values("id", ignore_index=True)


def _near_nature(places: GeoDataFrame, areas: GeoDataFrame) -> NDArray[np.bool_]:
    """Tell which places lie by water or protected nature, where light itself does harm."""
    wild = areas[(areas["level"] == NATURE_LEVEL) | (areas["kind"] == "water")]
    place, _ = in_places(places, wild.geometry, around_m=NATURE_NEAR_M)
    out: NDArray[np.bool_] = np.isin(np.arange(len(places)), place)
    return out


def _with_reports(groups: GeoDataFrame, reports: GeoDataFrame) -> GeoDataFrame:
    """Count reports of darkness near each errand or stretch."""
    dark = reports[says(reports, DARK_REASONS)]
    near, row = in_places(groups, dark.geometry, around_m=REPORT_NEAR_M)
    ids = gather(near, dark["id"].to_numpy(object)[row], len(groups))
    return groups.assign(n_dark_reports=[len(i) for i in ids], report_ids=ids)
