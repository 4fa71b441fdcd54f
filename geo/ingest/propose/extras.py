"""The other columns of a frame: by header, and by the words that stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from geo.frames import FRAMES, Column, Kind
from geo.ingest.fields import FALSE_WORDS, TRUE_WORDS
from geo.ingest.propose.doubt import Unsure
from geo.ingest.propose.vocabulary import column_words, likeness, match_word, plain
from geo.ingest.units import UNITS

if TYPE_CHECKING:
    from geo.ingest.propose.sample import Field

_NAMED = 0.6
_REQUIRED_NAMED = 0.45
_NUMERIC = 0.8
_FITS = 0.5
_WITHIN = 0.9
_MOST_WORDS = 60
_LETTERS_BEHIND = re.compile(r"\d\s*[(a-zA-Zåäö]")
_PLAUSIBLE = {"height_m": (2.5, 20.0), "arm_m": (0.1, 6.0), "power_w": (3.0, 1500.0),
              "flux_lm": (200.0, 100_000.0), "cct_k": (1000.0, 10_000.0),
              "azimuth_deg": (0.0, 360.0), "population_year": (1900.0, 2100.0)}  # fmt: skip
_UNIT_OF = {"power_w": "W", "height_m": "m", "arm_m": "m", "flux_lm": "lm", "cct_k": "K"}
_LATER = {"id", "batch_id", "mapping_version", "ref_hash", "flags", "duplicate_group", "weight",
          "length_m", "category", "source_category", "time_known", "accuracy_m", "source",
          "found_by", "assumed", "revision"}  # fmt: skip


@dataclass
class Rest:
    """What was found about other columns: parts of a mapping, why, and what is unsure."""

    columns: dict[str, str | list[str]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    unsure: list[Unsure] = field(default_factory=list)


def settle_rest(fields: list[Field], *, frame: str) -> Rest:
    """
    Find the frame's other columns among the file's.

    Parameters
    ----------
    fields
        Columns that are free: no positions, times, persons, free text.
    frame
        What the file is loaded as.

    Returns
    -------
    Rest
        Parts of a mapping.
    """
    rest = Rest()
    skip = _LATER | ({"actor"} if frame == "incidents" else set())
    ours = [c for c in FRAMES[frame].columns if c.name not in skip
            and c.kind not in {Kind.TIME, Kind.DATE, Kind.JSON}]  # fmt: skip
    ranked: list[tuple[float, int, Column, Field]] = []
    for at, column in enumerate(ours):
        for one in fields:
            named = _named(one, column)
            if named >= (_REQUIRED_NAMED if not column.nullable else _NAMED):
                ranked.append((named + _bonus(one, column, frame), -at, column, one))
    own_list = frame == "incidents"  # of incidents a column may serve category and setting both
    taken: set[str] = set()
    for _, _, column, one in sorted(ranked, key=lambda r: (-r[0], -r[1], r[3].at)):
        if column.name in rest.columns or (one.name in taken and not own_list):
            continue
        if _take(rest, column, one, frame=frame):
            taken.add(one.name)
    if "population" not in rest.columns:
        rest.columns.pop("population_year", None)
    return rest


def settle_ref(fields: list[Field]) -> tuple[str | None, str]:
    """
    Find the column that names a row from week to week.

    Parameters
    ----------
    fields
        Columns that may.

    Returns
    -------
    column : str or None
        Its header.
    reason : str
        Why, Swedish.
    """
    best: tuple[float, str, float] = (0.0, "", 0.0)
    for one in fields:
        named = likeness(one.name, "columns", "ref")
        if named < _NAMED or not one.n_filled:
            continue
        unlike = len(one.words) / one.n_filled
        filled = one.n_filled / max(len(one.cells), 1)
        if unlike < 0.98 or filled < 0.5:
            continue
        worth = named * unlike**20 * (0.7 + 0.3 * filled)  # each repeat is a row rejected
        if worth > best[0] + 1e-9:
            best = (worth, one.name, unlike)
    if not best[1]:
        return None, ""
    return best[1], "skiljer raderna åt" if best[2] == 1.0 else f"{best[2]:.1%} olika värden"


def _named(one: Field, column: Column) -> float:
    """How well a header fits a column, its unit at the end taken away."""
    whole = likeness(one.name, "columns", column.name)
    return max(whole, likeness(re.sub(r"_(?:m|w|lm|k|kr|deg|desc)$", "", one.name.casefold()),
                               "columns", column.name) - 0.02)  # fmt: skip


def _bonus(one: Field, column: Column, frame: str) -> float:
    """More for a vocabulary whose words stand there."""
    if not column.vocabulary:
        return 0.0
    return 0.4 * _fitting(one, column, frame=frame) - 0.2


def _take(rest: Rest, column: Column, one: Field, *, frame: str) -> bool:
    """Take a column if its values are of the kind; say what was left out."""
    if column.kind in {Kind.NUMBER, Kind.INTEGER}:
        return _take_number(rest, column, one)
    if column.kind is Kind.BOOLEAN:
        known = TRUE_WORDS | FALSE_WORDS
        if not one.words or any(word.casefold() not in known for word in one.words[:20]):
            return False
    elif column.vocabulary:
        return _take_words(rest, column, one, frame=frame)
    elif not one.words:
        return False
    rest.columns[column.name] = one.name
    rest.reasons[column.name] = f"rubriken {one.name}"
    return True


def _take_words(rest: Rest, column: Column, one: Field, *, frame: str) -> bool:
    """Map a column's words to a vocabulary."""
    fits = _fitting(one, column, frame=frame)
    listed = column.kind is Kind.TEXTS
    if not listed and (len(one.words) > _MOST_WORDS * 3 or fits < _FITS):
        return False
    table = column_words(frame, column.name)
    known = {plain(word) for word in column.vocabulary}
    found = {word: ours for word in _members(one, listed=listed)
             if plain(word) not in known and (ours := match_word(word, table)) is not None
             and (ours in column.vocabulary or ours == "dwelling")}  # fmt: skip
    if found:
        rest.values[column.name] = dict(sorted(found.items()))
    lost = [w for w in _members(one, listed=listed) if w not in found and plain(w) not in known]
    rest.columns[column.name] = one.name
    rest.reasons[column.name] = f"{fits:.0%} av raderna har ett känt ord"
    if lost:
        shown = ", ".join(lost[:8]) + (" m.fl." if len(lost) > 8 else "")
        rest.unsure.append(Unsure(
            "words", f"Ord i {one.name} som inte känns igen lämnas därhän: {shown}."))  # fmt: skip
    return True


