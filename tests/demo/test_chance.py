"""What is drawn keeps to what is promised: Poisson on the expected, shares, errors, hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.stats import binom, chi2, poisson

from geo.demo.ground import PER_YEAR, Ground, survey
from geo.demo.hours import DARK_ODDS, LAST_WEEK, WEEKS, Hours
from geo.demo.incidents import MIX, happen
from geo.demo.lamps import Lighting, put_up_lamps
from geo.demo.plan import GRANVAD, ULVASUND, VILLAGES
from geo.demo.sites import APART_M, HABITS, Site, choose_sites
from geo.demo.told import (
    DUPLICATE_M,
    DUPLICATE_MIN,
    DUPLICATE_ROWS,
    POSITION_SD_M,
    UNLOCATED,
    tell,
)
from geo.demo.world import World, build_world

SURE = 0.999
SHOPS = np.array([478_300.0, 6_332_400.0])
YEARS = WEEKS / 52


@dataclass(frozen=True)
class Made:
    world: World
    ground: Ground
    hours: Hours
    sites: list[Site]
    lighting: Lighting

    def events(self, *, planted: bool, seed: int = 11) -> pd.DataFrame:
        return happen(
            self.world, self.ground, self.hours, sites=self.sites, shops=SHOPS, planted=planted,
            rng=np.random.default_rng(seed),
        )  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Made:
    world = build_world(np.random.default_rng(5))
    ground = survey(world)
    sites = choose_sites(world, ground, rng=np.random.default_rng(6))
    lighting = put_up_lamps(world, sites, rng=np.random.default_rng(7))
    return Made(world, ground, Hours.of_period(lon_deg=14.64, lat_deg=57.12), sites, lighting)


@pytest.fixture(scope="module")
def null_events(made: Made) -> pd.DataFrame:
    events = made.events(planted=False)
    return events[events["setting"] != "dwelling"].reset_index(drop=True)


@pytest.fixture(scope="module")
def told(made: Made) -> tuple[pd.DataFrame, pd.DataFrame]:
    events = made.events(planted=True)
    until = pd.Timestamp(LAST_WEEK.end())
    return events, tell(events, until=until, rng=np.random.default_rng(12))


@pytest.mark.parametrize("seed", range(1, 13))
def test_every_part_of_the_plan_gets_its_ground(seed: int) -> None:
    world = build_world(np.random.default_rng([seed, 0]))
    parts = {p.name for t in (GRANVAD, ULVASUND) for p in (t.core, *t.inner, *t.outer)}
    parts |= {name for name, *_ in VILLAGES}
    assert parts <= set(world.land.districts["name"])
    assert parts <= set(world.land.blocks["part"])
    assert world.streets.is_valid.all()
    assert world.land.uses.is_valid.all()


def _within(k: int, n: int, share: float) -> bool:
    low, high = binom.interval(SURE, n, share)
    return bool(low <= k <= high)


def test_expected_is_rate_times_street_length_within_kind(made: Made) -> None:
    g = made.ground
    for kind in MIX:
        mine = g.kind == kind
        assert g.expected[mine].sum() == pytest.approx(g.rates[kind] * g.length_m[mine].sum())
    assert g.length_m.sum() == pytest.approx(made.world.streets.length.sum(), rel=1e-9)
    assert g.expected.sum() == pytest.approx(PER_YEAR * 364 / 365.25)


def test_with_nothing_planted_every_kind_of_land_is_poisson(
    made: Made, null_events: pd.DataFrame
) -> None:
    for kind in MIX:
        mean = made.ground.expected[made.ground.kind == kind].sum() * YEARS
        low, high = poisson.interval(SURE, mean)
        assert low <= (null_events["kind"] == kind).sum() <= high


def test_with_nothing_planted_many_cells_fit_poisson_by_chi_square(
    made: Made, null_events: pd.DataFrame
) -> None:
    cell = np.unique(np.floor(made.ground.xy / 250.0), axis=0, return_inverse=True)[1].ravel()
    _, piece = made.ground.tree.query(null_events[["x", "y"]].to_numpy())
    n = cell.max() + 1
    mean = np.bincount(cell, made.ground.expected, n) * YEARS
    seen = np.bincount(cell[piece], minlength=n)
    big = mean >= 4
    mean = np.append(mean[big], mean[~big].sum())
    seen = np.append(seen[big], seen[~big].sum())
    assert len(mean) > 120
    statistic = float(((seen - mean) ** 2 / mean).sum())
    assert chi2.ppf(0.001, len(mean)) < statistic < chi2.ppf(0.999, len(mean))


def test_with_nothing_planted_weeks_fit_poisson_by_chi_square(
    made: Made, null_events: pd.DataFrame
) -> None:
    week = ((null_events["at"] - made.hours.start) / pd.Timedelta(weeks=1)).astype(int)
    seen = np.bincount(week // 4, minlength=WEEKS // 4)
    smooth = np.convolve(np.pad(seen, 6, mode="wrap"), np.ones(13) / 13, mode="valid")
    statistic = float(((seen - smooth) ** 2 / smooth).sum())
    assert statistic < chi2.ppf(0.999, len(seen))


def test_darkness_changes_nothing_unless_planted(made: Made) -> None:
    plain = made.hours.weights("robbery", darkness=False)
    weighed = made.hours.weights("robbery", darkness=True)
    np.testing.assert_allclose(
        weighed / plain, np.where(made.hours.dark, DARK_ODDS, 1.0), rtol=1e-12
    )
    np.testing.assert_allclose(
        made.hours.weights("theft", darkness=True), made.hours.weights("theft", darkness=False)
    )


def test_hours_count_every_hour_once_and_end_monday_at_six(made: Made) -> None:
    assert len(made.hours) == WEEKS * 168
    assert made.hours.clock[0] == 6
    assert made.hours.day[0] == 0
    assert made.hours.at("2026-11-23 06:00") == len(made.hours)
    assert 0.35 < made.hours.dark.mean() < 0.48  # 3 691 dark hours a year


def test_between_nine_and_fifteen_hundred_rows_a_year(
    told: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    per_year = told[1].groupby(told[1]["told_from"].dt.year).size().loc[[2024, 2025]]
    assert per_year.between(900, 1500).all()


def test_a_fifth_has_no_place(told: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    rows = told[1]
    assert _within(int(rows["x"].isna().sum()), len(rows), UNLOCATED)
    assert rows["x"].isna().eq(rows["y"].isna()).all()


def test_eight_in_a_hundred_rows_are_told_before_by_another(
    told: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    rows = told[1][told[1]["setting"] != "dwelling"]
    second = rows[rows["second"]]
    first = rows[~rows["second"]].set_index("event")
    assert _within(len(second), len(first), DUPLICATE_ROWS / (1 - DUPLICATE_ROWS))
    before = first.loc[second["event"]]
    assert (second["actor"].to_numpy() != before["actor"].to_numpy()).all()
    gap = (second["told_from"].to_numpy() - before["told_from"].to_numpy()) / np.timedelta64(1, "m")
    assert np.abs(gap.astype(float)).max() <= DUPLICATE_MIN < 60
    apart = np.hypot(
        second["x"].to_numpy() - before["x"].to_numpy(),
        second["y"].to_numpy() - before["y"].to_numpy(),
    )
    assert np.nanmax(apart) <= DUPLICATE_M < 40


def test_positions_are_off_by_thirty_metres(told: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    events, rows = told
    first = rows[~rows["second"] & rows["x"].notna()]
    true = events.loc[first["event"]]
    outdoors = (true["site"] != "shops").to_numpy()
    error = np.concatenate(
        [(first[c].to_numpy() - true[c].to_numpy())[outdoors] for c in ("x", "y")]
    )
    low, high = chi2.interval(SURE, len(error))
    assert low < (error**2).sum() / POSITION_SD_M**2 < high


def test_planted_counts_fit_their_excess(made: Made) -> None:
    """Over many runs of chance each place's mean excess is (times expected - 1) x expected."""
    runs = 25
    seen = pd.Series(0, index=[s.key for s in made.sites])
    for seed in range(runs):
        sites = made.events(planted=True, seed=100 + seed)["site"]
        seen = seen.add(sites.value_counts(), fill_value=0)
    for site in made.sites:
        mean = sum(
            max(f - 1, 0) * site.expected * (stop - first) / 52 for first, stop, f in site.spells
        )
        low, high = poisson.interval(1 - 1e-5, mean * runs)
        assert low <= seen[site.key] <= high


