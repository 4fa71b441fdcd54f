"""What a rule is: gates, reasons and words as data, so that anyone can read the whole table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Facts = Mapping[str, Any]

_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        ">=": lambda have, want: bool(have >= want),
        "<=": lambda have, want: bool(have <= want),
        "<": lambda have, want: bool(have < want),
        "==": lambda have, want: bool(have == want),
        "in": lambda have, want: have in want,
    }
)
_MEASURED = frozenset({"share", "ratio", "m", "lx", "days", ""})
_WORDS = MappingProxyType({">=": "≥", "<=": "≤", "<": "<", "==": "=", "in": "∈"})


@dataclass(frozen=True, slots=True)
class Gate:
    """
    One condition on one fact; a fact that is missing opens no gate.

    Parameters
    ----------
    fact
        Name of the fact.
    test
        ``>=``, ``<=``, ``<``, ``==`` or ``in``.
    value
        What it is held against.
    """

    fact: str
    test: str
    value: Any

    def holds(self, facts: Facts) -> bool:
        """
        Tell whether the condition is met.

        Parameters
        ----------
        facts
            Everything known of the place or errand.

        Returns
        -------
        bool
            False also when the fact is missing.
        """
        have = facts.get(self.fact)
        return not is_missing(have) and _OPERATORS[self.test](have, self.value)

    def __str__(self) -> str:
        """Write it as people do: ``n_dark ≥ 3``."""
        value = ", ".join(self.value) if isinstance(self.value, tuple) else self.value
        return f"{self.fact} {_WORDS[self.test]} {value}"


Clause = tuple[Gate, ...]
"""Gates of which one is enough."""


@dataclass(frozen=True, slots=True)
class Reason:
    """
    What a recommendation shows as its ground.

    Parameters
    ----------
    code
        Stable code; `geo.measures.words` says it.
    fact
        Which fact is the value.
    unit
        Of the value.
    layer
        The layer that shows it.
    n
        The fact that says how many it rests on; empty for the value itself
        when that is a count, and for none otherwise.
    ids
        The fact that lists what it rests on; empty for none.
    even_zero
        Whether nothing is worth saying too.
    """

    code: str
    fact: str
    unit: str
    layer: str
    n: str = ""
    ids: str = ""
    even_zero: bool = False

    def told(self, facts: Facts) -> dict[str, Any] | None:
        """
        Give the reason with its numbers.

        Parameters
        ----------
        facts
            Everything known of the place or errand.

        Returns
        -------
        dict or None
            code, value, unit, n, layer and ids; None when there is nothing to
            tell.
        """
        value = plain(facts.get(self.fact))
        if is_missing(value) or (not self.even_zero and value in (0, "", False)):
            return None
        own = None if self.unit in _MEASURED else value
        n = plain(facts.get(self.n)) if self.n else own
        ids = facts.get(self.ids) if self.ids else None
        return {
            "code": self.code,
            "value": value,
            "unit": self.unit,
            "n": None if is_missing(n) or isinstance(n, str) else n,
            "layer": self.layer,
            "ids": [] if ids is None else [str(i) for i in ids],
        }


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One row of the decision table.

    Parameters
    ----------
    code
        Stable name.
    about
        ``place`` (a hotspot), ``errand`` (lamps out together) or ``stretch``
        (a dark stretch of street).
    kind
        What is recommended, a word of the frame ``recommendations``.
    tier
        Order between rules, 1 first.
    gates
        Clauses that must all hold.
    reasons
        What is shown as ground.
    confidence
        Pairs of certainty and clauses, tried in order; the last is taken when
        no other fits. The certainty ``place`` stands for the place's own.
    caveat
        Code of what could make it wrong.
    grade
        Strength of the evidence for the measure, A (trials) to D (practice).
    sv, en
        What it is called.
    basis
        What the rule rests on.
    cost_sek
        Range, and `cost_basis` its year and source; None when not known.
    cost_basis
        See `cost_sek`.
    follow_up_weeks
        When to look whether it helped.
    nature
        ``free`` (nothing to weigh), ``assess`` (near water or protected nature it needs an
        ecological assessment) or ``never`` (it is not recommended there).
    owner
        Whose move it is: ``presence``, ``light_owner``, ``road_owner``, ``park`` or ``nobody``.
    alternatives
        Codes of what to weigh first, or meanwhile; `geo.measures.words` says them.
    """

    code: str
    about: str
    kind: str
    tier: int
    gates: tuple[Clause, ...]
    reasons: tuple[Reason, ...]
    confidence: tuple[tuple[str, tuple[Clause, ...]], ...]
    caveat: str
    grade: str
    sv: str
    en: str
    basis: str
    cost_sek: tuple[int, int] | None = None
    cost_basis: str = ""
    follow_up_weeks: tuple[int, ...] = (12, 52)
    nature: str = "free"
    owner: str = "light_owner"
    alternatives: tuple[str, ...] = ()

    def fits(self, facts: Facts) -> bool:
        """
        Tell whether the rule speaks.

        Parameters
        ----------
        facts
            Everything known of the place or errand.

        Returns
        -------
        bool
            True when every clause holds.
        """
        return all_hold(self.gates, facts)

    def certainty(self, facts: Facts) -> str:
        """
        Say how sure the recommendation is.

        Parameters
        ----------
        facts
            Everything known of the place or errand.

        Returns
        -------
        str
            A word of the certainty vocabulary.
        """
        for word, clauses in self.confidence[:-1]:
            if all_hold(clauses, facts):
                return self._own(word, facts)
        return self._own(self.confidence[-1][0], facts)

    @staticmethod
    def _own(word: str, facts: Facts) -> str:
        """Put the place's own certainty in where the rule leaves it to that."""
        return str(facts["certainty"]) if word == "place" else word


def all_hold(clauses: tuple[Clause, ...], facts: Facts) -> bool:
    """
    Tell whether every clause has a gate that holds.

    Parameters
    ----------
    clauses
        The clauses.
    facts
        Everything known of the place or errand.

    Returns
    -------
    bool
        True for no clauses.
    """
    return all(any(gate.holds(facts) for gate in clause) for clause in clauses)


def is_missing(value: Any) -> bool:
    """
    Tell a missing value from anything else, lists included.

    Parameters
    ----------
    value
        Anything.

    Returns
    -------
    bool
        True for None, NaN, NaT and NA.
    """
    if value is None or str(value) in {"NaT", "<NA>"}:
        return True
    return isinstance(value, float) and math.isnan(value)


def plain(value: Any) -> Any:
    """
    Turn a number of any library into one of Python, and round what is measured.

    Parameters
    ----------
    value
        A scalar.

    Returns
    -------
    int, float, str or None
        Fractions with three decimals; whole numbers as int.
    """
    if is_missing(value):
        return None
    item = value.item() if hasattr(value, "item") else value
    if isinstance(item, float):
        return int(item) if item.is_integer() else round(item, 3)
    return item
