"""What is known of batches, rejects and runs, and the audit nobody can rewrite."""

from __future__ import annotations

import json
import re
from numbers import Integral
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from geo.errors import StoreError
from geo.store.decode import times
from geo.store.encode import to_json
from geo.store.moments import maybe_micros
from geo.store.tables import AUDIT, BATCHES, COUNTS, REJECTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from sqlalchemy import Connection

    from geo.store.loading import Counts
    from geo.store.records import BatchInfo

CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
REJECT_COLUMNS = ("row", "reasons", "columns")
BATCH_COLUMNS = (
    "batch_id", "frame", "state", "source", "file_name", "mapping_version", "loaded_at",
    "undone_at", "n_read", *COUNTS, "refused", "flagged", "categories", "period_from",
    "period_to", "revision",
)  # fmt: skip
_TIMES = ("loaded_at", "undone_at", "period_from", "period_to")
_NUMBERS = ("n_read", *COUNTS, "revision")
_JSON = ("refused", "flagged", "categories")


def reject_rows(rejects: pd.DataFrame | None) -> list[dict[str, Any]]:
    """
    Check rejects and turn them into rows of the table.

    Parameters
    ----------
    rejects
        `row`, `reasons`, `columns`; None when there are none.

    Returns
    -------
    list of dict
        One a reject, lists as JSON.

    Raises
    ------
    StoreError
        If there are other columns, or reasons that are not codes: a reject
        never carries what the file said.
    """
    if rejects is None or len(rejects) == 0:
        return []
    if set(rejects.columns) != set(REJECT_COLUMNS):
        msg = "rejects must be row number, reason codes and column names, nothing else."
        fix = "drop or name the columns so"
        raise StoreError(msg, found=len(rejects.columns), expected=REJECT_COLUMNS, fix=fix)
    out = []
    for row, reasons, columns in zip(*(rejects[n] for n in REJECT_COLUMNS), strict=True):
        codes, names = list(reasons), list(columns)
        if not all(isinstance(code, str) and CODE.fullmatch(code) for code in codes):
            msg = "a reject has a reason that is not a code."
            fix = "give codes such as bad_time; what the file said is not stored"
            raise StoreError(msg, found=f"row {int(row)}", expected=CODE.pattern, fix=fix)
        out.append({"row": int(row), "reasons": to_json(codes, what="reasons"),
                    "columns": to_json(names, what="columns")})  # fmt: skip
    return out


def open_batch(
    connection: Connection, frame_name: str, info: BatchInfo, *, rejects: int, now: int
) -> tuple[int, str]:
    """
    Write the row of a new batch, its counts still 0.

    Parameters
    ----------
    connection
        In a write transaction.
    frame_name
        The frame.
    info
        Where the rows come from.
    rejects
        How many rows were not accepted.
    now
        Microseconds since 1970.

    Returns
    -------
    seq : int
        Number of the batch; never used twice.
    batch_id : str
        The name people know.
    """
    seq = int(connection.scalar(select(func.coalesce(func.max(BATCHES.c.seq), 0))) or 0) + 1
    batch_id = f"b{seq:04d}"
    first, last = info.period or (None, None)
    connection.execute(
        insert(BATCHES).values(
            seq=seq,
            batch_id=batch_id,
            frame=frame_name,
            state="loaded",
            source=info.source,
            file_name=info.file_name,
            mapping_version=info.mapping_version,
            loaded_at=now,
            n_read=None if info.n_read is None else int(info.n_read),
            n_new=0,
            n_changed=0,
            n_unchanged=0,
            n_rejected=rejects,
            n_refused=int(info.n_refused),
            n_unlocated=int(info.n_unlocated),
            refused=to_json(info.refused, what="refused"),
            flagged=to_json(info.flagged, what="flagged"),
            categories=to_json(info.categories, what="categories"),
            period_from=maybe_micros(first, name="period"),
            period_to=maybe_micros(last, name="period"),
            revision=0,
        )
    )
    return seq, batch_id


