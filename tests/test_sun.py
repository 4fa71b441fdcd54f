"""The sun against known answers, an independent algorithm, and the places where clocks mislead."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from geo.clock import local_to_utc
from geo.errors import ClockError, CrsError
from geo.sun import LIGHT_STATES, altitude_deg, light_shares, light_state, lonlat, unix_seconds

VAXJO, KIRUNA, VELLINGE = (14.806, 56.879), (20.225, 67.856), (13.022, 55.471)


def at(text: str, place: tuple[float, float]) -> float:
    moment = pd.Series(pd.to_datetime([text], utc=True))
    return float(altitude_deg(moment, lon_deg=place[0], lat_deg=place[1])[0])


@pytest.mark.parametrize(
    ("moment", "place", "expected"),
    [
        ("2025-06-21 22:00", VAXJO, -8.6043),
        ("2025-12-21 14:00", VAXJO, 1.1327),
        ("2025-12-21 15:30", VAXJO, -8.2378),
        ("2025-06-21 22:40", KIRUNA, 1.2898),
        ("2025-12-21 10:40", KIRUNA, -1.2980),
        ("2025-03-20 18:00", VELLINGE, -6.2013),
    ],
)
def test_altitude_equals_the_published_answers(
    moment: str, place: tuple[float, float], expected: float
) -> None:
    assert at(moment, place) == pytest.approx(expected, abs=0.02)


def _against_spa(n: int) -> float:
    import pvlib

    rng = np.random.default_rng(20)
    lo, hi = np.datetime64("2000-01-01", "s"), np.datetime64("2051-01-01", "s")
    stamps = lo + rng.integers(0, (hi - lo).astype(int), n).astype("timedelta64[s]")
    lon, lat = rng.uniform(10.9, 24.2, n), rng.uniform(55.3, 69.1, n)
    ours = altitude_deg(stamps, lon_deg=lon, lat_deg=lat)
    spa = pvlib.spa.solar_position(
        stamps.astype("int64").astype(float), lat, lon, 0.0, 1013.25, 12.0, 67.0, 0.0
    )
    return float(np.abs(ours - spa[3]).max())


def test_altitude_agrees_with_spa_over_sweden_and_fifty_years() -> None:
    assert _against_spa(4_000) < 0.02


@pytest.mark.slow
def test_altitude_agrees_with_spa_for_a_hundred_thousand_moments() -> None:
    assert _against_spa(100_000) < 0.02


def test_every_unit_and_zone_of_the_same_moment_gives_the_same_answer() -> None:
    stamp = np.array(["2025-06-21T22:00"], "datetime64[m]")
    want = altitude_deg(stamp, lon_deg=14.806, lat_deg=56.879)
    for unit in ("s", "ms", "us", "ns"):
        series = pd.Series(stamp.astype(f"datetime64[{unit}]")).dt.tz_localize("UTC")
        for moments in (series, series.dt.tz_convert("Europe/Stockholm"), pd.DatetimeIndex(series)):
            got = altitude_deg(moments, lon_deg=14.806, lat_deg=56.879)
            np.testing.assert_array_equal(got, want)


def test_naive_and_foreign_values_are_refused_with_a_fix() -> None:
    naive = pd.Series(pd.to_datetime(["2025-03-20 18:30"]))
    with pytest.raises(ClockError, match="local_to_utc"):
        unix_seconds(naive)
    with pytest.raises(ClockError, match="UTC line"):
        unix_seconds(np.array([1_750_507_200]))
    with pytest.raises(ClockError):
        unix_seconds(pd.DatetimeIndex(naive))


def test_missing_moments_and_places_stay_missing() -> None:
    moments = pd.Series(pd.to_datetime(["2025-01-01", None], utc=True))
    assert np.isnan(altitude_deg(moments, lon_deg=15.0, lat_deg=58.0)).tolist() == [False, True]
    assert np.isnan(altitude_deg(moments[:1], lon_deg=np.nan, lat_deg=58.0)).all()
    assert light_state([np.nan]).tolist() == ["unknown"]
    assert altitude_deg(moments[:0], lon_deg=15.0, lat_deg=58.0).shape == (0,)


def test_the_poles_need_no_sunrise_to_be_classified() -> None:
    june = pd.Series(pd.date_range("2025-06-21", periods=24, freq="h", tz="UTC"))
    december = pd.Series(pd.date_range("2025-12-21", periods=24, freq="h", tz="UTC"))
    summer = light_state(altitude_deg(june, lon_deg=KIRUNA[0], lat_deg=KIRUNA[1]))
    winter = light_state(altitude_deg(december, lon_deg=KIRUNA[0], lat_deg=KIRUNA[1]))
    assert set(summer) == {"day"}
    assert set(winter) == {"twilight", "dark"}


def test_no_civil_dark_at_midsummer_north_of_60_56() -> None:
    night = pd.Series(pd.date_range("2025-06-20 18:00", periods=600, freq="min", tz="UTC"))
    south = altitude_deg(night, lon_deg=15.0, lat_deg=60.4).min()
    north = altitude_deg(night, lon_deg=15.0, lat_deg=60.7).min()
    assert south < -6.0 < north


def test_the_autumn_hour_that_comes_twice_has_two_suns() -> None:
    naive = pd.Series(pd.to_datetime(["2026-10-25 02:30"]))
    first, _, in_fold = local_to_utc(naive, timezone="Europe/Stockholm")
    second = first + pd.Timedelta(hours=1)
    heights = [float(altitude_deg(m, lon_deg=15.0, lat_deg=57.0)[0]) for m in (first, second)]
    assert in_fold.all()
    assert abs(heights[0] - heights[1]) > 3


@pytest.mark.parametrize(
    ("month", "expected"), [(4, 0.97), (5, 0.76), (6, 0.58), (7, 0.66), (8, 0.91)]
)
def test_dark_share_of_the_night_shift_in_vaxjo(month: int, expected: float) -> None:
    days = pd.date_range(f"2025-{month:02d}-01", f"2025-{month + 1:02d}-01", inclusive="left")
    start, *_ = local_to_utc(pd.Series(days + pd.Timedelta(hours=21)), timezone="Europe/Stockholm")
    end = start + pd.Timedelta(hours=5)
    shares = light_shares(start, end, lon_deg=VAXJO[0], lat_deg=VAXJO[1])
    assert shares[:, 0].mean() == pytest.approx(expected, abs=0.022)  # theirs: left ends of 10 min


def test_an_interval_over_dusk_is_shared_and_a_moment_is_not() -> None:
    start = pd.Series(pd.to_datetime(["2025-12-21 12:00"] * 3, utc=True))
    end = pd.Series(pd.to_datetime(["2025-12-21 18:00", None, "2025-12-21 11:00"], utc=True))
    shares = light_shares(start, end, lon_deg=VAXJO[0], lat_deg=VAXJO[1])
    assert LIGHT_STATES == ("dark", "twilight", "day")
    assert shares[0].min() > 0.05
    assert shares[1].tolist() == shares[2].tolist() == [0.0, 0.0, 1.0]


def test_shares_of_missing_rows_are_missing_and_bad_steps_are_refused() -> None:
    start = pd.Series(pd.to_datetime([None], utc=True))
    assert np.isnan(light_shares(start, start, lon_deg=15.0, lat_deg=57.0)).all()
    with pytest.raises(ValueError, match="step_s"):
        light_shares(start, start, lon_deg=15.0, lat_deg=57.0, step_s=0)


@given(
    day=st.integers(0, 18_000),
    hours=st.floats(0.0, 400.0),
    lat=st.floats(-85, 85),
    lon=st.floats(-180, 180),
)
def test_shares_always_sum_to_one(day: int, hours: float, lat: float, lon: float) -> None:
    start = np.array([np.datetime64("2000-01-01", "us") + np.timedelta64(day, "D")])
    end = start + np.timedelta64(int(hours * 3600), "s")
    shares = light_shares(start, end, lon_deg=lon, lat_deg=lat)
    assert shares.sum() == pytest.approx(1.0)
    assert (shares >= 0).all()


@given(lat=st.floats(-89, 89), lon=st.floats(-180, 180), day=st.integers(0, 18_000))
def test_altitude_never_leaves_what_latitude_and_tilt_allow(
    lat: float, lon: float, day: int
) -> None:
    stamps = np.datetime64("2000-01-01", "s") + np.timedelta64(day, "D")
    stamps = stamps + np.arange(24).astype("timedelta64[h]")
    height = altitude_deg(stamps, lon_deg=lon, lat_deg=lat)
    assert height.max() <= 90 - max(abs(lat) - 23.46, 0) + 1e-6
    assert height.min() >= -90 + max(abs(lat) - 23.46, 0) - 1e-6


def test_degrees_of_places_in_metres() -> None:
    places = gpd.GeoSeries(
        [Point(500_000, 6_400_000), None, LineString([(499_990, 6_400_000), (500_010, 6_400_000)])],
        crs="EPSG:3006",
    )
    lon, lat = lonlat(places)
    assert lon[[0, 2]] == pytest.approx([15.0, 15.0])
    assert lat[0] == pytest.approx(57.74, abs=0.01)
    assert np.isnan(lon[1])
    with pytest.raises(CrsError, match="metric"):
        lonlat(gpd.GeoSeries([Point(15, 57)], crs="EPSG:4326"))
    assert lonlat(places.iloc[:0])[0].shape == (0,)
