"""Other processes that use a store at the same time: started quickly, killed without a word."""

from __future__ import annotations

import itertools
import multiprocessing as mp
import os
import signal
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import event

from geo.store import BatchInfo, open_store
from tests.store.making import CRS, a_run, hotspots, incidents

FRESH, REPEATED = 150, 50
"""Rows of a batch that are new, and rows of the batch before that come again, corrected."""
PATIENCE_S = 120


def context() -> mp.context.BaseContext:
    """Start processes from one that has the libraries ready, where the system can fork."""
    if sys.platform == "win32":
        return mp.get_context("spawn")
    ready = mp.get_context("forkserver")
    ready.set_forkserver_preload(
        ["hypothesis", "pandera.backends.pandas.builtin_checks", "tests.store.processes"]
    )
    return ready


def load_for_ever(path: Path, seed: int, told: Connection) -> None:
    """Load batch after batch; say of each that it is done, once the store has said so."""
    rng = np.random.default_rng(seed)
    rejects = pd.DataFrame({"row": [1, 2], "reasons": [["bad_time"]] * 2, "columns": [["Tid"]] * 2})
    incidents(["warm up"])
    with open_store(path, crs=CRS) as store:
        start = len(store.batches())
        told.send("ready")
        for number in range(start, 1_000_000):
            first = number * FRESH
            scale = int(rng.integers(1, 8))
            names = [f"{k:09d}" for k in range(max(0, first - REPEATED), first + FRESH)]
            extra = [f"{number:06d}-{k:05d}" for k in range(FRESH * scale)]
            rows = incidents(names + extra, source_category=f"version {number}")
            info = BatchInfo("crash", n_read=len(rows) + 2)
            done = store.append("incidents", rows, batch=info, rejects=rejects)
            told.send((done.batch_id, len(rows), done.revision))


def read_for_long(path: Path, revisions: int, told: Connection) -> None:
    """Read until so many revisions were seen; send what each batch held, or an error as text."""
    end = time.monotonic() + PATIENCE_S
    seen: list[Any] = []
    try:
        with open_store(path, crs=CRS) as store:
            while len({look[0] for look in seen}) < revisions and time.monotonic() < end:
                before = store.revision("incidents")
                rows = store.read("incidents")
                after = store.revision("incidents")
                seen.append((before, rows["batch_id"].value_counts().to_dict(), after))
        told.send(seen)
    except Exception as error:  # noqa: BLE001  whatever it is, the test must hear of it
        told.send(f"{type(error).__name__}: {error}")


def kill(process: Any) -> None:
    """End a process at once: no handler, no flush, no farewell."""
    os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    process.join()


def die_at_statement(path: Path, number: int, deed: str, told: Connection) -> None:
    """Do one thing to a store, and be killed just before its n-th SQL statement."""
    rows = incidents([f"{k:03d}" for k in range(30)], source_category="corrected")
    rejects = pd.DataFrame({"row": [9], "reasons": [["bad_time"]], "columns": [["Tid"]]})
    with open_store(path, crs=CRS) as store:
        left = itertools.count(number, -1)

        @event.listens_for(store._engine, "before_cursor_execute")  # type: ignore[attr-defined]  # looks inside
        def count(*_: object) -> None:
            if next(left) == 1:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

        if deed == "append":
            store.append("incidents", rows, batch=BatchInfo("crash"), rejects=rejects)
        elif deed == "undo":
            store.undo("b0002")
        else:
            store.write_run(a_run("r1"), {"hotspots": hotspots(["h1"])})
        told.send("done")
