"""Runs and the audit, on every kind of store."""

from __future__ import annotations

import pytest

from geo.errors import FrameError, NotFoundError, StoreError
from geo.frames import HOTSPOTS, RECOMMENDATIONS
from geo.store import BatchInfo, Store
from tests.store.making import (
    CRS,
    START,
    Backend,
    a_run,
    assert_same,
    canonical,
    expected,
    hotspots,
    incidents,
    recommendations,
)


def test_a_run_and_its_frames_are_read_as_they_were_written(store: Store) -> None:
    run, spots, advice = a_run("r1"), hotspots(["h2", "h1"]), recommendations(["x"])
    assert store.write_run(run, {"hotspots": spots, "recommendations": advice})
    assert store.run("r1") == store.run_for("2026-W47") == run
    read = store.read("hotspots", run_id="r1")
    assert_same(read, expected(spots, run_id="r1"))
    assert_same(store.read("recommendations", run_id="r1"), expected(advice, run_id="r1"))
    HOTSPOTS.check(read, crs=CRS)
    assert list(read["categories"][0]) == ["vehicle_crime", "assault"]  # largest first, kept so


def test_the_same_run_twice_changes_nothing(store: Store) -> None:
    store.write_run(a_run("r1"), {"hotspots": hotspots(["h1"])})
    before = canonical(store.read("hotspots", run_id="r1"))
    lines = len(store.audit_log())
    assert not store.write_run(a_run("r1", week="2026-W48"), {"hotspots": hotspots(["h9"])})
    assert canonical(store.read("hotspots", run_id="r1")) == before
    assert (len(store.audit_log()), store.revision("hotspots")) == (lines, 1)


def test_a_run_moves_what_runs_write_and_not_what_they_rest_on(store: Store) -> None:
    before = store.revisions()
    store.write_run(a_run("r1"), {"hotspots": HOTSPOTS.empty(crs=CRS)})
    assert store.revisions() == before
    assert (store.revision("hotspots"), store.revision("recommendations")) == (1, 1)


def test_runs_are_listed_newest_week_first_then_last_written(store: Store) -> None:
    for run_id, week in (("a", "2026-W47"), ("b", "2026-W48"), ("c", "2026-W47")):
        store.write_run(a_run(run_id, week=week), {})
    assert [run.run_id for run in store.runs()] == ["b", "c", "a"]
    assert store.run_for("2026-W47").run_id == "c"


def test_a_run_that_is_not_there_is_said_to_be_missing(store: Store) -> None:
    with pytest.raises(NotFoundError, match=r"2026-W47 has not been analysed[\s\S]*known: none"):
        store.run_for("2026-W47")
    with pytest.raises(NotFoundError, match="no run called 'r9'"):
        store.run("r9")


def test_runs_write_only_what_runs_write(store: Store) -> None:
    with pytest.raises(StoreError, match="does not write 'incidents'"):
        store.write_run(a_run("r1"), {"incidents": incidents(["a"])})
    broken = recommendations(["x"]).assign(kind="magic")
    with pytest.raises(FrameError, match="kind"):
        store.write_run(a_run("r1"), {"recommendations": broken})
    assert store.runs() == []
    assert RECOMMENDATIONS.name not in store.revisions()


def test_a_run_whose_rows_cannot_be_written_leaves_nothing_behind(store: Store) -> None:
    odd = recommendations(["x"])
    odd.at[0, "reasons"] = [{"value": START}]
    with pytest.raises(StoreError, match=r"'reasons' cannot be written as JSON[\s\S]*ISO text"):
        store.write_run(a_run("r1"), {"recommendations": odd})
    assert store.runs() == []


def test_all_that_is_done_is_in_the_audit(store: Store) -> None:
    store.append("incidents", incidents(["a", "b"]), batch=BatchInfo("x", by="samordnare"))
    store.undo("b0001", by="samordnare")
    store.write_run(a_run("r1"), {"hotspots": hotspots(["h1"])})
    store.audit("export", subject="incidents", by="planerare", n_rows=2)
    log = store.audit_log().iloc[1:]  # the first line tells that the store was made
    assert list(log["action"]) == ["load", "undo", "run", "export"]
    assert list(log["subject"]) == ["b0001", "b0001", "r1", "incidents"]
    assert list(log["by"]) == ["samordnare", "samordnare", "", "planerare"]
    assert log["counts"].iloc[1] == {"n_removed": 2, "n_restored": 0, "revision": 2}
    assert log["at"].is_monotonic_increasing
    assert str(log["at"].dtype) == "datetime64[us, UTC]"


def test_what_is_refused_is_not_in_the_audit(store: Store) -> None:
    lines = len(store.audit_log())
    with pytest.raises(NotFoundError):
        store.undo("b0001")
    assert len(store.audit_log()) == lines


def test_the_audit_keeps_codes_and_counts_only(store: Store) -> None:
    with pytest.raises(StoreError, match="must be a code"):
        store.audit("Exported the list of Anna's visits")
    with pytest.raises(StoreError, match=r"whole number[\s\S]*found: who"):
        store.audit("export", who="Anna")  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(StoreError, match="whole number"):
        store.audit("export", ok=True)


def test_a_closed_store_says_so(backend: Backend) -> None:
    store = backend.open()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.read("incidents")
    assert isinstance(store, Store)
