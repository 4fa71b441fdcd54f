"""Who a row is: a keyed hash of its case number, else its content and ordinal."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BETWEEN = "\x1f"
_REF_HEX = 32
_ID_HEX = 24


def hash_refs(parts: list[pd.Series], *, source: str, key: bytes) -> pd.Series:
    """
    Hash foreign case numbers with the key; they are never kept in clear.

    Parameters
    ----------
    parts
        The columns a case number is made of; text, each of shape (n,).
    source
        The export's name: the same number from two sources is two cases.
    key
        Secret of the workspace.

    Returns
    -------
    pandas.Series
        HMAC-SHA256 cut to 128 bits, in hex; "" where no part is written.
    """
    prefix = source + _BETWEEN
    joined = [_BETWEEN.join(row) for row in zip(*map(_plain, parts), strict=True)]
    blank = _BETWEEN * (len(parts) - 1)
    hashed = [
        ""
        if text == blank
        else hmac.digest(key, (prefix + text).encode(), "sha256").hex()[:_REF_HEX]
        for text in joined
    ]
    return pd.Series(hashed, index=parts[0].index, dtype="str")


def hash_content(parts: list[pd.Series]) -> NDArray[np.object_]:
    """
    Hash what a row says in the columns that were read.

    Parameters
    ----------
    parts
        Text, each of shape (n,).

    Returns
    -------
    numpy.ndarray
        Hex text, shape (n,).
    """
    rows = zip(*map(_plain, parts), strict=True)
    return np.array(
        [hashlib.sha256(_BETWEEN.join(row).encode()).hexdigest()[:_REF_HEX] for row in rows],
        dtype=object,
    )


def row_ids(
    *, frame: str, source: str, refs: pd.Series, content: NDArray[np.object_]
) -> NDArray[np.object_]:
    """
    Give every row our own id; the order of the rows plays no part in the set of ids.

    Parameters
    ----------
    frame, source
        What the rows are, and the export they came with.
    refs
        From `hash_refs`; "" where a row has no case number.
    content
        From `hash_content`.

    Returns
    -------
    numpy.ndarray
        Hex text, shape (n,): of the reference where there is one, else of the
        content and its ordinal among equal rows.
    """
    by_ref = (refs != "").to_numpy()
    ordinal = pd.Series(content).groupby(content, sort=False).cumcount().to_numpy()
    prefix = f"{frame}{_BETWEEN}{source}{_BETWEEN}"
    out = [
        ref_id(frame=frame, source=source, ref=ref) if named
        else hashlib.sha256(f"{prefix}{text}{_BETWEEN}{at}".encode()).hexdigest()[:_ID_HEX]
        for ref, named, text, at in zip(_plain(refs), by_ref, content, ordinal, strict=True)
    ]  # fmt: skip
    return np.array(out, dtype=object)


def ref_id(*, frame: str, source: str, ref: str) -> str:
    """
    Give the id of the row with a reference.

    Parameters
    ----------
    frame, source
        What the row is, and the export it came with.
    ref
        Its hashed reference.

    Returns
    -------
    str
        Hex text.
    """
    text = f"{frame}{_BETWEEN}{source}{_BETWEEN}ref{_BETWEEN}{ref}"
    return hashlib.sha256(text.encode()).hexdigest()[:_ID_HEX]


def _plain(cells: pd.Series) -> NDArray[np.object_]:
    """Give cells as Python text, at once: packed text is slow to walk through."""
    plain: NDArray[np.object_] = cells.to_numpy(dtype=object)
    return plain


def find_repeats(
    *, refs: pd.Series, content: NDArray[np.object_], among: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """
    Find rows that carry a reference another row has.

    Which one is kept depends on what the rows say, not on their order, so a
    file in another order gives the same result.

    Parameters
    ----------
    refs
        From `hash_refs`.
    content
        From `hash_content`.
    among
        Rows that count, bool, shape (n,).

    Returns
    -------
    repeated : numpy.ndarray
        bool: says word for word what the kept row says.
    contradicting : numpy.ndarray
        bool: says something else than the kept row.
    """
    repeated, contradicting = np.zeros(len(refs), dtype=bool), np.zeros(len(refs), dtype=bool)
    at = np.flatnonzero(among & (refs != "").to_numpy())
    if not len(at):
        return repeated, contradicting
    rows = pd.DataFrame({"ref": refs.to_numpy(object)[at], "content": content[at], "at": at})
    rows = rows[rows["ref"].duplicated(keep=False)].sort_values(["ref", "content", "at"])
    first = rows.groupby("ref")["content"].transform("first")
    kept = ~rows["ref"].duplicated()
    same = rows["content"] == first
    repeated[rows["at"][same & ~kept]] = True
    contradicting[rows["at"][~same]] = True
    return repeated, contradicting
