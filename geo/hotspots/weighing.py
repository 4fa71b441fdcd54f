"""What the order of places is weighed by: no single voice too much, severity where it is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.hotspots.forecast.caps import one_voice

if TYPE_CHECKING:
    from collections.abc import Mapping


def capped(score: float, sources: Any, *, several: bool) -> float:
    """
    Cap what one actor may weigh in the order of places.

    Parameters
    ----------
    score
        What the rank is by.
    sources
        Count by actor.
    several
        Whether more than one actor tells of incidents in the municipality; with one there is
        nothing to weigh it against, and the score stays.

    Returns
    -------
    float
        The score times the evidence left when the largest actor counts as at most half of it.
    """
    voice = one_voice(sources)
    if not several or not voice["one_sided"]:
        return score
    return float(score * voice["n_capped"] / voice["n"])


def gravity(categories: Any, *, everywhere: Any, severity: Mapping[str, float] | None) -> float:
    """
    Weigh a place's incidents against those of the whole municipality.

    Parameters
    ----------
    categories
        Count by category at the place: a list of ``category`` and ``n``.
    everywhere
        The same of the whole period.
    severity
        Weight by category; one that is not named weighs 1. None weighs all the same.

    Returns
    -------
    float
        Mean weight here over mean weight everywhere; 1 where weights are off. It multiplies what
        places are ordered by and touches no count, expected value, p or certainty.

    Examples
    --------
    >>> gravity([{"category": "violence_public", "n": 2}], severity={"violence_public": 4.0},
    ...         everywhere=[{"category": "violence_public", "n": 2}, {"category": "theft", "n": 2}])
    1.6
    """
    if not severity:
        return 1.0

    def mean(rows: Any) -> float:
        n = sum(row["n"] for row in rows)
        weight = sum(row["n"] * severity.get(row["category"], 1.0) for row in rows)
        return float(weight / n) if n else 1.0

    return mean(categories) / mean(everywhere)
