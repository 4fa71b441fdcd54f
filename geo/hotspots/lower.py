"""Former places that no longer stand out, and may be given lower priority."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.frames import HOTSPOTS
from geo.hotspots.change import RECENT_WEEKS, trend
from geo.hotspots.describe import Told, rate_columns
from geo.hotspots.exposure import ATOMS
from geo.hotspots.places import BUFFER_M
from geo.hotspots.rows import CERTAINTY_ORDER

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.hotspots.context import Context
    from geo.hotspots.field import Field
    from geo.hotspots.search import Search


def lower_priority(
    field: Field,
    found: Search,
    *,
    former: GeoDataFrame | None,
    current: GeoDataFrame,
    told: Told,
    context: Context,
) -> GeoDataFrame:
    """
    List former places that no longer stand out and have been no busier than usual of late.

    A place qualifies when it stood out in an earlier week, is not among the present places
    (even as a possible one), and had at most as many incidents in the last four weeks as such
    a place would have. That is no proof of calm: with few incidents none can be given.

    Parameters
    ----------
    field
        Counts and exposure.
    found
        The present search, for what is expected.
    former
        Rows of earlier weeks; None when there are none.
    current
        The present places.
    told
        All countable incidents.
    context
        The analysis.

    Returns
    -------
    GeoDataFrame
        Rows of the frame ``hotspots`` with the former outline, name and id, and present
        numbers; certainty ``cannot_tell``, ranked by former rank.
    """
    import pandas as pd
    import shapely

    if former is None or not len(former):
        return HOTSPOTS.empty(crs=context.crs)
    sure = (former["claim"] == "stands_out") & (former["certainty"] != CERTAINTY_ORDER[-1])
    still = set(current.loc[current["certainty"] != CERTAINTY_ORDER[-1], "place_id"])
    gone = former[sure & ~former["place_id"].isin(still)]
    gone = gone.sort_values(["period_to", "rank", "id"], ascending=[False, True, True])
    gone = gone.drop_duplicates("place_id")
    centres = shapely.points(np.column_stack(ATOMS.centres(field.exposure.key)))
    tree = shapely.STRtree(np.atleast_1d(np.asarray(centres, dtype=object)))
    rows: list[dict[str, Any]] = []
    for _, row in gone.iterrows():
        atoms = tree.query(row["geometry"].buffer(BUFFER_M), predicate="intersects")
        held = np.isin(field.at, atoms) & (field.at >= 0)
        age, count = told.age_weeks[held], told.count[held]
        n, expected = float(field.n[atoms].sum()), float(found.expected[atoms].sum())
        recent = float(count[age < RECENT_WEEKS].sum())
        before = float(count[(age >= RECENT_WEEKS) & (age < 2 * RECENT_WEEKS)].sum())
        if recent > max(expected * RECENT_WEEKS / context.weeks, 0.0):
            continue
        rows.append(
            {
                **{name: row[name] for name in ("id", "place_id", "name", "method", "claim")},
                "rank": len(rows) + 1,
                "n": n,
                "expected": expected,
                "score": 0.0,
                **rate_columns(n, expected),
                "certainty": CERTAINTY_ORDER[-1],
                "class": trend(age, count, weeks=context.weeks, expected=expected),
                "period_from": context.period_from,
                "period_to": context.period_to,
                "n_recent": recent,
                "n_before": before,
                "area_m2": row["area_m2"],
                "street_m": row["street_m"],
                "caveats": ["calm_not_proven"],
                "run_id": "",
                "geometry": row["geometry"],
            }
        )
    if not rows:
        return HOTSPOTS.empty(crs=context.crs)
    return HOTSPOTS.conform(pd.DataFrame(rows), crs=context.crs)
