"""A municipality's own photometric files: found by name, used in every sum, and asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import rasterio

from geo.errors import IngestError, SettingsError
from geo.lighting import LightProfile, find_optics, light_picture
from geo.lighting.bands import Unsure, draw_light
from geo.lighting.illuminance import light_at
from geo.lighting.luminaires import Luminaires
from geo.lighting.placement import place_lamps
from geo.lighting.plant import Plant, light_plant
from geo.lighting.surface import NODATA, SCALE, write_light_surface
from geo.streets import StreetNet
from tests.lighting.photometric import FLUX, ies, ldt, lopsided

if TYPE_CHECKING:
    from pathlib import Path

ROW = range(10, 200, 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a round luminaire and one that throws to the street side."""
    (tmp_path / "Rund.ldt").write_bytes(ldt(1))
    (tmp_path / "snett kast.ies").write_bytes(ies(list(np.arange(0.0, 361, 15)), shape=lopsided))
    return tmp_path


def said(*rows: dict[str, Any]) -> Any:
    return LightProfile.parse({"optic": list(rows)}).optics


def plant_of(town: Any, lamps: Any, folder: Path, **more: Any) -> Plant:
    net = StreetNet.of(town.streets({"xy": [(0, 0), (200, 0)]}))
    names = lamps["optic"].dropna().unique()
    optics = find_optics(names, folder=folder, said=more.get("optics", {}))
    return light_plant(lamps, net, placed=place_lamps(lamps, net), optics=optics)


@pytest.mark.parametrize("name", ["Rund.ldt", "rund", " RUND ", "rund.LDT"])
def test_an_optic_may_be_a_files_name_with_or_without_its_ending(folder: Path, name: str) -> None:
    assert find_optics([name], folder=folder, said={})[name].file == "Rund.ldt"


def test_the_profile_gives_a_register_name_its_file_and_street_side(folder: Path) -> None:
    rows = said({"name": "Park 27 W", "file": "SNETT KAST.ies", "street_side": 270})
    found = find_optics(["park  27 w", "okänd"], folder=folder, said=rows)
    assert set(found) == {"park  27 w"}
    assert found["park  27 w"].file == "snett kast.ies"
    assert found["park  27 w"].street_side_c_deg == 270


def test_what_is_wrong_is_said_plainly(folder: Path) -> None:
    with pytest.raises(SettingsError, match=r"'borta.ldt' that profile.toml names is not there"):
        find_optics([], folder=folder, said=said({"name": "A", "file": "borta.ldt"}))
    with pytest.raises(SettingsError, match="not there"):
        find_optics([], folder=folder / "none", said=said({"name": "A", "file": "borta.ldt"}))
    (folder / "rund.ies").write_bytes(ies([0.0]))
    with pytest.raises(SettingsError, match="more than one"):
        find_optics(["rund"], folder=folder, said={})
    (folder / "trasig.ldt").write_bytes(b"one\ntwo\n")
    with pytest.raises(IngestError, match=r"trasig.ldt"):
        find_optics(["trasig"], folder=folder, said={})
    assert find_optics(["trasig nog"], folder=folder, said={}) == {}


def test_a_file_gives_flux_and_direction_and_the_unknown_is_counted(
    town: Any, folder: Path
) -> None:
    lamps = town.lamps(ROW, optic={10: "snett kast", 30: "Rund.ldt", 50: "XB-40", 70: "XB-40"})
    plant = plant_of(town, lamps, folder)
    told = plant.numbers["optics"]
    assert told == {"files": {"Rund.ldt": 1, "snett kast.ies": 1}, "notes": {},
                    "unknown": {"XB-40": 2}}  # fmt: skip
    table = plant.table
    assert table["flux_from"].tolist()[:3] == ["file", "file", "kind"]
    assert table.loc["l0030", "flux_lm"] == pytest.approx(FLUX, rel=0.01)
    # the lamps stand two metres north of the path: the street side is south
    assert table.loc["l0010", "azimuth_deg"] == pytest.approx(180.0)
    assert table.loc["l0010", "turn_deg"] == 30
    assert table.loc["l0090", "turn_deg"] == 0
    assert "flux_lm" not in table.loc["l0010", "assumed"]
    assert {"azimuth_deg"} <= set(table.loc["l0010", "assumed"])
    assert "optic" in table.loc["l0050", "assumed"]


