"""Every way out, for every role and layer: nothing that may not leave is found in what leaves."""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from PIL import Image

from geo.errors import AccessError
from geo.frames import FRAMES, Sensitivity
from geo.maps import LAYERS, Picture, Role, feature_collection, write_export, write_map
from geo.maps.access import PUBLIC_ROLES, RAW_ROLES, WITHHELD_FROM_PUBLIC, access
from geo.maps.export import WRITERS
from geo.maps.layers_methods import TITLES
from geo.maps.overlay import overlay
from geo.maps.tiles import MAX_ZOOM, TileShelf, map_style, tile_at, tilejson
from geo.maps.tiles.mercator import HALF_M
from geo.maps.worklist import worklist
from geo.maps.worklist_file import WRITERS as WORKLIST_WRITERS
from geo.maps.worklist_file import write_worklist
from geo.settings import Profile
from tests.contracts.planted import CRS, EAST, HOME, LONE, NORTH, NOW, WEEK, planted, raised, scored

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
        run_id="r1", week=str(WEEK), order={"weeks": 52, "methods": list(TITLES)}, revisions={},
        version="1", summary={"score": scored(3), "just_now": raised()},
    )  # fmt: skip
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


def tile_text(picture: Picture, _folder: Path) -> Iterator[str]:
    """Give every layer as tiles, opened up: values, and places in both systems; look beside."""
    shelf, (lon, lat) = TileShelf(), (picture.bbox[0], picture.bbox[3])
    for layer in picture.feature_layers:
        about, paint = picture.describe(layer), LAYERS[layer].style_for(picture.role)[1]
        told = tilejson(about, picture.drawn(layer), url="x", bbox=picture.bbox, credit="")
        yield json.dumps(told, ensure_ascii=False)
        yield json.dumps(map_style(about, paint, source={"type": "vector", "url": "x"}))
        for z, side in ((0, 1), (11, 2), (MAX_ZOOM, 24)):
            x, y = tile_at(lon, lat, z=z)
            for dx, dy in np.ndindex(side, side):
                body = shelf.tile(picture, layer, z=z, x=x + dx, y=y + dy)
                if body:
                    yield _tile_opened(gzip.decompress(body), z=z, x=x + dx, y=y + dy)


def _tile_opened(body: bytes, *, z: int, x: int, y: int) -> str:
    """Read a tile; its places in metres and in degrees."""
    read = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
    parts = [body.decode("latin-1")]
    for layer in read.values():
        parts.append(json.dumps([f["properties"] for f in layer["features"]], ensure_ascii=False))
        shapes = shapely.from_geojson([json.dumps(f["geometry"]) for f in layer["features"]])
        world = (shapely.get_coordinates(shapes) / 4096 + [x, y]) / 2**z * 2 * HALF_M
        at = gpd.points_from_xy(world[:, 0] - HALF_M, HALF_M - world[:, 1], crs="EPSG:3857")
        both = [gpd.GeoSeries(at).to_crs(crs) for crs in (CRS, "OGC:CRS84")]
        parts += [series.to_wkt(rounding_precision=7).to_csv() for series in both]
    return "\n".join(parts)


