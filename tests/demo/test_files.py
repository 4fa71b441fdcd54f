"""What is written: the same bytes every time, in seconds, and any plain tool can read it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pytest

from geo.demo import Demo, write_demo, write_next_export
from geo.frames import FRAMES, INCOMING

SEED = 1


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(f.relative_to(folder)): f.read_bytes()
        for f in sorted(folder.rglob("*"))
        if f.is_file() and "2026-11-30" not in f.name
    }


def test_one_seed_gives_the_same_bytes_twice_and_in_seconds(
    demo_folder: Path, tmp_path: Path
) -> None:
    started = time.perf_counter()
    write_demo(tmp_path, seed=SEED)
    assert time.perf_counter() - started < 30  # about 4 on a quiet machine
    assert _bytes(tmp_path) == _bytes(demo_folder)


@pytest.mark.parametrize("salt", [1, 2])
def test_one_seed_gives_one_municipality_on_every_processor(
    demo_folder: Path, tmp_path: Path, salt: int
) -> None:
    # Processors differ in the last digit of a sine; here a process differs on purpose.
    script = Path(__file__).with_name("other_processor.py")
    subprocess.run([sys.executable, script, tmp_path, str(SEED), str(salt)], check=True)
    assert _bytes(tmp_path) == _bytes(demo_folder)


def test_another_seed_gives_another_municipality(demo: Demo, tmp_path: Path) -> None:
    other = write_demo(tmp_path, seed=2)
    assert other.truth.places != demo.truth.places
    assert other.profile.name == demo.profile.name


def test_nothing_planted_leaves_streets_and_lamps_as_they_were(
    null_demo: Demo, demo_folder: Path, null_folder: Path
) -> None:
    for name in ("vagnat.gpkg", "omraden.gpkg", "belysning.gpkg", "kalender.xlsx"):
        assert (demo_folder / "files" / name).read_bytes() == (
            null_folder / "files" / name
        ).read_bytes()
    assert null_demo.truth.places == []
    assert not null_demo.truth.is_planted


def test_every_mapping_names_a_frame_and_only_columns_of_its_file(demo: Demo) -> None:
    seen = set()
    for load in demo.loads:
        mapping = tomllib.loads(load.mapping_file.read_text(encoding="utf-8"))
        assert mapping["frame"] == load.frame
        assert load.frame in INCOMING
        seen.add(load.frame)
        known = {*FRAMES[load.frame].names, "x", "y", "ref"}
        assert set(mapping["columns"]) <= known
        theirs = _columns(load.file, mapping.get("layer"))
        wanted = [
            name
            for value in mapping["columns"].values()
            for name in ([value] if isinstance(value, str) else value)
        ]
        assert set(wanted) <= set(theirs)
    assert seen == set(INCOMING) - {"notices", "measurements", "indicators"}


def _columns(file: Path, layer: str | None) -> list[str]:
    if file.suffix == ".gpkg":
        return list(pyogrio.read_info(file, layer=layer)["fields"])
    if file.suffix == ".geojson":
        return list(pyogrio.read_info(file)["fields"])
    if file.suffix == ".xlsx":
        page = pd.read_excel(file, sheet_name=layer, header=None, engine="calamine")
        full = page.notna().sum(axis="columns")
        return [str(v) for v in page.loc[full.idxmax()].dropna()]
    text = file.read_bytes().decode("cp1252" if "polisen" in file.name else "utf-8-sig")
    head = text.splitlines()[0]
    return head.split(";" if ";" in head else ",")


def test_streets_meet_at_junctions_and_are_one_piece_in_town(demo_folder: Path) -> None:
    streets = pyogrio.read_dataframe(demo_folder / "files" / "vagnat.gpkg")
    assert streets.crs.to_epsg() == 3006
    assert streets.geometry.geom_type.eq("LineString").all()
    assert streets.is_valid.all()
    assert streets.is_simple.mean() > 0.999
    assert set(streets["typ"]) == {"väg", "cykelväg", "gångväg", "trappa", "GC-tunnel", "torg"}
    assert set(streets["belyst"]) == {"ja", "nej", "okänt"}
    np.testing.assert_allclose(streets["langd"], streets.length, atol=0.1)
    ends = pd.concat(
        [
            pd.DataFrame(
                {"node": streets[node], "xy": [line.coords[at] for line in streets.geometry]}
            )
            for node, at in (("fran_nod", 0), ("till_nod", -1))
        ]
    )
    assert ends.groupby("node")["xy"].nunique().max() == 1
    assert ends.groupby("xy")["node"].nunique().max() == 1


@pytest.mark.parametrize(
    ("layer", "low", "high"), [("omraden", 25, 35), ("markanvandning", 40, 400)]
)
def test_areas_are_sound(demo_folder: Path, layer: str, low: int, high: int) -> None:
    areas = pyogrio.read_dataframe(demo_folder / "files" / "omraden.gpkg", layer=layer)
    assert low <= len(areas) <= high
    assert areas.is_valid.all()


def test_every_metre_of_ground_has_one_use(demo_folder: Path) -> None:
    uses = pyogrio.read_dataframe(demo_folder / "files" / "omraden.gpkg", layer="markanvandning")
    whole = uses.union_all()
    assert uses.area.sum() == pytest.approx(whole.area, rel=2e-4)
    assert sum(r.area > 3000 for p in getattr(whole, "geoms", [whole]) for r in _holes(p)) == 0


def _holes(polygon: object) -> list[object]:
    from shapely.geometry import Polygon

    return [Polygon(ring) for ring in polygon.interiors]  # type: ignore[attr-defined]  # only polygons are written


def test_two_towns_and_forty_thousand_people(demo_folder: Path) -> None:
    areas = pyogrio.read_dataframe(demo_folder / "files" / "omraden.gpkg", layer="omraden")
    assert areas["invanare"].sum() == pytest.approx(40_000, rel=0.03)


def test_next_weeks_export_repeats_corrects_ten_and_adds_five(
    demo_folder: Path,
) -> None:
    before = (demo_folder / "files" / "polisen_handelser_2026-11-23.csv").read_bytes()
    path = write_next_export(demo_folder)
    first = before.decode("cp1252").splitlines()
    then = path.read_bytes().decode("cp1252").splitlines()
    assert len(then) == len(first) + 5
    changed = [(a, b) for a, b in zip(first, then, strict=False) if a != b]
    assert len(changed) == 10
    assert all(a.split(";")[0] == b.split(";")[0] for a, b in changed)
    numbers = [line.split(";")[0] for line in then[1:]]
    assert len(numbers) == len(set(numbers))


def test_the_truth_is_read_back_as_it_was_written(demo: Demo, demo_folder: Path) -> None:
    from geo.demo import Truth

    assert Truth.read(demo_folder / "truth.json") == demo.truth
    json.loads((demo_folder / "truth.json").read_text(encoding="utf-8"))


def test_the_profile_says_that_it_is_made_up(demo: Demo) -> None:
    assert demo.profile.made_up
    west, south, east, north = demo.profile.extent or (0, 0, 0, 0)
    assert 20_000 < east - west < 32_000
    assert 20_000 < north - south < 32_000
