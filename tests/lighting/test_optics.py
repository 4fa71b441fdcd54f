"""Photometric files: the same luminaire written in every allowed way, and refused when broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.errors import IngestError
from geo.lighting.optics import Photometry, read_ies, read_ldt, read_photometry
from tests.lighting.photometric import FLUX, ies, ldt, lopsided, lopsided_along

if TYPE_CHECKING:
    from pathlib import Path


def grid_of(made: Photometry) -> np.ndarray:
    c, g = np.meshgrid(np.arange(0.0, 360, 7.5), np.arange(0, 95, 2.5))
    return made.per_luminaire_lm(c, g)


@pytest.mark.parametrize("symmetry", [0, 1, 2, 3, 4])
def test_a_round_luminaire_is_the_same_in_every_symmetry(symmetry: int) -> None:
    made = read_ldt(ldt(symmetry))
    assert (made.name, made.flux_lm, made.power_w, made.cct_k) == ("Lykta", FLUX, 20.0, 3000.0)
    assert made.output_ratio == pytest.approx(1.0, abs=5e-3)
    assert made.notes == ()
    got = made.per_luminaire_lm([0, 33, 200], [0.0, 30.0, 60.0]) * made.output_ratio
    np.testing.assert_allclose(got, np.cos(np.deg2rad([0, 30, 60])) / np.pi, rtol=1e-4)
    assert made.per_luminaire_lm(10.0, 120.0) == 0
    assert made.upward_share == 0


@pytest.mark.parametrize(
    ("symmetry", "shape"), [(0, lopsided), (3, lopsided), (0, lopsided_along), (2, lopsided_along)]
)
def test_symmetry_never_turns_a_luminaire_round(symmetry: int, shape: object) -> None:
    made = read_ldt(ldt(symmetry, shape=shape))
    for c in (0.0, 90.0, 180.0, 270.0):
        want = shape(c) / np.pi  # type: ignore[operator]  # a plain function
        got = float(made.per_luminaire_lm(c, 0.0)) * made.output_ratio
        assert got == pytest.approx(want, rel=1e-4)
    np.testing.assert_allclose(grid_of(made), grid_of(read_ldt(ldt(0, shape=shape))), atol=1e-6)


@pytest.mark.parametrize(
    ("planes", "shape"),
    [
        ([0.0], None),
        ([0.0, 45, 90], None),
        (list(np.arange(0.0, 181, 15)), lopsided_along),
        (list(np.arange(90.0, 271, 15)), lopsided),
        (list(np.arange(0.0, 361, 15)), lopsided),
    ],
    ids=["round", "quarter", "half", "other-half", "whole"],
)
@pytest.mark.parametrize("tilt", ["NONE", "INCLUDE"])
def test_ies_says_what_ldt_says(planes: list[float], shape: object, tilt: str) -> None:
    made = read_ies(ies(planes, shape=shape, tilt=tilt))
    np.testing.assert_allclose(grid_of(made), grid_of(read_ldt(ldt(0, shape=shape))), atol=1e-5)
    assert (made.name, made.power_w, made.flux_basis) == ("Lykta", 20.0, "lamp")


@pytest.mark.parametrize("wrap", [1, 3, 10, 1000])
@pytest.mark.parametrize("comma", [" ", ",", " , "])
def test_ies_lines_wrap_anywhere_and_commas_part_numbers(wrap: int, comma: str) -> None:
    plain = read_ies(ies([0.0, 45, 90]))
    np.testing.assert_allclose(grid_of(read_ies(ies([0.0, 45, 90], wrap=wrap, comma=comma))),
                               grid_of(plain))  # fmt: skip


def test_decimal_commas_are_read_in_both_formats() -> None:
    text = ies([0.0, 45, 90])
    head, numbers = text.split(b"TILT=NONE\n")
    swedish = head + b"TILT=NONE\n" + numbers.replace(b".", b",")
    np.testing.assert_allclose(grid_of(read_ies(swedish)), grid_of(read_ies(text)))
    np.testing.assert_allclose(grid_of(read_ldt(ldt(2, comma=True))), grid_of(read_ldt(ldt(2))))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_empty_lines_do_not_shift_the_rows(end: str) -> None:
    plain = read_ldt(ldt(4, end=end))
    marked = read_ldt(b"\xef\xbb\xbf" + ldt(4, end=end))
    np.testing.assert_allclose(grid_of(marked), grid_of(plain))
    ies_marked = read_ies(b"\xef\xbb\xbf" + ies([0.0]))
    np.testing.assert_allclose(grid_of(ies_marked), grid_of(read_ies(ies([0.0]))))


def test_absolute_files_count_against_the_luminaire() -> None:
    made = read_ies(ies([0.0], lumens=-1))
    assert made.flux_basis == "luminaire"
    assert made.flux_lm == pytest.approx(FLUX, rel=5e-3)
    assert made.output_ratio == pytest.approx(1.0)
    assert read_ldt(ldt(1, lamps=-1)).flux_basis == "luminaire"


def test_several_lamp_sets_are_never_summed() -> None:
    made = read_ldt(ldt(1, sets=2))
    assert (made.flux_lm, made.notes) == (FLUX, ("several_lamp_sets",))
    assert read_ldt(ldt(1, sets=2), lamp_set=1).flux_lm == FLUX
    with pytest.raises(IngestError, match="lacks the lamp set"):
        read_ldt(ldt(1, sets=2), lamp_set=2)


def test_a_sum_that_differs_from_what_is_told_is_noted() -> None:
    wrong = ldt(1).replace(b"\r\n100\r\n100\r\n1\r\n", b"\r\n100\r\n80\r\n1\r\n")
    assert read_ldt(wrong).notes == ("flux_differs",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "ends too soon"),
        (ldt(1)[:400], "number|ends too soon"),
        (ldt(1).replace(b"Lykta\r\n", b""), "line|EULUMDAT|ends"),
        (ies([0.0], kind=2), "TILT|line"),
    ],
)
def test_a_broken_ldt_says_which_line(data: bytes, message: str) -> None:
    with pytest.raises(IngestError, match=message):
        read_ldt(data, name="a.ldt")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"hello", "no line says TILT"),
        (ies([0.0]).replace(b"TILT=NONE", b"TILT=other.til"), "another file"),
        (ies([0.0], kind=2), "type C"),
        (ies([0.0])[:-20], "do not add up"),
        (ies([0.0]) + b" 5", "do not add up"),
        (ies([0.0]) + b" words", "do not add up"),
        (ies([0.0, 30.0, 50.0]), "half planes"),
        (ies([0.0, 90.0, 45.0]), "do not rise"),
        (ies([0.0], lumens=0), "no light"),
    ],
)
def test_a_broken_ies_is_named(data: bytes, message: str) -> None:
    with pytest.raises(IngestError, match=message):
        read_ies(data, name="a.ies")


def test_a_file_is_read_by_what_it_holds(tmp_path: Path) -> None:
    for k, data in enumerate((ldt(1), ies([0.0]))):
        path = tmp_path / f"{k}.txt"
        path.write_bytes(data)
        assert read_photometry(path).name == "Lykta"
    huge = tmp_path / "huge.ies"
    huge.write_bytes(b"0" * 5_000_001)
    with pytest.raises(IngestError, match="too large"):
        read_photometry(huge)
