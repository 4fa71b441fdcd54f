"""Errands that no rule takes up, and lamps out alone gathered into rounds."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from geo.maps import swedish
from geo.maps.worklist_words import at, kind_label, owners, short_days

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUND = ("Enstaka släckta ljuspunkter: ta på nästa rond", "Single lamps out: take on next round")


def errand_reasons(errand: Any, *, lang: str = "sv") -> list[str]:
    """
    Say what an errand rests on.

    Parameters
    ----------
    errand
        A row of the frame ``outages``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of str
        Sentences.
    """
    n, told, known = errand.n_lamps, errand.n_reports, errand.n_register
    if lang == "sv":
        return [
            f"Släckta ljuspunkter i rad eller på samma belysningscentral: {n}.",
            f"Felanmälningar: {told}. Släckta enligt registret: {known}.",
        ]
    return [f"Lamps out in a row or on one circuit: {n}.",
            f"Fault reports: {told}. Out by the register: {known}."]  # fmt: skip


def round_row(owner: str, errands: Sequence[Any], *, lang: str = "sv") -> dict[str, Any]:
    """
    Gather lamps that are out alone into one round.

    Parameters
    ----------
    owner
        Whose they are; empty when not known.
    errands
        Rows of the frame ``outages``, kind ``single``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        A row of the worklist's rounds.
    """
    name = hashlib.sha256(f"round\n{owner}".encode()).hexdigest()[:12]
    days = [int(e.days_open) for e in errands if not swedish.missing(e.days_open)]
    late = sum(1 for e in errands if e.late)
    return {
        "id": name,
        "step": 1,
        "kind": "lamp_repair",
        "kind_label": kind_label("lamp_repair", lang=lang),
        "work": ROUND[at(lang)],
        "n_lamps": len(errands),
        "n_late": late,
        "owners": [owner] if owner else [],
        "owner_label": owner or owners([], unknown=True, lang=lang),
        "days_open": max(days, default=None),
        "target_days": short_days(errands[0].target_days),
        "late": late > 0,
        "lamp_ids": [i for e in errands for i in e.lamp_ids],
        "pole_refs": [p for e in errands for p in e.pole_refs],
    }
