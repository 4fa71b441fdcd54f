"""What each source has given, and how much of it can be used."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.store import Store


def source_quality(store: Store) -> list[dict[str, Any]]:
    """
    Count per source what came, when, and how much is located and timed.

    Parameters
    ----------
    store
        An open store.

    Returns
    -------
    list of dict
        One row a source of incidents, most rows first: ``source``, ``n``,
        ``n_located``, ``n_timed``, ``first``, ``last`` (ISO UTC or None) and
        ``flagged`` (rows by doubt).
    """
    incidents = store.read("incidents")
    rows = []
    for source, part in incidents.groupby("source", sort=True):
        times = part["occurred_from"].dropna()
        flags = Counter(flag for flags in part["flags"] for flag in flags)
        rows.append(
            {
                "source": source,
                "n": len(part),
                "n_located": int(part.geometry.notna().sum()),
                "n_timed": int(part["time_known"].sum()),
                "first": None if times.empty else times.min().isoformat(),
                "last": None if times.empty else times.max().isoformat(),
                "flagged": dict(sorted(flags.items())),
            }
        )
    return sorted(rows, key=lambda row: (-row["n"], row["source"]))
