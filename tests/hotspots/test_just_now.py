"""What is raised just now: a planted burst rings, a busy place does not, and advice has a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.frames import HOTSPOTS, SIGNALS
from geo.hotspots import METHODS, Context, just_now
from geo.hotspots.alarms import LOUD_WEEKS, one_anonymous, recent_clusters
from geo.hotspots.context import countable
from geo.hotspots.lens import Lens
from tests.hotspots.conftest import CRS, EAST, NORTH, SINCE, UNTIL, MakeContext, rows_of

Draw = Callable[..., np.ndarray]
NOWHERE = HOTSPOTS.empty(crs=CRS)
SPOT = (EAST + 700, NORTH + 800)


def over_the_year(n: int, *, seed: int, weeks: float = 52.0) -> pd.DatetimeIndex:
    share = np.random.default_rng(seed).random(n)
    return pd.Timestamp(UNTIL) - pd.to_timedelta(share * weeks * 604_800, unit="s")


def burst(even: Draw, hot: Draw, *, n: int = 14, **columns: Any) -> Any:
    """300 anywhere in the year, and some at one junction in the last week."""
    xy = np.vstack((even(300, seed=1), hot(n, seed=2, sd=25)))
    late = pd.Timestamp(UNTIL) - pd.to_timedelta(np.linspace(2, 150, n), unit="h")
    told = {k: ["report"] * 300 + [v] * n if k == "found_by" else v for k, v in columns.items()}
    return rows_of(xy, at=over_the_year(300, seed=3).append(late), **told)


def series(n: int, *, follow_days: float, seed: int = 5, **columns: Any) -> Any:
    """`n` burglaries anywhere in two years, each followed by one close by within some days."""
    rng = np.random.default_rng(seed)
    first = rng.random((n, 2)) * 1400 + (EAST + 50, NORTH + 50)
    at = over_the_year(n, seed=seed, weeks=104)
    again = first + rng.normal(0, 20, (n, 2)) + (60, 0)
    then = at + pd.to_timedelta(1 + rng.random(n) * follow_days, unit="D")
    rows = rows_of(
        np.vstack((first, again)), at=at.append(then), category="burglary",
        setting="dwelling_exterior", **columns,
    )  # fmt: skip
    return rows[rows["occurred_from"] < pd.Timestamp(UNTIL)].reset_index(drop=True)


def told_of(found: Any, kind: str) -> dict[str, Any]:
    return next(one for one in found.told["near_repeat"] if one["category"] == kind)


def test_a_burst_of_late_rings_where_it_is(context: MakeContext, even: Draw, hot: Draw) -> None:
    found = just_now(context(burst(even, hot)), places=NOWHERE)
    (row,) = found.signals.to_dict("records")
    assert row["kind"] == "alarm"
    assert row["geometry"].contains(shapely.Point(SPOT))
    assert row["recurrence_weeks"] >= LOUD_WEEKS
    assert row["recurrence_weeks"] == pytest.approx(1 / row["p"])
    assert (row["until"], row["days"]) == (pd.Timestamp(UNTIL), 7.0)
    assert row["last_day"] == pd.Timestamp("2026-11-22")  # the week ends Monday 06:00
    assert row["n"] >= 10 > row["expected"] * 3
    SIGNALS.check(found.signals, crs=CRS)


def test_a_place_that_is_always_busy_is_no_alarm(
    context: MakeContext, even: Draw, hot: Draw
) -> None:
    xy = np.vstack((even(300, seed=1), hot(60, seed=2)))
    assert just_now(context(rows_of(xy)), places=NOWHERE).signals.empty


def test_what_patrols_found_rings_nothing(context: MakeContext, even: Draw, hot: Draw) -> None:
    """They find it where they are sent: a new beat is no news of the place."""
    rows = burst(even, hot, found_by="patrol")
    assert just_now(context(rows), places=NOWHERE).signals.empty
    assert METHODS["alarm"]().find(context(rows)).empty  # and the method for comparison agrees


def test_four_events_are_too_few_to_tell(context: MakeContext, even: Draw, hot: Draw) -> None:
    found = just_now(context(burst(even, hot, n=5)), places=NOWHERE).signals
    assert set(found["kind"]) <= {"unsure"}


def test_one_caller_cannot_ring_an_alarm(context: MakeContext, even: Draw) -> None:
    """Thirty anonymous reports of one junction and evening are one."""
    xy = np.vstack((even(300, seed=1), np.full((30, 2), SPOT)))
    evening = pd.DatetimeIndex([UNTIL - timedelta(hours=30)] * 30)
    actors = ["kommunen"] * 300 + [""] * 30
    made = context(rows_of(xy, at=over_the_year(300, seed=3).append(evening), actor=actors))
    told = Lens.of(countable(made)).told.current
    assert len(told) == 330
    assert len(one_anonymous(told, timezone=made.timezone)) == 301
    assert recent_clusters(made, told)[0].p == pytest.approx(0.001)  # it would have rung
    assert just_now(made, places=NOWHERE).signals.empty


def test_an_alarm_over_a_listed_place_is_about_that_place(
    planted: Context, context: MakeContext, even: Draw, hot: Draw
) -> None:
    """One voice: the same name and id as in the list, and nothing there can wait."""
    places = METHODS["places"]().find(planted)
    listed = places[places["certainty"] != "cannot_tell"]
    assert len(listed)
    found = just_now(context(burst(even, hot)), places=places)
    (row,) = found.signals.to_dict("records")
    assert row["place_id"] in set(listed["place_id"])
    assert row["name"] == listed.set_index("place_id").loc[row["place_id"], "name"]
    assert row["place_id"] not in set(found.without_alarm(listed)["place_id"])
    far = listed.set_geometry(listed.geometry.translate(5000, 0))
    assert len(found.without_alarm(far)) == len(listed)


def test_burglaries_that_follow_each_other_give_advice_with_a_last_day(
    context: MakeContext,
) -> None:
    made = context(series(60, follow_days=5))
    found = just_now(made, places=NOWHERE)
    told = told_of(found, "burglary")
    assert told["verdict"] == "raised"
    assert told["low"] > 1
    assert told["radius_m"] in (100.0, 200.0)
    assert told["days"] in (7.0, 14.0)
    zones = found.signals[found.signals["kind"] == "near_repeat"]
    since = pd.Timestamp(UNTIL) - pd.Timedelta(days=told["days"])
    late = made.incidents[made.incidents["occurred_from"] > since]
    assert zones["n"].sum() == len(late)
    assert ((zones["until"] - zones["since"]) == pd.Timedelta(days=told["days"])).all()
    assert (zones["until"] > pd.Timestamp(UNTIL)).all()


def test_a_home_is_drawn_as_its_street(context: MakeContext) -> None:
    made = context(series(60, follow_days=5))
    zones = just_now(made, places=NOWHERE).signals.query("kind == 'near_repeat'")
    assert len(zones)
    for zone in zones.itertuples():
        street = made.streets[made.streets.buffer(zone.radius_m).geom_equals(zone.geometry)]
        assert len(street) == 1  # the whole stretch and its reach, whatever house it was
        assert zone.name == street["name"].iloc[0]


def test_unrelated_burglaries_give_none(context: MakeContext) -> None:
    rng = np.random.default_rng(8)
    xy = rng.random((400, 2)) * 1400 + (EAST + 50, NORTH + 50)
    made = context(xy, at=over_the_year(400, seed=9, weeks=104), category="burglary")
    found = just_now(made, places=NOWHERE)
    assert told_of(found, "burglary")["verdict"] == "not_raised"
    assert found.signals.query("kind == 'near_repeat'").empty


def test_a_few_burglaries_cannot_tell(context: MakeContext) -> None:
    found = just_now(context(series(4, follow_days=5)), places=NOWHERE)
    assert told_of(found, "burglary")["verdict"] == "cannot_tell"
    assert found.signals.empty


def test_cellars_of_one_night_are_one_event(context: MakeContext) -> None:
    """Ten cellars broken into in one house and night are no series that goes on."""
    rng = np.random.default_rng(4)
    house = np.repeat(rng.random((25, 2)) * 1400 + (EAST + 50, NORTH + 50), 10, axis=0)
    night = over_the_year(25, seed=6, weeks=104).repeat(10)
    found = just_now(context(house, at=night, category="burglary"), places=NOWHERE)
    told = told_of(found, "burglary")
    assert told["n"] <= 26  # a spot on the edge of a day may count twice
    assert told["verdict"] == "cannot_tell"


def test_row_order_and_seed_decide_nothing_else(
    context: MakeContext, even: Draw, hot: Draw
) -> None:
    rows = burst(even, hot)
    mixed = rows.sample(frac=1, random_state=2).reset_index(drop=True)
    one, two = (just_now(context(r), places=NOWHERE) for r in (rows, mixed))
    assert one.told == two.told
    assert one.signals.drop(columns="geometry").equals(two.signals.drop(columns="geometry"))


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_and_one_row_are_quiet(context: MakeContext, n: int) -> None:
    at = pd.DatetimeIndex([SINCE + timedelta(days=3)] * n, tz="UTC")
    found = just_now(context([SPOT] * n, at=at, category="burglary"), places=NOWHERE)
    assert found.signals.empty
    assert [one["verdict"] for one in found.told["near_repeat"]] == ["cannot_tell"] * n


def test_later_rows_change_nothing(context: MakeContext, even: Draw, hot: Draw) -> None:
    rows = burst(even, hot)
    later = rows_of([SPOT] * 20, at=pd.DatetimeIndex([UNTIL + timedelta(hours=5)] * 20))
    both = pd.concat([rows, later.assign(id=[f"z{k}" for k in range(20)])], ignore_index=True)
    one, two = (just_now(context(r), places=NOWHERE) for r in (rows, both))
    assert one.told == two.told
    assert one.signals["n"].tolist() == two.signals["n"].tolist()
