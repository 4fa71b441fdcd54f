"""Lux against closed forms, published examples, and the limits that physics sets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.lighting import illuminance, point_kernel
from geo.lighting.en_grid import grid_counts
from geo.lighting.illuminance import (
    cutoff_m,
    horizontal_lux,
    light_at,
    semicylindrical_lux,
    vertical_lux,
)
from geo.lighting.luminaires import Luminaires
from geo.lighting.optics import read_ldt
from geo.lighting.optics.symmetric import OPTICS, intensity_per_lm


def lamps(xs: list[float], *, optic: str = "lambert", **more: float) -> Luminaires:
    n = len(xs)
    values = {"y": 0.0, "height_m": 5.0, "flux_lm": 3000.0, "output": 1.0, "maintenance": 0.85}
    full = {name: np.full(n, more.get(name, value)) for name, value in values.items()}
    return Luminaires(x=np.array(xs, float), optic=optic, **full)


def test_uniform_intensity_by_the_book() -> None:
    got = horizontal_lux(1000 * 0.8, height_m=10, distance_m=[0, 5, 10])
    np.testing.assert_allclose(got, [8.0, 5.72433, 2.82843], atol=5e-6)


@pytest.mark.parametrize(
    ("optic", "expected"),
    [
        ("lambert", [32.4676, 8.1169, 1.2987, 0.3247]),
        ("isotropic", [16.2338, 5.7395, 1.4520, 0.5134]),
    ],
)
def test_one_lamp_by_the_book(optic: str, expected: list[float]) -> None:
    distance = np.array([0.0, 5, 10, 15])
    got = light_at(distance, np.zeros(4), lamps([0.0], optic=optic), negligible_lx=1e-6)
    np.testing.assert_allclose(got, expected, atol=6e-5)


@pytest.mark.parametrize(
    ("turned", "expected"),
    [(0, 12.65356), (60, 9.49017), (90, 6.32678), (150, 0.84763), (180, 0.0)],
)
def test_semicylindrical_by_the_book_also_from_the_side(turned: float, expected: float) -> None:
    got = semicylindrical_lux(1000, height_m=3, distance_m=6, turned_deg=turned)
    assert float(got) == pytest.approx(expected, abs=5e-6)


def test_semicylindrical_is_the_mean_of_upright_planes_over_a_half_circle() -> None:
    side = np.linspace(-90, 90, 20_001)
    for turned in (0, 60, 90, 150):
        planes = vertical_lux(1000, height_m=3, distance_m=6, turned_deg=turned + side)
        mean = np.trapezoid(planes * 1.0, np.deg2rad(side)) / np.pi
        got = semicylindrical_lux(1000, height_m=3, distance_m=6, turned_deg=turned)
        assert mean == pytest.approx(float(got), rel=1e-4)


@pytest.mark.parametrize("optic", OPTICS)
def test_every_optic_sends_out_its_flux_and_no_more(optic: str) -> None:
    gamma = np.linspace(0, np.pi / 2, 200_001)
    intensity = intensity_per_lm(np.cos(gamma), optic=optic)
    total = np.trapezoid(2 * np.pi * intensity * np.sin(gamma), gamma)
    assert total == pytest.approx(1.0, abs=1e-4)
    assert intensity_per_lm(-0.5, optic=optic) == 0


@pytest.mark.parametrize(
    ("optic", "mean", "least"),
    [("lambert", 6.73, 1.02), ("isotropic", 4.61, 1.43), ("batwing", 5.67, 1.57)],
)
def test_the_bracket_on_a_path_of_the_book(optic: str, mean: float, least: float) -> None:
    along, across = grid_counts(25, width_m=3)
    x, y = np.meshgrid(
        (np.arange(along) + 0.5) * 25 / along, (np.arange(across) + 0.5) * 3 / across
    )
    row = lamps([25.0 * k for k in range(-8, 10)], optic=optic, y=-0.5, flux_lm=2500.0)
    lux = light_at(x.ravel(), y.ravel(), row, negligible_lx=1e-6)
    assert (round(lux.mean(), 2), round(lux.min(), 2)) == (mean, least)


def test_one_lamp_out_halves_the_mean_and_takes_nearly_all_of_the_minimum() -> None:
    x = np.linspace(0, 50, 101)
    row = [25.0 * k for k in range(-8, 10)]
    whole = light_at(x, np.zeros(x.size), lamps(row), negligible_lx=1e-9)
    left = light_at(x, np.zeros(x.size), lamps([v for v in row if v != 25]), negligible_lx=1e-9)
    assert left.mean() / whole.mean() == pytest.approx(0.5, abs=0.02)
    assert left.min() / whole.min() < 0.15


@pytest.mark.parametrize(
    ("peak", "height", "at_005", "at_001"),
    [(1000, 5, 43.7, 75.0), (2500, 6, 63.1, 108.3), (6000, 8, 93.1, 159.6)],
)
def test_cutoff_by_the_book(peak: float, height: float, at_005: float, at_001: float) -> None:
    for lux, want in ((0.05, at_005), (0.01, at_001)):
        assert cutoff_m(peak * 0.85, height_m=height, lux=lux) == pytest.approx(want, abs=0.05)


def test_the_grid_of_the_standard() -> None:
    assert [grid_counts(s, width_m=3)[0] for s in (20, 30, 36, 37)] == [10, 10, 12, 13]
    assert [grid_counts(30, width_m=w)[1] for w in (7, 2)] == [5, 3]


def test_dimmed_low_and_absent_lamps() -> None:
    spot = (np.array([3.0]), np.array([0.0]))
    full = light_at(*spot, lamps([0.0]))
    assert light_at(*spot, lamps([0.0], output=0.3))[0] == pytest.approx(0.3 * full[0])
    assert light_at(*spot, lamps([0.0], output=0.0))[0] == 0
    assert light_at(*spot, lamps([]))[0] == 0
    assert light_at(np.empty(0), np.empty(0), lamps([0.0])).shape == (0,)
    # A bollard below the face gives a face nothing.
    low = lamps([0.0], height_m=1.0)
    assert light_at(*spot, low, facing_deg=-90.0)[0] == 0
    assert light_at(*spot, low)[0] > 0
    with pytest.raises(ValueError, match="no optic"):
        intensity_per_lm(1.0, optic="spot")


def test_a_face_turned_to_the_lamp_is_lit_and_one_turned_away_is_not() -> None:
    spot = (np.array([6.0]), np.array([0.0]))  # the lamp is due west: heading 270
    row = lamps([0.0], height_m=4.5)
    west, east = (light_at(*spot, row, facing_deg=h)[0] for h in (270.0, 90.0))
    assert west > 1
    assert east == pytest.approx(0, abs=1e-9)


@settings(max_examples=50)
@given(
    xs=st.lists(st.floats(-80, 80), min_size=1, max_size=6),
    optic=st.sampled_from(OPTICS),
    spots=st.lists(st.tuples(st.floats(-60, 60), st.floats(-10, 10)), min_size=1, max_size=8),
)
def test_many_lamps_equal_the_plain_sum_within_what_is_cut_off(
    xs: list[float], optic: str, spots: list[tuple[float, float]]
) -> None:
    x, y = (np.array(v) for v in zip(*spots, strict=True))
    row = lamps(xs, optic=optic)
    distance = np.hypot(x[:, None] - row.x, y[:, None] - row.y)
    cosine = 5 / np.hypot(5, distance)
    plain = horizontal_lux(
        row.effective_lm * intensity_per_lm(cosine, optic=optic), height_m=5, distance_m=distance
    ).sum(axis=1)
    got = light_at(x, y, row)
    assert (got <= plain + 1e-9).all()
    assert (got >= plain - 0.05 * len(xs)).all()


@pytest.mark.parametrize("optic", OPTICS)
def test_the_compiled_loop_and_its_plain_form_equal_the_pairs(
    optic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(5)
    x, y = rng.uniform(-90, 560, 400), rng.uniform(-90, 380, 400)
    n = 60
    row = Luminaires(
        x=rng.uniform(0, 500, n), y=rng.uniform(0, 300, n), height_m=rng.uniform(3, 10, n),
        flux_lm=rng.uniform(0, 6000, n), output=np.ones(n), maintenance=np.full(n, 0.8),
        optic=optic,
    )  # fmt: skip
    pairs = light_at(x, y, row)
    monkeypatch.setattr(illuminance, "COMPILED_FROM", 1)
    np.testing.assert_allclose(light_at(x, y, row), pairs, rtol=1e-9, atol=1e-12)
    monkeypatch.setattr(point_kernel, "one", point_kernel._one)
    reach = cutoff_m(row.effective_lm * illuminance.peaks(row), height_m=row.height_m, lux=0.05)
    plain = point_kernel.horizontal_at(
        x, y, (row.x, row.y, row.height_m, row.effective_lm, reach), optic=optic,
        kernel=point_kernel._sum_light,
    )  # fmt: skip
    np.testing.assert_allclose(plain, pairs, rtol=1e-9, atol=1e-12)


def test_upright_planes_need_to_know_where_they_face() -> None:
    spot = (np.array([6.0]), np.array([0.0]))
    with pytest.raises(ValueError, match="facing_deg"):
        light_at(*spot, lamps([0.0]), plane="vertical")
    one = lamps([0.0], height_m=4.5)
    face = light_at(*spot, one, facing_deg=270.0, plane="vertical")[0]
    cosine = 3 / np.hypot(3, 6)
    intensity = 3000 * 0.85 * cosine / np.pi
    assert face == pytest.approx(vertical_lux(intensity, height_m=3, distance_m=6, turned_deg=0))
    assert light_at(*spot, one, facing_deg=90.0, plane="vertical")[0] == pytest.approx(0)


def _file(shape: str) -> bytes:
    """Give a EULUMDAT file: Lambert, or one that shines towards C90 only."""
    gamma = np.arange(0.0, 91.0, 1.0)
    angles = np.arange(24) * 15.0
    head = ["M", "1", "0", "24", "15", str(gamma.size), "1", "", "L", "", "f", "d", *["0"] * 9,
            "100", "100" if shape == "round" else "50", "1", "0", "1", "1", "LED", "3000", "3000",
            "80", "25", *["0"] * 10]  # fmt: skip
    ahead = np.ones(24) if shape == "round" else (np.abs(angles - 90) < 90).astype(float)
    rows = np.outer(ahead, 1000 / np.pi * np.cos(np.deg2rad(gamma))).ravel()
    return "\n".join([*head, *(f"{v:.6f}" for v in (*angles, *gamma, *rows))]).encode()


def test_a_file_of_lambert_equals_lambert_and_a_directed_one_shines_where_it_is_turned() -> None:
    x = np.array([0.0, 6.0, -6.0, 0.0, 0.0])
    y = np.array([0.0, 0.0, 0.0, 6.0, -6.0])
    same = Luminaires(
        x=np.zeros(1), y=np.zeros(1), height_m=np.full(1, 5.0), flux_lm=np.full(1, 3000.0),
        output=np.ones(1), maintenance=np.ones(1), optic=read_ldt(_file("round")),
    )  # fmt: skip
    plain = lamps([0.0], maintenance=1.0)
    np.testing.assert_allclose(light_at(x, y, same), light_at(x, y, plain), rtol=3e-4)
    for side, lit in ((90.0, 1), (270.0, 2), (0.0, 3), (180.0, 4)):
        turned = Luminaires(
            x=np.zeros(1), y=np.zeros(1), height_m=np.full(1, 5.0), flux_lm=np.full(1, 3000.0),
            output=np.ones(1), maintenance=np.ones(1), optic=read_ldt(_file("directed")),
            azimuth_deg=np.array([side]),
        )  # fmt: skip
        lux = light_at(x, y, turned)
        assert int(np.argmax(lux[1:])) + 1 == lit
        assert lux[lit] == pytest.approx(2 * light_at(x, y, plain)[lit], rel=0.12)
        opposite = {1: 2, 2: 1, 3: 4, 4: 3}[lit]
        assert lux[opposite] == pytest.approx(0, abs=1e-9)
