"""The truth agrees with the files, and scoring counts as it says."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from geo.demo import Demo, Truth, score

POLICE = {"sep": ";", "encoding": "cp1252", "dtype": "str", "keep_default_na": False}


@pytest.fixture(scope="module")
def police(demo_folder: Path) -> pd.DataFrame:
    return pd.read_csv(demo_folder / "files" / "polisen_handelser_2026-11-23.csv", **POLICE)


def test_counts_of_the_police_file(demo: Demo, police: pd.DataFrame) -> None:
    told = demo.truth.told["polisen"]
    assert len(police) == told["rows"]
    assert (police["Miljö"] == "I bostad").sum() == told["dwelling"]
    assert (police["N"] == "0,0").sum() == told["zero"] > 0
    assert police["N"].isin(["", "0,0"]).sum() == told["unlocated"]
    start = pd.to_datetime(police["Brott fr.o.m."], format="%Y-%m-%d %H:%M", errors="coerce")
    assert start.isna().sum() == told["bad"] == 6
    local = start.dropna().dt.tz_localize("Europe/Stockholm", nonexistent="NaT", ambiguous=False)
    assert local.isna().sum() == told["gap"] == 3
    assert police["Diarienr"].is_unique


def test_police_coordinates_are_in_their_local_zone(demo: Demo, police: pd.DataFrame) -> None:
    placed = police[~police["N"].isin(["", "0,0"])]
    x, y = (placed[c].str.replace(",", ".").astype(float) for c in ("E", "N"))
    points = gpd.GeoSeries(gpd.points_from_xy(x, y), crs="EPSG:3009").to_crs("EPSG:3006")
    box = shapely.box(*(demo.profile.extent or ())).buffer(200)
    assert points.within(box).all()


def test_free_text_holds_invented_personal_data_and_no_mapping_names_it(
    demo: Demo, police: pd.DataFrame
) -> None:
    assert police["Fritext"].str.contains(r"070-?174", regex=True).sum() > 5
    for load in demo.loads:
        words = load.mapping_file.read_text(encoding="utf-8")
        assert not {"Fritext", "Anteckning", "beskrivning", "Beskrivning", "egna_ord"} & set(
            words.replace('"', " ").split()
        )


def test_the_housing_company_writes_title_rows_intervals_and_hard_spaces(
    demo: Demo, demo_folder: Path
) -> None:
    page = pd.read_excel(
        demo_folder / "files" / "granvadshem_skador_2023-2026.xlsx", header=3, engine="calamine"
    )
    assert len(page) == demo.truth.told["bostadsbolaget"]["rows"]
    placed = page["X (öst)"].dropna()
    assert len(page) - len(placed) == demo.truth.told["bostadsbolaget"]["unlocated"]
    assert placed.str.fullmatch("\\d{3}\u00a0\\d{3},\\d").all()
    long = page["Upptäckt till"].notna()
    assert long.mean() > 0.3
    assert (page.loc[long, "Upptäckt till"] > page.loc[long, "Upptäckt från"]).all()


def test_guards_write_degrees_after_a_byte_order_mark(demo: Demo, demo_folder: Path) -> None:
    path = demo_folder / "files" / "vaktbolaget_rapporter.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(path, encoding="utf-8-sig")
    assert len(table) == demo.truth.told["vaktbolaget"]["rows"]
    assert table["lat"].dropna().between(56.9, 57.4).all()
    assert table["lon"].dropna().between(14.2, 15.0).all()


def test_the_municipality_often_leaves_the_hour_out(demo: Demo, demo_folder: Path) -> None:
    table = pd.read_csv(demo_folder / "files" / "kommunen_skadeanmalan.csv", sep=";")
    assert table["Klockslag"].isna().sum() == demo.truth.told["kommunen"]["untimed"] > 0


def test_the_lamp_file_lacks_what_the_truth_says(demo: Demo, demo_folder: Path) -> None:
    lamps = pyogrio.read_dataframe(demo_folder / "files" / "belysning.gpkg")
    light = demo.truth.light
    assert len(lamps) == light["n_listed"] == light["n_lamps"] - light["gap_missing"]
    assert light["gap_missing"] == round(0.2 * light["gap_lamps"])
    assert lamps["stolpnr"].is_unique
    state = lamps.set_index("stolpnr")["driftstatus"]
    for group in light["groups"]:
        assert (state.reindex(group).dropna() == "ur funktion").all()


def test_actors_disagree_exactly_three_times(demo: Demo, demo_folder: Path) -> None:
    table = pd.read_excel(demo_folder / "files" / "veckobedomningar.xlsx", engine="calamine")
    kinds = table.groupby(["Vecka", "Område"])["Läge"].nunique()
    differ = kinds[kinds > 1].index.tolist()
    assert len(differ) == 3
    assert sorted(differ) == sorted((d["week"], d["area"]) for d in demo.truth.disagreements)
    last = table[table["Vecka"] == "2026-W47"]
    assert set(table["Aktör"]) - set(last["Aktör"]) == {"skolan"} == set(demo.truth.monday["8"])


def test_residents_report_in_their_own_words_and_in_codes(demo: Demo, demo_folder: Path) -> None:
    table = pd.read_csv(
        demo_folder / "files" / "otrygga_platser.csv", sep=";", encoding="utf-8-sig"
    )
    assert len(table) == 120
    assert table["egna_ord"].str.len().min() > 20
    light = next(p for p in demo.truth.places if p["role"] == "light")
    points = gpd.GeoSeries(gpd.points_from_xy(table["lon"], table["lat"]), crs=4326).to_crs(3006)
    near = points.distance(shapely.Point(light["centre"])).to_numpy() < 200
    assert table.loc[near, "orsaker"].str.contains("lamp_out").sum() >= 6
    twin = next(p for p in demo.truth.places if p["role"] == "look_alike")
    near = points.distance(shapely.Point(twin["centre"])).to_numpy() < 200
    assert not table.loc[near, "orsaker"].str.contains("dark").any()


def test_the_fifteen_questions_have_answers(demo: Demo, null_demo: Demo) -> None:
    monday = demo.truth.monday
    assert sorted(monday, key=int) == [str(k) for k in range(1, 16)]
    assert len(monday["3"]) == 5
    assert [m["number"] for m in monday["6"]] == ["ÅTG-003"]
    assert {d["week"] for d in monday["9"]} == {"2026-W47"}
    assert monday["10"]["unanswered"] >= monday["10"]["last_week"]
    assert monday["7"]["helped"][0]["key"] == "worked"
    assert null_demo.truth.monday["3"] == []


def _found(shapes: list[object], *, certainty: str = "likely") -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"claim": "stands_out", "certainty": [certainty] * len(shapes)},
        geometry=shapes, crs="EPSG:3006",
    )  # fmt: skip


def test_scoring_a_perfect_analysis_finds_all_and_nothing_false(demo: Demo) -> None:
    truth = demo.truth
    shapes = [shapely.from_wkt(p["wkt"]) for p in truth.places]
    got = score(truth, _found(shapes))
    n = sum(p["role"] == "planted" for p in truth.places)
    assert got == {
        "planted": n, "found": n, "missed": 0, "false": 0,
        "by_effect": {"2x": [3, 3], "3x": [3, 3], "5x": [3, 3]},
    }  # fmt: skip


def test_scoring_counts_misses_false_finds_and_only_certain_claims(demo: Demo) -> None:
    truth = demo.truth
    five = next(p for p in truth.places if p["factor"] == "5x")
    x, y = five["centre"]
    beside = shapely.Point(x + five["radius_m"] + 60, y).buffer(20)
    far = shapely.Point(470_000, 6_325_000).buffer(50)
    got = score(truth, _found([beside, far]))
    assert (got["found"], got["false"]) == (1, 1)
    assert got["by_effect"]["5x"] == [1, 3]
    assert score(truth, _found([beside, far], certainty="possible"))["found"] == 0
    changed = _found([beside]).assign(claim="changed")
    assert score(truth, changed)["found"] == 0


def test_scoring_nothing_and_scoring_the_null(demo: Demo, null_demo: Demo) -> None:
    nothing = _found([])
    assert score(demo.truth, nothing)["missed"] == score(demo.truth, nothing)["planted"]
    shape = shapely.Point(478_000, 6_331_000).buffer(50)
    assert score(null_demo.truth, _found([shape])) == {
        "planted": 0, "found": 0, "missed": 0, "false": 1, "by_effect": {},
    }  # fmt: skip


def test_finding_a_lamp_outage_place_is_not_false(demo: Demo) -> None:
    light = next(p for p in demo.truth.places if p["role"] == "light")
    got = score(demo.truth, _found([shapely.from_wkt(light["wkt"])]))
    assert (got["found"], got["false"]) == (0, 0)


def test_every_place_has_a_name_hours_and_ground(demo: Demo) -> None:
    for place in demo.truth.places:
        ground = shapely.from_wkt(place["wkt"])
        assert ground.is_valid
        assert ground.area > 5000
        assert place["hours"]
    assert isinstance(demo.truth, Truth)
