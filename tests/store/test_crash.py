"""Killed at a random moment of a load: nothing acknowledged is lost, and no half batch is left."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geo.store import open_store
from tests.store.making import CRS, INFO, canonical, incidents
from tests.store.processes import context, die_at_statement, kill, load_for_ever


def load_until_killed(
    path: Path, *, seed: int, batches: int, share: float, while_opening: bool
) -> list[tuple[Any, ...]]:
    """
    Let a process load, kill it, and give what it had acknowledged.

    It is killed a `share` of a batch's time after so many batches, so that a slow machine is as
    likely as a quick one to be in the middle of a transaction.
    """
    ready = context()
    ours, theirs = ready.Pipe(duplex=False)
    process = ready.Process(target=load_for_ever, args=(path, seed, theirs))
    started = time.monotonic()
    process.start()
    theirs.close()
    out = []
    if not while_opening:
        assert ours.recv() == "ready"
        for _ in range(batches):
            started = time.monotonic()
            out.append(ours.recv())
    time.sleep(share * (time.monotonic() - started) if out else share / 10)
    kill(process)
    try:
        while True:
            out.append(ours.recv())
    except EOFError:
        ours.close()
    return [told for told in out if told != "ready"]


def require_whole(path: Path, acknowledged: list[tuple[Any, ...]]) -> int:
    """Open the store and require every promise; give how many batches nobody heard of."""
    with open_store(path, crs=CRS) as store:
        batches = store.batches().set_index("batch_id")
        rows = store.read("incidents")
        revision = store.revision("incidents")
        loads = store.audit_log().query("action == 'load'")
        rejected = [len(store.rejects(batch_id)) for batch_id in batches.index]
    for batch_id, n_rows, at in acknowledged:
        kept = batches.loc[batch_id]
        assert kept["n_new"] + kept["n_changed"] == n_rows
        assert kept["revision"] == at
    assert revision == len(batches) == len(loads)
    assert list(loads["subject"]) == list(batches.index)
    assert rejected == batches["n_rejected"].tolist() == [2] * len(batches)
    assert len(rows) == batches["n_new"].sum()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        query = "SELECT row_batch, count(*) FROM incidents GROUP BY row_batch ORDER BY row_batch"
        written = [n for _, n in connection.execute(query)]
        ended = connection.execute("SELECT count(row_ended) FROM incidents").fetchone()[0]
    assert written == (batches["n_new"] + batches["n_changed"]).tolist()
    assert ended == batches["n_changed"].sum()
    return len(batches) - len(acknowledged)


def crash(path: Path, *, times: int, seed: int) -> tuple[int, int]:
    """Kill that many loads of one store; give batches acknowledged, and those nobody heard of."""
    rng = np.random.default_rng(seed)
    acknowledged: list[tuple[Any, ...]] = []
    unheard = 0
    for turn in range(times):
        acknowledged += load_until_killed(
            path,
            seed=seed + turn,
            batches=int(rng.integers(1, 4)),
            share=float(rng.uniform(0.0, 1.3)),
            while_opening=bool(rng.random() < 0.15),
        )
        more = require_whole(path, acknowledged)
        assert more - unheard in {0, 1}  # done, but killed before it could say so
        unheard = more
    return len(acknowledged), unheard


def test_a_killed_load_leaves_whole_batches_only(tmp_path: Path) -> None:
    acknowledged, _ = crash(tmp_path / "lagesbild.db", times=12, seed=1)
    assert acknowledged > 12  # otherwise the loads were killed before they began


def content(path: Path) -> tuple[object, ...]:
    """Everything a store can be asked, to the byte."""
    with open_store(path, crs=CRS) as store:
        runs = [run.run_id for run in store.runs()]
        return (
            canonical(store.read("incidents")),
            store.revisions(),
            store.batches().to_csv(),
            [store.rejects(batch_id).to_csv() for batch_id in store.batches()["batch_id"]],
            [canonical(store.read("hotspots", run_id=run_id)) for run_id in runs],
            len(store.audit_log()),
        )


@pytest.mark.parametrize("deed", ["append", "undo", "run"])
def test_killed_before_any_statement_nothing_was_done(tmp_path: Path, deed: str) -> None:
    path = tmp_path / "lagesbild.db"
    with open_store(path, crs=CRS) as store:
        store.append("incidents", incidents([f"{k:03d}" for k in range(20)]), batch=INFO)
        moved = incidents(["003", "new"], setting="unknown")
        store.append("incidents", moved, batch=INFO)
    before, ready = content(path), context()
    for number in range(1, 100):
        ours, theirs = ready.Pipe(duplex=False)
        process = ready.Process(target=die_at_statement, args=(path, number, deed, theirs))
        process.start()
        theirs.close()
        process.join()
        done = process.exitcode == 0
        ours.close()
        if done:
            break
        assert content(path) == before
    assert number > 4  # it did die on the way
    after = content(path)
    assert after[-1] == before[-1] + 1
    assert after != before


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_sixty_killed_loads_leave_whole_batches_only(tmp_path: Path) -> None:
    for seed in (100, 200, 300):
        acknowledged, _ = crash(tmp_path / f"{seed}.db", times=20, seed=seed)
        assert acknowledged > 20
