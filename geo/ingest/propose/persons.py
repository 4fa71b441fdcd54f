"""Columns that are not ours to read: about persons, or free text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.ingest.propose.vocabulary import likeness
from geo.privacy import scrub

if TYPE_CHECKING:
    from geo.ingest.propose.sample import Field

_NAMED = 0.85
_PROBE = 60
_SHARE = 0.2
_LONG = 100
_DIFFERENT = 0.5
_WORDS = 5


def about_persons(field: Field, *, look: bool = True) -> bool:
    """
    Tell whether a column is about persons: by its header, or by what stands in it.

    Parameters
    ----------
    field
        The column.
    look
        Whether to look at its cells too; of places and times only the header counts.

    Returns
    -------
    bool
        True for sex, age, names, numbers and the like.
    """
    if likeness(field.name, "never", "person") >= _NAMED:
        return True
    if not look:
        return False
    words = [w for w in field.words[:_PROBE] if not w.replace(".", "").replace("-", "").isdigit()
             or len(w) > 9]  # fmt: skip
    found = sum(bool(scrub(word).counts) for word in words)
    return bool(words) and found > _SHARE * len(words) and field.numeric < _DIFFERENT


def is_free_text(field: Field) -> bool:
    """
    Tell whether a column is free text: by its header, or by long and different cells.

    Parameters
    ----------
    field
        The column.

    Returns
    -------
    bool
        True for text that could say anything of anyone.
    """
    if likeness(field.name, "never", "free") >= _NAMED:
        return True
    several = sum(len(word.split()) >= _WORDS for word in field.words[:_PROBE])
    wordy = several > _DIFFERENT * min(len(field.words), _PROBE)
    different = len(field.words) > _DIFFERENT * max(field.n_filled, 1)
    return wordy and (different or field.longest > 2 * _LONG) and field.longest > _LONG
