"""Light along streets on paper: what is lit, dark, uncertain and not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import geopandas.testing
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely

from geo.lighting.bands import Unsure, band, draw_light, share_at_least
from geo.lighting.checks import height_doubts
from geo.lighting.dark_lux import lux_runs
from geo.lighting.en_grid import between_lamps
from geo.lighting.faults import fault_events
from geo.lighting.illuminance import light_at
from geo.lighting.inventory import light_samples
from geo.lighting.luminaires import Luminaires
from geo.lighting.outages import lamp_status
from geo.lighting.pieces import cut_pieces, piece_lines
from geo.lighting.placement import place_lamps
from geo.lighting.street_light import CLASSES, StreetLight, street_light
from geo.lighting.surface import BANDS, NODATA, write_light_surface
from geo.streets import StreetNet

if TYPE_CHECKING:
    from pathlib import Path

LED = {"flux_lm": 2500.0, "light_source": "led", "flux_basis": "luminaire"}
ROW = range(10, 400, 20)


def look(town: Any, lamps: Any, streets: Any, areas: Any, **more: Any) -> StreetLight:
    net = StreetNet.of(streets)
    placed = place_lamps(lamps, net)
    events = fault_events(more.pop("faults", town.faults()), lamps, now=town.now)
    samples = light_samples(net, lamps, areas=areas, placed=placed)
    return street_light(
        samples, net=net, lamps=lamps, placed=placed, status=lamp_status(lamps, events),
        areas=areas, now=town.now, **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def long_path(town: Any) -> Any:
    return town.streets({"xy": [(0, 0), (400, 0)]})


@pytest.fixture(scope="module")
def surveyed(town: Any) -> Any:
    return town.areas(("inventory", (-50, -50, 450, 50)))


def test_a_path_with_close_lamps_is_light_enough(town: Any, long_path: Any, surveyed: Any) -> None:
    found = look(town, town.lamps(ROW, **LED), long_path, surveyed)
    assert len(found.segments) == 8
    assert set(found.segments["lux_class"]) <= {"reassuring", "enough"}
    assert (found.segments["assumed_share"] == 0).all()
    assert found.segments["length_m"].sum() == pytest.approx(400)
    assert (found.segments["min_low_lx"] <= found.segments["min_lx"]).all()
    assert (found.segments["min_lx"] <= found.segments["min_high_lx"]).all()
    assert found.numbers["dark_stretches"]["1"]["n"] == 0


def test_three_lamps_out_make_a_dark_stretch_with_its_numbers(
    town: Any, long_path: Any, surveyed: Any
) -> None:
    lamps = town.lamps(ROW, **LED, state=dict.fromkeys((190, 210, 230), "faulty"))
    found = look(town, lamps, long_path, surveyed)
    dark = found.segments[found.segments["lux_class"] == "dark"]
    assert len(dark) >= 1
    assert dark["from_m"].between(150, 250).all()
    runs = found.runs[1.0]
    assert len(runs) == 1
    assert 30 < runs["length_m"].iloc[0] < 80
    assert runs["min_lx"].iloc[0] < 0.5
    assert runs["uniformity"].iloc[0] == pytest.approx(
        runs["min_lx"].iloc[0] / runs["mean_lx"].iloc[0]
    )
    assert found.runs[2.0]["length_m"].sum() > runs["length_m"].sum()


def test_what_is_not_inventoried_is_never_dark(town: Any, long_path: Any) -> None:
    half = town.areas(("inventory", (-50, -50, 200, 50)))
    found = look(town, town.lamps(range(10, 200, 20), **LED), long_path, half)
    beyond = found.segments[found.segments["from_m"] > 210]
    assert set(beyond["lux_class"]) == {"not_inventoried"}
    assert beyond["min_lx"].isna().all()
    assert found.runs[1.0].empty
    assert found.numbers["street_m"]["dark"] == 0


def test_a_street_without_lamps_that_nobody_calls_lit_is_unlit(town: Any, surveyed: Any) -> None:
    streets = town.streets({"xy": [(0, 0), (400, 0)], "lit": "no"},
                           {"xy": [(0, 30), (400, 30)], "lit": "yes"})  # fmt: skip
    found = look(town, town.lamps([]), streets, surveyed)
    by = found.segments.groupby("street_id")["lux_class"].unique().map(list)
    assert by.to_dict() == {"s0": ["unlit"], "s1": ["dark"]}
    assert (found.segments["mean_lx"] == 0).all()


def test_lamps_off_at_night_by_decision_are_lit_in_the_evening(
    town: Any, long_path: Any, surveyed: Any
) -> None:
    plan = "släckt 23-05, beslut tekniska nämnden 2025-09-16 § 84"
    lamps = town.lamps(ROW, **LED, state="off_on_purpose", schedule=plan)
    found = look(town, lamps, long_path, surveyed)
    assert set(found.segments["lux_class"]) <= {"reassuring", "enough"}
    assert set(found.segments["night_class"]) == {"dark"}
    assert (found.segments["night_min_lx"] == 0).all()


def test_assumed_heights_widen_the_band_and_are_told(
    town: Any, long_path: Any, surveyed: Any
) -> None:
    wide = range(12, 400, 25)
    sure = look(town, town.lamps(wide, **LED), long_path, surveyed).segments
    unsure = look(town, town.lamps(wide, **LED, height_m=None), long_path, surveyed)
    width = lambda s: (s["min_high_lx"] - s["min_low_lx"]).iloc[2:-2].mean()  # noqa: E731 (used twice, here only)
    assert width(unsure.segments) > 1.2 * width(sure)
    assert (unsure.segments["assumed_share"] == 1).all()
    assert unsure.numbers["assumed_share"] == 1
    assert unsure.numbers["plant"]["assumed"]["height_m"] == len(wide)


def test_row_order_changes_nothing_and_the_same_seed_gives_the_same(
    town: Any, long_path: Any, surveyed: Any
) -> None:
    lamps = town.lamps(ROW, **LED, height_m=None)
    one = look(town, lamps, long_path, surveyed).segments
    other = look(town, lamps.sample(frac=1, random_state=3), long_path, surveyed).segments
    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other))
    assert set(one["lux_class"]) <= set(CLASSES)


def test_no_streets_and_no_lamps_are_an_empty_answer(town: Any, surveyed: Any) -> None:
    found = look(town, town.lamps([]), town.streets(), surveyed)
    assert len(found.segments) == 0
    assert found.numbers["assumed_share"] == 0


def test_an_unknown_piece_parts_a_dark_run() -> None:
    known = [True] * 5 + [False] * 2 + [True] * 5
    found = lux_runs([0.1] * 12, piece_m=[5.0] * 12, group=["a"] * 12, threshold_lx=1.0,
                     known=known)  # fmt: skip
    assert found[["first", "last"]].to_numpy().tolist() == [[0, 4], [7, 11]]
    assert lux_runs([], piece_m=[], group=[], threshold_lx=1.0).empty


def test_draws_hold_the_closed_form_and_widen_with_doubt() -> None:
    one = np.ones(1)
    lamp = Luminaires(0 * one, 0 * one, 5 * one, 3000 * one, one, 0.85 * one)
    x, y = np.array([0.0, 10.0, 500.0]), np.zeros(3)
    sure = Unsure(np.zeros(1, bool), np.zeros(1, bool))
    unsure = Unsure(np.ones(1, bool), np.ones(1, bool))
    narrow, wide = (draw_light(x, y, lamp, unsure=u, draws=90) for u in (sure, unsure))
    truth = light_at(x, y, lamp)
    assert np.median(narrow[::3, 0]) == pytest.approx(truth[0], rel=0.03)
    assert wide[:, 1].std() > narrow[:, 1].std()
    assert (narrow[:, 2] == 0).all()
    assert share_at_least(wide, 0.0).tolist() == [1, 1, 1]
    assert band(np.array([0.9, 0.8, 0.5, 0.2, 0.0])).tolist() == [
        "probably_ok", "probably_ok", "uncertain", "probably_short", "probably_short",
    ]  # fmt: skip


def test_pieces_cover_their_streets_and_keep_their_bends(town: Any) -> None:
    streets = town.streets(
        {"xy": [(0, 0), (60, 0), (60, 70), (120, 70)]}, {"xy": [(0, 200), (30, 200)]}
    )
    net = StreetNet.of(streets)
    samples = net.samples(step_m=2.5)
    start, row = cut_pieces(samples, piece_m=50.0, whole=np.zeros(len(samples), bool))
    first = samples["chainage_m"].to_numpy()[start] - samples["piece_m"].to_numpy()[start] / 2
    length = np.bincount(row, samples["piece_m"])
    of = net.streets.index.get_indexer(samples["street_id"].to_numpy()[start])
    lines = piece_lines(net.lines, of=of, start_m=first, end_m=first + length)
    np.testing.assert_allclose(shapely.length(lines), length)
    for k, line in enumerate(net.lines):
        whole = shapely.line_merge(shapely.union_all(lines[of == k]))
        assert whole.hausdorff_distance(line) < 1e-6
    assert piece_lines(net.lines, of=of[:0], start_m=first[:0], end_m=first[:0]).size == 0


def test_the_grid_of_the_standard_on_a_straight_path_equals_the_closed_row() -> None:
    from geo.lighting.screening import Row

    at = np.arange(-10, 12) * 25.0
    one = np.ones(at.size)
    lamps = Luminaires(at, -2.0 * one, 5 * one, 2500 * one, one, 0.85 * one)
    line = shapely.LineString([(-300, 0), (300, 0)])
    found = between_lamps(
        line, start_m=300, end_m=325, width_m=3.0,
        lux=lambda x, y: light_at(x, y, lamps, negligible_lx=1e-6),
    )  # fmt: skip
    mean, least = Row(25, 5, 2500).light("lambert")
    assert found.points == 30
    assert found.mean_lx == pytest.approx(mean, rel=1e-3)
    assert found.min_lx == pytest.approx(least, rel=1e-3)
    assert found.uniformity == pytest.approx(least / mean, rel=1e-3)


def test_the_raster_says_what_the_points_say(
    town: Any, long_path: Any, surveyed: Any, tmp_path: Path
) -> None:
    lamps = town.lamps(ROW, **LED, height_m={x: (None if x > 200 else 5.0) for x in ROW})
    found = look(town, lamps, long_path, surveyed)
    path = tmp_path / "light.tif"
    told = write_light_surface(path, found.plant, found.evening, crs=town.crs, cell_m=1.0)
    assert told is not None
    assert told["n_lamps"] == len(ROW)
    with rasterio.open(path) as raster:
        assert raster.descriptions == BANDS
        assert raster.scales == (0.01,) * 3
        raw = raster.read()
        x, y = raster.xy(*np.nonzero(raw[0] != NODATA))
    low, high, assumed = (raw[:, raw[0] != NODATA] * 0.01).astype(float)
    optics = [
        light_at(x, y, found.plant.luminaires(found.evening, optic=optic))
        for optic in ("lambert", "isotropic", "batwing")
    ]
    np.testing.assert_allclose(low, np.min(optics, axis=0), atol=0.4)
    np.testing.assert_allclose(high, np.max(optics, axis=0), atol=0.4)
    assert (low <= high).all()
    east = np.asarray(x) > 500_300
    west = np.asarray(x) < 500_100
    assert assumed[east].min() > 0.9
    assert assumed[west].max() < 0.1
    assert told["lit_m2"] == low.size


def test_no_light_is_no_raster(town: Any, long_path: Any, surveyed: Any, tmp_path: Path) -> None:
    found = look(town, town.lamps(ROW, **LED), long_path, surveyed)
    path = tmp_path / "none.tif"
    dark = np.zeros(len(ROW))
    assert write_light_surface(path, found.plant, dark, crs=town.crs) is None
    assert not path.exists()


def test_every_height_has_at_most_one_doubt(town: Any) -> None:
    lamps = town.lamps(ROW, height_m=dict(zip(ROW, np.geomspace(0.1, 9000, len(ROW)), strict=True)))
    table = np.array(list(height_doubts(lamps, height_range_m=(2.0, 25.0)).values()))
    assert (table.sum(axis=0) <= 1).all()


def test_no_lamps_is_as_lamps_far_away(town: Any, long_path: Any) -> None:
    for areas in (town.areas(), town.areas(("inventory", (-50, -50, 200, 50)))):
        none = look(town, town.lamps([]), long_path, areas)
        away = look(town, town.lamps([90_000], **LED), long_path, areas)
        gpd.testing.assert_geodataframe_equal(none.segments, away.segments)
        for lux, found in none.runs.items():
            pd.testing.assert_frame_equal(found, away.runs[lux])
