"""The claim "changed": places with more of late than their own past, whatever the level."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.grid import Grid
from geo.hotspots.change import RECENT_WEEKS, Change, compare, trend
from geo.hotspots.describe import Told, caveats, describe
from geo.hotspots.field import CELL_M, RADII_M, Field, lay
from geo.hotspots.places import Place, Streets, draw, inside_finds
from geo.hotspots.rows import CERTAINTY_ORDER
from geo.hotspots.scan import pick
from geo.hotspots.search import FALSE_SHARE, FEWEST, Finds, Search
from geo.intervals import benjamini_hochberg, binomial_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.hotspots.context import Context

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

MOST_CANDIDATES = 200
_POSSIBLE = 0.5


def candidates(field: Field, found: Search, *, chosen: list[int]) -> Finds:
    """
    List the places whose change is tested: those that stand out, then the busiest others.

    They are chosen by the whole period's count, which says nothing about *when*: the exact
    conditional test of the recent weeks is valid on places chosen so.

    Parameters
    ----------
    field
        Counts and exposure.
    found
        What stands out.
    chosen
        Finds that are drawn already; they come first.

    Returns
    -------
    Finds
        At most 200 places clear of each other, each with at least eight incidents.
    """
    cells = lay(field.exposure, grid=Grid(CELL_M), radii_m=RADII_M)
    windows = cells.windows
    n = windows.sums(cells.sum(field.n))[-1]
    mean = windows.sums(cells.sum(found.expected))[-1]
    x, y = windows.middles()
    radius = np.full(x.size, RADII_M[-1])
    finds, first = found.finds, np.asarray(chosen, dtype=np.int64)
    busy = n >= FEWEST - 1e-9
    for i in first:
        busy &= np.hypot(x - finds.x[i], y - finds.y[i]) >= radius + finds.radius_m[i]
    more = np.flatnonzero(busy)
    more = more[pick(x[more], y[more], radius_m=radius[more], p=-n[more])][:MOST_CANDIDATES]

    def join(of: Floats, others: Floats) -> Floats:
        return np.concatenate((of[first], others[more]))

    blank = np.ones(first.size + more.size)
    return Finds(
        join(finds.x, x), join(finds.y, y), join(finds.radius_m, radius), join(finds.n, n),
        join(finds.expected, mean), blank, blank, blank,
    )  # fmt: skip


def changed_rows(
    field: Field,
    found: Search,
    *,
    chosen: list[int],
    places: list[Place],
    streets: Streets,
    told: Told,
    context: Context,
    rng: np.random.Generator,
) -> list[dict[str, Any]]:
    """
    Test every candidate for change, and describe those that may have changed.

    Parameters
    ----------
    field
        Counts and exposure.
    found
        What stands out.
    chosen
        Finds that are drawn already.
    places
        Their outlines.
    streets
        For drawing the others.
    told
        All countable incidents.
    context
        The analysis.
    rng
        Draws the even weeks that peaks are set against.

    Returns
    -------
    list of dict
        Rows of claim ``changed``, ranked: n is what happened in the last four weeks, expected
        what the place's own past would give, p and q of that.
    """
    base = candidates(field, found, chosen=chosen)
    held = inside_finds(field, base, range(base.n.size))
    changes, q = _test(held, told)
    rows = []
    for i in sorted(range(len(changes)), key=lambda k: (q[k], changes[k].p, k)):
        word = _word(changes[i], float(q[i]))
        if word == CERTAINTY_ORDER[-1]:
            continue
        now = held[i] & told.now
        known = i < len(places)
        place = places[i] if known else draw(base, i, streets=streets, x=told.x[now], y=told.y[now])
        row = _row(changes[i], float(q[i]), place, held[i], told=told, context=context, rng=rng)
        real = field.exposure.real
        codes = caveats(told, held[i], real=real, firm=1.0, stable_from=0.0)
        usual = float(base.expected[i])
        ages, counts = told.age_weeks[held[i]], told.count[held[i]]
        rows.append(
            row
            | {
                "certainty": word,
                "caveats": codes,
                "class": trend(ages, counts, weeks=context.weeks, expected=usual),
            }
        )
    rows.sort(key=lambda row: (CERTAINTY_ORDER.index(row["certainty"]), -row["score"]))
    for rank, row in enumerate(rows, start=1):
        row |= {"rank": rank, "rank_low": None, "rank_high": None}
    return rows


def grade_changes(field: Field, found: Search, *, told: Told) -> list[str]:
    """
    Say how certain a change is at every candidate, without describing any.

    Parameters
    ----------
    field
        Counts and exposure.
    found
        What stands out.
    told
        All countable incidents.

    Returns
    -------
    list of str
        A certainty for each candidate.
    """
    base = candidates(field, found, chosen=[])
    changes, q = _test(inside_finds(field, base, range(base.n.size)), told)
    return [_word(change, float(share)) for change, share in zip(changes, q, strict=True)]


def _test(held: list[Bools], told: Told) -> tuple[list[Change], Floats]:
    """Compare each candidate with its own past, and count false finds over all of them."""
    changes = [
        compare(
            told.age_weeks[h],
            told.count[h],
            town_age=told.age_weeks,
            town_weight=told.count,
            span_weeks=told.span_weeks,
        )
        for h in held
    ]
    return changes, benjamini_hochberg([c.p for c in changes])


def _word(change: Change, q: float) -> str:
    """Put the certainty of a change in a word."""
    if change.n_recent < FEWEST or q > _POSSIBLE:
        return CERTAINTY_ORDER[-1]
    if q <= FALSE_SHARE:
        return CERTAINTY_ORDER[0]
    return CERTAINTY_ORDER[1] if q <= 4 * FALSE_SHARE else CERTAINTY_ORDER[2]


def _row(
    change: Change,
    q: float,
    place: Place,
    held: Bools,
    *,
    told: Told,
    context: Context,
    rng: np.random.Generator,
) -> dict[str, Any]:
    """One place that changed; its rate is against its own past, with an exact interval."""
    import shapely

    n, expected = change.n_recent, change.expected_recent
    low, high = binomial_interval(n, n + change.n_past)
    times = change.n_past / expected if expected > 0 else 0.0
    limits: dict[str, float | None] = {"rate": None, "rate_low": None, "rate_high": None}
    if expected > 0:
        limits = {
            "rate": n / expected,
            "rate_low": float(low / (1 - low)) * times,
            "rate_high": float(high / (1 - high)) * times if high < 1 else None,
        }
    return {
        "claim": "changed",
        "name": place.name,
        "n": n,
        "expected": expected,
        "score": max(0.0, n - expected) / RECENT_WEEKS,
        "p": change.p,
        "q": q,
        **limits,
        "period_from": context.period_to - timedelta(weeks=RECENT_WEEKS),
        "period_to": context.period_to,
        "n_recent": n,
        "n_before": change.n_before,
        **describe(told, held, context=context, rng=rng),
        "area_m2": float(shapely.area(place.shape)),
        "street_m": place.street_m,
        "geometry": place.shape,
    }
