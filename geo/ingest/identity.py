"""Who a row is: a keyed hash of its case number, else its content and ordinal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.ingest.digests import hash_joined

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BETWEEN = "\x1f"
_REF_HEX = 32
_ID_HEX = 24


def hash_refs(parts: list[pd.Series], *, source: str, key: bytes) -> NDArray[np.bytes_]:
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
    numpy.ndarray
        HMAC-SHA256 cut to 128 bits, in hex, as bytes; b"" where no part is written.
    """
    hashed = hash_joined(
        parts, head=source + _BETWEEN, between=_BETWEEN, key=key, hexadecimals=_REF_HEX
    )
    blank = np.logical_and.reduce([(part == "").to_numpy(dtype=bool) for part in parts])
    if blank.any():
        hashed[blank] = b""
    return hashed


def hash_content(parts: list[pd.Series]) -> NDArray[np.bytes_]:
    """
    Hash what a row says in the columns that were read.

    Parameters
    ----------
    parts
        Text, each of shape (n,).

    Returns
    -------
    numpy.ndarray
        Hex as bytes, shape (n,).
    """
    return hash_joined(parts, head="", between=_BETWEEN, hexadecimals=_REF_HEX)


def row_ids(
    *, frame: str, source: str, refs: NDArray[np.bytes_], content: NDArray[np.bytes_]
) -> NDArray[np.bytes_]:
    """
    Give every row our own id; the order of the rows plays no part in the set of ids.

    Parameters
    ----------
    frame, source
        What the rows are, and the export they came with.
    refs
        From `hash_refs`; b"" where a row has no case number.
    content
        From `hash_content`; looked at where there is no case number.

    Returns
    -------
    numpy.ndarray
        Hex as bytes, shape (n,): of the reference where there is one, else of the
        content and its ordinal among equal rows.
    """
    out = np.empty(len(refs), dtype=f"S{_ID_HEX}")
    named = refs != b""
    head = f"{frame}{_BETWEEN}{source}{_BETWEEN}"
    if named.any():
        out[named] = _short([refs[named]], head=f"{head}ref{_BETWEEN}")
    if not named.all():
        said = content[~named]
        # 64 of the hash's 128 bits are enough to number equal rows
        ordinal = pd.Series(said.view(np.uint64).reshape(len(said), -1)[:, 0])
        numbers = ordinal.groupby(ordinal, sort=False).cumcount().astype("str")
        out[~named] = _short([said, numbers], head=head)
    return out


def _short(parts: list[Any], *, head: str) -> NDArray[np.bytes_]:
    """Hash texts to the length of an id."""
    return hash_joined(parts, head=head, between=_BETWEEN, hexadecimals=_ID_HEX)


def ref_ids(*, frame: str, source: str, refs: NDArray[np.bytes_]) -> NDArray[np.object_]:
    """
    Give the ids of the rows with some references.

    Parameters
    ----------
    frame, source
        What the rows are, and the export they came with.
    refs
        Hashed references, b"" for none.

    Returns
    -------
    numpy.ndarray
        Text, shape (n,); None where there is no reference.
    """
    ids = row_ids(frame=frame, source=source, refs=refs, content=np.zeros_like(refs))
    out: NDArray[np.object_] = ids.astype(str).astype(object)
    out[refs == b""] = None
    return out


def doubled(refs: NDArray[np.bytes_], *, among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """
    Tell which rows share their reference with another.

    Parameters
    ----------
    refs
        From `hash_refs`.
    among
        Rows that count, bool, shape (n,).

    Returns
    -------
    numpy.ndarray
        bool, shape (n,).
    """
    out: NDArray[np.bool_] = among & (refs != b"")
    at = np.flatnonzero(out)
    if len(at):
        first = refs[at].view(np.uint64).reshape(len(at), -1)[:, 0]
        out[at] = pd.Series(first).duplicated(keep=False).to_numpy()
    return out


def find_repeats(
    *, refs: NDArray[np.bytes_], content: NDArray[np.bytes_], among: NDArray[np.bool_]
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
        From `hash_content`; looked at in the rows that are `doubled`.
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
    at = np.flatnonzero(doubled(refs, among=among))
    if not len(at):
        return repeated, contradicting
    rows = pd.DataFrame({"ref": refs[at].astype(str), "content": content[at].astype(str),
                         "at": at})  # fmt: skip
    rows = rows[rows["ref"].duplicated(keep=False)].sort_values(["ref", "content", "at"])
    first = rows.groupby("ref")["content"].transform("first")
    kept = ~rows["ref"].duplicated()
    same = rows["content"] == first
    repeated[rows["at"][same & ~kept]] = True
    contradicting[rows["at"][~same]] = True
    return repeated, contradicting
