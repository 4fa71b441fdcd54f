"""Near repeats in this municipality: whether one event raises the risk near by, and where now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.hotspots.lens import operative_days
from geo.hotspots.near_repeat import FALSE_SHARE, in_force, raised_risk
from geo.intervals import poisson_interval

if TYPE_CHECKING:
    import pandas as pd

    from geo.hotspots.context import Context
    from geo.hotspots.knox import KnoxTable
    from geo.hotspots.near_repeat import Raised

KINDS = ("burglary", "vehicle_crime", "arson_fire")
"""Kinds of which research knows near repeats: property that is left alone, and fires."""
SPACE_M, TIME_DAYS = (0.0, 100.0, 200.0, 400.0), (0.0, 7.0, 14.0, 28.0)
PERMUTATIONS = 1999
MOST_WEEKS = 156
"""Three years back at most: streets and habits change."""
SPOT_M = 50.0
"""Incidents of one spot and day are one: cellars broken into in one night are no series."""
DOUBLED = 2.0
"""While a doubled risk cannot be ruled out nothing is said against it."""
STREET_M, SQUARE_M = 150.0, 250.0
_FEWEST = 2
_NEAR = (2, 2)  # bands inside 200 m and 14 days, where a verdict without advice is told


def repeat_rows(context: Context, rows: pd.DataFrame) -> tuple[list[dict[str, Any]],
                                                               list[dict[str, Any]]]:  # fmt: skip
    """
    Test each kind for near repeats, and draw where the risk is raised still.

    Parameters
    ----------
    context
        Streets, period and seed.
    rows
        Reported incidents, from before the period too: ``x``, ``y``, ``moment``, ``category``,
        ``setting``, shape (n,).

    Returns
    -------
    rows : list of dict
        Of the frame ``signals``, without id and place; an event at a dwelling is drawn as its
        whole stretch of street.
    told : list of dict
        One a kind that has incidents: ``category``, ``n``, ``weeks``, ``permutations``, ``verdict``
        (``raised``, ``not_raised`` or ``cannot_tell``), ``pairs``, ``expected``, ``ratio`` with
        ``low`` and ``high``, ``radius_m``, ``days``.

    References
    ----------
    .. [1] Johnson, S. D. et al. (2007). Space-Time Patterns of Risk: A Cross National Assessment
       of Residential Burglary Victimization. Journal of Quantitative Criminology 23, 201-219.
       doi:10.1007/s10940-007-9025-3
    """
    import pandas as pd

    since = pd.Timestamp(context.period_to - timedelta(weeks=MOST_WEEKS))
    late = rows[rows["moment"] >= since]
    out: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    for number, kind in enumerate(KINDS):
        some = _once(late[late["category"] == kind], timezone=context.timezone)
        if not len(some):
            continue
        table = _table(some, seed=(context.seed, number)) if len(some) >= _FEWEST else None
        raised = None if table is None else _reach(table)
        told.append({"category": kind, **_verdict(some, table, raised)})
        if raised is not None:
            out += _in_force(context, some, raised, kind=kind)
    return out, told


def _once(rows: pd.DataFrame, *, timezone: str) -> pd.DataFrame:
    """Let incidents of one spot and day stand as one."""
    from geo.grid import Grid

    key = Grid(SPOT_M).keys(rows["x"].to_numpy(float), rows["y"].to_numpy(float))
    marked = rows.assign(_spot=key, _day=operative_days(rows, timezone=timezone))
    return rows[~marked.duplicated(["_spot", "_day"]).to_numpy(bool)]


def _table(rows: pd.DataFrame, *, seed: tuple[int, int]) -> KnoxTable:
    """Count the pairs by band beside shuffled times."""
    import pandas as pd

    from geo.hotspots.knox import knox

    days = (rows["moment"] - rows["moment"].min()) / pd.Timedelta(days=1)
    return knox(rows["x"], rows["y"], days, space_m=SPACE_M, time_days=TIME_DAYS,
                rng=np.random.default_rng(seed), permutations=PERMUTATIONS)  # fmt: skip


def _reach(table: KnoxTable) -> Raised | None:
    """Choose one reach to advise by: the one with most pairs beyond chance."""
    found = raised_risk(table, false_share=FALSE_SHARE / len(KINDS))
    return max(found, key=lambda one: (one.pairs - one.expected, -one.radius_m), default=None)


def _verdict(rows: pd.DataFrame, table: KnoxTable | None, raised: Raised | None) -> dict[str, Any]:
    """Say what the pairs say; without advice those inside 200 m and 14 days are told."""
    import pandas as pd

    covered = (rows["moment"].max() - rows["moment"].min()) / pd.Timedelta(weeks=1)
    base = {"n": len(rows), "weeks": round(covered) or 1, "permutations": PERMUTATIONS}
    if raised is not None:
        names = ("expected", "ratio", "low", "high", "radius_m", "days")
        numbers = {name: round(float(getattr(raised, name)), 2) for name in names}
        return base | {"verdict": "raised", "pairs": raised.pairs, **numbers}
    near = {"radius_m": SPACE_M[_NEAR[0]], "days": TIME_DAYS[_NEAR[1]]}
    empty = dict.fromkeys(("pairs", "expected", "ratio", "low", "high"))
    if table is None:
        return base | {"verdict": "cannot_tell", **empty, **near}
    pairs, expected = (int(table.observed[: _NEAR[0], : _NEAR[1]].sum()),
                       float(table.expected[: _NEAR[0], : _NEAR[1]].sum()))  # fmt: skip
    if not expected:
        return base | {"verdict": "cannot_tell", **empty, **near}
    low, high = (float(v) / expected for v in poisson_interval(pairs))
    told = {"pairs": pairs, "expected": round(expected, 2), "ratio": round(pairs / expected, 2),
            "low": round(low, 2), "high": round(high, 2)}  # fmt: skip
    return base | {"verdict": "cannot_tell" if high >= DOUBLED else "not_raised", **told, **near}


def _in_force(
    context: Context, rows: pd.DataFrame, raised: Raised, *, kind: str
) -> list[dict[str, Any]]:
    """Draw where the risk is raised still, one row a spot or stretch of street."""
    held = in_force(raised, rows["x"], rows["y"], rows["moment"], now=context.period_to)
    if held.empty:
        return []
    home = rows.set_index(["x", "y"])["setting"].eq("dwelling_exterior").groupby(level=[0, 1]).any()
    drawn: dict[bytes, dict[str, Any]] = {}
    for one in held.itertuples():
        core, name = _core(context, float(one.x), float(one.y), home=bool(home[(one.x, one.y)]))
        shape = core.buffer(raised.radius_m)
        row = drawn.setdefault(shape.wkb, {
            "kind": "near_repeat", "name": name, "category": kind, "n": 0.0, "expected": None,
            "p": None, "recurrence_weeks": None, "radius_m": raised.radius_m,
            "days": raised.days, "since": one.since, "until": one.until, "geometry": shape,
        })  # fmt: skip
        row["n"] += 1.0
        row["since"], row["until"] = max(row["since"], one.since), max(row["until"], one.until)
    return list(drawn.values())


def _core(context: Context, x: float, y: float, *, home: bool) -> tuple[Any, str | None]:
    """Give what the reach is counted from, and its street: never the very house of a home."""
    import shapely

    point, streets = shapely.Point(x, y), context.streets
    at = streets.sindex.nearest(point, max_distance=STREET_M, return_all=False)
    if at.shape[1]:
        row = streets.iloc[int(at[1][0])]
        name = row["name"] if isinstance(row["name"], str) else None
        return (row.geometry if home else point), name
    corner = np.floor(np.array([x, y]) / SQUARE_M) * SQUARE_M
    square = shapely.box(*corner, *(corner + SQUARE_M))
    return (square if home else point), None