def test_places_lie_apart_and_are_compact(made: Made) -> None:
    own = [s for s in made.sites if s.role != "received"]
    for k, a in enumerate(own):
        assert 140 <= 2 * a.radius_m <= 255
        for b in own[k + 1 :]:
            assert np.hypot(*(a.centre - b.centre)) >= APART_M
    effects = pd.Series([round(s.effect) for s in own if s.role == "planted"]).value_counts()
    assert (effects.loc[[2, 3, 5]] >= 2).all()
    roles = {s.role for s in made.sites}
    assert roles >= {"light", "look_alike", "worked", "displaced", "received", "faded", "new"}


def test_what_light_and_its_look_alike_add_is_all_in_the_dark_at_the_same_hours(
    made: Made,
) -> None:
    events = made.events(planted=True)
    for key in ("light", "look-alike"):
        at = events.loc[events["site"] == key, "at"]
        hour = ((at - made.hours.start) / pd.Timedelta(hours=1)).astype(int).to_numpy()
        assert len(hour) > 5
        assert made.hours.dark[hour].all()
        assert set(made.hours.clock[hour]) <= {17, 18, 19, 20, 21, 22, 23, 0, 1}


def test_every_habit_has_hours_and_categories() -> None:
    for windows, mix in HABITS.values():
        assert windows
        assert all(0 <= a <= b <= 6 and 0 <= c < 24 and 0 < d <= 24 for a, b, c, d in windows)
        assert sum(mix.values()) > 0