def settle_batch(connection: Connection, seq: int, counts: Counts, *, revision: int) -> None:
    """
    Write what became of a batch's rows.

    Parameters
    ----------
    connection
        In a write transaction.
    seq
        Number of the batch.
    counts
        New, changed, unchanged.
    revision
        Of the frame, afterwards.
    """
    values = update(BATCHES).where(BATCHES.c.seq == seq)
    connection.execute(
        values.values(
            n_new=counts.n_new,
            n_changed=counts.n_changed,
            n_unchanged=counts.n_unchanged,
            revision=revision,
        )
    )


def list_batches(connection: Connection) -> pd.DataFrame:
    """
    List the batches, undone ones too.

    Parameters
    ----------
    connection
        In a read transaction.

    Returns
    -------
    pandas.DataFrame
        Columns `BATCH_COLUMNS`, in the order of loading.
    """
    import pandas as pd

    query = select(*(BATCHES.c[name] for name in BATCH_COLUMNS)).order_by(BATCHES.c.seq)
    rows = connection.execute(query).mappings().all()
    out = {}
    for name in BATCH_COLUMNS:
        values = [row[name] for row in rows]
        if name in _TIMES:
            out[name] = times(values)
        elif name in _JSON:
            out[name] = pd.Series([json.loads(text) for text in values], dtype="object")
        else:
            kind = "Int64" if name in _NUMBERS else "str"
            out[name] = pd.Series(values, dtype=kind)
    return pd.DataFrame(out)


def list_rejects(connection: Connection, batch: int) -> pd.DataFrame:
    """
    List the rows of a batch that were not accepted.

    Parameters
    ----------
    connection
        In a read transaction.
    batch
        Number of the batch.

    Returns
    -------
    pandas.DataFrame
        `row` (int64), `reasons` and `columns` (lists), by row number.
    """
    import pandas as pd

    query = select(REJECTS).where(REJECTS.c.batch == batch).order_by(REJECTS.c.row, REJECTS.c.seq)
    rows = connection.execute(query).mappings().all()
    return pd.DataFrame(
        {
            "row": pd.Series([row["row"] for row in rows], dtype="int64"),
            "reasons": pd.Series([json.loads(row["reasons"]) for row in rows], dtype="object"),
            "columns": pd.Series([json.loads(row["columns"]) for row in rows], dtype="object"),
        }
    )


def note(
    connection: Connection,
    action: str,
    *,
    subject: str,
    by: str,
    counts: Mapping[str, object],
    now: int,
) -> None:
    """
    Add a line to the audit.

    Parameters
    ----------
    connection
        In a write transaction.
    action
        A code.
    subject
        Id of what it concerns.
    by
        The role that did it.
    counts
        Numbers by name.
    now
        Microseconds since 1970.

    Raises
    ------
    StoreError
        If action is not a code, or a count not a whole number.
    """
    if not CODE.fullmatch(action):
        msg = "an action in the audit must be a code."
        raise StoreError(msg, expected=CODE.pattern, fix="write it as export or undo")
    wrong = [
        name for name, n in counts.items() if isinstance(n, bool) or not isinstance(n, Integral)
    ]
    if wrong:
        msg = "the audit keeps counts, and a count is a whole number."
        raise StoreError(msg, found=", ".join(wrong), fix="pass integers")
    line = {"at": now, "action": action, "subject": subject, "by": by}
    connection.execute(insert(AUDIT).values(counts=to_json(counts, what="counts"), **line))


def list_audit(connection: Connection) -> pd.DataFrame:
    """
    Read the audit.

    Parameters
    ----------
    connection
        In a read transaction.

    Returns
    -------
    pandas.DataFrame
        `at`, `action`, `subject`, `by`, `counts`, oldest first.
    """
    import pandas as pd

    rows = connection.execute(select(AUDIT).order_by(AUDIT.c.seq)).mappings().all()
    out = pd.DataFrame({"at": times([row["at"] for row in rows])})
    for name in ("action", "subject", "by"):
        out[name] = pd.Series([row[name] for row in rows], dtype="str")
    out["counts"] = pd.Series([json.loads(row["counts"]) for row in rows], dtype="object")
    return out
