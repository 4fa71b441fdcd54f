"""The sentence that opens a week: what is a finding, and what may be chance."""

from __future__ import annotations

from typing import Any

from geo.maps import swedish
from geo.maps.sentences import lower_sentence

FEWEST_FIRST, MOST_FIRST = 3, 5
"""How many places a week can begin with: the well supported ones, within these."""


def opening(places: list[dict[str, Any]], lower: list[dict[str, Any]], *, lang: str = "sv") -> str:
    """
    Say the week in a sentence or three.

    Parameters
    ----------
    places
        Prioritised places with `class` and `certainty`, at least one. Only well supported ones
        are told as findings: of the others the sentence says that they may be chance.
    lower
        Places that can be given lower priority.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        The opening of the page, such as the one in the example.

    Examples
    --------
    >>> sure, lead = (
    ...     {"class": "new", "certainty": word} for word in ("well_supported", "likely")
    ... )
    >>> opening([sure, lead], [])
    'Två platser att prioritera i veckan. En är väl underbyggd (ny), övriga kan vara slump.'
    >>> opening([sure] * 4 + [lead] * 5, []).partition(". ")[0]
    'Fyra platser att börja med, fem till i listan'
    >>> opening([lead], [])
    'Ingen plats är väl underbyggd i veckan. En plats är värd en titt, men kan vara slump.'
    """
    n = len(places)
    sure = [p for p in places if p["certainty"] == "well_supported"]
    new = sum(p["class"] == "new" for p in sure)  # of what may be chance it would say too much
    parts = [_how_many(n, len(sure), lang=lang)] if sure else [_unsure(n, lang=lang)]
    if sure and len(sure) < n:
        parts.append(_how_sure(len(sure), new, lang=lang))
    elif new:
        parts.append(_how_new(n, new, lang=lang))
    return " ".join([*parts, *([lower_sentence(lower, lang=lang)] if lower else [])])


def _how_many(n: int, firm: int, *, lang: str) -> str:
    """Say how many places there are; of a long list, how many to begin with and how many more."""
    if n > MOST_FIRST:
        first = min(max(firm, FEWEST_FIRST), MOST_FIRST)
        said = swedish.capital(swedish.counting_word(first, lang=lang))
        more = swedish.counting_word(n - first, lang=lang)
        if lang == "sv":
            return f"{said} platser att börja med, {more} till i listan."
        return f"{said} places to begin with, {more} more on the list."
    said = swedish.capital(swedish.counting_word(n, lang=lang))
    if lang == "sv":
        return f"{said} {'plats' if n == 1 else 'platser'} att prioritera i veckan."
    return f"{said} {'place' if n == 1 else 'places'} to prioritise this week."


def _how_sure(firm: int, new: int, *, lang: str) -> str:
    """Say how many are well supported, and how many of those are new; the rest may be chance."""
    said = swedish.capital(swedish.counting_word(firm, lang=lang))
    many = swedish.counting_word(new, lang=lang)
    if lang == "sv":
        aside = "ny" if firm == 1 else f"{many} {'ny' if new == 1 else 'nya'}"
        words = f"{said} är väl {'underbyggd' if firm == 1 else 'underbyggda'}"
        return f"{words}{f' ({aside})' if new else ''}, övriga kan vara slump."
    aside = "new" if firm == 1 else f"{many} new"
    words = f"{said} {'is' if firm == 1 else 'are'} well supported"
    return f"{words}{f' ({aside})' if new else ''}, the others may be chance."


def _unsure(n: int, *, lang: str) -> str:
    """Say that nothing listed is a finding: where nothing stands out such lists are common."""
    said = swedish.capital(swedish.counting_word(n, lang=lang))
    if lang == "sv":
        some = "plats är värd" if n == 1 else "platser är värda"
        return f"Ingen plats är väl underbyggd i veckan. {said} {some} en titt, men kan vara slump."
    some = "place is" if n == 1 else "places are"
    return f"No place is well supported this week. {said} {some} worth a look, but may be chance."


def _how_new(n: int, new: int, *, lang: str) -> str:
    """Say how many are new."""
    many = swedish.capital(swedish.counting_word(new, lang=lang))
    if lang == "sv":
        whole = "Den är ny." if n == 1 else "Alla är nya." if new == n else ""
        return whole or f"{many} är {'ny' if new == 1 else 'nya'}."
    return f"{many} {'is' if new == 1 else 'are'} new."
