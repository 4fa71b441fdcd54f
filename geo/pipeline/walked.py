"""A filled protocol of a safety walk into the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.measures.walk import HEADS, PROGRAMME, read_walk
from geo.pipeline.sheets import sheet_with

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from geo.pipeline.workspace import Workspace
    from geo.store import Store


def is_walk(path: Path) -> bool:
    """
    Tell whether a returned file is a protocol of a safety walk.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    bool
        True when a sheet has the column of what is wrong.
    """
    return path.suffix.lower() != ".gpkg" and not sheet_with(path, HEADS["fault"]).empty


def take_walk(
    workspace: Workspace, store: Store, path: Path, *, today: date | None = None
) -> dict[str, Any]:
    """
    Keep what a safety walk saw: a report and a measure for every item.

    Parameters
    ----------
    workspace
        The municipality.
    store
        Its open store.
    path
        The filled protocol.
    today
        No walk is after this day; None for no such check.

    Returns
    -------
    dict
        n_read = n_items + n_blank + n_rejected; n_new and n_unchanged of the
        items; batches to undo it by; rejects (row numbers and reasons).
    """
    from geo.store import BatchInfo

    table = sheet_with(path, HEADS["fault"])
    rows = pd.DataFrame({ours: table.get(theirs, "") for ours, theirs in HEADS.items()})
    profile = workspace.profile
    walk = read_walk(
        rows.astype("str"), store.read("lamps"), crs=profile.crs, timezone=profile.timezone,
        today=today, extent=profile.extent,
    )  # fmt: skip
    known = set(store.read("measures")["id"])
    fresh = ~walk.measures["id"].isin(known)  # a measure that people have taken on is theirs
    batches = []
    for name, frame in (("reports", walk.reports), ("measures", walk.measures)):
        new = frame[fresh.to_numpy()]
        if new.empty:
            continue
        info = BatchInfo(source=PROGRAMME, file_name=path.name, mapping_version="1")
        batches.append(store.append(name, new, batch=info).batch_id)
    return {
        "n_read": len(rows), "n_items": len(walk.measures), "n_blank": walk.n_blank,
        "n_rejected": len(walk.rejects), "n_new": int(fresh.sum()),
        "n_unchanged": int((~fresh).sum()), "batches": batches[::-1],
        "rejects": walk.rejects.to_dict("records"),
    }  # fmt: skip
