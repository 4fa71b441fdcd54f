"""A source's kinds of event as ours; its own word kept, unknown ones never dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import IngestError
from geo.ingest.cells import distinct, fold
from geo.ingest.columns import settle_text
from geo.settings import categories

if TYPE_CHECKING:
    from geo.ingest.settle import Settling

OTHER = "other"
MAX_WORDS = 300
"""A column with more different words than this is free text, not a category."""
MAX_LENGTH = 120
"""Nor is one with a word longer than this."""
_WORDY_FROM = 100
_WORDY_SHARE = 0.5


def settle_category(settling: Settling) -> dict[str, pd.Series]:
    """
    Settle `category` and `source_category` of incidents.

    The mapping's [categories] come first; then our own codes and labels,
    written out. What fits none becomes `other`, is flagged, and is counted
    under the source's word.

    Parameters
    ----------
    settling
        The file on its way.

    Returns
    -------
    dict
        Both columns, shape (n,).

    Raises
    ------
    IngestError
        If the column holds free text, or nothing gives a category.
    """
    mapping = settling.mapping
    index = settling.raw.rows.index
    constant = mapping.constants.get("category")
    cells = settling.cells("category")
    if not cells and constant is None:
        msg = "the mapping does not say where category comes from."
        fix = "add category under [columns], or under [constants] when all rows are of one kind"
        raise IngestError(msg, found=", ".join(settling.raw.headers[:60]), fix=fix)
    if not cells:
        kind = pd.Series(constant, index=index, dtype="object")
        return {"category": kind, "source_category": pd.Series(None, index=index, dtype="object")}
    joined = cells[0]
    for more in cells[1:]:
        joined = (joined + " / " + more).str.strip(" /")
    words, codes = distinct(joined)
    _refuse_free_text(words, rows=len(index), column=", ".join(settling.theirs("category")))
    table = _table(mapping.categories)
    ours = np.array([table.get(fold(word), OTHER) for word in words], dtype=object)
    fits = np.array([fold(word) in table for word in words], dtype=bool)
    category = pd.Series(ours[codes], index=index, dtype="object")
    settling.doubts.flag(~fits[codes], "unknown_category")
    settling.other = joined.where(category == OTHER)
    own = settling.cells("source_category") or [joined]
    source = settle_text(settling, settling.frame.column("source_category"), own)
    return {"category": category, "source_category": source}


def _table(given: dict[str, str]) -> dict[str, str]:
    """Every word that is understood, folded -> our code."""
    table: dict[str, str] = {}
    for key, category in categories().items():
        table |= {fold(category.label_en): key, fold(category.label_sv): key}
    table |= {fold(key): key for key in categories()}
    return table | {fold(theirs): ours for theirs, ours in given.items()}


def _refuse_free_text(words: list[str], *, rows: int, column: str) -> None:
    """Refuse what is no category: it has few, short words; all else may tell of a person."""
    longest = max(map(len, words), default=0)
    many = len(words) > MAX_WORDS
    wordy = rows >= _WORDY_FROM and len(words) > _WORDY_SHARE * rows
    if many or wordy or longest > MAX_LENGTH:
        msg = f"column {column!r} looks like free text, not a category."
        raise IngestError(
            msg,
            found=f"{len(words)} different words in {rows} rows, the longest {longest} characters",
            expected=f"at most {MAX_WORDS} words of at most {MAX_LENGTH} characters",
            fix="map another column as category: free text about events is not stored",
        )