def test_lamps_are_out_where_light_matters_and_work_at_the_look_alike(made: Made) -> None:
    lamps = made.lighting.lamps
    light = next(s for s in made.sites if s.role == "light")
    twin = next(s for s in made.sites if s.role == "look_alike")
    near_light = lamps[lamps.distance(shapely.Point(light.centre)) < light.radius_m + 50]
    near_twin = lamps[lamps.distance(shapely.Point(twin.centre)) < twin.radius_m + 100]
    assert (near_light["state"] == "faulty").sum() >= 4
    assert len(near_twin) >= 5
    assert (near_twin["state"] == "faulty").sum() == 0
    assert near_twin["listed"].all()


def test_about_six_thousand_lamps_stand_evenly_along_lit_streets(made: Made) -> None:
    lamps, streets = made.lighting.lamps, made.world.streets.set_index("ref")
    assert 5400 < len(lamps) < 7000
    assert streets.loc[lamps["street"], "lit"].all()
    line = streets.geometry.loc[lamps["street"]].to_numpy()
    off = shapely.distance(lamps.geometry.to_numpy(), line)
    assert np.quantile(off, 0.99) < 7
    per_lamp = streets.loc[streets["lit"], "length_m"].sum() / len(lamps)
    assert 24 < per_lamp < 36
    ratio = 34 / 7  # spacing over height of a residential street: adequate, not generous
    assert 4 < ratio < 5


def test_a_fifth_of_one_districts_lamps_is_missing_outside_the_survey(made: Made) -> None:
    lamps = made.lighting.lamps
    missing = lamps[~lamps["listed"]]
    district = lamps[lamps["part"] == "Björkelyckan"]
    assert set(missing["part"]) == {"Björkelyckan"}
    assert len(missing) == round(0.2 * len(district))
    surveyed = made.world.land.surveyed.union_all()
    assert not missing.intersects(surveyed).any()
    assert lamps.loc[lamps["listed"] & ~lamps.index.isin(district.index)].intersects(
        surveyed
    ).mean() > 0.9  # fmt: skip


@pytest.mark.parametrize("seed", range(60, 72))
def test_moments_stay_moments_even_where_nothing_happened(made: Made, seed: int) -> None:
    events = made.events(planted=True, seed=seed)
    rows = tell(events, until=pd.Timestamp(LAST_WEEK.end()), rng=np.random.default_rng(seed))
    for column in (events["at"], rows["told_from"], rows["told_to"], rows["reported_at"]):
        assert str(column.dtype) == "datetime64[us, UTC]"