OUTLETS = [
    Outlet("tiles", tile_text),
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
    for layer in {"cells", "incidents", "reports", "places", "signals"} & set(
        picture.feature_layers
    ):
        told = picture.layer(layer)["n"].dropna()
        assert (told >= 5).all()
    for place_told in picture.situation["places"]:
        assert place_told["n"] is None or place_told["n"] >= 5
        assert all(c["n"] >= 5 for c in place_told["categories"])
    for week in (picture.situation["score"] or {"weeks": []})["weeks"]:
        for row in (week["not_visited"], week["visited"]):
            assert row["hits"] is None or row["hits"] >= 5
    for row in _signals(picture):
        assert row["n"] >= 5
    for item in picture.situation["recommendations"]:
        assert all(r["value"] is None for r in item["reasons"] if r["code"] == "recent")


def _signals(picture: Picture) -> list[dict[str, Any]]:
    """Give what a picture tells as raised just now."""
    now = picture.situation["just_now"]
    return [] if now is None else [*now["alarms"], *now["unsure"], *now["zones"]]


def test_a_zone_round_one_event_is_for_those_who_see_events(
    pictures: dict[Role, Picture], role: Role
) -> None:
    """A circle round one burglary would place it: others are told that, not where."""
    picture = pictures[role]
    now = picture.situation["just_now"]
    if access("signals", role).hidden:
        assert now is None
        return
    assert bool(now["zones"]) == (role in RAW_ROLES)
    assert (now["withheld"] is None) == (role in RAW_ROLES)
    assert now["alarms"]  # eight events are told to all who see findings
    assert "12 par" in now["tested"][0]["sentence"].replace("\u00a0", " ")
    assert ("3 par" in now["tested"][1]["sentence"].replace("\u00a0", " ")) == (role in RAW_ROLES)


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
        lambda: TileShelf().tile(picture, layer, z=0, x=0, y=0),
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


def surface_file(path: Path) -> Path:
    """Write a density surface: one event at one spot, twelve at another (quartic, 250 m)."""
    import rasterio
    from rasterio import Affine

    cell, reach = 50.0, 250.0
    east = np.arange(70) * cell + EAST - 500 + cell / 2
    north = NORTH + 3000 - np.arange(70) * cell - cell / 2
    height = np.zeros((70, 70), np.float32)
    for (x, y), n in ((LONE, 1), ((2010.0, 2010.0), 12)):
        far = (east[None, :] - EAST - x) ** 2 + (north[:, None] - NORTH - y) ** 2
        height += n * 3e6 / (np.pi * reach**2) * np.maximum(0, 1 - far / reach**2) ** 2
    grid = Affine(cell, 0.0, EAST - 500, 0.0, -cell, NORTH + 3000)
    kind = {"driver": "GTiff", "width": 70, "height": 70, "count": 1, "dtype": "float32"}
    with rasterio.open(path, "w", crs=CRS, transform=grid, nodata=-1.0, **kind) as out:
        out.write(height, 1)
        start, end = "2025-11-24T05:00:00+00:00", "2026-11-23T05:00:00+00:00"
        out.update_tags(bandwidth_m="250", n="13", period_from=start, period_to=end)
    return path


def colour_near(picture: Picture, spot: tuple[float, float]) -> bool:
    """Tell whether the overlay has colour anywhere within 200 m of a spot."""
    found = overlay(picture)
    west, south, east, north = found.bbox
    steps = np.asarray(Image.open(io.BytesIO(found.png)))
    near = gpd.GeoSeries([shapely.Point(EAST + spot[0], NORTH + spot[1]).buffer(200)], crs=CRS)
    w, s, e, n = near.to_crs("OGC:CRS84").total_bounds
    rows, columns = steps.shape
    left, right = (int((v - west) / (east - west) * columns) for v in (w, e))
    top, bottom = (int((north - v) / (north - south) * rows) for v in (n, s))
    return bool(steps[max(0, top) : bottom, max(0, left) : right].any())


def test_the_surface_shows_no_single_event_and_is_not_for_everyone(
    pictures: dict[Role, Picture], role: Role, tmp_path: Path
) -> None:
    made = Picture(**_arguments(pictures[role]) | {"surface": surface_file(tmp_path / "r1.tif")})
    listed = {about["name"] for about in made.situation["layers"]}
    if not LAYERS["surface"].seen_by(role):
        assert "surface" not in listed
        with pytest.raises(AccessError):
            overlay(made)
        return
    assert "surface" in listed
    assert colour_near(made, (2010.0, 2010.0))
    assert not colour_near(made, LONE)


def test_the_public_has_no_raster() -> None:
    rasters = [entry for entry in LAYERS.values() if entry.geometry == "raster"]
    assert rasters
    assert not [entry.name for entry in rasters for r in PUBLIC_ROLES if entry.seen_by(r)]
