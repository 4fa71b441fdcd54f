"""Weekdays and hours out of the frames, and how they are said."""

from __future__ import annotations

from typing import Any

from geo.maps import dates, swedish

_MOST_SLOTS = 3
_UNCLEAR = {"sv": "ingen tydlig tid", "en": "no clear time"}


def slots_of(value: Any) -> list[dict[str, Any]]:
    """
    Read peak hours or a window into plain slots.

    Parameters
    ----------
    value
        A slot, a list of them, or a mapping with `slots`; a slot has `weekday`
        (0 = Monday) or `weekdays`, `from` and `to` (hours of the clock, `to`
        past 24 when it runs past midnight) or `hours`, and perhaps `n`.

    Returns
    -------
    list of dict
        ``{"weekday", "from", "to", "n"}``; n is None when not told.
    """
    if isinstance(value, dict):
        value = value.get("slots", [value])
    if not isinstance(value, list):
        return []
    out = []
    for slot in value:
        if not isinstance(slot, dict):
            continue
        days = slot.get("weekdays", slot.get("weekday"))
        start, end = slot.get("hours") or (slot.get("from"), slot.get("to"))
        if days is None or start is None or end is None:
            continue
        end = end + 24 if end <= start else end
        out += [
            {"weekday": int(d), "from": int(start), "to": int(end), "n": slot.get("n")}
            for d in (days if isinstance(days, list | tuple) else [days])
        ]
    return out


def slots_label(slots: list[dict[str, Any]], *, lang: str = "sv") -> str:
    """
    Say slots: ``fre–lör 21–02``.

    Parameters
    ----------
    slots
        As `slots_of` gives them.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Days with the same hours together, at most three; empty for none.
    """
    by_hours: dict[tuple[int, int], list[int]] = {}
    for slot in slots:
        by_hours.setdefault((slot["from"], slot["to"]), []).append(slot["weekday"])
    parts = [
        f"{dates.weekdays(days, lang=lang)} {dates.hours(*span)}" for span, days in by_hours.items()
    ]
    return ", ".join(parts[:_MOST_SLOTS])


def when(place: dict[str, Any], *, lang: str = "sv") -> dict[str, Any]:
    """
    Say when most happens at a place, or that no time stands out.

    Parameters
    ----------
    place
        A hotspot's columns, after the gate.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        label, n, n_timed, slots, certain.
    """
    peak = place.get("peak_hours")
    slots = slots_of(peak)
    counts = [slot["n"] for slot in slots]
    timed = peak.get("n_timed") if isinstance(peak, dict) else None
    known = bool(slots) and all(n is not None for n in counts)
    return {
        "label": slots_label(slots, lang=lang) or _UNCLEAR[lang],
        "n": round(sum(counts)) if known and slots else None,
        "n_timed": None if swedish.missing(timed) or timed is None else round(timed),
        "slots": slots,
        "certain": bool(slots),
    }
