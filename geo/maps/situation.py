"""The situation: everything a page, a print or a meeting needs of one week, in one mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.clock import Week
from geo.maps import dates, swedish
from geo.maps.access import SMALLEST_COUNT, access
from geo.maps.advice import recommendations
from geo.maps.basis import stamp
from geo.maps.brief import brief, names_of
from geo.maps.dark_hours import dark_hours
from geo.maps.layer_list import layer_list
from geo.maps.lens_told import weighted
from geo.maps.score_told import score_told
from geo.maps.since import since_notes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.maps.picture import Picture

_LOW_SHARE = 0.7
_NOTES = {
    "reported": (
        "Bilden visar det som har rapporterats, inte allt som har hänt.",
        "The picture shows what has been reported, not all that has happened.",
    ),
    "places": (
        "Den handlar om platser och tider, aldrig om personer.",
        "It is about places and times, never about persons.",
    ),
    "chance": (
        "Små antal svänger av en slump. Läs intervallet, inte bara talet.",
        "Small counts swing by chance. Read the interval, not the number alone.",
    ),
    "located": (
        "Många händelser saknar plats. Platser kan därför fattas i listan.",
        "Many events lack a place, so places may be missing from the list.",
    ),
    "small": (
        "Antal under fem visas inte för din roll.",
        "Counts below five are not shown to your role.",
    ),
    "made_up": (
        "Kommunen och alla uppgifter är påhittade.",
        "The municipality and all data are made up.",
    ),
}


def build_situation(picture: Picture) -> dict[str, Any]:
    """
    Put the situation of a picture together, from what has passed the gate.

    Parameters
    ----------
    picture
        One week as one role may see it.

    Returns
    -------
    dict
        The contract of ``GET /situations/{week}``; ready for JSON.
    """
    lang, role, week = picture.lang, picture.role, Week.parse(picture.week)
    profile, first = picture.profile, brief(picture)
    found = first["basis"]
    west, south, east, north = picture.bbox
    return {
        "municipality": {
            "name": profile.name,
            "made_up": profile.made_up,
            "timezone": profile.timezone,
            "bbox": picture.bbox,
            "center": [round((west + east) / 2, 6), round((south + north) / 2, 6)],
        },
        "week": week_table(week, timezone=profile.timezone, lang=lang),
        "weeks": [{"id": w["id"], "label": w["label"]} for w in picture.weeks],
        "run_id": picture.run.run_id,
        "role": {"id": role.value, "label": role.label(lang)},
        "method": _method(picture, lang=lang),
        **first,
        "score": score_told(picture),
        "recommendations": _advice(picture),
        "layers": layer_list(picture, data_until_label=found["data_until_label"]),
        "dark_hours": dark_hours(picture),
        "notes": _notes(picture, found, lang=lang),
    }


def week_table(week: Week, *, timezone: str, lang: str = "sv") -> dict[str, str | None]:
    """
    Tell a week: its label, and when it begins and ends.

    Parameters
    ----------
    week
        The week.
    timezone
        IANA name of the local zone.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        id, label, from, to, from_label, to_label.
    """
    start, end = week.start(timezone=timezone), week.end(timezone=timezone)
    return {
        "id": str(week),
        "label": dates.week_label(week, lang=lang),
        "from": stamp(start),
        "to": stamp(end),
        "from_label": dates.day_and_time(start, timezone=timezone, lang=lang),
        "to_label": dates.day_and_time(end, timezone=timezone, lang=lang),
    }


def _advice(picture: Picture) -> list[dict[str, Any]]:
    """Recommendations; none where the role has no findings."""
    if access("hotspots", picture.role).hidden:
        return []
    return recommendations(
        picture.layer("recommendations"),
        names=names_of(picture),
        streets=picture.layer("streets"),
        week=Week.parse(picture.week),
        lang=picture.lang,
    )


def _method(picture: Picture, *, lang: str) -> dict[str, str]:
    """Which method found the places, in a sentence, and which version of the product."""
    told = picture.run.summary.get("method", {})
    name = told.get("name", "") if isinstance(told, dict) else str(told)
    fallback = (
        "En plats listas när fler händelser än väntat har rapporterats där."
        if lang == "sv"
        else "A place is listed when more events than expected have been reported there."
    )
    fallback = " ".join([fallback, *weighted(picture)])
    return {"name": name, "sentence": fallback, "version": str(picture.run.version)}


def limit(key: str, *, lang: str = "sv") -> str:
    """
    Say one thing that a picture, or a file of it, cannot say.

    Parameters
    ----------
    key
        One of reported, places, chance, located, small and made_up.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One sentence.
    """
    return _NOTES[key][0 if lang == "sv" else 1]


def made_up(picture: Picture) -> list[str]:
    """
    Say that all is made up, where it is: the limit that holds for every row.

    Parameters
    ----------
    picture
        One week as one role may see it.

    Returns
    -------
    list of str
        One sentence, or none.
    """
    return [limit("made_up", lang=picture.lang)] if picture.profile.made_up else []


def _notes(picture: Picture, found: Mapping[str, Any], *, lang: str) -> list[str]:
    """Tell what this picture cannot say."""
    rule, keys = access("incidents", picture.role), []
    if not rule.hidden:
        keys += ["reported", "places", "chance"]
        share = found["located_share"]
        keys += ["located"] if share is not None and share < _LOW_SHARE else []
        keys += ["small"] if rule.min_count > 1 else []
    notes = made_up(picture) + since_notes(picture, lang=lang)
    notes += [limit(key, lang=lang) for key in keys]
    if not rule.hidden:
        notes += _off_streets(picture, lang=lang)
    return notes + _repeats(found["n_repeated"], lang=lang)


def _off_streets(picture: Picture, *, lang: str) -> list[str]:
    """Say how many events lie by streets that are loaded, when many do not."""
    facts = picture.run.summary.get("facts", {})
    n, near = facts.get("n"), facts.get("n_placed")
    if not n or near is None or near >= _LOW_SHARE * n:
        return []
    near_text, n_text = swedish.number(near), swedish.number(n)
    if lang == "sv":
        return [
            f"Bara {near_text} av {n_text} placerade händelser ligger vid gator som är inlästa.",
            "Övriga kan inte jämföras med liknande platser. Läs in hela gatunätet.",
        ]
    return [
        f"Only {near_text} of {n_text} placed events lie by streets that are loaded.",
        "The others cannot be compared with similar places. Load the whole street network.",
    ]


def _repeats(n: int, *, lang: str) -> list[str]:
    """Say how many rows told of an event that another source had told of."""
    if n < SMALLEST_COUNT:
        return []
    told = swedish.number(n, lang=lang)
    if lang == "sv":
        return [
            f"{told} rader gäller händelser som även en annan källa berättat om; de räknas inte."
        ]
    return [f"{told} rows are about events that another source told of too; they do not count."]
