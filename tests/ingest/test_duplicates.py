"""One incident told by two sources: grouped when it fits, left alone when it does not."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.frames import INCIDENTS
from geo.ingest.duplicates import group_duplicates

START = pd.Timestamp("2026-11-20T20:00Z")


def incidents(rows: list[tuple[str, float, float, float, str]]) -> gpd.GeoDataFrame:
    """Rows of (source, x, y, minutes after eight, category)."""
    n = len(rows)
    return INCIDENTS.conform(
        gpd.GeoDataFrame(
            {
                "id": [f"i{k:04d}" for k in range(n)],
                "category": [row[4] for row in rows],
                "mapping_version": "",
                "occurred_from": [START + pd.Timedelta(minutes=row[3]) for row in rows],
                "time_known": True,
                "setting": "outdoor",
                "source": [row[0] for row in rows],
                "found_by": "report",
                "flags": [[] for _ in rows],
                "weight": 1.0,
                "batch_id": "",
            },
            geometry=gpd.points_from_xy([r[1] for r in rows], [r[2] for r in rows]),
            crs="EPSG:3006",
        )
    )


def test_police_and_guards_tell_the_same_fight() -> None:
    found = group_duplicates(
        incidents([("polis", 0, 0, 0, "disorder"), ("vakt", 40, 30, 20, "disorder")])
    )
    one, other = found["duplicate_group"]
    assert one == other
    assert found["duplicate_group"].notna().all()


@pytest.mark.parametrize(
    "other",
    [
        ("polis", 10, 0, 5, "disorder"),  # a source knows its own cases
        ("vakt", 400, 0, 5, "disorder"),  # too far away
        ("vakt", 10, 0, 600, "disorder"),  # too much later
        ("vakt", 10, 0, 5, "graffiti"),  # something else
    ],
)
def test_what_does_not_fit_is_two_incidents(other: tuple[str, float, float, float, str]) -> None:
    found = group_duplicates(incidents([("polis", 0, 0, 0, "disorder"), other]))
    assert found["duplicate_group"].isna().all()


def test_an_unnamed_kind_may_be_any() -> None:
    rows = [("polis", 0.0, 0.0, 0.0, "disorder"), ("vakt", 10.0, 0.0, 5.0, "other")]
    one, other = group_duplicates(incidents(rows))["duplicate_group"]
    assert isinstance(one, str)
    assert one == other


def test_only_the_best_match_is_taken() -> None:
    rows = [
        ("polis", 0.0, 0.0, 0.0, "theft"),
        ("vakt", 5.0, 0.0, 1.0, "theft"),
        ("vakt", 60.0, 0.0, 40.0, "theft"),
    ]
    found = group_duplicates(incidents(rows))["duplicate_group"]
    assert found.notna().tolist() == [True, True, False]


def test_several_tellings_of_one_incident_are_one_group() -> None:
    rows = [
        ("polis", 0.0, 0.0, 0.0, "theft"),
        ("vakt", 30.0, 0.0, 20.0, "theft"),
        ("bostad", 31.0, 2.0, 21.0, "theft"),
        ("skola", 5.0, 9.0, 2.0, "other"),
    ]
    found = group_duplicates(incidents(rows))
    assert len(set(found["duplicate_group"])) == 1
    assert found["duplicate_group"].notna().all()
    assert [list(flags) for flags in found["flags"]] == [["near_duplicate"]] * 4


def test_an_unnamed_kind_does_not_make_one_of_two_kinds() -> None:
    rows = [
        ("a", 0.0, 0.0, 0.0, "theft"),
        ("b", 1.0, 0.0, 1.0, "other"),
        ("c", 2.0, 0.0, 2.0, "noise"),
    ]
    found = group_duplicates(incidents(rows))["duplicate_group"]
    assert found.isna().sum() == 1
    assert len(set(found.dropna())) == 1


def test_a_place_that_is_none_makes_no_group() -> None:
    rows = incidents([("a", 0, 0, 0, "theft"), ("b", 1, 1, 1, "theft")])
    rows["flags"] = [["stacked"], ["stacked"]]
    assert group_duplicates(rows)["duplicate_group"].isna().all()


def test_planted_threefold_and_fourfold_tellings_are_found_whole() -> None:
    """900 incidents a year over a town; 60 told three times and 20 four times."""
    rng = np.random.default_rng(11)
    rows: list[tuple[str, float, float, float, str]] = []
    planted: set[frozenset[int]] = set()
    for k in range(900):
        x, y, t = (float(v) for v in (*rng.uniform(0, 5000, 2), rng.uniform(0, 365 * 1440)))
        kind = str(rng.choice(["theft", "vandalism", "disorder", "noise"]))
        times = 3 if k < 60 else 4 if k < 80 else 1
        start = len(rows)
        for teller in rng.permutation(list("abcd"))[:times]:
            dx, dy = rng.normal(0, 20, 2)
            rows.append((str(teller), x + dx, y + dy, t + float(rng.uniform(-25, 25)), kind))
        if times > 1:
            planted.add(frozenset(range(start, len(rows))))
    found = group_duplicates(incidents(rows))["duplicate_group"]
    groups = {frozenset(part) for part in found.groupby(found).groups.values()}
    hit = len(groups & planted)
    assert hit / len(groups) >= 0.95
    assert hit / len(planted) >= 0.8


def test_nothing_is_lost_and_the_input_is_as_before() -> None:
    before = incidents(
        [("a", 0, 0, 0, "theft"), ("b", 1, 1, 1, "theft"), ("c", 9e3, 9e3, 1, "noise")]
    )
    copy = before.copy(deep=True)
    after = group_duplicates(before)
    pd.testing.assert_frame_equal(pd.DataFrame(before), pd.DataFrame(copy))
    assert after["id"].tolist() == before["id"].tolist()
    assert INCIDENTS.check(after) is after


def test_rows_without_place_or_hour_are_left_alone() -> None:
    rows = incidents([("a", 0, 0, 0, "theft"), ("b", 1, 1, 1, "theft")])
    rows.loc[0, "time_known"] = False
    assert group_duplicates(rows)["duplicate_group"].isna().all()
    assert group_duplicates(rows.iloc[:0]).empty
    assert group_duplicates(rows.iloc[:1])["duplicate_group"].isna().all()


@given(st.integers(0, 2**32 - 1))
def test_row_order_carries_no_meaning(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = [
        (str(rng.choice(["a", "b", "c"])), *rng.uniform(0, 400, 2), rng.uniform(0, 300),
         str(rng.choice(["theft", "noise", "other"])))
        for _ in range(25)
    ]  # fmt: skip
    frame = incidents(rows)
    shuffled = frame.sample(frac=1, random_state=int(rng.integers(2**31)))
    there = group_duplicates(frame).set_index("id")["duplicate_group"]
    back = group_duplicates(shuffled).set_index("id")["duplicate_group"]
    pd.testing.assert_series_equal(there, back.loc[there.index])


def test_planted_duplicates_are_found_in_a_year_of_a_town() -> None:
    """1 200 incidents a year over a town, 8 % of them told twice within 50 min and 38 m (sd)."""
    rng = np.random.default_rng(7)
    n, twice = 1200, 96
    at = rng.uniform(0, 5000, (n, 2))
    when = rng.uniform(0, 365 * 1440, n)
    kind = rng.choice(["theft", "vandalism", "disorder", "noise"], n)
    source = rng.choice(["a", "b", "c", "d"], n)
    rows = [
        (str(s), float(x), float(y), float(t), str(c))
        for s, (x, y), t, c in zip(source, at, when, kind, strict=True)
    ]
    for k in range(twice):
        other = str(rng.choice([s for s in "abcd" if s != source[k]]))
        x, y = at[k] + rng.normal(0, 27, 2)
        rows.append(
            (other, float(x), float(y), float(when[k] + rng.uniform(-50, 50)), str(kind[k]))
        )
    found = group_duplicates(incidents(rows))["duplicate_group"]
    pairs = {frozenset(part) for part in found.groupby(found).groups.values()}
    planted = {frozenset((k, n + k)) for k in range(twice)}
    hit = len(pairs & planted)
    assert hit / len(pairs) >= 0.95
    assert hit / len(planted) >= 0.8
