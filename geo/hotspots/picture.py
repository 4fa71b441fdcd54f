"""The picture of a week: places that stand out or changed, in order, with how sure each is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.frames import HOTSPOTS
from geo.hotspots.certainty import (
    STABLE,
    excess_per_week,
    fading_weights,
    grade,
    rank_spans,
)
from geo.hotspots.change import compare, trend
from geo.hotspots.changed import changed_rows
from geo.hotspots.context import Context, Events, countable
from geo.hotspots.describe import Told, caveats, describe, rate_columns
from geo.hotspots.field import Field
from geo.hotspots.lens import Lens, look_through
from geo.hotspots.lower import lower_priority
from geo.hotspots.places import Place, Streets, draw, inside_finds
from geo.hotspots.rows import CERTAINTY_ORDER, finish
from geo.hotspots.search import Search, search
from geo.hotspots.stability import stability
from geo.hotspots.weighing import capped, gravity

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

METHOD, WEIGHTED = "places", "places_weighted"
MOST_PLACES = 40
MOST_UNSURE = 5
"""How many places that cannot be told from chance are still shown, as such."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """
    Everything one analysis of places found.

    Parameters
    ----------
    hotspots
        Rows of the frame ``hotspots``; run_id is "".
    lower
        Former places that can be given lower priority, same columns.
    facts
        What the run should name: rows left out, incidents, rates by kind of land,
        over-dispersion, position error.
    """

    hotspots: GeoDataFrame
    lower: GeoDataFrame
    facts: dict[str, Any] = field(default_factory=dict)


def find_hotspots(context: Context, *, former: GeoDataFrame | None = None) -> GeoDataFrame:
    """
    Find the places of a period, best supported first.

    Parameters
    ----------
    context
        Frames, period and seed.
    former
        Rows of earlier weeks, from which places keep their ``place_id``.

    Returns
    -------
    GeoDataFrame
        Rows of the frame ``hotspots``: claim ``stands_out``, then claim ``changed``, each
        ranked from 1; run_id is "". Empty when nothing happened.
    """
    return paint(context, former=former).hotspots


def paint(context: Context, *, former: GeoDataFrame | None = None) -> Picture:
    """
    Find the places of a period, the former ones to give lower priority, and the facts.

    Within each certainty places are ordered by ``score``: incidents a week beyond what such a
    place would have, where an incident weighs half as much for every 13 weeks back, drawn
    towards none by what chance explains.

    Parameters
    ----------
    context
        Frames, period and seed.
    former
        Rows of earlier weeks.

    Returns
    -------
    Picture
        The places and the facts.
    """
    lens = Lens.of(countable(context), timezone=context.timezone)
    events = lens.told
    if not len(events.current):
        empty = HOTSPOTS.empty(crs=context.crs)
        return Picture(empty, empty, {"n": 0, "left_out": events.left_out})
    rng = np.random.default_rng(context.seed)
    ground = Field.of(context, events, rng=rng)
    found = search(ground, rng=rng)
    firm = stability(ground, found)
    words = grade(found.finds, firm=firm, real=ground.exposure.real)
    sure = [i for i, word in enumerate(words) if word != CERTAINTY_ORDER[-1]][:MOST_PLACES]
    unsure = [i for i, word in enumerate(words) if word == CERTAINTY_ORDER[-1]][:MOST_UNSURE]
    streets, told = Streets(context), Told.of(context, events)
    chosen = sure + unsure
    held = inside_finds(ground, found.finds, chosen)
    places = [
        draw(found.finds, i, streets=streets, x=told.x[h & told.now], y=told.y[h & told.now])
        for i, h in zip(chosen, held, strict=True)
    ]
    rows = [
        _row(found, i, place, inside, told=told, context=context, rng=rng, several=lens.several)
        | {"certainty": words[i]}
        | {"caveats": caveats(told, inside, real=ground.exposure.real, firm=float(firm[i]),
                              stable_from=STABLE)}
        for i, place, inside in zip(chosen, places, held, strict=True)
    ]  # fmt: skip
    _rank(rows, held, told, found, chosen, weeks=context.weeks, rng=rng)
    rows += changed_rows(
        ground, found, chosen=chosen, places=places, streets=streets, told=told,
        context=context, rng=rng,
    )  # fmt: skip
    method = WEIGHTED if context.severity else METHOD
    hotspots = finish(rows, method=method, context=context, former=former)
    lower = lower_priority(
        ground, found, former=former, current=hotspots, told=told, context=context
    )
    hotspots, evidence = look_through(hotspots, lens, context=context)
    facts = _facts(events, ground, found) | {"evidence": evidence}
    return Picture(hotspots, lower, facts)


def _row(
    found: Search,
    index: int,
    place: Place,
    held: Bools,
    *,
    told: Told,
    context: Context,
    rng: np.random.Generator,
    several: bool,
) -> dict[str, Any]:
    """One place that stands out, all but its certainty and rank."""
    import shapely

    finds = found.finds
    n, expected = float(finds.n[index]), float(finds.expected[index])
    age, count = told.age_weeks[held], told.count[held]
    lately = compare(
        age, count, town_age=told.age_weeks, town_weight=told.count, span_weeks=told.span_weeks
    )
    weight = fading_weights(age) * count * (age <= context.weeks)
    score = excess_per_week(
        weight.sum(), (weight**2).sum(), np.asarray(expected), weeks=context.weeks
    )
    described = describe(told, held, context=context, rng=rng)
    return {
        "claim": "stands_out",
        "name": place.name,
        "n": n,
        "expected": expected,
        "score": capped(float(score), described["sources"], several=several)
        * gravity(described["categories"], everywhere=told.kinds, severity=context.severity),
        "p": float(finds.p[index]),
        "q": float(finds.q[index]),
        **rate_columns(n, expected),
        "class": trend(age, count, weeks=context.weeks, expected=expected),
        "period_from": context.period_from,
        "period_to": context.period_to,
        "n_recent": lately.n_recent,
        "n_before": lately.n_before,
        **described,
        "area_m2": float(shapely.area(place.shape)),
        "street_m": place.street_m,
        "geometry": place.shape,
    }


def _rank(
    rows: list[dict[str, Any]],
    held: list[Bools],
    told: Told,
    found: Search,
    chosen: list[int],
    *,
    weeks: float,
    rng: np.random.Generator,
) -> None:
    """Give each row its rank, and the ranks between which chance could have put it."""
    inside = [h & told.now for h in held]
    low, high = rank_spans(
        [told.age_weeks[h] for h in inside],
        [told.count[h] for h in inside],
        found.finds.expected[np.asarray(chosen, dtype=np.int64)],
        weeks=weeks,
        rng=rng,
    )
    order = sorted(
        range(len(rows)),
        key=lambda i: (CERTAINTY_ORDER.index(rows[i]["certainty"]), -rows[i]["score"], i),
    )
    # a listed place is ranked among the listed ones: "3-14 of 9" would say nothing to anyone
    listed = sum(row["certainty"] != CERTAINTY_ORDER[-1] for row in rows)
    for rank, i in enumerate(order, start=1):
        worst = listed if rank <= listed else len(rows)
        rows[i] |= {
            "rank": rank,
            "rank_low": min(rank, int(low[i])),
            "rank_high": max(rank, min(int(high[i]), worst)),
        }


def _facts(events: Events, ground: Field, found: Search) -> dict[str, Any]:
    """Name what the run rests on."""
    exposure = ground.exposure
    return {
        "n": float(events.current["count"].sum()),
        "n_placed": float(ground.n.sum()),
        "left_out": events.left_out,
        "moved_to_street": ground.moved,
        "off_streets": float(events.current["count"].sum() - ground.n.sum()),
        "position_error_m": exposure.error_m,
        "over_dispersion": found.spread,
        "street_km": round(float(exposure.street_m.sum()) / 1000, 1),
        "rate_per_km": {
            kind: round(float(rate) * 1000, 4)
            for kind, rate in zip(exposure.kinds, found.rates.per_m, strict=True)
        },
        "streets_known": exposure.real,
    }