def test_a_round_file_of_cosine_form_gives_the_light_of_lambert(town: Any, folder: Path) -> None:
    lamps = town.lamps(ROW, flux_lm=2500.0, flux_basis="luminaire", light_source="led")
    plain = plant_of(town, lamps, folder)
    own = plant_of(town, lamps.assign(optic="rund"), folder)
    x, y = np.linspace(470_000, 470_200, 101) + 30_000.0, np.full(101, 6_400_000.0)
    lit = np.ones(len(lamps))
    want = light_at(x, y, plain.luminaires(lit, optic="lambert"))
    got = light_at(x, y, own.luminaires(lit, optic="batwing"))
    np.testing.assert_allclose(got, want, rtol=0.02, atol=0.02)
    assert want.max() > 10


def test_the_street_side_gets_more_light_than_the_back(town: Any, folder: Path) -> None:
    lamps = town.lamps([100], optic="snett kast")
    lamp = plant_of(town, lamps, folder).luminaires(np.ones(1))
    x, y = np.full(2, 500_100.0), 6_400_002.0 + np.array([-6.0, 6.0])
    front, back = light_at(x, y, lamp)
    assert front / back == pytest.approx(1.8 / 0.2, rel=0.02)
    turned = said({"name": "snett kast", "file": "snett kast.ies", "street_side": 270})
    other = plant_of(town, lamps, folder, optics=turned).luminaires(np.ones(1))
    np.testing.assert_allclose(light_at(x, y, other), [back, front], rtol=1e-9)


def test_a_known_direction_draws_a_narrower_band_than_a_taken_one(town: Any, folder: Path) -> None:
    lamps = town.lamps([100], optic="snett kast", flux_lm=2500.0, flux_basis="luminaire")
    known = lamps.assign(azimuth_deg=180.0)
    x, y = np.array([500_108.0]), np.array([6_400_002.0])
    widths = []
    for rows in (known, lamps):
        plant = plant_of(town, rows, folder)
        no = np.zeros(1, bool)
        sure = Unsure(no, no, plant.table["turn_deg"].to_numpy(float))
        drawn = draw_light(x, y, plant.luminaires(np.ones(1)), unsure=sure, draws=90)
        widths.append(float(np.ptp(drawn)))
    assert widths[0] < widths[1]


def test_without_files_the_draws_are_as_they_were() -> None:
    one = np.ones(1)
    lamp = Luminaires(x=0 * one, y=0 * one, height_m=5 * one, flux_lm=2500 * one, output=one,
                      maintenance=one)  # fmt: skip
    no = np.zeros(1, bool)
    x = np.array([5.0])
    bare, turned = (
        draw_light(x, 0 * x, lamp, unsure=Unsure(no, no, turn), draws=9)
        for turn in (None, 30 * one)
    )
    np.testing.assert_array_equal(bare, turned)


def test_the_raster_shines_by_the_file_too(town: Any, folder: Path, tmp_path: Path) -> None:
    lamps = town.lamps([100], optic="snett kast")
    plant = plant_of(town, lamps, folder)
    path = tmp_path / "light.tif"
    told = write_light_surface(path, plant, np.ones(1), crs="EPSG:3006")
    assert told is not None
    with rasterio.open(path) as raster:
        low, high, share = raster.read()
        spots = [raster.index(500_100.0, 6_400_002.0 + dy) for dy in (-6.0, 6.0)]
    front, back = (high[spot] * SCALE for spot in spots)
    assert front > 3 * back
    assert (low[high != NODATA] <= high[high != NODATA]).all()
    assert set(np.unique(share[high != NODATA])) == {0}  # flux from the file, height stated


def test_the_picture_counts_files_in_its_sheet(town: Any, folder: Path) -> None:
    lamps = town.lamps(ROW, optic={10: "rund", 30: "rund", 50: "rund"})
    optics = find_optics(["rund"], folder=folder, said={})
    found = light_picture(
        town.places(), lamps=lamps, faults=town.faults(), reports=town.reports(),
        streets=town.streets({"xy": [(0, 0), (200, 0)]}), areas=town.areas(), now=town.now,
        optics=optics,
    )  # fmt: skip
    assert found.checks["n_files"].tolist()[:4] == [2, 2, 1, 0]
    assert found.checks["pole_refs"].iloc[0] == ["P0010", "P0030"]
    assert found.numbers["lux"]["plant"]["optics"]["files"] == {"Rund.ldt": 3}
