"""What a worklist says: sentences, costs and labels, Swedish first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.maps import swedish
from geo.maps.layers_dark import open_label
from geo.maps.swedish import DASH, NBSP
from geo.maps.words import word
from geo.measures.words import advice_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.measures.rules import Rule

ERRAND = ("Reparera ljuspunkter som är släckta i rad", "Mend lamps that are out in a row")
CLEARED = ("light_not_cause", "light_cannot_tell")
"""Rules that say light is probably not the cause, and that it cannot be told."""
_UNKNOWN = ("okänd ägare", "owner not known")


def at(lang: str) -> int:
    """
    Give the position of a language in a pair.

    Parameters
    ----------
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    int
        0 or 1.
    """
    return 0 if lang == "sv" else 1


def work(rule: str, *, lang: str = "sv") -> str:
    """
    Say what a rule asks for.

    Parameters
    ----------
    rule
        Its code.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        A clause with a capital, no full stop.
    """
    return swedish.capital(advice_text(rule, lang=lang))


def kind_label(kind: str, *, lang: str = "sv") -> str:
    """
    Name a kind of work.

    Parameters
    ----------
    kind
        A word of the frame ``recommendations``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Its name.
    """
    return word("kind", kind, lang=lang)


def certainty(code: str, *, lang: str = "sv") -> dict[str, str]:
    """
    Say how sure a row is.

    Parameters
    ----------
    code
        A word of the certainty vocabulary.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        confidence and confidence_label.
    """
    return {"confidence": code, "confidence_label": word("certainty", code, lang=lang)}


def owners(names: Sequence[str], *, unknown: bool, lang: str = "sv") -> str:
    """
    Say whose something is, also when that is not known, or of a part only.

    Parameters
    ----------
    names
        Owners that are known.
    unknown
        Whether some of it has no known owner.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``Vägföreningen, delvis okänd ägare``.

    Examples
    --------
    >>> owners(["Kommunen"], unknown=True), owners([], unknown=True)
    ('Kommunen, delvis okänd ägare', 'okänd ägare')
    """
    if not names:
        return _UNKNOWN[at(lang)]
    part = ("delvis okänd ägare", "partly not known")[at(lang)]
    return ", ".join([*names, part] if unknown else names)


def unnamed(streets: Sequence[str], poles: Sequence[str], lang: str) -> str | None:
    """
    Name what has no name of its own, after its street, else after its first pole.

    Parameters
    ----------
    streets
        Names of streets there.
    poles
        Pole numbers there.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str or None
        Nothing where there is nothing to name it after.
    """
    if streets or not poles:
        return next(iter(streets), None)
    return f"{('Stolpe', 'Pole')[at(lang)]} {poles[0]}"


def poles(metres: float | None, *, spacing_m: float) -> int:
    """
    Reckon how many poles a stretch without lamps would need.

    Parameters
    ----------
    metres
        Its length; None for nothing to light.
    spacing_m
        Distance between them.

    Returns
    -------
    int
        At least one for a stretch.

    Examples
    --------
    >>> poles(100, spacing_m=25), poles(None, spacing_m=25)
    (4, 0)
    """
    return 0 if metres is None else max(1, math.ceil(metres / spacing_m))


def cost(rule: Rule, *, n: int, spacing_m: float, lang: str = "sv") -> dict[str, Any] | None:
    """
    Give the cost range of a row, where its rule has one.

    Parameters
    ----------
    rule
        The rule, with its range for one lamp or pole and where that is from.
    n
        How many lamps or poles; 0 when that is not known.
    spacing_m
        Distance between new poles.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict or None
        ``low``, ``high`` (SEK, for all), ``n``, ``label`` and ``basis``.
    """
    if rule.cost_sek is None:
        return None
    low, high = (int(value) * max(n, 1) for value in rule.cost_sek)
    sums = f"{swedish.number(low, lang=lang)}{DASH}{swedish.number(high, lang=lang)}"
    sums = f"{sums}{NBSP}kr" if lang == "sv" else f"SEK{NBSP}{sums}"
    each = ("styck", "each")[at(lang)]
    if rule.kind == "lamp_new":
        many = (f"{n} stolpar med {spacing_m:.0f} m emellan", f"{n} poles {spacing_m:.0f} m apart")
        label = f"{sums}, {many[at(lang)]}" if n else f"{sums} {each}"
    else:
        sv = {0: "per armatur", 1: "om armaturen byts", 2: "om båda armaturerna byts"}
        en = (
            f"if all {n} luminaires are replaced"
            if n > 1
            else ("if the luminaire is replaced" if n else "for each luminaire")
        )
        changed = (sv.get(n, f"om alla {n} armaturer byts"), en)
        label = f"{sums}, {changed[at(lang)]}"
    return {"low": low, "high": high, "n": n, "label": label, "basis": rule.cost_basis}


def short_days(days: float) -> float:
    """
    Give a target as plain data: whole days, or a part of one.

    Parameters
    ----------
    days
        The target.

    Returns
    -------
    float
        A whole number from one day on.
    """
    return int(days) if days >= 1 else round(float(days), 3)


def opened(errand: Any, *, lang: str = "sv") -> dict[str, Any]:
    """
    Say how long an errand has been open, against its target.

    Parameters
    ----------
    errand
        A row of the frame ``outages``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        days_open, target_days, late, open_label.
    """
    days = None if swedish.missing(errand.days_open) else int(errand.days_open)
    row = {"days_open": days, "target_days": errand.target_days}
    return {
        "days_open": days,
        "target_days": short_days(errand.target_days),
        "late": bool(errand.late),
        "open_label": open_label(row, lang=lang),
    }


def not_light(item: Mapping[str, Any], *, lang: str = "sv") -> dict[str, Any]:
    """
    Tell of a place where light is probably not the cause.

    Parameters
    ----------
    item
        The recommendation, as a situation has it.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        id, place_id, place, sentence, why, certainty and caveat.
    """
    return {
        "id": item["id"],
        "place_id": item["place_id"],
        "place": item["place_name"],
        "sentence": f"{work(item['rule'], lang=lang)}.",
        "why": [reason["text"] for reason in item["reasons"]],
        "confidence": item["confidence"],
        "confidence_label": item["confidence_label"],
        "caveat": item["caveat"],
    }
