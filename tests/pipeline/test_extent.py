"""The extent: set by the first layer, not by its strays; widened when asked; given up by undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.errors import IngestError
from geo.ingest import Mapping
from geo.pipeline import LoadReport, Workspace, load, undo
from geo.settings import Profile

if TYPE_CHECKING:
    from pathlib import Path

EAST, NORTH = 500_000.0, 6_300_000.0


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "kommun", Profile(name="Provby"))


def put(
    workspace: Workspace, places: list[tuple[float, float]], *, widen: bool = False,
    inside: bool = False, name: str = "a",
) -> LoadReport:  # fmt: skip
    """Load incidents at these places."""
    rows = [f"{name}{i};2026-03-02 12:00;{x};{y}" for i, (x, y) in enumerate(places)]
    file = workspace.folder / f"{name}.csv"
    file.write_text("nr;tid;x;y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    mapping = Mapping(
        frame="incidents", source=name, crs="EPSG:3006", decimal=".",
        columns={"ref": "nr", "occurred_from": "tid", "x": "x", "y": "y"},
        constants={"category": "graffiti"}, inside_only=inside,
    )  # fmt: skip
    with workspace.store() as store:
        return load(workspace, store, file, mapping=mapping, widen=widen)


def row(n: int, *, step: float = 10.0, start: float = 0.0) -> list[tuple[float, float]]:
    """Places in a line to the north-east."""
    return [(EAST + start + step * i, NORTH + start + step * i) for i in range(n)]


def extent(workspace: Workspace) -> tuple[float, ...] | None:
    return Profile.read(workspace.folder).extent


def test_the_first_layer_sets_it_with_two_kilometres_to_spare(workspace: Workspace) -> None:
    put(workspace, row(101))
    assert extent(workspace) == (EAST - 2000, NORTH - 2000, EAST + 3000, NORTH + 3000)


def test_a_few_strays_are_marked_and_do_not_stretch_it(workspace: Workspace) -> None:
    strays = [(EAST + 90_000, NORTH), (EAST, NORTH + 90_000)]
    report = put(workspace, [*row(301), *strays])
    assert extent(workspace) == (EAST - 2000, NORTH - 2000, EAST + 5000, NORTH + 5000)
    assert report.n_flagged["far_away"] == 2
    assert (report.n_read, report.n_new) == (303, 303)


def test_a_second_load_is_held_against_it_although_the_workspace_was_opened_before(
    workspace: Workspace,
) -> None:
    put(workspace, row(10))
    with pytest.raises(IngestError, match="misses the municipality's extent") as refused:
        put(workspace, row(10, start=40_000), name="b")
    assert "--widen" not in refused.value.fix


def test_a_file_that_reaches_further_is_refused_until_it_is_said_to(workspace: Workspace) -> None:
    put(workspace, row(10))
    wide = row(10, step=2000.0)
    with pytest.raises(IngestError, match="lies partly outside") as refused:
        put(workspace, wide, name="b")
    assert "--widen" in refused.value.fix
    assert put(workspace, wide, name="b", widen=True).n_new == 10
    assert extent(workspace) == (EAST - 2000, NORTH - 2000, EAST + 20_000, NORTH + 20_000)


def test_it_is_never_widened_to_another_place(workspace: Workspace) -> None:
    put(workspace, row(10))
    before = extent(workspace)
    with pytest.raises(IngestError, match="lies elsewhere") as refused:
        put(workspace, row(10, start=40_000), name="b", widen=True)
    assert refused.value.facts["found"] == "0 of 10 located rows inside"
    assert extent(workspace) == before


def test_undo_gives_up_an_extent_that_the_load_had_set(workspace: Workspace) -> None:
    wrong = put(workspace, row(10, start=200_000))
    more = put(workspace, row(5, start=200_000), name="b")
    with workspace.store() as store:
        undo(workspace, store, more.batch_id)
        assert extent(workspace) is not None
        undo(workspace, store, wrong.batch_id)
    assert extent(workspace) is None
    put(workspace, row(10), name="c")
    assert extent(workspace) == (EAST - 2000, NORTH - 2000, EAST + 2090, NORTH + 2090)


def test_an_extent_that_was_given_stays(tmp_path: Path) -> None:
    given = (EAST - 5000, NORTH - 5000, EAST + 5000, NORTH + 5000)
    workspace = Workspace.create(tmp_path / "kommun", Profile(extent=given))
    report = put(workspace, row(10))
    with workspace.store() as store:
        undo(workspace, store, report.batch_id)
    assert extent(workspace) == given


def test_of_a_file_of_a_larger_area_only_ours_is_taken(workspace: Workspace) -> None:
    put(workspace, row(10))
    before = extent(workspace)
    country = [*row(3), *row(40, start=40_000, step=5_000)]
    with pytest.raises(IngestError, match="misses") as refused:
        put(workspace, country, name="b")
    assert "--inside" in refused.value.fix
    report = put(workspace, country, name="b", inside=True)
    assert (report.n_read, report.n_new, report.n_refused) == (43, 3, 40)
    assert report.refused == {"outside": 40}
    assert "far_away" not in report.n_flagged
    assert extent(workspace) == before


def test_a_file_of_another_place_is_not_cut_to_nothing(workspace: Workspace) -> None:
    put(workspace, row(10))
    with pytest.raises(IngestError, match="misses the municipality's extent") as refused:
        put(workspace, row(10, start=40_000), name="b", inside=True)
    assert refused.value.facts["found"] == "0 of 10 located rows inside"
    assert "--inside" not in refused.value.fix


def test_nothing_is_cut_to_an_extent_that_is_not_there(workspace: Workspace) -> None:
    with pytest.raises(IngestError, match="no extent yet"):
        put(workspace, row(10), inside=True)
    put(workspace, row(10))
    with pytest.raises(IngestError, match="both widen the extent and be cut"):
        put(workspace, row(10), name="b", inside=True, widen=True)
