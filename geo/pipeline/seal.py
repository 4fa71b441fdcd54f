"""The seal of a list: made when it is published, kept where nothing can be rewritten."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.store import Run, Store

    State = Literal["holds", "broken", "none"]

LISTED = ("well_supported", "likely", "possible")
SEALED = "seal"
"""What the audit calls the line, and the run's summary the hash."""


def frozen_list(hotspots: GeoDataFrame) -> GeoDataFrame:
    """
    Choose what a run put forward: places that stand out and are at least possible.

    Parameters
    ----------
    hotspots
        Rows of one run.

    Returns
    -------
    GeoDataFrame
        In order of rank.
    """
    put = (hotspots["claim"] == "stands_out") & hotspots["certainty"].isin(LISTED)
    put &= ~hotspots["id"].str.endswith("-lower")
    return hotspots[put].sort_values(["rank", "id"], kind="stable")


def list_hash(places: GeoDataFrame) -> str:
    """
    Seal a list: the same places in the same order have the same hash, and no others.

    Parameters
    ----------
    places
        From `frozen_list`.

    Returns
    -------
    str
        64 hexadecimal digits over ids, ranks and outlines to the centimetre.
    """
    import shapely

    outline = shapely.to_wkb(
        shapely.set_precision(places.geometry.to_numpy(), 0.01), hex=True, byte_order=1
    )
    rows = [
        [place, int(rank), shape]
        for place, rank, shape in zip(places["place_id"], places["rank"], outline, strict=True)
    ]
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def seal_state(store: Store, run: Run, *, now: str) -> State:
    """
    Hold a list as it is read today against the seal it was published with.

    The audit is the witness: its lines cannot be changed or taken away, so that a list and
    the run's own copy of the hash cannot be altered together without being seen.

    Parameters
    ----------
    store
        The open store.
    run
        The run.
    now
        `list_hash` of its list as it is read today.

    Returns
    -------
    str
        ``holds``; ``broken`` when list, run and audit do not say the same; ``none`` for a run
        of a version that did not seal.
    """
    log = store.audit_log()
    lines = log.loc[(log["action"] == SEALED), "subject"]
    noted = [line.split(":")[1] for line in lines if line.startswith(f"{run.run_id}:")]
    told = run.summary.get(SEALED)
    if told is None and not noted:
        return "none"
    return "holds" if [told] == noted and told == now else "broken"
