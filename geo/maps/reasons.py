"""Why, and what could make it wrong: codes with numbers turned into sentences."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.maps import sentences, swedish
from geo.maps.hours import when
from geo.maps.swedish import DASH
from geo.measures.phrases import CAVEATS

if TYPE_CHECKING:
    from collections.abc import Mapping

FEWEST_TIMED = 5
"""Fewer events with a known hour say nothing of darkness."""
CALM = "calm_not_proven"
"""Caveat of a former place that is listed because it no longer stands out."""


def own_reasons(place: Mapping[str, Any], *, lang: str = "sv") -> list[dict[str, Any]]:
    """
    Say why a place is listed, from its own numbers.

    Parameters
    ----------
    place
        A hotspot's columns, after the gate.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of dict
        ``{"code", "text", "value", "unit", "n"}``; what is not known is not said.
    """
    row = dict(place)
    found = [_ratio(row, lang=lang), _change(row, lang=lang), _hours(row, lang=lang)]
    if not swedish.missing(row.get("dark_share")) and row["n_timed"] >= FEWEST_TIMED:
        found.append(
            _reason(
                "dark_share",
                sentences.dark_label(row, lang=lang),
                value=round(float(row["dark_share"]), 2),
                unit="share",
                n=int(row["n_timed"]),
            )
        )
    return [reason for reason in found if reason is not None]


def _reason(code: str, text: str, *, value: Any, unit: str, n: Any) -> dict[str, Any]:
    """One reason in the shape of the contract."""
    ended = text if text.endswith(".") else f"{text}."
    return {"code": code, "text": swedish.capital(ended), "value": value, "unit": unit, "n": n}


def _ratio(row: dict[str, Any], *, lang: str) -> dict[str, Any] | None:
    """How many times more than expected, with its interval."""
    if swedish.missing(row["rate"]):
        return None
    told = ratio_label(row["rate"], row["rate_low"], row["rate_high"], lang=lang)
    text = (
        f"{told} så många händelser som väntat"
        if lang == "sv"
        else f"{told} as many events as expected"
    )
    n = None if swedish.missing(row["n"]) else round(row["n"])
    return _reason("rate", text, value=round(float(row["rate"]), 2), unit="ratio", n=n)


def ratio_label(value: float, low: Any, high: Any, *, lang: str = "sv") -> str:
    """
    Write a ratio with its interval: ``3,0 gånger (1,7–5,1)``.

    Parameters
    ----------
    value
        The ratio.
    low, high
        Its 95 % limits, or missing.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One decimal each.
    """

    def one(number: float) -> str:
        return swedish.number(number, decimals=1, lang=lang)

    times = "gånger" if lang == "sv" else "times"
    if swedish.missing(low) or swedish.missing(high):
        return f"{one(value)} {times}"
    return f"{one(value)} {times} ({one(low)}{DASH}{one(high)})"


def _change(row: dict[str, Any], *, lang: str) -> dict[str, Any] | None:
    """Compare the last four weeks with the four before."""
    before, recent = row.get("n_before"), row.get("n_recent")
    if swedish.missing(before) or swedish.missing(recent) or before is None or recent is None:
        return None
    told = (swedish.count(recent, lang=lang), swedish.count(before, lang=lang))
    text = (
        f"{told[0]} de senaste fyra veckorna, {told[1]} de fyra innan"
        if lang == "sv"
        else f"{told[0]} in the last four weeks, {told[1]} in the four before"
    )
    return _reason("recent", text, value=round(recent), unit="incidents", n=round(recent + before))


def _hours(row: dict[str, Any], *, lang: str) -> dict[str, Any] | None:
    """When most of it happens."""
    found = when(row, lang=lang)
    if not found["certain"] or found["n"] is None or found["n_timed"] is None:
        return None
    text = (
        f"{found['n']} av {found['n_timed']} med känd tid skedde {found['label']}"
        if lang == "sv"
        else f"{found['n']} of {found['n_timed']} with a known hour were {found['label']}"
    )
    return _reason("hours", text, value=found["n"], unit="incidents", n=found["n_timed"])


_CAVEATS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "small_numbers": (
            "Få händelser: kvoten är osäker.",
            "Few events: the ratio is uncertain.",
        ),
        "one_point": (
            "Nästan alla ligger på en enda punkt, kanske en adress för okänd plats.",
            "Nearly all lie on one point, perhaps an address used when the place is unknown.",
        ),
        "one_source": (
            (
                "Nästan alla kommer från en enda källa. I ordningen räknas den som högst hälften, "
                "när det finns flera källor."
            ),
            (
                "Nearly all come from a single source. In the order it counts as half at most, "
                "where there are several sources."
            ),
        ),
        "one_voice": (
            "En enda källa står för mer än hälften; i ordningen räknas den som högst hälften.",
            "A single source gives more than half; in the order it counts as half at most.",
        ),
        "found_by_patrol": (
            (
                "Egen personal har upptäckt minst hälften så många som rapporterats: mer närvaro, "
                "fler fynd. De räknas inte in."
            ),
            (
                "Own staff found at least half as many as were reported: more presence finds more "
                "events. They do not count."
            ),
        ),
        "patrol_effort": (
            "Här har personal varit ofta: det som upptäcks följer närvaron.",
            "Staff have been here often: what is found follows presence.",
        ),
        "imprecise": (
            "Minst hälften har en position som kan vara 75 m fel eller mer.",
            "Half or more have a position that may be 75 m off or more.",
        ),
        "coarse_left_out": (
            "Flera händelser som kan ha skett här räknas inte: positionen är för grov.",
            "Several events that may have been here do not count: their position is too coarse.",
        ),
        "dwellings": (
            "Minst hälften är inbrott i bostäder: närvaro på gatan påverkar kanske inte dem.",
            "Half or more are burglaries at homes: presence in the street may not affect them.",
        ),
        "few_timed": (
            "Få händelser har känd tid, så tiderna är osäkra.",
            "Few of the events have a known hour, so the hours are uncertain.",
        ),
        "grid_dependent": (
            "Platsen syns inte lika tydligt med andra rutnät, avstånd och metoder.",
            "The place is less clear with other grids, distances and methods.",
        ),
        "no_streets": (
            "Gatunätet saknas här, så det väntade antalet bygger på yta.",
            "There is no street network here, so the expected count rests on area.",
        ),
        CALM: (
            "Lugnet kan bero på närvaron, eller på slumpen.",
            "The calm may be due to presence, or to chance.",
        ),
    }
)


def caveat_text(code: Any, *, lang: str = "sv") -> str:
    """
    Say what could make a finding or a recommendation wrong.

    Parameters
    ----------
    code
        The caveat's code.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        A sentence or two; empty without a code.
    """
    if swedish.missing(code) or not code:
        return ""
    pair = _CAVEATS.get(str(code)) or CAVEATS.get(str(code))
    return pair[0 if lang == "sv" else 1] if pair else str(code).replace("_", " ")
