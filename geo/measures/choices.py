"""What to weigh first, whose move it is, and when to look again: the rest of a recommendation."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.measures.catalog import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.clock import Week

Pair = tuple[str, str]

ALTERNATIVES: Mapping[str, Pair] = MappingProxyType(
    {
        "repair_first": ("reparera före nyinvestering", "mend before investing anew"),
        "trim_first": ("röj och beskär först", "clear and prune first"),
        "measure_first": ("mät på plats innan något byggs", "measure on site before building"),
        "steer": ("visa till en belyst väg bredvid", "show people to a lit way beside it"),
        "presence_meanwhile": ("närvaro till dess", "presence meanwhile"),
        "ask": ("fråga dem som går här vad de upplever", "ask those who walk here what they feel"),
    }
)
OWNERS: Mapping[str, Pair] = MappingProxyType(
    {
        "presence": ("den som ansvarar för närvaron", "whoever is responsible for presence"),
        "light_owner": ("anläggningsägaren", "the owner of the lighting"),
        "road_owner": ("väghållaren", "the keeper of the road"),
        "park": ("den som sköter parken", "whoever keeps the park"),
        "nobody": ("ingen", "nobody"),
    }
)
NATURE: Mapping[str, Pair] = MappingProxyType(
    {
        "free": ("påverkar inte natur", "does not touch nature"),
        "assess": (
            "nära vatten och skyddad natur: ekologisk bedömning först",
            "near water and protected nature: an ecological assessment first",
        ),
        "never": (
            "föreslås aldrig nära vatten och skyddad natur",
            "never suggested near water and protected nature",
        ),
    }
)


def alternatives(code: str, *, lang: str = "sv") -> list[str]:
    """
    Say what to weigh before, or meanwhile.

    Parameters
    ----------
    code
        A key of `RULES`.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of str
        Clauses without capital or full stop.

    Examples
    --------
    >>> alternatives("lamp_new")[0]
    'reparera före nyinvestering'
    """
    at = 0 if lang == "sv" else 1
    return [ALTERNATIVES[name][at] for name in RULES[code].alternatives]


def follow_up_on(code: str, *, week: Week) -> list[date]:
    """
    Say when to look whether a recommendation helped, were it begun at the week's end.

    Parameters
    ----------
    code
        A key of `RULES`.
    week
        The week it was given.

    Returns
    -------
    list of date
        Mondays.

    Examples
    --------
    >>> from geo.clock import Week
    >>> [str(day) for day in follow_up_on("presence", week=Week.parse("2026-W47"))]
    ['2026-12-21', '2027-02-15']
    """
    end = week.shift(1).monday
    return [end + timedelta(weeks=weeks) for weeks in RULES[code].follow_up_weeks]


def rule_table(*, lang: str = "sv") -> list[dict[str, Any]]:
    """
    Give the whole decision table, a row a rule.

    Parameters
    ----------
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of dict
        ``code``, ``name``, ``about``, ``kind``, ``gates`` (clauses; gates of which one is enough
        are joined by "or"), ``grade``, ``basis``, ``cost_sek``, ``cost_basis``, ``nature``,
        ``owner``, ``alternatives`` and ``follow_up_weeks``.
    """
    at = 0 if lang == "sv" else 1
    link = " eller " if lang == "sv" else " or "
    return [
        {
            "code": rule.code,
            "name": rule.sv if lang == "sv" else rule.en,
            "about": rule.about,
            "kind": rule.kind,
            "gates": [link.join(str(gate) for gate in clause) for clause in rule.gates],
            "grade": rule.grade,
            "basis": rule.basis,
            "cost_sek": rule.cost_sek,
            "cost_basis": rule.cost_basis,
            "nature": NATURE[rule.nature][at],
            "owner": OWNERS[rule.owner][at],
            "alternatives": alternatives(rule.code, lang=lang),
            "follow_up_weeks": list(rule.follow_up_weeks),
        }
        for rule in RULES.values()
    ]