def _members(one: Field, *, listed: bool) -> list[str]:
    """List the different words, of lists their members."""
    words = one.words[: _MOST_WORDS * 5]
    if not listed:
        return words
    return list(dict.fromkeys(m.strip() for w in words for m in re.split(r"[;|,\n]", w)
                              if m.strip()))  # fmt: skip


def _fitting(one: Field, column: Column, *, frame: str) -> float:
    """Share of the rows whose word has one of ours."""
    table = column_words(frame, column.name) | {plain(w): w for w in column.vocabulary}
    if column.kind is Kind.TEXTS:
        members = _members(one, listed=True)
        return sum(match_word(w, table) is not None for w in members) / max(len(members), 1)
    fits = sum(int(n) for word, n in one.counts.iloc[:_MOST_WORDS].items()
               if match_word(str(word), table) is not None)  # fmt: skip
    return fits / max(one.n_filled, 1)


def _take_number(rest: Rest, column: Column, one: Field) -> bool:
    """Take a column of numbers whose size can be what it says."""
    name, unit = column.name, _UNIT_OF.get(column.name)
    values = one.numbers[np.isfinite(one.numbers)]
    behind = [w for w in one.words if _LETTERS_BEHIND.search(w)]
    if unit is not None and behind:
        from geo.ingest.numbers import parse_numbers

        values = parse_numbers(one.cells, unit=unit)[0].dropna().to_numpy()
    if len(values) < max(1, (_NUMERIC - 0.3) * one.n_filled):
        return False
    low, high = _PLAUSIBLE.get(name, (-np.inf, np.inf))
    middle = float(np.median(values[values != 0])) if (values != 0).any() else 0.0
    feet = bool(re.search(r"\b(?:ft|feet|fot)\b", plain(one.name)))
    if feet and unit == "m":
        rest.units[name] = "ft"
        middle *= UNITS["ft"]
    within = float(((values >= low) & (values <= high)).mean()) if unit else 1.0
    if not low <= middle <= high or (within < _WITHIN and not feet):
        which = (f"{1 - within:.0%} av värdena" if low <= middle <= high
                 else f"värdena (omkring {middle:.4g})")  # fmt: skip
        rest.unsure.append(Unsure(
            "number", f"{one.name} kan vara {column.doc.rstrip('.').casefold()}, men {which} "
            f"är inte rimliga i {column.unit or 'vår enhet'}. Den lämnas utan.",
            decisive=False))  # fmt: skip
        rest.units.pop(name, None)
        return False
    if unit is not None and any(w for w in behind if _bare_unit(w) not in UNITS):
        rest.units[name] = unit
    rest.columns[name] = one.name
    rest.reasons[name] = f"omkring {middle:.4g} {column.unit or ''}".rstrip()
    return True


def _bare_unit(word: str) -> str:
    return re.sub(r"^[\d\s.,+-]+", "", word).strip()
