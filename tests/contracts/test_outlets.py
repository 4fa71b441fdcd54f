"""Every way out, for every role and layer: nothing that may not leave is found in what leaves."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely

from geo.errors import AccessError
from geo.frames import FRAMES, Sensitivity
from geo.maps import LAYERS, Picture, Role, feature_collection, write_export, write_map
from geo.maps.access import PUBLIC_ROLES, RAW_ROLES, WITHHELD_FROM_PUBLIC, access
from geo.maps.export import WRITERS
from geo.maps.worklist import worklist
from geo.maps.worklist_file import WRITERS as WORKLIST_WRITERS
from geo.maps.worklist_file import write_worklist
from geo.settings import Profile
from tests.contracts.planted import CRS, EAST, HOME, LONE, NORTH, NOW, WEEK, planted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geopandas import GeoDataFrame


ALL_LAYERS = [name for name, entry in LAYERS.items() if entry.geometry != "raster"]


@pytest.fixture(scope="module")
def frames() -> dict[str, GeoDataFrame]:
    """Every frame, planted."""
    return {name: planted(name) for name in FRAMES}


@pytest.fixture(scope="module")
def pictures(frames: dict[str, GeoDataFrame]) -> dict[Role, Picture]:
    """A picture for every role."""
    run: Any = SimpleNamespace(
        run_id="r1", week=str(WEEK), order={"weeks": 52}, revisions={}, version="1", summary={}
    )
    extent = (EAST - 500, NORTH - 500, EAST + 3000, NORTH + 3000)
    profile = Profile(name="Provkommun", extent=extent, made_up=True)
    weeks = [{"id": str(WEEK), "label": WEEK.label, "run_id": "r1"}]
    return {
        role: Picture(frames=frames, run=run, profile=profile, role=role, weeks=weeks, now=NOW)
        for role in Role
    }


@dataclass(frozen=True)
class Outlet:
    """A way out: what it is called, and all that it lets out, as text."""

    name: str
    text: Callable[[Picture, Path], Iterator[str]]


def geojson_text(picture: Picture, _folder: Path) -> Iterator[str]:
    """Give every layer as GeoJSON."""
    for layer in picture.feature_layers:
        yield feature_collection(picture.layer(layer)).decode()


def situation_text(picture: Picture, _folder: Path) -> Iterator[str]:
    """Give the situation in both languages."""
    yield json.dumps(picture.situation, ensure_ascii=False)
    english = Picture(**{**_arguments(picture), "lang": "en"})
    yield json.dumps(english.situation, ensure_ascii=False)


def _arguments(picture: Picture) -> dict[str, Any]:
    names = ("frames", "run", "profile", "role", "weeks", "now")
    return {name: getattr(picture, name) for name in names}


def map_text(picture: Picture, folder: Path) -> Iterator[str]:
    """Give the one-file map."""
    write_map(folder / "karta.html", picture)
    yield (folder / "karta.html").read_text(encoding="utf-8")


def exports(suffix: str) -> Callable[[Picture, Path], Iterator[str]]:
    """Give every layer in one format, opened up."""

    def text(picture: Picture, folder: Path) -> Iterator[str]:
        for layer in picture.feature_layers:
            path = folder / f"{layer}{suffix}"
            write_export(path, picture, layer=layer)
            yield from opened(path)

    return text


def opened(path: Path) -> Iterator[str]:
    """Give all text of a file, also what lies compressed or binary in it."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            yield from (book.read(name).decode() for name in book.namelist())
    elif path.suffix == ".parquet":
        rows = gpd.read_parquet(path)
        yield rows.to_wkt(rounding_precision=3).to_csv()
    elif path.suffix == ".gpkg":
        yield path.read_bytes().decode("latin-1")
        with closing(sqlite3.connect(path)) as base:
            tables = [r[0] for r in base.execute("SELECT table_name FROM gpkg_geometry_columns")]
        for table in tables:
            yield gpd.read_file(path, layer=table).to_wkt(rounding_precision=3).to_csv()
    else:
        yield path.read_text(encoding="utf-8-sig")


def worklist_text(picture: Picture, folder: Path) -> Iterator[str]:
    """Give the worklist as JSON and in every format, to those who get one."""
    if access("recommendations", picture.role).hidden:
        return
    yield json.dumps(worklist(picture).told, ensure_ascii=False)
    for suffix in WORKLIST_WRITERS:
        path = folder / f"lista{suffix}"
        write_worklist(path, picture)
        yield from opened(path)


OUTLETS = [
    Outlet("geojson", geojson_text),
    Outlet("worklist", worklist_text),
    Outlet("situation", situation_text),
    Outlet("map", map_text),
    *(Outlet(suffix, exports(suffix)) for suffix in WRITERS),
]


_LET_OUT: dict[tuple[str, Role], list[str]] = {}


@pytest.fixture(params=list(Role))
def role(request: pytest.FixtureRequest) -> Role:
    """Every role in turn."""
    found: Role = request.param
    return found


@pytest.fixture(params=OUTLETS, ids=lambda outlet: outlet.name)
def let_out(
    request: pytest.FixtureRequest, role: Role, pictures: dict[Role, Picture], tmp_path: Path
) -> list[str]:
    """All that an outlet lets out for a role; made once for the tests that search it."""
    outlet: Outlet = request.param
    key = (outlet.name, role)
    if key not in _LET_OUT:
        _LET_OUT[key] = list(outlet.text(pictures[role], tmp_path))
    return _LET_OUT[key]


