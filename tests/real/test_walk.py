"""A new user's walk with real files: loaded, analysed, drawn and let out, with their exact sums."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from shapely.geometry import shape

from geo.clock import Week
from geo.errors import AnalysisError, IngestError
from geo.ingest import Mapping
from geo.maps import Role, feature_collection, picture, write_map
from geo.pipeline import LoadReport, Order, Workspace, analyse, latest_week, load, undo
from geo.settings import Profile

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from geo.maps import Picture

MAPPINGS = Path(__file__).resolve().parents[2] / "docs" / "mappings"
STREETS = ("washington_dc_roadway", "washington_dc/downtown_roadway.gpkg")
LAMPS = ("washington_dc_lights", "washington_dc/downtown_street_lights.csv.gz")
CRIMES = ("washington_dc_crimes", "washington_dc/crime_incidents_2018-01_06.csv.gz")
WEEK = "2018-W24"
"""The last whole week of the crimes: Monday 11 June, 06:00, to Monday 18 June."""


@dataclass(frozen=True)
class City:
    """A workspace and where its files come from."""

    workspace: Workspace
    data: Path

    def load(self, one: tuple[str, str], *, widen: bool = False) -> LoadReport:
        """Load a file with its mapping from the docs; its parts add up."""
        name, file = one
        mapping = Mapping.read(MAPPINGS / f"{name}.toml")
        with self.workspace.store() as store:
            report = load(self.workspace, store, self.data / file, mapping=mapping, widen=widen)
        assert report.n_read == sum(sums(report)[1:])
        return report

    @property
    def extent(self) -> tuple[float, ...] | None:
        """The extent as the profile says it now."""
        return Profile.read(self.workspace.folder).extent


def sums(report: LoadReport) -> tuple[int, ...]:
    """Give read, new, changed, unchanged, rejected, refused."""
    return (
        report.n_read, report.n_new, report.n_changed, report.n_unchanged,
        report.n_rejected, report.n_refused,
    )  # fmt: skip


def city(folder: Path, data: Path, **profile: Any) -> City:
    """Make an empty workspace."""
    return City(Workspace.create(folder, Profile.parse(profile)), data)


def washington(folder: Path, data: Path) -> City:
    """Make an empty workspace for Washington DC."""
    return city(
        folder, data, name="Washington DC", crs="EPSG:26985", timezone="America/New_York"
    )  # fmt: skip


@pytest.fixture(scope="module")
def downtown(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> City:
    """Washington DC: the whole city's crimes first, then downtown's streets and lamps."""
    made = washington(tmp_path_factory.mktemp("dc") / "kommun", real_data)
    for one in (CRIMES, STREETS, LAMPS):
        made.load(one)
    with made.workspace.store() as store:
        week = str(latest_week(store, timezone=made.workspace.profile.timezone))
        assert week == WEEK
        analyse(made.workspace, store, Order(week=week, weeks=20))
    return made


def seen_by(place: City, role: Role) -> Picture:
    """Give a role's picture."""
    with place.workspace.store() as store:
        return picture(store, place.workspace.profile, week=WEEK, role=role)


def test_washington_sums_and_a_second_load_changes_nothing(real_data: Path, tmp_path: Path) -> None:
    made = washington(tmp_path / "kommun", real_data)
    crimes = made.load(CRIMES)
    assert sums(crimes) == (13_820, 13_811, 0, 5, 4, 0)
    assert crimes.period == ["2006-02-03T05:01:36Z", "2018-06-18T03:41:13Z"]
    assert crimes.other == {"SEX ABUSE": 128}
    assert made.extent == (388_262.0, 125_432.0, 409_806.0, 149_062.0)
    rejects = (made.workspace.folder / str(crimes.rejects)).read_text(encoding="utf-8-sig")
    assert rejects.splitlines()[1:3] == ["1958;duplicate_reference;ref",
                                         "8091;duplicate_reference;ref"]  # fmt: skip
    assert sums(made.load(STREETS)) == (1032, 1032, 0, 0, 0, 0)
    assert sums(made.load(LAMPS)) == (3963, 3963, 0, 0, 0, 0)
    assert sums(made.load(CRIMES)) == (13_820, 0, 0, 13_816, 4, 0)


def test_a_city_wider_than_its_streets_is_refused_with_a_way_on(
    real_data: Path, tmp_path: Path
) -> None:
    made = washington(tmp_path / "kommun", real_data)
    first = made.load(STREETS)
    assert made.extent == (393_376.0, 133_495.5, 401_823.0, 140_503.4)
    with pytest.raises(IngestError, match="lies partly outside") as refused:
        made.load(CRIMES)
    assert refused.value.facts["found"] == "10216 of 13820 located rows inside"
    assert "--widen" in refused.value.fix
    assert sums(made.load(CRIMES, widen=True)) == (13_820, 13_811, 0, 5, 4, 0)
    assert made.extent == (388_262.0, 125_432.0, 409_806.0, 149_062.0)
    with made.workspace.store() as store:
        assert undo(made.workspace, store, first.batch_id).n_removed == 1032
    assert made.extent is None


