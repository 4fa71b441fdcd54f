"""The store on any SQL database: transactions, and errors that mend."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from datetime import UTC, datetime
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import exc, insert, select, update

from geo.errors import StoreError
from geo.frames import FRAMES, INCOMING
from geo.spatial import metric_crs
from geo.store import ledger, loading, reading, runs
from geo.store.moments import micros
from geo.store.records import Appended, Undone
from geo.store.tables import BATCHES, REJECTS, REVISIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    import pandas as pd
    from geopandas import GeoDataFrame
    from sqlalchemy import Connection, Engine

    from geo.frames import Frame, Packed
    from geo.store.protocol import Box, Window
    from geo.store.records import BatchInfo, Run

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """
    Read the clock of the machine.

    Returns
    -------
    datetime
        Now, UTC.
    """
    return datetime.now(UTC)


def _require_sum(batch: BatchInfo, counts: loading.Counts, *, rejected: int) -> None:
    """Refuse a batch whose parts are not the rows of its file; what was written is rolled back."""
    rows = counts.n_new + counts.n_changed + counts.n_unchanged
    if batch.n_read is not None and batch.n_read != rows + rejected + batch.n_refused:
        msg = "the batch does not add up: rows would vanish, or come from nowhere."
        found = f"{rows} rows + {rejected} rejects + {batch.n_refused} refused"
        raise StoreError(msg, found=found, expected=f"{batch.n_read} read", fix="count again")


class SqlStore:
    """
    A store on SQLAlchemy Core; keeps every promise of `geo.store.protocol.Store`.

    Parameters
    ----------
    engine
        Connects to a database whose tables are up to date. A connection with
        the execution option ``lagesbild_write`` begins as the one writer.
    crs
        The store's CRS, metric.
    now
        The clock.
    explain
        Turns an error of the database into one that mends; gives None when it
        does not know it.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        crs: Any,
        now: Callable[[], datetime] = utc_now,
        explain: Callable[[exc.DBAPIError], StoreError | None] = lambda _: None,
    ) -> None:
        self.crs = metric_crs(crs)
        self._engine: Engine | None = engine
        self._now = now
        self._explain = explain

    @contextmanager
    def _transaction(self, *, write: bool) -> Generator[Connection]:
        """Commit at the end, roll back on any error; turn the database's errors into ours."""
        if self._engine is None:
            msg = "the store is closed."
            raise StoreError(msg, fix="open it again with open_store")
        try:
            with self._engine.connect() as connection:
                ready = connection.execution_options(lagesbild_write=write)
                with ready.begin():
                    yield ready
        except exc.DBAPIError as error:
            known = self._explain(error)
            if known is None:
                msg = "the database could not do what was asked; nothing was changed."
                found = type(error.orig).__name__
                fix = "try again; if it stays so, restore the last backup"
                known = StoreError(msg, found=found, fix=fix)
            raise known from error

    def append(
        self,
        frame_name: str,
        rows: GeoDataFrame | Iterable[Packed],
        *,
        batch: BatchInfo,
        rejects: pd.DataFrame | None = None,
    ) -> Appended:
        """Load one batch; see `Store.append`."""
        frame = FRAMES[frame_name]
        if frame_name not in INCOMING:
            msg = f"{frame_name!r} is written by analyses, not loaded."
            raise StoreError(msg, expected=", ".join(INCOMING), fix="write it with write_run")
        refused = ledger.reject_rows(rejects)
        parts = self._checked(frame, rows)
        started, now = perf_counter(), micros(self._now())
        with self._transaction(write=True) as connection:
            seq, batch_id = ledger.open_batch(
                connection, frame_name, batch, rejects=len(refused), now=now
            )
            counts = loading.append_rows(connection, frame, parts, batch=seq)
            _require_sum(batch, counts, rejected=len(refused))
            if refused:
                connection.execute(insert(REJECTS), [{"batch": seq, **row} for row in refused])
            changed = bool(counts.n_new or counts.n_changed)
            revision = loading.raise_revision(connection, frame_name, by=int(changed))
            ledger.settle_batch(connection, seq, counts, revision=revision)
            told = {
                "n_new": counts.n_new,
                "n_changed": counts.n_changed,
                "n_unchanged": counts.n_unchanged,
                "n_rejected": len(refused),
                "n_refused": batch.n_refused,
                "revision": revision,
            }
            ledger.note(connection, "load", subject=batch_id, by=batch.by, counts=told, now=now)
        log.info("%s: batch %s %s in %.2f s", frame_name, batch_id, told, perf_counter() - started)
        return Appended(batch_id, counts.n_new, counts.n_changed, counts.n_unchanged, revision)

    def _checked(
        self, frame: Frame, rows: GeoDataFrame | Iterable[Packed]
    ) -> Iterator[GeoDataFrame | Packed]:
        """Check rows against their contract: a frame at once, parts as they come."""
        from geopandas import GeoDataFrame

        if isinstance(rows, GeoDataFrame):
            return iter([frame.check(rows, crs=self.crs)])

        def checked() -> Iterator[GeoDataFrame | Packed]:
            for part in rows:
                part.check(crs=self.crs)
                yield part

        return checked()

    def read(
        self,
        frame_name: str,
        *,
        bbox: Box | None = None,
        window: Window | None = None,
        run_id: str | None = None,
    ) -> GeoDataFrame:
        """Read rows that hold; see `Store.read`."""
        frame = FRAMES[frame_name]
        with self._transaction(write=False) as connection:
            return reading.read_rows(
                connection, frame, crs=self.crs, bbox=bbox, window=window, run_id=run_id
            )

    def undo(self, batch_id: str, *, by: str = "") -> Undone:
        """Take a batch back; see `Store.undo`."""
        now = micros(self._now())
        with self._transaction(write=True) as connection:
            batch = loading.find_batch(connection, batch_id)
            if batch["state"] == "undone":
                msg = f"batch {batch_id} is undone already."
                raise StoreError(msg, fix="nothing needs to be done; load the file again if wanted")
            removed, restored = loading.undo_rows(connection, batch)
            changed = bool(removed or restored)
            revision = loading.raise_revision(connection, batch["frame"], by=int(changed))
            state = update(BATCHES).where(BATCHES.c.seq == batch["seq"])
            connection.execute(state.values(state="undone", undone_at=now))
            counts = {"n_removed": removed, "n_restored": restored, "revision": revision}
            ledger.note(connection, "undo", subject=batch_id, by=by, counts=counts, now=now)
        log.info("%s: batch %s undone %s", batch["frame"], batch_id, counts)
        return Undone(batch["frame"], removed, restored, revision)

    def revision(self, frame_name: str) -> int:
        """Count the changes of a frame; see `Store.revision`."""
        return self._revisions().get(FRAMES[frame_name].name, 0)

    def revisions(self) -> dict[str, int]:
        """Give the revision of every incoming frame; see `Store.revisions`."""
        known = self._revisions()
        return {name: known.get(name, 0) for name in INCOMING}

    def fingerprint(self, frame_name: str) -> str:
        """Name a frame's present content; see `Store.fingerprint`."""
        with self._transaction(write=False) as connection:
            return reading.fingerprint(connection, FRAMES[frame_name])

    def _revisions(self) -> dict[str, int]:
        """Read the revisions that are not 0."""
        with self._transaction(write=False) as connection:
            rows = connection.execute(select(REVISIONS.c.frame, REVISIONS.c.value))
            return {row.frame: row.value for row in rows}

    def write_run(self, run: Run, frames: dict[str, GeoDataFrame]) -> bool:
        """Keep an analysis; see `Store.write_run`."""
        runs.check_run(run, frames, crs=self.crs)
        now = micros(self._now())
        with self._transaction(write=True) as connection:
            written = runs.write_run(connection, run, frames, now=now)
            if written:
                counts = {f"n_{name}": len(rows) for name, rows in frames.items()}
                ledger.note(connection, "run", subject=run.run_id, by="", counts=counts, now=now)
                if seal := run.summary.get("seal"):  # beside the run, where nobody can rewrite it
                    subject = f"{run.run_id}:{seal}"
                    ledger.note(connection, "seal", subject=subject, by="", counts={}, now=now)
        return written

    def run(self, run_id: str) -> Run:
        """Find a run by its id; see `Store.run`."""
        with self._transaction(write=False) as connection:
            return runs.find_run(connection, run_id)

    def run_for(self, week: str) -> Run:
        """Find the last written run of a week; see `Store.run_for`."""
        with self._transaction(write=False) as connection:
            return runs.last_run(connection, week)

    def runs(self) -> list[Run]:
        """List the runs, newest week first; see `Store.runs`."""
        with self._transaction(write=False) as connection:
            return runs.list_runs(connection)

    def batches(self) -> pd.DataFrame:
        """List the batches; see `Store.batches`."""
        with self._transaction(write=False) as connection:
            return ledger.list_batches(connection)

    def rejects(self, batch_id: str) -> pd.DataFrame:
        """List what a batch had that was not accepted; see `Store.rejects`."""
        with self._transaction(write=False) as connection:
            batch = loading.find_batch(connection, batch_id)
            return ledger.list_rejects(connection, batch["seq"])

    def audit(self, action: str, *, subject: str = "", by: str = "", **counts: int) -> None:
        """Note that something was done; see `Store.audit`."""
        now = micros(self._now())
        with self._transaction(write=True) as connection:
            ledger.note(connection, action, subject=subject, by=by, counts=counts, now=now)

    def audit_log(self) -> pd.DataFrame:
        """Read the audit; see `Store.audit_log`."""
        with self._transaction(write=False) as connection:
            return ledger.list_audit(connection)

    def close(self) -> None:
        """Let go of the database; see `Store.close`."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def __enter__(self) -> Self:
        """Use the store in a `with` block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store at the end of the block."""
        self.close()
