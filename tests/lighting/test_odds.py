"""The dark-hours test on published numbers, and on an even world where it must stay silent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats.contingency import odds_ratio as scipy_odds

from geo.lighting.odds import hour_days, odds_ratio, usable_hours

VAXJO, UMEA, KIRUNA = (14.806, 56.879), (20.26, 63.83), (20.225, 67.856)


@pytest.mark.parametrize(
    ("counts", "ratio", "low", "high"),
    [
        ((150, 90, 200, 180), 1.500, 1.0785, 2.0863),
        ((12, 5, 20, 18), 2.160, 0.636, 7.333),
        ((4, 0, 6, 7), 10.385, 0.466, 231.6),
    ],
)
def test_published_examples(
    counts: tuple[int, int, int, int], ratio: float, low: float, high: float
) -> None:
    a, b, c, d = counts
    got = odds_ratio(a, b, control_dark=c, control_light=d)
    assert got.or_dark_vs_light == pytest.approx(ratio, abs=5e-4)
    assert got.low == pytest.approx(low, rel=1e-3)
    assert got.high == pytest.approx(high, rel=1e-3)
    assert got.corrected == (min(counts) == 0)


def test_the_first_example_is_a_finding_and_the_others_are_too_few() -> None:
    got = odds_ratio(150, 90, control_dark=200, control_light=180)
    assert got.z == pytest.approx(2.409, abs=1e-3)
    assert (got.finding, got.effect) == ("more_in_dark", "small")
    assert odds_ratio(12, 5, control_dark=20, control_light=18).finding == "too_few"
    assert odds_ratio(40, 80, control_dark=80, control_light=40).finding == "fewer_in_dark"
    assert odds_ratio(20, 20, control_dark=20, control_light=20).finding == "cannot_tell"
    assert odds_ratio(20, 20, control_dark=20, control_light=20).effect == "none"


@given(st.tuples(*[st.integers(1, 400)] * 4))
def test_the_ratio_equals_scipy_and_turns_over_with_the_question(
    counts: tuple[int, int, int, int],
) -> None:
    a, b, c, d = counts
    got = odds_ratio(a, b, control_dark=c, control_light=d)
    oracle = scipy_odds([[a, b], [c, d]], kind="sample").statistic
    assert got.or_dark_vs_light == pytest.approx(oracle)
    turned = odds_ratio(b, a, control_dark=d, control_light=c)
    assert turned.or_dark_vs_light == pytest.approx(1 / got.or_dark_vs_light)
    assert turned.low == pytest.approx(1 / got.high)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        odds_ratio(-1, 2, control_dark=3, control_light=4)


def test_an_even_world_gives_few_false_findings() -> None:
    rng = np.random.default_rng(7)
    tables = rng.poisson((60, 40, 90, 60), size=(4000, 4))
    found = [
        odds_ratio(a, b, control_dark=c, control_light=d).finding for a, b, c, d in tables.tolist()
    ]
    false = np.mean([word in {"more_in_dark", "fewer_in_dark"} for word in found])
    assert false == pytest.approx(0.05, abs=0.012)  # 4 000 draws: +-0.007 at two standard errors


def test_clock_hours_of_vaxjo() -> None:
    table = hour_days(2025, lon_deg=VAXJO[0], lat_deg=VAXJO[1])
    want = {5: (78, 175), 6: (141, 102), 17: (214, 87), 18: (176, 121), 19: (142, 169),
            20: (88, 197)}  # fmt: skip
    for hour, (light, dark) in want.items():
        assert table.loc[hour, ["days_light", "days_dark"]].tolist() == [light, dark]
    case, control = usable_hours(table)
    assert set(want) <= set(case)
    assert list(control) == [9, 10, 11, 12, 13, 14]
    # The hour from 02 is dark too on every day that has one: in March the clocks skip it.
    assert table.index[table["role"] == "control_dark"].tolist() == [0, 1, 2]


def test_the_north_has_fewer_controls_and_kiruna_no_light_one() -> None:
    _, umea = usable_hours(hour_days(2025, lon_deg=UMEA[0], lat_deg=UMEA[1]))
    assert list(umea) == [10, 11, 12]
    table = hour_days(2025, lon_deg=KIRUNA[0], lat_deg=KIRUNA[1])
    assert "control_light" not in set(table["role"])
    assert usable_hours(table)[1] == []
