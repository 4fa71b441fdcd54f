"""Cumulative loading, on every kind of store."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.errors import FrameError, NotFoundError, RegistryError, StoreError
from geo.frames import FRAMES, INCIDENTS
from geo.store import Appended, BatchInfo, Store, Undone
from tests.store.making import (
    CRS,
    INFO,
    START,
    Backend,
    assert_same,
    canonical,
    expected,
    faults,
    hotspots,
    incidents,
)

WEEK_1 = [f"i{k:03d}" for k in range(20)]
WEEK_2 = [f"i{k:03d}" for k in range(25)]


def next_week() -> pd.DataFrame:
    """Next week's export: everything again, ten rows corrected, five new."""
    rows = incidents(WEEK_2)
    rows.loc[5:14, "setting"] = "public_indoor"
    return rows


def test_what_is_appended_is_read(store: Store) -> None:
    rows = incidents(WEEK_1)
    assert store.append("incidents", rows, batch=INFO) == Appended("b0001", 20, 0, 0, 1)
    assert_same(store.read("incidents"), expected(rows, batch_id="b0001"))


def test_it_is_there_when_the_store_is_opened_again(backend: Backend) -> None:
    rows = incidents(WEEK_1)
    with backend.open() as store:
        store.append("incidents", rows, batch=INFO)
    with backend.open() as store:
        assert_same(store.read("incidents"), expected(rows, batch_id="b0001"))


def test_next_weeks_export_is_counted_exactly(store: Store) -> None:
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    assert store.append("incidents", next_week(), batch=INFO) == Appended("b0002", 5, 10, 10, 2)
    read = store.read("incidents")
    assert len(read) == 25
    assert (read["setting"] == "public_indoor").sum() == 10
    assert read["batch_id"].value_counts().to_dict() == {"b0001": 10, "b0002": 15}


def test_undo_restores_the_former_answer_to_the_byte(store: Store) -> None:
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    before = canonical(store.read("incidents"))
    store.append("incidents", next_week(), batch=INFO)
    assert canonical(store.read("incidents")) != before
    assert store.undo("b0002") == Undone("incidents", 5, 10, 3)
    assert canonical(store.read("incidents")) == before


def test_equal_content_has_one_fingerprint_however_it_came_to_be(
    store: Store, backend: Backend
) -> None:
    empty = store.fingerprint("incidents")
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    before = store.fingerprint("incidents")
    store.append("incidents", next_week(), batch=INFO)
    store.append("incidents", next_week(), batch=INFO)
    after = store.fingerprint("incidents")
    assert len({empty, before, after, store.fingerprint("faults")}) == 3
    with backend.open("another") as other:
        other.append("incidents", next_week().iloc[::-1], batch=INFO)
        assert other.fingerprint("incidents") == after
    store.undo("b0003")
    store.undo("b0002")
    assert store.fingerprint("incidents") == before
    with pytest.raises(StoreError, match="run_id"):
        store.fingerprint("hotspots")


def test_the_same_batch_twice_changes_nothing(store: Store) -> None:
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    again = store.append("incidents", incidents(WEEK_1), batch=INFO)
    assert again == Appended("b0002", 0, 0, 20, 1)
    assert store.undo("b0002") == Undone("incidents", 0, 0, 1)


def test_absent_rows_are_left_alone(store: Store) -> None:
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    store.append("incidents", incidents(["i900"]), batch=INFO)
    assert len(store.read("incidents")) == 21


def test_a_row_that_was_undone_and_comes_again_is_new(store: Store) -> None:
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    store.undo("b0001")
    assert len(store.read("incidents")) == 0
    again = store.append("incidents", incidents(WEEK_1), batch=INFO)
    assert again == Appended("b0002", 20, 0, 0, 3)


def test_a_value_that_goes_back_is_a_third_version(store: Store) -> None:
    for ref in ("P1", "P2", "P1"):
        store.append("faults", faults({"f": ref}), batch=INFO)
    assert list(store.batches()["n_changed"]) == [0, 1, 1]
    for batch, ref in (("b0003", "P2"), ("b0002", "P1")):
        store.undo(batch)
        assert list(store.read("faults")["pole_ref"]) == [ref]


