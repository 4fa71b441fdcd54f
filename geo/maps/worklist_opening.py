"""How a worklist opens: the sentence a person would say, and what the list cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import swedish
from geo.maps.lacking import spacing_note

if TYPE_CHECKING:
    from collections.abc import Mapping

PROMISE = (
    "Bättre ljus kan öka tryggheten. Att det händer mindre lovar vi inte.",
    "Better light may make a place feel safer. We do not promise that less will happen.",
)
_ORDER_SV = (
    "Reparera före nyinvestering: först det som är släckt, sedan röjning, tider, kontroll på "
    "plats, och sist ny belysning. Inom varje steg går platser där det händer mycket i mörker "
    "först, sedan där flera upplever mörker, sedan det som varit öppet längre än målet."
)
_ORDER_EN = (
    "Mend before building: what is out first, then trimming, hours, checks on site, and new "
    "lighting last. Within a step: places where much happens in the dark, then where several "
    "report darkness, then what has been open longer than the target."
)
ORDER = (_ORDER_SV, _ORDER_EN)


def opening(numbers: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say first what there is to do.

    Parameters
    ----------
    numbers
        The counts of a worklist.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Some short sentences, the one that matters most first.

    Examples
    --------
    >>> none = dict.fromkeys(("n_repair", "n_late", "n_look", "n_new", "n_round"), 0)
    >>> opening(none | {"n_lamps": 10, "n_not_light": 1})
    'Inget att göra åt belysningen, så vitt registret vet. På en plats är ljuset nog inte orsaken.'
    """
    return " ".join(part for part in first_and_rest(numbers, lang=lang) if part)


def first_and_rest(
    numbers: Mapping[str, Any], *, summary: Mapping[str, Any] | None = None, lang: str = "sv"
) -> tuple[str, str]:
    """
    Part the opening in its headline and what comes after.

    Parameters
    ----------
    numbers
        The counts of a worklist.
    summary
        Of the run; where it had no streets, how far apart lamps stand is told too.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    first, rest : str
        Together they are `opening`; `rest` may be empty.
    """
    parts = _swedish(numbers) if lang == "sv" else _english(numbers)
    more = [spacing_note(summary, lang=lang)] if summary else []
    return parts[0], " ".join(part for part in [*parts[1:], *more] if part)


def _swedish(numbers: Mapping[str, Any]) -> list[str]:
    """Say it in Swedish."""
    repair, look, new, alone = (numbers[k] for k in ("n_repair", "n_look", "n_new", "n_round"))
    if numbers["n_lamps"] == 0 and not repair + look + new:
        return ["Inga ljuspunkter är inlästa, så det finns ingen åtgärdslista än."]
    if not numbers.get("analysed", True):
        return ["Ingen analys är gjord än, så det finns ingen åtgärdslista."]
    out = []
    if repair:
        told = _many(repair, "reparation", "reparationer")
        out.append(f"Börja med {told}{_late(numbers['n_late'], of=repair)}.")
    then = [
        _many(look, "sak att se över", "saker att se över"),
        _many(new, "plats att utreda ny belysning på", "platser att utreda ny belysning på"),
    ]
    listed = swedish.joined([told for told, n in zip(then, (look, new), strict=True) if n])
    if listed:
        out.append(f"Sedan {listed}." if out else f"{swedish.capital(listed)}.")
    if alone:
        told = swedish.capital(_many(alone, "enstaka ljuspunkt", "enstaka ljuspunkter"))
        out.append(f"{told} tas på nästa rond.")
    if not out:
        out = [
            "Inget kan pekas ut att laga: ingen vet vilka ljuspunkter som lyser."
            if _blind(numbers)
            else "Inget att göra åt belysningen, så vitt registret vet."
        ]
    if n := numbers["n_not_light"]:
        out.append(f"På {_many(n, 'plats', 'platser')} är ljuset nog inte orsaken.")
    return out


def _blind(numbers: Mapping[str, Any]) -> bool:
    """Tell whether neither register nor fault reports say of any lamp whether it works."""
    n = numbers["n_lamps"]
    return bool(n) and numbers.get("n_state_unknown") == n and not numbers.get("n_faults")


def _many(n: int, one: str, many: str) -> str:
    """Write a count in words with its noun."""
    return f"{swedish.counting_word(n)} {one if n == 1 else many}"


def _late(n: int, *, of: int) -> str:
    """Say how many repairs are past their target."""
    if n == 0:
        return ""
    if n < of:
        return f", varav {swedish.counting_word(n)} {'öppen' if n == 1 else 'öppna'} över målet"
    return ", öppen längre än målet" if n == 1 else ", alla öppna längre än målet"


def _english(numbers: Mapping[str, Any]) -> list[str]:
    """Say it in English."""
    repair, look, new, alone = (numbers[k] for k in ("n_repair", "n_look", "n_new", "n_round"))
    if numbers["n_lamps"] == 0 and not repair + look + new:
        return ["No lamps are loaded, so there is no worklist yet."]
    if not numbers.get("analysed", True):
        return ["Nothing has been analysed yet, so there is no worklist."]

    def many(n: int, noun: str) -> str:
        return f"{swedish.counting_word(n, lang='en')} {noun}{'' if n == 1 else 's'}"

    late = f", {numbers['n_late']} past target" if numbers["n_late"] else ""
    out = [f"Start with {many(repair, 'repair')}{late}."] if repair else []
    for n, noun, tail in (
        (look, "thing", " to look into."),
        (new, "place", " where new lighting may be considered."),
        (alone, "single lamp", " on the next round."),
    ):
        out += [swedish.capital(many(n, noun)) + tail] if n else []
    if not out:
        out = [
            "Nothing can be pointed out to mend: nobody knows which lamps work."
            if _blind(numbers)
            else "Nothing to do about the lighting, as far as the register knows."
        ]
    if n := numbers["n_not_light"]:
        out.append(f"At {many(n, 'place')} light is probably not the cause.")
    return out


def notes(numbers: Mapping[str, Any], *, lang: str = "sv") -> list[str]:
    """
    Say what the list cannot know.

    Parameters
    ----------
    numbers
        The counts of a worklist.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of str
        Sentences, the most important first; none where there is nothing to say.
    """
    n, sv = numbers["n_lamps"], lang == "sv"
    out = []
    if _blind(numbers):
        out.append(
            "Ingen vet vilka ljuspunkter som lyser: registret säger inte det, och inga öppna "
            "felanmälningar är inlästa. Listan kan därför inte säga vad som ska repareras."
            if sv
            else "Nobody knows which lamps work: the register does not say, and no open fault "
            "reports are loaded. The list can therefore not say what to mend."
        )
    if n and (lost := numbers["n_owner_unknown"]):
        share = swedish.percent(lost / n, lang=lang)
        told = swedish.number(lost, lang=lang)
        out.append(
            f"Anläggningsägare saknas för {told} av {swedish.number(n)} ljuspunkter ({share}): "
            "fråga elnätsbolaget och vägföreningarna innan något beställs."
            if sv
            else f"The owner is not known for {told} of {swedish.number(n, lang=lang)} lamps "
            f"({share}): ask before anything is ordered."
        )
    out.append(
        "Kostnaderna är spann från andra kommuner och avser armatur eller stolpe, utan trafik"
        "anordningar. Räkna alltid på platsen."
        if sv
        else "Costs are ranges from other municipalities, for luminaire or pole, without traffic "
        "arrangements. Always reckon on site."
    )
    return out
