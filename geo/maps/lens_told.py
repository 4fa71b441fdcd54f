"""How a place's incidents came to be known, in words that a role may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import swedish
from geo.maps.access import access
from geo.maps.soften import is_small

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.maps.picture import Picture


def found_label(facts: Mapping[str, Any] | None, *, least: int, lang: str = "sv") -> str | None:
    """
    Say how many a place had that own staff found, beside those that were reported.

    Parameters
    ----------
    facts
        The place's evidence, from the run; None when it is not known.
    least
        The smallest count the role is told.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str or None
        One sentence; None where staff found nothing.

    Examples
    --------
    >>> found_label({"n_patrol": 7}, least=5).replace(chr(160), " ")
    'Dessutom 7 händelser som egen personal upptäckt; de räknas inte in.'
    """
    n = facts["n_patrol"] if facts else 0
    if not n:
        return None
    told = None if is_small(n, min_count=least) else n
    if lang == "sv":
        text = swedish.plural(told, "händelse", "händelser")
        return f"Dessutom {text} som egen personal upptäckt; de räknas inte in."
    text = swedish.plural(told, "event", "events", lang=lang)
    return f"Besides, {text} found by own staff; they do not count."


def numbered(code: str, facts: Mapping[str, Any] | None, *, least: int, lang: str) -> str:
    """
    Say the numbers a caveat rests on.

    Parameters
    ----------
    code
        The caveat.
    facts
        The place's evidence; None when it is not known.
    least
        The smallest count the role is told.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        A sentence to put after the caveat's own; empty where there is no number, or one of
        them is too small to tell.
    """
    if facts is None or code not in _NUMBERS:
        return ""
    counts, text = _NUMBERS[code]
    told = _told(code, facts)
    if told is None or (least > 1 and code in _WHO):
        return ""
    shown = [told[name] for name in counts]
    parts = [*shown, shown[-1] - shown[0]] if code in _PARTS else shown
    if any(is_small(float(n), min_count=least) for n in parts):
        return ""
    words = {
        name: swedish.number(value, decimals=0 if float(value).is_integer() else 1, lang=lang)
        for name, value in told.items()
    }
    return text[0 if lang == "sv" else 1].format(**words)


def weighted(picture: Picture) -> list[str]:
    """
    Say whose weights the places are ordered by.

    Parameters
    ----------
    picture
        One week as one role may see it.

    Returns
    -------
    list of str
        One sentence; empty where weights are off, or the role gets no places.
    """
    told = picture.run.summary.get("severity")
    if not told or access("hotspots", picture.role).hidden:
        return []
    whose = f"({told['source']}, {told['year']})"
    text = (
        f"Ordningen är viktad efter allvar {whose}; vad som sticker ut avgörs av antal."
        if picture.lang == "sv"
        else f"The order is weighted by severity {whose}; what stands out rests on counts alone."
    )
    return [text]


def _told(code: str, facts: Mapping[str, Any]) -> dict[str, float] | None:
    """Choose the numbers of a caveat."""
    if code == "patrol_effort":
        effort = facts["effort"]
        if not effort or effort.get("per_hour_low") is None:
            return None
        return {k: effort[k] for k in _EFFORT}
    n = facts["n_inside"] if code in ("imprecise", "one_point") else facts["n_reported"]
    return {"n": n, "k": facts[_OF[code]] or 0} | (
        {"stacked": facts["n_stacked"]} if code == "coarse_left_out" else {}
    )


_EFFORT = ("visits", "hours", "found", "per_hour", "per_hour_low", "per_hour_high", "per_hour_all")
_OF = {
    "found_by_patrol": "n_patrol",
    "one_voice": "n_largest",
    "one_source": "n_largest",
    "imprecise": "n_imprecise",
    "one_point": "n_spot",
    "coarse_left_out": "n_coarse",
}
_WHO = ("one_voice", "one_source")
_PARTS = ("imprecise", "one_point", "one_voice", "one_source")
_NUMBERS: dict[str, tuple[tuple[str, ...], tuple[str, str]]] = {
    "found_by_patrol": (
        ("k", "n"),
        ("{n} rapporterade, {k} upptäckta av egen personal.", "{n} reported, {k} found by staff."),
    ),
    "one_voice": (("k", "n"), ("{k} av {n}.", "{k} of {n}.")),
    "one_source": (("k", "n"), ("{k} av {n}.", "{k} of {n}.")),
    "imprecise": (("k", "n"), ("{k} av {n} händelser.", "{k} of {n} events.")),
    "one_point": (("k", "n"), ("{k} av {n} händelser.", "{k} of {n} events.")),
    "coarse_left_out": (
        ("k", "stacked"),
        ("{k} med grov position, {stacked} på en hög.", "{k} placed coarsely, {stacked} stacked."),
    ),
    "patrol_effort": (
        ("visits", "found"),
        (
            (
                "{visits} besök, {hours} timmar, {found} upptäckta: {per_hour} i timmen (95 %: "
                "{per_hour_low}–{per_hour_high}) mot {per_hour_all} överallt."
            ),
            (
                "{visits} visits, {hours} hours, {found} found: {per_hour} an hour (95%: "
                "{per_hour_low}–{per_hour_high}) against {per_hour_all} everywhere."
            ),
        ),
    ),
}