def test_order_and_index_of_the_rows_carry_no_meaning(store: Store) -> None:
    rows = incidents(WEEK_1)
    store.append("incidents", rows, batch=INFO)
    shuffled = rows.sample(frac=1, random_state=1)
    assert store.append("incidents", shuffled, batch=INFO).n_unchanged == 20


def test_an_empty_batch_is_noted_and_changes_nothing(store: Store) -> None:
    done = store.append("incidents", INCIDENTS.empty(crs=CRS), batch=INFO)
    assert done == Appended("b0001", 0, 0, 0, 0)
    assert list(store.batches()["batch_id"]) == ["b0001"]


def test_the_input_is_not_changed(store: Store) -> None:
    rows = incidents(WEEK_1)
    before = canonical(rows)
    store.append("incidents", rows, batch=INFO)
    assert canonical(rows) == before


def test_undo_is_refused_while_a_later_batch_has_changed_the_rows(store: Store) -> None:
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    store.append("incidents", next_week(), batch=INFO)
    before = canonical(store.read("incidents"))
    with pytest.raises(StoreError, match=r"found: b0002[\s\S]*fix: undo b0002 first"):
        store.undo("b0001")
    assert canonical(store.read("incidents")) == before
    store.undo("b0002")
    store.undo("b0001")
    assert len(store.read("incidents")) == 0


def test_undo_is_refused_while_a_later_batch_only_repeats_the_rows(store: Store) -> None:
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    store.append("incidents", incidents(WEEK_1[:3]), batch=INFO)
    store.append("incidents", incidents(WEEK_1[:1]), batch=INFO)
    with pytest.raises(StoreError, match=r"found: b0002, b0003[\s\S]*fix: undo b0003 first"):
        store.undo("b0001")


def test_the_batch_to_undo_first_is_named_even_when_it_only_changed_the_change(
    store: Store,
) -> None:
    for ref in ("P1", "P2", "P3"):
        store.append("faults", faults({"f": ref}), batch=INFO)
    with pytest.raises(StoreError, match=r"found: b0002, b0003[\s\S]*fix: undo b0003 first"):
        store.undo("b0001")


def test_batches_that_share_no_rows_are_undone_in_any_order(store: Store) -> None:
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    store.append("incidents", incidents(["j1", "j2"]), batch=INFO)
    store.append("faults", faults({"i000": "P1"}), batch=INFO)
    assert store.undo("b0001") == Undone("incidents", 20, 0, 3)
    assert list(store.read("incidents")["id"]) == ["j1", "j2"]
    assert len(store.read("faults")) == 1


def test_undo_of_what_is_unknown_or_undone_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError, match="none was loaded yet"):
        store.undo("b0001")
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    with pytest.raises(NotFoundError, match=r"no batch called 'b7'[\s\S]*such as b0001"):
        store.undo("b7")
    store.undo("b0001")
    with pytest.raises(StoreError, match="undone already"):
        store.undo("b0001")
    assert store.revision("incidents") == 2


def test_numbers_of_batches_are_never_used_twice(store: Store) -> None:
    store.append("incidents", incidents(["a"]), batch=INFO)
    store.undo("b0001")
    assert store.append("incidents", incidents(["a"]), batch=INFO).batch_id == "b0002"


def test_revisions_are_kept_by_frame(store: Store) -> None:
    assert set(store.revisions().values()) == {0}
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    store.append("faults", faults({"f": "P1"}), batch=INFO)
    store.undo("b0001")
    assert store.revision("incidents") == 2
    assert {k: v for k, v in store.revisions().items() if v} == {"incidents": 2, "faults": 1}


def test_a_frame_that_breaks_its_contract_leaves_nothing_behind(store: Store) -> None:
    rows = incidents(WEEK_1).assign(setting="on the moon")
    with pytest.raises(FrameError, match="setting"):
        store.append("incidents", rows, batch=INFO)
    with pytest.raises(FrameError, match="WGS 84"):
        store.append("incidents", incidents(WEEK_1).to_crs("EPSG:4326"), batch=INFO)
    assert len(store.batches()) == 0


