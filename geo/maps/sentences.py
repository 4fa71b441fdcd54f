"""The sentences of the picture, as a person would say them."""

from __future__ import annotations

from typing import Any

from geo.maps import swedish
from geo.maps.hours import when as when_label
from geo.maps.swedish import DASH, missing, plural
from geo.maps.words import word

__all__ = [
    "change_label", "place_sentence", "rank_label", "trend_label", "when_label",
]  # fmt: skip

WEEK_S = 604_800
_YEAR_WEEKS = 52
_EXACT_BELOW = 10  # expected counts are written with a decimal below this
NO_RUN = "ingen"
"""Name of the run of a picture made before any analysis."""
_EMPTY = {
    "not_analysed": {
        "sv": "Ingen analys är gjord än. Kartan visar det som är inläst; inga platser är bedömda.",
        "en": "Nothing has been analysed yet. The map shows what is loaded; no place is judged.",
    },
    "nothing_loaded": {
        "sv": "Inga händelser finns för perioden. Läs in en fil, så räknas lägesbilden.",
        "en": "There are no events for the period. Load a file and the picture is computed.",
    },
    "light_only": {
        "sv": "Inga händelser är inlästa, så inga platser är bedömda. Belysningen är analyserad.",
        "en": "No events are loaded, so no place is judged. The lighting is analysed.",
    },
    "nobody": {
        "sv": "Ingen plats sticker ut den här veckan.",
        "en": "No place stands out this week.",
    },
    "cannot_tell": {
        "sv": "Det går inte att avgöra om någon plats sticker ut: underlaget är för litet.",
        "en": "It cannot be told whether any place stands out: there is too little to go by.",
    },
    "counts_only": {
        "sv": "Händelser per ruta och kvartal. Antal under fem visas inte.",
        "en": "Events per square and quarter. Counts below five are not shown.",
    },
    "no_access": {
        "sv": "Din roll ser karta och inställningar, men inga händelser.",
        "en": "Your role sees the map and the settings, but no events.",
    },
}


def empty(state: str, *, lang: str = "sv") -> str:
    """
    Say a state in which there is no list of places.

    Parameters
    ----------
    state
        One of not_analysed, nothing_loaded, light_only, nobody, cannot_tell, counts_only and
        no_access.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One or two sentences.
    """
    return _EMPTY[state][lang]


def trend_label(row: Any, *, lang: str = "sv") -> str:
    """
    Say how a place went, over the year or over the period it was looked at.

    Parameters
    ----------
    row
        A place with its class and period.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``jämn under året``, or ``jämn under perioden`` where the period is shorter than
        52 weeks; empty when the place has no class.
    """
    if missing(row["class"]):
        return ""
    of = "class" if weeks_between(row) >= _YEAR_WEEKS else "class_period"
    return word(of, row["class"], lang=lang)


def lower_sentence(lower: list[dict[str, Any]], *, lang: str = "sv") -> str:
    """
    Say which places can be given lower priority.

    Parameters
    ----------
    lower
        Mappings with `name`, at least one.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One sentence; more than one place are counted, and named in their list.
    """
    names = [row["name"] for row in lower]
    if len(names) > 1:  # more than one takes in by ear: the list names them
        subject = swedish.capital(swedish.counting_word(len(names), lang=lang))
        subject += " platser" if lang == "sv" else " places"
    else:
        subject = names[0]
    return f"{subject} kan prioriteras ned." if lang == "sv" else f"{subject} can wait."


def rank_label(place: dict[str, Any]) -> str:
    """
    Write a rank, or the span of ranks the data allow.

    Parameters
    ----------
    place
        With rank, rank_low and rank_high.

    Returns
    -------
    str
        ``"2–4"``, or ``"2"`` when nothing else is possible.
    """
    low, high = place.get("rank_low"), place.get("rank_high")
    if missing(low) or missing(high) or low is None or high is None or low == high:
        return str(int(place["rank"]))
    return f"{int(low)}{DASH}{int(high)}"


def weeks_between(place: dict[str, Any]) -> int:
    """
    Count the whole weeks of a place's period.

    Parameters
    ----------
    place
        With period_from and period_to.

    Returns
    -------
    int
        At least 1; a change of clocks does not change it.
    """
    seconds: float = (place["period_to"] - place["period_from"]).total_seconds()
    return max(1, round(seconds / WEEK_S))


def expected_label(value: float, *, lang: str = "sv") -> str:
    """
    Write an expected count: a decimal only where it says something.

    Parameters
    ----------
    value
        Zero or more.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        For example ``"4,6"`` or ``"23"``.
    """
    plain = value >= _EXACT_BELOW or abs(value - round(value)) < 0.05  # prints alike
    return swedish.number(value, decimals=0 if plain else 1, lang=lang)


def place_sentence(place: dict[str, Any], *, lang: str = "sv") -> str:
    """
    Say how much happened at a place and what would be usual for such a place.

    Parameters
    ----------
    place
        A hotspot's columns, after the gate.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One sentence with n, period and what was expected.
    """
    weeks = weeks_between(place)
    hidden = missing(place["n"])
    if lang == "sv":
        events = plural(place["n"], "händelse", "händelser")
        text = f"{events} på {plural(weeks, 'vecka', 'veckor')}"
        tail = f", liknande platser brukar ha {expected_label(place['expected'])}"
    else:
        events = plural(place["n"], "event", "events", lang=lang)
        text = f"{events} in {plural(weeks, 'week', 'weeks', lang=lang)}"
        tail = f", such places usually have {expected_label(place['expected'], lang=lang)}"
    return swedish.capital(text + ("" if hidden or missing(place["expected"]) else tail)) + "."


def change_label(place: dict[str, Any], *, lang: str = "sv") -> str:
    """
    Say the last four weeks against the four before: ``4 veckor: 3 → 7``.

    Parameters
    ----------
    place
        A hotspot's columns, after the gate, and what they were before it in
        no way.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Both counts; empty when neither is known.
    """
    before, recent = place.get("n_before"), place.get("n_recent")
    if missing(before) and missing(recent):
        return ""
    span = "4 veckor" if lang == "sv" else "4 weeks"
    told = (swedish.count(before, lang=lang), swedish.count(recent, lang=lang))
    return f"{span}: {told[0]} {swedish.ARROW} {told[1]}"


def dark_label(place: dict[str, Any], *, lang: str = "sv") -> str:
    """
    Say which share happened in darkness, of how many with a known hour.

    Parameters
    ----------
    place
        With dark_share and n_timed, after the gate.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One phrase; "går inte att avgöra" when it is not known.
    """
    share, timed = place.get("dark_share"), place.get("n_timed")
    if missing(share) or missing(timed) or share is None or timed is None:
        return word("certainty", "cannot_tell", lang=lang)
    dark = round(share * timed)
    if lang == "sv":
        return f"{dark} av {swedish.number(timed)} utomhus med känd tid skedde i mörker"
    return f"{dark} of {swedish.number(timed)} outdoors with a known hour were in darkness"
