"""What is said first of a week: the opening, what it rests on, the places, and what is just now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.clock import Week
from geo.maps import sentences
from geo.maps.access import access
from geo.maps.basis import basis
from geo.maps.just_now import alarm_opening, just_now
from geo.maps.lens_told import weighted
from geo.maps.opening import opening
from geo.maps.places import lower_priority, place_name, places, prioritised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.maps.picture import Picture

BRIEF_FRAMES = frozenset({"incidents", "hotspots", "recommendations", "signals"})
"""All that a brief is told from."""


def brief(picture: Picture) -> dict[str, Any]:
    """
    Tell the first part of a situation, from what has passed the gate.

    Parameters
    ----------
    picture
        One week as one role may see it, with `BRIEF_FRAMES` at least.

    Returns
    -------
    dict
        ``sentence``, ``basis``, ``places``, ``lower`` and ``just_now`` of
        ``GET /situations/{week}``.
    """
    lang = picture.lang
    found = basis(
        picture.frames["incidents"],
        role=picture.role,
        week=Week.parse(picture.week),
        weeks=picture.period_weeks,
        timezone=picture.profile.timezone,
        lang=lang,
    )
    found["sentence"] = " ".join([found["sentence"], *weighted(picture)])
    told, lower = _findings(picture)
    now = just_now(picture, places=told)
    loud = alarm_opening(now["alarms"], lang=lang) if now else ""
    sentence = _opening(picture, told, lower, n=found["n"], lang=lang)
    return {
        "sentence": f"{sentence} {loud}".rstrip(),
        "basis": found,
        "places": told,
        "lower": lower,
        "just_now": now,
    }


def names_of(picture: Picture) -> dict[str, str]:
    """
    Name the places of a picture.

    Parameters
    ----------
    picture
        One week as one role may see it.

    Returns
    -------
    dict
        Name by `place_id`.
    """
    rows = picture.layer("places").to_dict("records")
    return {row["place_id"]: place_name(row, lang=picture.lang) for row in rows}


def _findings(picture: Picture) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Places, and those of lower priority; empty where the role has none."""
    if access("hotspots", picture.role).hidden:
        return [], []
    rows = picture.layer("places")
    fading = lower_priority(rows)
    names = names_of(picture)
    lower = [
        {
            "place_id": row["place_id"],
            "name": names[row["place_id"]],
            "sentence": _lower_line(row, lang=picture.lang),
        }
        for row in fading.to_dict("records")
    ]
    told = places(
        prioritised(rows, lower=set(fading["place_id"])),
        light=picture.light,
        evidence=picture.run.summary.get("facts", {}).get("evidence"),
        least=access("hotspots", picture.role).min_count,
        lang=picture.lang,
    )
    return told, lower


def _lower_line(row: Mapping[str, Any], *, lang: str) -> str:
    """Say why a place can be given lower priority."""
    change = sentences.change_label(dict(row), lang=lang)
    tail = f" ({change})." if change else "."
    return ("Sticker inte längre ut" if lang == "sv" else "No longer stands out") + tail


def _opening(
    picture: Picture,
    told: list[dict[str, Any]],
    lower: list[dict[str, Any]],
    *,
    n: int | None,
    lang: str,
) -> str:
    """Say what a person would say first."""
    if access("incidents", picture.role).hidden:
        return sentences.empty("no_access", lang=lang)
    if picture.run.run_id == sentences.NO_RUN:
        return sentences.empty("not_analysed", lang=lang)
    if n == 0:
        lit = "incidents" in picture.run.summary.get("lacking", ())
        lit &= not access("outages", picture.role).hidden
        return sentences.empty("light_only" if lit else "nothing_loaded", lang=lang)
    if access("hotspots", picture.role).hidden:
        return sentences.empty("counts_only", lang=lang)
    if told:
        return opening(told, lower, lang=lang)
    unsure = not lower and not picture.layer("places").empty
    text = sentences.empty("cannot_tell" if unsure else "nobody", lang=lang)
    return f"{text} {sentences.lower_sentence(lower, lang=lang)}" if lower else text