def test_only_incoming_frames_are_loaded(store: Store) -> None:
    with pytest.raises(StoreError, match="write_run"):
        store.append("hotspots", hotspots(["h"]), batch=INFO)
    with pytest.raises(RegistryError, match="no frame called 'cows'"):
        store.append("cows", incidents(WEEK_1), batch=INFO)


def test_a_store_keeps_the_crs_it_was_made_with(backend: Backend) -> None:
    backend.open().close()
    assert backend.open().read("incidents").crs == FRAMES["incidents"].empty(crs=CRS).crs


REJECTS = pd.DataFrame(
    {
        "row": [7, 3],
        "reasons": [["bad_time", "bad_place"], ["bad_place"]],
        "columns": [["Östlig", "Tid"], []],
    }
)


def test_rejects_are_kept_by_batch(store: Store) -> None:
    info = BatchInfo("polisen", n_read=23, n_refused=1, refused={"between_people_at_home": 1})
    store.append("incidents", incidents(WEEK_1), batch=info, rejects=REJECTS)
    kept = store.rejects("b0001")
    assert kept.to_dict("list") == {
        "row": [3, 7],
        "reasons": [["bad_place"], ["bad_time", "bad_place"]],
        "columns": [[], ["Östlig", "Tid"]],
    }
    store.append("incidents", incidents(WEEK_1), batch=INFO)
    assert len(store.rejects("b0002")) == 0
    with pytest.raises(NotFoundError):
        store.rejects("b0003")


def test_rejects_never_carry_what_the_file_said(store: Store) -> None:
    with pytest.raises(StoreError, match="nothing else"):
        store.append(
            "incidents", incidents([]), batch=INFO, rejects=REJECTS.assign(value="Anna 0701")
        )
    talkative = REJECTS.assign(reasons=[["Anna 0701"], ["bad_place"]])
    with pytest.raises(StoreError, match="not a code") as error:
        store.append("incidents", incidents([]), batch=INFO, rejects=talkative)
    assert "Anna" not in str(error.value)
    assert len(store.batches()) == 0


def test_a_batch_that_does_not_add_up_is_refused(store: Store) -> None:
    info = BatchInfo("polisen", n_read=30, n_refused=1)
    with pytest.raises(StoreError, match=r"20 rows \+ 2 rejects \+ 1 refused[\s\S]*30 read"):
        store.append("incidents", incidents(WEEK_1), batch=info, rejects=REJECTS)
    assert len(store.batches()) == 0


def test_batches_tell_where_rows_come_from_and_what_became_of_them(store: Store) -> None:
    info = BatchInfo(
        "bostadsbolaget-skador",
        file_name="skador.xlsx",
        mapping_version="m2",
        n_read=23,
        n_refused=1,
        n_unlocated=4,
        refused={"between_people_at_home": 1},
        flagged={"stacked": 7},
        categories={"vehicle_crime": 20},
        period=(START, START.replace(day=18, microsecond=1)),
    )
    store.append("incidents", incidents(WEEK_1), batch=info, rejects=REJECTS)
    store.append("faults", faults({"f": "P1"}), batch=INFO)
    store.undo("b0002")
    first, second = store.batches().to_dict("records")
    assert {k: first[k] for k in ("frame", "state", "source", "file_name", "n_read")} == {
        "frame": "incidents",
        "state": "loaded",
        "source": "bostadsbolaget-skador",
        "file_name": "skador.xlsx",
        "n_read": 23,
    }
    told = ("n_new", "n_changed", "n_unchanged", "n_rejected", "n_refused")
    assert [first[name] for name in told] == [20, 0, 0, 2, 1]
    assert first["flagged"] == {"stacked": 7}
    assert first["categories"] == {"vehicle_crime": 20}
    assert (first["period_from"], first["period_to"]) == info.period
    assert first["undone_at"] is pd.NaT
    assert (second["state"], second["revision"]) == ("undone", 1)
    assert second["undone_at"] > second["loaded_at"]
    assert pd.isna(second["n_read"])
