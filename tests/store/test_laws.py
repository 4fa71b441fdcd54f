"""Laws that hold for whatever is loaded, on every kind of store."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import StoreError
from geo.frames import FRAMES, INCOMING
from geo.store import Store
from tests.store.making import (
    CRS,
    INFO,
    Backend,
    a_run,
    assert_same,
    canonical,
    expected,
    faults,
)
from tests.store.strategies import frames

WRITTEN = [name for name in FRAMES if name not in INCOMING]
few = settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("name", INCOMING)
def test_what_is_appended_is_read_and_undo_gives_back_what_was(backend: Backend, name: str) -> None:
    frame, stores = FRAMES[name], count()

    @few
    @given(first=frames(frame), second=frames(frame))
    def law(first: Any, second: Any) -> None:
        with backend.open(f"store-{next(stores)}") as store:
            one = store.append(name, first, batch=INFO)
            before = store.read(name)
            assert (one.n_new, one.n_changed, one.n_unchanged) == (len(first), 0, 0)
            assert_same(before, expected(first, batch_id=one.batch_id))
            frame.check(before, crs=CRS)
            two = store.append(name, second, batch=INFO)
            assert two.n_new + two.n_changed + two.n_unchanged == len(second)
            assert two.n_new == len(set(second["id"]) - set(first["id"]))
            again = store.append(name, second, batch=INFO)
            assert (again.n_unchanged, again.revision) == (len(second), two.revision)
            store.undo(again.batch_id)
            undone = store.undo(two.batch_id)
            assert (undone.n_removed, undone.n_restored) == (two.n_new, two.n_changed)
            assert canonical(store.read(name)) == canonical(before)

    law()


@pytest.mark.parametrize("name", WRITTEN)
def test_what_a_run_writes_is_read(store: Store, name: str) -> None:
    frame, numbers = FRAMES[name], count()

    @few
    @given(rows=frames(frame))
    def law(rows: Any) -> None:
        run_id = f"r{next(numbers)}"
        assert store.write_run(a_run(run_id), {name: rows})
        read = store.read(name, run_id=run_id)
        assert_same(read, expected(rows, run_id=run_id))
        frame.check(read, crs=CRS)

    law()


IDS = st.sampled_from("abcd")
CONTENT = st.dictionaries(IDS, st.sampled_from(["P1", "P2", "P3"]), max_size=4)
NUMBERS = count()
DEEDS = st.lists(CONTENT | st.integers(0, 7), min_size=1, max_size=12)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=DEEDS)
def test_the_store_is_what_its_batches_say_one_after_another(
    backend: Backend, deeds: list[dict[str, str] | int]
) -> None:
    with backend.open(f"store-{next(NUMBERS)}") as store:
        live: dict[str, dict[str, str]] = {}
        wrote: dict[str, set[str]] = {}
        revision = 0
        for deed in deeds:
            before = told(live)
            if isinstance(deed, dict):
                done = store.append("faults", faults(deed), batch=INFO)
                live[done.batch_id] = deed
                wrote[done.batch_id] = {k for k, v in deed.items() if before.get(k) != v}
                assert done.n_new == len(set(deed) - set(before))
                assert done.n_new + done.n_changed == len(wrote[done.batch_id])
            elif live:
                batch = sorted(live)[deed % len(live)]
                later = [b for b in live if b > batch and wrote[batch] & set(live[b])]
                if later:
                    with pytest.raises(StoreError, match=f"undo {max(later)} first"):
                        store.undo(batch)
                else:
                    store.undo(batch)
                    del live[batch]
            rows = store.read("faults")
            assert dict(zip(rows["id"], rows["pole_ref"], strict=True)) == told(live)
            now = store.revision("faults")
            assert now >= revision + (told(live) != before)
            revision = now


def told(live: dict[str, dict[str, str]]) -> dict[str, str]:
    """What the batches that are not undone say together: the last word on each row holds."""
    out: dict[str, str] = {}
    for batch in sorted(live):
        out |= live[batch]
    return out


def test_an_empty_name_is_a_name_and_not_a_missing_one(backend: Backend) -> None:
    with backend.open() as store:
        for names in ([""], ["", "b"], ["b", ""]):
            store.append("faults", faults(dict.fromkeys(names, "1")), batch=INFO)
            again = store.append("faults", faults(dict.fromkeys(names, "1")), batch=INFO)
            assert (again.n_new, again.n_unchanged) == (0, len(names))
        assert sorted(store.read("faults")["id"]) == ["", "b"]
