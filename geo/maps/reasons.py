"""Why, and what could make it wrong: codes with numbers turned into sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import sentences, swedish
from geo.maps.hours import when
from geo.maps.swedish import DASH

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    if not swedish.missing(row.get("dark_share")):
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


_CAVEATS: dict[str, tuple[str, str]] = {
    "one_source": (
        "Bygger i huvudsak på en enda källa.",
        "Rests mainly on a single source.",
    ),
    "few_timed": (
        "Få händelser har känd tid.",
        "Few of the events have a known hour.",
    ),
    "presence_effect": (
        "Mer närvaro kan också ge fler upptäckta händelser.",
        "More presence may also mean more events found.",
    ),
    "light_effect": (
        "Bättre ljus kan öka tryggheten; att händelserna blir färre är inte visat.",
        "Better light may make a place feel safer; that it cuts events is not shown.",
    ),
}


def caveat_text(code: Any, *, lang: str = "sv") -> str:
    """
    Say what could make a finding wrong.

    Parameters
    ----------
    code
        The caveat's code.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One sentence; empty without a code.
    """
    if swedish.missing(code) or not code:
        return ""
    pair = _CAVEATS.get(str(code))
    return pair[0 if lang == "sv" else 1] if pair else str(code).replace("_", " ")
