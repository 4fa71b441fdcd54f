"""Places of a worklist of which the very same is said, told in one breath."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def alike(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """
    Gather places of which the very same is said.

    Parameters
    ----------
    rows
        What `not_light` gave.

    Returns
    -------
    list of tuple
        Names, a street with several places once with their number, and one row for all.

    Examples
    --------
    >>> said = {"sentence": "Lugnt.", "confidence": "likely", "caveat": None}
    >>> [names for names, _ in alike([said | {"place": name} for name in ("A", "B", "A")])]
    ['A (2 platser), B']
    """
    found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        key = tuple(row[k] for k in ("sentence", "confidence", "caveat"))
        found.setdefault(key, []).append(row)
    out = []
    for same in found.values():
        many = Counter(str(row["place"] or "") for row in same)
        named = [name if n == 1 else f"{name} ({n} platser)" for name, n in many.items()]
        out.append((", ".join(named), same[0]))
    return out
