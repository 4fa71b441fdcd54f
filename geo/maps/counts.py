"""How a count in a square is said."""

from __future__ import annotations

from typing import Any

from geo.maps import swedish
from geo.maps.access import Access


def count_label(row: Any, rule: Access, *, lang: str = "sv") -> str:
    """
    Say the count of a square.

    Parameters
    ----------
    row
        With n (NaN when hidden), n_min and n_max.
    rule
        The role's line of the access table.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        For example ``"12"``, ``"färre än 5"`` or ``"mellan 7 och 19"``.
    """
    if not swedish.missing(row.n):
        told = swedish.number(row.n, lang=lang)
        if rule.small_shown:
            return told
        return f"minst {told}" if lang == "sv" else f"at least {told}"
    if row.n_max < rule.min_count:
        return swedish.count(None, limit=rule.min_count, lang=lang)
    low, high = swedish.number(row.n_min, lang=lang), swedish.number(row.n_max, lang=lang)
    return f"mellan {low} och {high}" if lang == "sv" else f"between {low} and {high}"