def forbidden_texts(role: Role) -> set[str]:
    """List the marks of every column that may not reach a role."""
    out = {"kanarie.aktor"} if role not in RAW_ROLES else set()
    for name, contract in FRAMES.items():
        rule = access(name, role)
        for column in contract.columns:
            told = rule.single_rows and column.sensitivity in rule.columns
            own_id = column.name == "id" and rule.single_rows
            machine = column.sensitivity is Sensitivity.MACHINE
            if machine or not (told or own_id):
                out.add(f"kanarie.{name}.{column.name}.")
    if role not in RAW_ROLES:
        out |= {"kanarie.incidents.", "kanarie.reports."}
    return out


def positions(*spots: tuple[float, float]) -> list[tuple[str, str]]:
    """Write positions as an outlet would, cut so that rounding does not hide them."""
    metres = gpd.GeoSeries([shapely.Point(EAST + x, NORTH + y) for x, y in spots], crs=CRS)
    out = []
    for series, decimals in ((metres, 1), (metres.to_crs("OGC:CRS84"), 5)):
        for point in series:
            pair = (f"{point.x:.{decimals + 2}f}"[:-2], f"{point.y:.{decimals + 2}f}"[:-2])
            out += [pair, (pair[0].replace(".", ","), pair[1].replace(".", ","))]
    return out


def test_no_column_leaves_that_may_not(let_out: list[str], role: Role) -> None:
    marks = sorted(forbidden_texts(role))
    for text in let_out:
        assert not [mark for mark in marks if mark in text]


def test_single_events_keep_their_place_to_themselves(let_out: list[str], role: Role) -> None:
    secret = [] if role in RAW_ROLES else positions(LONE, HOME)
    for text in let_out:
        assert not [pair for pair in secret if pair[0] in text and pair[1] in text]


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.name)
def test_a_home_is_on_its_street_for_the_head_of_security(
    pictures: dict[Role, Picture], outlet: Outlet, tmp_path: Path
) -> None:
    chief = pictures[Role.SECURITY_CHIEF]
    others = {n: f for n, f in chief.frames.items() if n != "reports"}  # these have a row there
    made = Picture(**{**_arguments(chief), "frames": others})
    secret = positions(HOME)
    for text in outlet.text(made, tmp_path):
        assert not [pair for pair in secret if pair[0] in text and pair[1] in text]


def test_the_public_is_told_of_no_sensitive_kind(let_out: list[str], role: Role) -> None:
    words = re.compile(r"\b(" + "|".join(sorted(WITHHELD_FROM_PUBLIC)) + r")\b")
    for text in let_out if role in PUBLIC_ROLES else []:
        assert not words.search(text)


@pytest.mark.parametrize("role", [r for r in Role if r not in RAW_ROLES], indirect=True)
def test_no_count_from_one_to_four_is_told(pictures: dict[Role, Picture], role: Role) -> None:
    picture = pictures[role]
    for layer in {"cells", "incidents", "reports", "places"} & set(picture.feature_layers):
        told = picture.layer(layer)["n"].dropna()
        assert (told >= 5).all()
    for place_told in picture.situation["places"]:
        assert place_told["n"] is None or place_told["n"] >= 5
        assert all(c["n"] >= 5 for c in place_told["categories"])
    for item in picture.situation["recommendations"]:
        assert all(r["value"] is None for r in item["reasons"] if r["code"] == "recent")


@pytest.mark.parametrize("layer", ALL_LAYERS)
def test_a_layer_a_role_may_not_see_is_refused_at_every_outlet(
    pictures: dict[Role, Picture], role: Role, layer: str, tmp_path: Path
) -> None:
    picture = pictures[role]
    listed = {about["name"] for about in picture.situation["layers"]}
    if LAYERS[layer].seen_by(role):
        assert layer in listed
        return
    assert layer not in listed
    for refused in (
        lambda: picture.layer(layer),
        lambda: picture.describe(layer),
        lambda: write_export(tmp_path / "x.csv", picture, layer=layer),
    ):
        with pytest.raises(AccessError):
            refused()


def test_the_canaries_do_reach_those_who_may_see_them(pictures: dict[Role, Picture]) -> None:
    exact = feature_collection(pictures[Role.COORDINATOR].layer("incidents")).decode()
    assert "kanarie.incidents.source_category.0" in exact
    assert any(a in exact and b in exact for a, b in positions(LONE))
    assert "kanarie.incidents.ref_hash." not in exact


@pytest.mark.parametrize("role", [r for r in Role if r not in RAW_ROLES], indirect=True)
def test_organisations_are_named_in_whole_sums_only(
    pictures: dict[Role, Picture], role: Role
) -> None:
    picture = pictures[role]
    told = json.dumps({k: v for k, v in picture.situation.items() if k != "basis"})
    assert "Organisationen" not in told
    for layer in picture.feature_layers:
        assert "Organisationen" not in feature_collection(picture.layer(layer)).decode()
    for source in picture.situation["basis"]["sources"]:
        assert source["n"] is None or source["n"] >= 5
