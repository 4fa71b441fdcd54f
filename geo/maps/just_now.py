"""What is raised just now, told to one role: alarms, dated advice, and what was tried in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import swedish
from geo.maps.access import access
from geo.maps.now_words import signal_sentence, verdict_sentence
from geo.maps.soften import is_small

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.maps.picture import Picture

_NO_ALARM = ("Inget är ovanligt just nu.", "Nothing is unusual just now.")
_NOTE_SV = (
    "Ovanligt betyder fler än platsen och tiden brukar ha. Med {shuffles} omkastningar av datumen "
    "prövas hur ofta slumpen larmar; utan något ovanligt larmar ungefär en vecka av {weeks}. "
    "Förhöjd risk gäller platser, aldrig personer, och lovar inte att något händer. Det som egen "
    "personal har upptäckt räknas inte."
)
_NOTE_EN = (
    "Unusual means more than place and time usually have. {shuffles} shuffles of the dates show "
    "how often chance rings; with nothing unusual about one week in {weeks} does. A raised risk is "
    "about places, never persons, and promises nothing. What own staff found does not count."
)
_WITHHELD = (
    "Var det gäller visas inte för din roll, eftersom zonerna vilar på färre än fem händelser.",
    "Where is not shown to your role, since the zones rest on fewer than five events.",
)


def just_now(picture: Picture, *, places: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """
    Tell what is raised just now.

    Parameters
    ----------
    picture
        One week as one role may see it.
    places
        The listed places as the situation tells them, for their rank.

    Returns
    -------
    dict or None
        ``sentence``, ``alarms``, ``unsure`` and ``zones`` (each a list of ``name``, ``place_id``,
        ``rank``, ``kind`` and ``sentence``), ``tested`` (a sentence a kind) and ``note``. None for
        a role that sees no findings, and of a run that did not look or had no incidents.
    """
    told = picture.run.summary.get("just_now")
    rule = access("signals", picture.role)
    if rule.hidden or not told or "signals" not in picture.frames:
        return None
    if not told["scan"]["n"]:
        return None  # no incidents are no calm: nothing was looked at
    lang, at = picture.lang, 0 if picture.lang == "sv" else 1
    rank = {place["place_id"]: place["rank"] for place in places}
    rows = [_row(row, rank=rank, lang=lang) for row in
            picture.layer("signals").drop(columns="geometry").to_dict("records")]  # fmt: skip
    kinds = {name: [r for r in rows if r["kind"] == name]
             for name in ("alarm", "unsure", "near_repeat")}  # fmt: skip
    tested = [_tested(one, least=rule.min_count, lang=lang) for one in told["near_repeat"]]
    raised = any(one["verdict"] == "raised" for one in tested)
    withheld = raised and rule.min_count > 1 and not kinds["near_repeat"]
    scan = told["scan"]
    note = (_NOTE_SV, _NOTE_EN)[at].format(
        shuffles=swedish.number(scan["replicates"], lang=lang),
        weeks=swedish.number(scan["loud_weeks"], lang=lang),
    )
    return {
        "sentence": alarm_opening(kinds["alarm"], lang=lang) or _NO_ALARM[at],
        "alarms": kinds["alarm"],
        "unsure": kinds["unsure"],
        "zones": kinds["near_repeat"],
        "tested": tested,
        "withheld": _WITHHELD[at] if withheld else None,
        "note": note,
    }


def alarm_opening(alarms: Sequence[Mapping[str, Any]], *, lang: str = "sv") -> str:
    """
    Name where something is unusual.

    Parameters
    ----------
    alarms
        With name, place_id and rank.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One sentence; empty without alarms.

    Examples
    --------
    >>> alarm_opening([{"label": "Åpromenaden (plats 3)"}])
    'Ovanligt mycket just nu: Åpromenaden (plats 3).'
    """
    if not alarms:
        return ""
    names = swedish.joined([str(row["label"]) for row in alarms], lang=lang)
    return f"Ovanligt mycket just nu: {names}." if lang == "sv" else f"Unusual just now: {names}."


def _row(row: Mapping[str, Any], *, rank: Mapping[str, int], lang: str) -> dict[str, Any]:
    """One alarm or zone in the shape of the contract, with its rank where it is listed."""
    place = None if swedish.missing(row["place_id"]) else row["place_id"]
    at = 0 if lang == "sv" else 1
    unnamed = ("en plats utan namn", "an unnamed place")[at]
    name = unnamed if swedish.missing(row["name"]) else str(row["name"])
    listed = rank.get(place) if place else None
    tail = "" if listed is None else f" ({('plats', 'place')[at]}{swedish.NBSP}{int(listed)})"
    return {
        "kind": row["kind"], "name": name, "label": name + tail, "place_id": place,
        "rank": listed, "n": row["n"],
        "last_day": row["last_day"].date().isoformat(),
        "sentence": signal_sentence(row, lang=lang),
    }  # fmt: skip


def _tested(one: Mapping[str, Any], *, least: int, lang: str) -> dict[str, Any]:
    """One kind's verdict; the numbers only where none of them is small."""
    counts = (one["pairs"], one["n"])
    numbers = not any(is_small(value, min_count=least) for value in counts if value is not None)
    kept = ("category", "verdict", "radius_m", "days")
    return {
        **{name: one[name] for name in kept},
        "sentence": verdict_sentence(one, numbers=numbers, lang=lang),
    }
