"""What the calculated light rests on: coverage, what is assumed, doubts, files, classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import swedish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAMP_DOUBTS: dict[str, tuple[str, str]] = {
    "height_in_feet": ("höjden ser ut att vara i fot", "height looks like feet"),
    "height_in_cm": ("höjden ser ut att vara i centimeter", "height looks like centimetres"),
    "height_unlikely": ("orimlig höjd", "unlikely height"),
    "watts_as_lumens": ("ljusflödet ser ut att vara watt", "flux looks like watts"),
    "flux_unlikely": ("orimligt ljusflöde", "unlikely flux"),
    "efficacy_unlikely": ("för många lumen per watt", "too many lumens per watt"),
    "zero_watt": ("effekten är 0 W", "power is 0 W"),
    "lumens_as_watts": ("effekten ser ut att vara lumen", "power looks like lumens"),
    "power_unlikely": ("orimligt låg effekt", "unlikely power"),
    "doubled_pole": ("samma ljuspunkt två gånger", "the same lamp twice"),
    "stacked_lamps": ("fem eller fler på samma punkt", "five or more on one spot"),
    "pole_ref_shared": ("samma stolpnummer på flera platser", "pole number at several places"),
    "at_sea": ("i vatten", "in water"),
    "far_from_streets": ("mer än en kilometer från en gata", "over a kilometre from a street"),
}
_OTHER_THAN_VALUES = (
    "doubled_pole",
    "stacked_lamps",
    "pole_ref_shared",
    "at_sea",
    "far_from_streets",
)
_FILE_NOTES = {
    "several_lamp_sets": ("flera lampuppsättningar, den första används", "several lamp sets"),
    "flux_differs": (
        "ljuset i filen stämmer inte med dess verkningsgrad",
        "its light does not add up",
    ),
}
_MOST_NAMED = 8


def basis_notes(facts: Mapping[str, Any] | None, *, lang: str = "sv") -> list[str]:
    """
    Say what the calculated light of a run rests on.

    Parameters
    ----------
    facts
        ``light_facts`` of the run's summary; None or empty before any analysis.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of str
        Sentences: how much of the streets is surveyed, what is assumed of how many lamps, values
        that are not believed, photometric files, and the sheet of classes.
    """
    lux = (facts or {}).get("lux")
    if not lux:
        return []
    if not lux["plant"]["n_lamps"]:
        told = coverage(lux["street_m"], said_lit_m=lux.get("said_lit_m", 0.0), lang=lang)
        return [told] if told else []
    parts = [
        coverage(lux["street_m"], said_lit_m=lux.get("said_lit_m", 0.0), lang=lang),
        _assumed(lux["plant"], lang=lang),
        *doubt_notes(lux["plant"]["doubts"], n=lux["plant"]["n_lamps"], lang=lang),
        *_optics(lux["plant"].get("optics") or {}, lang=lang),
        *_classes((facts or {}).get("classes") or {}, lang=lang),
    ]
    return [part for part in parts if part]


def coverage(metres: Mapping[str, float], *, said_lit_m: float = 0.0, lang: str = "sv") -> str:
    """
    Say how much of the streets is lit, unlit and not surveyed.

    Parameters
    ----------
    metres
        Metres of street by class of light.
    said_lit_m
        Of those not surveyed, metres that the street network says are lit.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One sentence; empty without streets.

    Examples
    --------
    >>> metres = {"enough": 6000, "dark": 1000, "unlit": 1000, "not_inventoried": 2000}
    >>> coverage(metres).replace("\N{NO-BREAK SPACE}", " ")
    'Gatunätet: 7,0 km har ljuspunkter, 1,0 km saknar belysning, 2,0 km (20 %) är ej inventerat.'
    """
    whole = sum(metres.values())
    if whole <= 0:
        return ""
    blank, unlit = metres.get("not_inventoried", 0.0), metres.get("unlit", 0.0)
    lit, dark, lost = (swedish.length(m, lang=lang) for m in (whole - blank - unlit, unlit, blank))
    share = swedish.percent(blank / whole, lang=lang)
    sv, more = lang == "sv", ""
    if said_lit_m > 0:
        km = swedish.length(said_lit_m, lang=lang)
        more = f", varav {km} uppges vara belyst" if sv else f", {km} of which are said to be lit"
    if sv:
        return (
            f"Gatunätet: {lit} har ljuspunkter, {dark} saknar belysning, {lost} ({share}) är ej "
            f"inventerat{more}."
        )
    return f"Streets: {lit} have lamps, {dark} are unlit, {lost} ({share}) are not surveyed{more}."


def doubt_notes(doubts: Mapping[str, int], *, n: int, lang: str = "sv") -> list[str]:
    """
    Name what in a register is not believed.

    Parameters
    ----------
    doubts
        Lamps by doubt.
    n
        Lamps in all.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of str
        Values that are replaced by the product's own, then places to look at.
    """
    at = 0 if lang == "sv" else 1
    values, places = (
        [
            f"{LAMP_DOUBTS[name][at]} ({swedish.number(count, lang=lang)})"
            for name, count in doubts.items()
            if (name in _OTHER_THAN_VALUES) == other and name in LAMP_DOUBTS
        ]
        for other in (False, True)
    )
    told = swedish.number(n, lang=lang)
    out = []
    if values:
        out.append(
            f"Misstänkta värden i registret (av {told} ljuspunkter), som inte används: "
            f"{', '.join(values)}. Rätta i registret."
            if at == 0
            else f"Values of the register that are not used (of {told} lamps): {', '.join(values)}."
        )
    if places:
        out.append(
            f"Ljuspunkter att kontrollera: {', '.join(places)}. Dubbletter och ljuspunkter i "
            "vatten ger inget ljus i beräkningen."
            if at == 0
            else f"Lamps to check: {', '.join(places)}. Doubled ones and those in water do not "
            "count as light."
        )
    return out


def doubts_label(names: Sequence[str], *, lang: str = "sv") -> str:
    """
    Say what is doubtful of one lamp, and what is done about it.

    Parameters
    ----------
    names
        Doubts, as `geo.lighting.checks` names them.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Empty where nothing is.

    Examples
    --------
    >>> doubts_label(["height_in_feet", "zero_watt"])
    'höjden ser ut att vara i fot, effekten är 0 W: används inte'
    >>> doubts_label(["height_in_cm", "stacked_lamps"])
    'höjden ser ut att vara i centimeter: används inte; fem eller fler på samma punkt: kontrollera'
    """
    at = 0 if lang == "sv" else 1
    out = []
    for other, tail in ((False, ("används inte", "not used")), (True, ("kontrollera", "check"))):
        said = [
            LAMP_DOUBTS[name][at]
            for name in names
            if name in LAMP_DOUBTS and (name in _OTHER_THAN_VALUES) == other
        ]
        if said:
            out.append(f"{', '.join(said)}: {tail[at]}")
    return "; ".join(out)


def _assumed(plant: Mapping[str, Any], *, lang: str) -> str:
    """Say of how many lamps something is assumed."""
    words = {
        "height_m": ("höjden", "height"), "flux_lm": ("ljusflödet", "flux"),
        "optic": ("ljusfördelningen", "optic"),
    }  # fmt: skip
    at = 0 if lang == "sv" else 1
    told = [
        f"{pair[at]} {('för', 'of')[at]} {swedish.number(plant['assumed'][name], lang=lang)}"
        for name, pair in words.items()
        if plant["assumed"].get(name)
    ]
    if not told:
        return ""
    n = swedish.number(plant["n_lamps"], lang=lang)
    if at == 0:
        return f"Antaget i beräkningen, av {n} ljuspunkter: {swedish.joined(told)}."
    return f"Assumed in the calculation, of {n} lamps: {', '.join(told)}."


def _optics(optics: Mapping[str, Any], *, lang: str) -> list[str]:
    """Say which photometric files are used, and which names have none."""
    at, out = (0 if lang == "sv" else 1), []
    if files := optics.get("files"):
        told = [f"{name} ({swedish.number(n, lang=lang)})" for name, n in files.items()]
        out.append(f"{('Fotometriska filer', 'Photometric files')[at]}: {', '.join(told)}.")
    for name, notes in (optics.get("notes") or {}).items():
        said = ", ".join(_FILE_NOTES[note][at] for note in notes)
        out.append(f"{name}: {said}.")
    if lost := optics.get("unknown"):
        names = [f"{name} ({swedish.number(n, lang=lang)})" for name, n in lost.items()]
        more = ", …" if len(names) > _MOST_NAMED else ""
        told_names = f"{', '.join(names[:_MOST_NAMED])}{more}"
        out.append(
            f"Armaturer utan fotometrisk fil: {told_names}. De räknas med antagna "
            "ljusfördelningar. Lägg filen i photometry/ och namnge den i profile.toml."
            if at == 0
            else f"Optics without a photometric file: {told_names}. Put the file in photometry/."
        )
    return out


def _classes(told: Mapping[str, Any], *, lang: str) -> list[str]:
    """Sum the sheet of classes up."""
    sv, out = lang == "sv", []
    if told.get("n"):
        metres = told["metres_by_band"]
        ok, unsure, short = (
            swedish.length(metres.get(band, 0.0), lang=lang)
            for band in ("probably_ok", "uncertain", "probably_short")
        )
        n = swedish.number(told["n"], lang=lang)
        out.append(
            f"Kontrollberäkning mellan {n} par av ljuspunkter: klassen är sannolikt uppfylld på "
            f"{ok}, osäker på {unsure}, sannolikt inte uppfylld på {short}. Tabellen: lagesbild "
            "export class_checks FIL.xlsx."
            if sv
            else f"Classes between {n} pairs of lamps: probably met on {ok}, uncertain on "
            f"{unsure}, probably not met on {short}."
        )
    if lost := told.get("unmatched"):
        names = ", ".join(lost[:_MOST_NAMED])
        out.append(
            f"Klassbeslut i profile.toml som ingen gata passar: {names}."
            if sv
            else f"Decisions of class that no street fits: {names}."
        )
    return out
