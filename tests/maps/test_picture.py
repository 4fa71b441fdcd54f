"""Pictures: read once, cut to their period, the same for everyone who asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import AccessError, MapError, NotFoundError
from geo.maps import LAYERS, Picture, Pictures, Role, visible_layers
from geo.maps.brief import BRIEF_FRAMES, brief

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.settings import Profile


class Shelf:
    """A store that counts how often it is read."""

    def __init__(self, frames: dict[str, GeoDataFrame], runs: list[Any]) -> None:
        self.frames, self.kept, self.n_reads, self.revision = frames, runs, 0, 1

    def runs(self) -> list[Any]:
        return self.kept

    def run_for(self, week: str) -> Any:
        found = next((run for run in self.kept if run.week == week), None)
        if found is None:
            msg = "no run"
            raise NotFoundError(msg, fix="analyse")
        return found

    def revisions(self) -> dict[str, int]:
        return dict.fromkeys(self.frames, self.revision)

    def read(self, name: str, *, run_id: str | None = None) -> GeoDataFrame:
        del run_id
        self.n_reads += 1
        return self.frames[name]


@pytest.fixture
def shelf(frames: dict[str, GeoDataFrame], run: SimpleNamespace) -> Shelf:
    before = SimpleNamespace(**{**vars(run), "week": "2026-W46", "run_id": "r0"})
    return Shelf(frames, [run, before])


@pytest.fixture
def forum(frames: dict[str, GeoDataFrame], run: Any, profile: Profile) -> Picture:
    return Picture(frames=frames, run=run, profile=profile, role=Role.FORUM)


def test_frames_are_read_once_and_again_when_they_change(shelf: Any, profile: Profile) -> None:
    kept = Pictures(shelf, profile)
    first = kept.get(role=Role.FORUM)
    reads = shelf.n_reads
    assert kept.get("2026-W47", role="forum") is first
    assert kept.get(role=Role.PUBLIC).role is Role.PUBLIC
    assert shelf.n_reads == reads
    shelf.revision = 2
    assert kept.get(role=Role.FORUM) is not first
    assert shelf.n_reads == reads + 9  # the incoming ones; what a run found stays


def test_weeks_are_listed_newest_first(shelf: Any, profile: Profile) -> None:
    assert [w["id"] for w in Pictures(shelf, profile).weeks()] == ["2026-W47", "2026-W46"]
    assert Pictures(shelf, profile).weeks(lang="en")[0]["label"] == "week\u00a047"


def test_without_an_analysis_it_says_what_to_do(
    frames: dict[str, GeoDataFrame], profile: Profile
) -> None:
    with pytest.raises(NotFoundError, match="lagesbild analyse"):
        Pictures(Shelf(frames, []), profile).get(role=Role.FORUM)  # type: ignore[arg-type]  # a stand-in


def test_a_surface_is_found_when_it_was_written(
    shelf: Any, profile: Profile, tmp_path: Any
) -> None:
    assert Pictures(shelf, profile, surfaces=tmp_path).get(role="forum").surface is None
    (tmp_path / "r1.tif").write_bytes(b"x")
    assert Pictures(shelf, profile, surfaces=tmp_path).get(role="forum").surface is not None


def test_rows_outside_the_period_are_not_in_the_picture(
    frames: dict[str, GeoDataFrame], run: Any, profile: Profile
) -> None:
    short = SimpleNamespace(**{**vars(run), "order": {"weeks": 4}})
    made = Picture(frames=frames, run=short, profile=profile, role=Role.COORDINATOR)
    start, end = made.span
    assert end - start == timedelta(weeks=4)
    rows = made.layer("incidents")
    assert 0 < len(rows) < len(frames["incidents"])
    assert (rows["occurred_from"] >= start).all()


def test_a_window_that_reaches_past_the_calendar_is_open(forum: Picture) -> None:
    ever = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    assert len(forum.layer("events", window=ever)) == 1
    assert len(forum.layer("incidents", window=ever)) == len(forum.layer("incidents"))


def test_a_box_in_degrees_chooses(forum: Picture) -> None:
    west, south, east, north = forum.bbox
    assert len(forum.layer("lamps", bbox=(west, south, east, north))) == 30
    assert len(forum.layer("lamps", bbox=(west, south, (west + east) / 2, north))) < 30
    with pytest.raises(MapError):
        forum.layer("lamps", bbox=(east, south, west, north))


def test_what_is_not_for_the_role_or_not_there_is_refused(forum: Picture) -> None:
    with pytest.raises(NotFoundError, match="no such layer"):
        forum.require("diaries")
    public = Picture(frames=forum.frames, run=forum.run, profile=forum.profile, role=Role.PUBLIC)
    with pytest.raises(AccessError):
        public.layer("places")
    assert "places" not in public.feature_layers


def test_weekly_squares_are_drawn_for_the_newest_week_only(forum: Picture) -> None:
    assert forum.drawn("incidents")["id"].str.endswith("-1350w1").all()
    assert len(forum.drawn("incidents")) < len(forum.layer("incidents"))
    about = forum.describe("incidents")
    assert about["title"] == "Händelser, v.\u00a047"
    assert "&datetime=2026-11-16T05:00:00Z/2026-11-23T05:00:00Z" in about["href"]
    assert forum.describe("reports")["title"] == "Otrygga platser per ruta"


@pytest.mark.parametrize("name", [n for n in LAYERS if LAYERS[n].geometry != "raster"])
def test_every_layer_can_be_described_and_counted(forum: Picture, name: str) -> None:
    # One layer is not the forum's; then the coordinator asks.
    seen = name in visible_layers("forum")
    asked = forum if seen else replace(forum, role=Role.COORDINATOR)
    about = asked.describe(name)
    assert about["n"] == len(asked.drawn(name))
    assert about["group"] in {"Prioriterat", "Underlag", "Belysning", "Karta", "Andra metoder"}
    assert asked.layer(name)["id"].is_unique


def test_without_an_extent_the_ground_gives_one(forum: Picture) -> None:
    bare = Picture(
        frames=forum.frames,
        run=forum.run,
        profile=type(forum.profile)(name="Utan"),
        role=Role.FORUM,
    )
    assert 17 < bare.bbox[0] < bare.bbox[2] < 18
    nothing = {n: f.iloc[:0] for n, f in forum.frames.items()}
    empty = Picture(frames=nothing, run=forum.run, profile=bare.profile, role=Role.FORUM)
    assert empty.bbox == [-180, -90, 180, 90]


def test_a_brief_needs_only_its_own_frames(shelf: Any, profile: Profile) -> None:
    for role in (Role.SECURITY_CHIEF, Role.FORUM, Role.PUBLIC):
        whole = Pictures(shelf, profile).get(role=role)
        some = Pictures(shelf, profile, only=BRIEF_FRAMES).get(role=role)
        assert set(some.frames) == BRIEF_FRAMES
        told = brief(some)
        assert told == {name: whole.situation[name] for name in told}