@pytest.mark.slow
def test_washington_finds_places_where_the_streets_are(downtown: City) -> None:
    told = seen_by(downtown, Role.SECURITY_CHIEF).situation
    assert told["week"]["id"] == WEEK
    assert (told["basis"]["n"], told["basis"]["n_located"]) == (11_338, 11_338)
    assert told["basis"]["data_until"] == "2018-06-18T03:41:13Z"  # Sunday evening there
    counted = {(place["name"], place["n"]) for place in told["places"]}
    assert counted >= {("7TH ST NW", 69), ("H ST NW", 68), ("VERMONT AVE NW", 40)}
    for place in told["places"]:
        assert place["n"] > place["expected"]
        assert place["rank_low"] <= place["rank"] <= place["rank_high"]
        assert place["light"]["n_faulty"] == 0  # no source says which lamps are out


@pytest.mark.slow
def test_the_forum_gets_no_row_and_no_small_count(downtown: City) -> None:
    forum = seen_by(downtown, Role.FORUM)
    out = {name: json.loads(feature_collection(forum.layer(name)))["features"]
           for name in ("places", "cells", "incidents", "lamps", "streets")}  # fmt: skip
    assert (len(out["lamps"]), len(out["streets"])) == (3963, 1032)
    for name in ("cells", "incidents"):
        assert out[name], name
        for feature in out[name]:
            told = feature["properties"]
            assert feature["geometry"]["type"] == "Polygon"  # squares, never the place itself
            assert told["n"] is None if told["suppressed"] else told["n"] >= 5
            assert not {"category", "occurred_from", "reported_at"} & set(told)
    assert out["places"]
    for feature in out["places"]:
        assert feature["properties"]["n"] is None or feature["properties"]["n"] >= 5
        west, south, east, north = shape(feature["geometry"]).bounds
        assert -77.07 < west < east < -76.99
        assert 38.88 < south < north < 38.93


@pytest.mark.slow
@pytest.mark.browser
def test_washington_becomes_one_file_that_asks_the_net_for_nothing(
    downtown: City, tmp_path: Path, browser: Browser
) -> None:
    forum = seen_by(downtown, Role.FORUM)
    path = tmp_path / "karta.html"
    assert write_map(path, forum) < 3_000_000
    assert "THEFT F/AUTO" not in path.read_text(encoding="utf-8")  # the source's own words stay in
    asked: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        shown = page.locator("body").inner_text()
    assert [url for url in asked if url.startswith("http")] == []
    for words in ("Washington DC", forum.situation["sentence"], "7TH ST NW"):
        assert words in shown


def test_memphis_sums_and_without_streets_nothing_is_expected(
    real_data: Path, tmp_path: Path
) -> None:
    made = city(
        tmp_path / "kommun", real_data, name="Memphis", crs="EPSG:32615",
        timezone="America/Chicago",
    )  # fmt: skip
    file = "memphis/memphis_2019.gpkg"
    robberies = made.load(("memphis_robberies", file))
    assert sums(robberies) == (2245, 2245, 0, 0, 0, 0)
    assert robberies.period == ["2019-01-01T07:30:00Z", "2019-12-31T21:30:00Z"]
    precincts = made.load(("memphis_precincts", file))
    assert sums(precincts) == (9, 9, 0, 0, 0, 0)
    assert precincts.n_flagged == {"geometry_mended": 1}
    with made.workspace.store() as store:
        week = str(latest_week(store, timezone="America/Chicago"))
        with pytest.raises(AnalysisError, match="there are no streets") as refused:
            analyse(made.workspace, store, Order(week=week))
    assert "lagesbild load streets" in refused.value.fix


def test_trelleborg_sums(real_data: Path, tmp_path: Path) -> None:
    made = city(tmp_path / "kommun", real_data, name="Trelleborg")
    lamps = made.load(("trelleborg_lamps", "sweden/trelleborg_street_lights_2014.csv.gz"))
    assert sums(lamps) == (8633, 8628, 0, 5, 0, 0)
    with made.workspace.store() as store:
        week = latest_week(store, timezone="Europe/Stockholm")
        loaded = store.batches()["loaded_at"].max().to_pydatetime()
        assert week == Week.of(loaded, timezone="Europe/Stockholm")  # nothing else has a time


def test_ostermalm_sums(real_data: Path, tmp_path: Path) -> None:
    made = city(tmp_path / "kommun", real_data, name="Östermalm")
    file = "sweden/stockholm_ostermalm_2020.osm.gz"
    assert sums(made.load(("stockholm_streets_osm", file))) == (1986, 1986, 0, 0, 0, 0)
    assert sums(made.load(("stockholm_lamps_osm", file))) == (6, 6, 0, 0, 0, 0)
