"""What a run leaves out because something is not loaded, said plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import swedish
from geo.maps.sentences import NO_RUN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_OLDER = (
    "Analysen är äldre än det här lagret: kör lagesbild analyse igen.",
    "The analysis is older than this layer: run lagesbild analyse again.",
)
_NOT_ANALYSED = (
    "Ingen analys är gjord än: kör lagesbild analyse.",
    "Nothing has been analysed yet: run lagesbild analyse.",
)
_SINCE: dict[str, tuple[str, ...]] = {
    "class_checks": ("light_facts", "classes"),
    "street_light": ("light_facts", "lux"),
    "score_history": ("score",),
}
"""Layer -> where the summary of a run that knows it speaks of it."""
_FINDINGS = frozenset(
    {"places", "recommendations", "lighting_checks", "place_types", "outages", "dark_stretches"}
) | frozenset(_SINCE)
_NOTES: dict[str, tuple[str, str]] = {
    "incidents": (
        (
            "Inga händelser är inlästa. Belysningen är analyserad ändå, men inga platser är "
            "bedömda, ingenting säger om ljuset har med händelser att göra, och listan bygger på "
            "register, felanmälningar och rapporter."
        ),
        (
            "No events are loaded. The lighting is analysed all the same, but no place is "
            "judged, nothing tells whether light has to do with events, and the list rests on the "
            "register, fault reports and reports."
        ),
    ),
    "streets": (
        (
            "Gatunätet är inte inläst. Mörka sträckor, ljus längs gatorna och kontrollberäkning "
            "kan inte göras; ljuspunkternas avstånd är sållade mot stolphöjden (lagret Avstånd "
            "mellan ljuspunkter, eller lagesbild export lamp_spacing FIL.xlsx)."
        ),
        (
            "The streets are not loaded. Dark stretches, light along streets and classes cannot be "
            "told; the lamps' distances are screened against their heights (the layer Distance "
            "between lamps, or lagesbild export lamp_spacing FILE.xlsx)."
        ),
    ),
    "lamps": (
        (
            "Inga ljuspunkter är inlästa. Det enda som är känt om ljuset är vad gatunätet självt "
            "säger (lagret Uppgift om belyst gata)."
        ),
        (
            "No lamps are loaded. All that is known of light is what the street network itself "
            "says (the layer Streets said to be lit)."
        ),
    ),
}


def why_empty(layer: str, run_id: str, summary: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say why a layer of findings has no rows, where that is no finding.

    Parameters
    ----------
    layer
        Its name.
    run_id, summary
        Of the run.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        What to do; empty where nothing was found, or the layer is none of findings.

    Examples
    --------
    >>> why_empty("class_checks", "0f", {"light_facts": {}}, lang="en")
    'The analysis is older than this layer: run lagesbild analyse again.'
    >>> why_empty("class_checks", "0f", {"light_facts": {"classes": {"n": 0}}})
    ''
    """
    at = 0 if lang == "sv" else 1
    if run_id == NO_RUN:
        return _NOT_ANALYSED[at] if layer in _FINDINGS else ""
    told: Any = summary
    for name in _SINCE.get(layer, ()):
        if not isinstance(told, dict) or name not in told:
            return _OLDER[at]
        told = told[name]
    return ""


def spacing_note(summary: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say how far apart lamps stand, where that is all that can be told.

    Parameters
    ----------
    summary
        Of the run.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Two sentences; empty where streets are loaded, or fewer than three lamps.
    """
    told = (summary.get("light_facts") or {}).get("spacing") or {}
    if "streets" not in summary.get("lacking", ()) or not told.get("spacing_m"):
        return ""
    low, middle, high = (swedish.number(v, decimals=1, lang=lang) for v in told["spacing_m"])
    close, unsure, far = (
        swedish.number(told["bands"][name], lang=lang)
        for name in ("probably_ok", "uncertain", "probably_short")
    )
    if lang == "sv":
        return (
            f"Avstånd till grannljuspunkten: median {middle} m, hälften mellan {low} och {high} m. "
            f"Mot stolphöjden (6 m antas där ingen trovärdig finns): {close} sannolikt tätt nog, "
            f"{unsure} osäkert, {far} sannolikt för glest."
        )
    return (
        f"Distance to the neighbouring lamp: median {middle} m, half between {low} and {high} m. "
        f"Against the height (6 m is assumed where none is believed): {close} probably close "
        f"enough, {unsure} uncertain, {far} probably too far."
    )


def lacking_notes(lacking: Sequence[str], *, lang: str = "sv") -> list[str]:
    """
    Say what a run could not do.

    Parameters
    ----------
    lacking
        Frames that were empty, as the run's summary names them.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of str
        One note a frame, the most important first; none where nothing is lacking.

    Examples
    --------
    >>> lacking_notes(["lamps"], lang="en")[0][:20]
    'No lamps are loaded.'
    >>> lacking_notes([])
    []
    """
    at = 0 if lang == "sv" else 1
    return [pair[at] for name, pair in _NOTES.items() if name in lacking]
