"""What other people's exports call things: headers and words, from the product's own lists."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from typing import Any

from geo.settings import data_dir

_CAMEL = re.compile(r"(?<=[a-zåäöøæé])(?=[A-ZÅÄÖØÆ])")
_APART = re.compile(r"[^0-9a-zåäöøæéüñíóáú]+")
_STRAIGHT = str.maketrans({"ø": "o", "æ": "a", "ß": "s"})
_PREFIX_FROM = 5
_CONTAINED, _COVER, _RANK = 0.55, 0.35, 0.002


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """
    Give the form in which headers and words are compared with the lists.

    Parameters
    ----------
    text
        A header or a word.

    Returns
    -------
    str
        Lower case, words apart, without accents and signs.

    Examples
    --------
    >>> plain("høydeOverVeg"), plain("REPORT_DAT"), plain("Brott fr.o.m.")
    ('hoyde over veg', 'report dat', 'brott fr o m')
    """
    apart = _APART.sub(" ", _CAMEL.sub(" ", text).casefold()).strip().translate(_STRAIGHT)
    return "".join(c for c in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(c))


def _folded(table: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _folded(held) if isinstance(held, dict) else tuple(plain(word) for word in held)
        for name, held in table.items()
    }


@lru_cache(maxsize=1)
def headers() -> dict[str, dict[str, tuple[str, ...]]]:
    """
    Read what columns are called elsewhere.

    Returns
    -------
    dict
        Group -> role -> names, the most telling first, in compared form.
    """
    raw = tomllib.loads((data_dir() / "headers.toml").read_text(encoding="utf-8"))
    return _folded(raw)


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, Any]]:
    """
    Read the words that stand for those of our vocabularies.

    Returns
    -------
    dict
        Column (or frame -> column) -> our word -> theirs, in compared form.
    """
    raw = tomllib.loads((data_dir() / "words.toml").read_text(encoding="utf-8"))
    return _folded(raw)


@lru_cache(maxsize=1)
def category_words() -> dict[str, str]:
    """
    Read the words that stand for kinds of event.

    Returns
    -------
    dict
        Their word, in compared form -> our category; our own codes and
        labels among them.
    """
    raw = tomllib.loads((data_dir() / "categories.toml").read_text(encoding="utf-8"))
    out: dict[str, str] = {}
    for key, row in raw.items():
        for word in (key, row["sv"], row["en"], *row.get("words", ())):
            out.setdefault(plain(word), key)
    return out


def column_words(frame: str, column: str) -> dict[str, str]:
    """
    Give the words that stand for those of one column's vocabulary.

    Parameters
    ----------
    frame, column
        Ours.

    Returns
    -------
    dict
        Their word, in compared form -> ours; empty where no list is kept.
    """
    table = words()
    held = table.get(frame, {}).get(column) or table.get(column, {})
    return {word: ours for ours, list_ in held.items() if isinstance(list_, tuple)
            for word in list_}  # fmt: skip


@lru_cache(maxsize=65_536)
def likeness(header: str, group: str, role: str) -> float:
    """
    Tell how well a header fits a role.

    Parameters
    ----------
    header
        As in the file.
    group, role
        Of `headers`; a role that has no list is fitted by its own name only.

    Returns
    -------
    float
        0 for not at all, 1 for exactly a name of the list; a name that is
        part of the header counts by its share of it.
    """
    named = plain(header)
    list_ = (plain(role), *headers()[group].get(role, ()))
    return max((_fit(named, word) - _RANK * at for at, word in enumerate(list_)), default=0.0)


def _fit(named: str, word: str) -> float:
    """How well a header, in compared form, fits one name of a list."""
    if not named or not word:
        return 0.0
    if named == word:
        return 1.0
    if named.replace(" ", "") == word.replace(" ", ""):
        return 0.97
    have, want = named.split(), word.split()
    if any(have[at : at + len(want)] == want for at in range(len(have) - len(want) + 1)):
        return _CONTAINED + _COVER * len(want) / len(have)
    if len(word) >= _PREFIX_FROM and len(want) == 1:
        share = len(word) / max(len(named), 1)
        if any(one.startswith(word) or one.endswith(word) for one in have):
            return 0.45 + 0.3 * share
    return 0.0


def match_word(text: str, table: dict[str, str]) -> str | None:
    """
    Find what one of a source's words stands for; of several that fit the longest counts.

    Parameters
    ----------
    text
        The source's word.
    table
        Their words in compared form -> ours.

    Returns
    -------
    str or None
        None when nothing fits.

    Examples
    --------
    >>> match_word("THEFT F/AUTO", {"theft": "theft", "theft f auto": "vehicle_crime"})
    'vehicle_crime'
    """
    named = plain(text)
    if named in table:
        return table[named]
    padded = f" {named} "
    best = (0, "")
    for word, ours in table.items():
        # whole words anywhere; longer ones may also open a word ("skolinbrott" does not open)
        starts = len(word) >= _PREFIX_FROM and f" {word}" in padded
        ends = len(word) >= _PREFIX_FROM and f"{word} " in padded
        if (f" {word} " in padded or starts or ends) and len(word) > best[0]:
            best = (len(word), ours)
    return best[1] or None
