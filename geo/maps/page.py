"""The words of the one-file map around the map itself: sentence, list, layers and tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.maps import swedish
from geo.maps.drawings import hour_grid, swatch
from geo.maps.reasons import ratio_label
from geo.maps.sentences import NO_RUN
from geo.maps.worklist import worklist

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.maps.picture import Picture

ASSETS = Path(__file__).resolve().parent / "assets"

_TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Lägesbild", "Situation picture"),
    "skip": ("Hoppa till listan", "Skip to the list"),
    "seen_by": ("Visas för", "Shown to"),
    "print": ("Skriv ut", "Print"),
    "made_up": (
        "Påhittad kommun. Alla uppgifter är uppdiktade.",
        "A made-up municipality. All data are invented.",
    ),
    "places": ("Prioriterade platser", "Priority places"),
    "why": ("Varför?", "Why?"),
    "wrong": ("Vad skulle göra det fel?", "What would make it wrong?"),
    "light": ("Belysning", "Lighting"),
    "views": ("Vy", "View"),
    "situation": ("Läget", "Situation"),
    "worklist": ("Åtgärdslista", "Worklist"),
    "rounds": ("Enstaka ljuspunkter, nästa rond", "Single lamps, next round"),
    "cannot_tell": ("Går inte att avgöra om ljuset spelar någon roll", "Light: cannot be told"),
    "unsure_lead": (
        "Inget fel är känt, och för få händelser skedde i mörker för att säga mer",
        "No fault is known, and too few events were in the dark to say more",
    ),
    "not_light": ("Belysning sannolikt inte orsaken", "Light probably not the cause"),
    "kinds": ("Vad", "What"),
    "hours": ("När", "When"),
    "now": ("Just nu", "Just now"),
    "now_tested": ("Vad det vilar på", "What it rests on"),
    "score": ("Så gick det", "How it went"),
    "score_earlier": ("Tidigare veckor", "Earlier weeks"),
    "lower": ("Kan prioriteras ned", "Can wait"),
    "advice": ("Rekommendationer", "Recommendations"),
    "proposed": ("Förslag", "Proposed"),
    "mend": ("Belysning och annat att se över", "Lighting and other things to look at"),
    "all_advice": ("Alla rekommendationer som tabell", "All recommendations as a table"),
    "limits": ("Vad bilden inte säger", "What the picture cannot say"),
    "map": ("Karta", "Map"),
    "layers": ("Lager på kartan", "Map layers"),
    "about": ("Om lagret", "About the layer"),
    "tables": ("Samma innehåll som tabell", "The same as tables"),
    "order": ("Ordning", "Order"),
    "what": ("Vad", "What"),
    "where": ("Var", "Where"),
    "when": ("När", "When"),
    "certainty": ("Säkerhet", "Certainty"),
    "sources": ("Källor", "Sources"),
    "source": ("Källa", "Source"),
    "actor": ("Aktör", "Actor"),
    "n": ("Antal", "Count"),
    "last": ("Senast", "Last"),
    "squares": ("Rutor med flest händelser", "Squares with most events"),
    "area": ("Område", "Area"),
    "middle": ("Mittpunkt (lat, lon)", "Middle (lat, lon)"),
    "foot": ("Gjord med Lägesbild", "Made with Lägesbild"),
    "run": ("körning", "run"),
}
_COLUMNS = (
    ("Rang", "Rank", "num"),
    ("Plats", "Place", ""),
    ("Tid", "When", "nowrap"),
    ("Händelser", "Events", "num"),
    ("Väntat", "Expected", "num"),
    ("Kvot (95 %)", "Ratio (95 %)", "num"),
    ("Senaste fyra veckorna", "Last four weeks", ""),
    ("Utveckling", "Trend", ""),
    ("Säkerhet", "Certainty", ""),
    ("Belysning", "Lighting", ""),
)
_MOST_ADVICE = 8
_MOST_SQUARES = 40
_ELSEWHERE = {"patrol", "none"}
"""Kinds that stand under their place in the list."""
_NONE = "\u2013"


def page_parts(picture: Picture) -> tuple[str, str]:
    """
    Write what stands before and after the map in the page.

    Parameters
    ----------
    picture
        One week as one role may see it.

    Returns
    -------
    tuple of str
        Two pieces of HTML, every text escaped.
    """
    from jinja2 import Environment, FileSystemLoader

    lang = picture.lang
    at = 0 if lang == "sv" else 1
    told = picture.situation
    room = Environment(loader=FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True)
    values: dict[str, Any] = {
        "s": told,
        "work": worklist(picture).told if has_light_view(picture) else None,
        "other": [r for r in told["recommendations"] if r["kind"] not in _ELSEWHERE][:_MOST_ADVICE],
        "t": {key: pair[at] for key, pair in _TEXTS.items()},
        "groups": _groups(told["layers"], lang=lang),
        "columns": [(column[at], column[2]) for column in _COLUMNS],
        "rows": [place_row(place, lang=lang) for place in told["places"]],
        "squares": [] if told["places"] else square_rows(picture),
        "swatch": swatch,
        "hour_grid": lambda profile: hour_grid(profile, lang=lang),
        "light": lambda facts: light_words(facts, lang=lang),
        "count": lambda n: swedish.count(n, lang=lang),
    }
    first, last = (room.get_template(name).render(values) for name in ("map.html", "tail.html"))
    return first, last


def has_light_view(picture: Picture) -> bool:
    """
    Tell whether a role has what the lighting view shows.

    Parameters
    ----------
    picture
        One week as one role may see it.

    Returns
    -------
    bool
        True where recommendations, outages and lamps may be seen, and something is analysed.
    """
    shown = set(picture.feature_layers)
    return shown >= {"recommendations", "lamps", "outages"} and picture.run.run_id != NO_RUN


def place_row(place: Mapping[str, Any], *, lang: str = "sv") -> list[str]:
    """
    Write a place as a row of the table.

    Parameters
    ----------
    place
        As in a situation.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of str
        One text a column.
    """
    ratio = _NONE
    if place["rate"] is not None:
        told = ratio_label(place["rate"], place["rate_low"], place["rate_high"], lang=lang)
        ratio = told.replace(" gånger", "").replace(" times", "")
    expected = place["expected"]
    return [
        place["rank_label"],
        place["name"],
        place["when"]["label"],
        place["n_label"],
        _NONE if expected is None else swedish.number(expected, decimals=1, lang=lang),
        ratio,
        (place["change_label"] or _NONE).split(": ")[-1],
        place["class_label"] or _NONE,
        place["certainty_label"],
        light_words(place["light"], lang=lang) if place["light"] else _NONE,
    ]


def square_rows(picture: Picture) -> list[tuple[str, str, str]]:
    """
    Write the squares with most events as rows of a table, where there are no places to list.

    Parameters
    ----------
    picture
        One week as one role may see it.

    Returns
    -------
    list of tuple
        Area, middle of the square in degrees, and count in words; most first.
    """
    if "cells" not in picture.feature_layers:
        return []
    squares = picture.layer("cells").sort_values(["n_min", "id"], ascending=[False, True])
    squares = squares.head(_MOST_SQUARES)
    middles = squares.geometry.centroid
    degrees = middles.to_crs("OGC:CRS84")
    names = [_NONE] * len(squares)
    if "areas" in picture.feature_layers:
        areas = picture.layer("areas")
        within, area = areas.sindex.query(middles.to_numpy(), predicate="within")
        for at, found in zip(within, area, strict=True):
            names[at] = str(areas["name"].iloc[found])
    spots = [f"{y:.4f}, {x:.4f}" for x, y in zip(degrees.x, degrees.y, strict=True)]
    return list(zip(names, spots, squares["n_label"], strict=True))


def light_words(facts: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say what is known about the light at a place.

    Parameters
    ----------
    facts
        With state, label, n_lamps, n_faulty and n_off_on_purpose.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        The state, and how many lamps are out.
    """
    parts = [facts["label"]]
    lamps, faulty, off = (facts[key] for key in ("n_lamps", "n_faulty", "n_off_on_purpose"))
    if lang == "sv":
        parts += [f"{faulty} av {lamps} ljuspunkter trasiga"] if lamps and faulty else []
        parts += [f"{off} släckta med avsikt"] if off else []
    else:
        parts += [f"{faulty} of {lamps} lamps faulty"] if lamps and faulty else []
        parts += [f"{off} off on purpose"] if off else []
    return swedish.capital(", ".join(parts))


def _groups(layers: list[dict[str, Any]], *, lang: str) -> list[dict[str, Any]]:
    """Put the layers under their headings, in order."""
    out: dict[str, list[dict[str, Any]]] = {}
    for layer in layers:
        n = layer["n"]
        text = {"n_text": "" if n is None else swedish.number(n, lang=lang)}
        out.setdefault(layer["group"], []).append(layer | text)
    return [{"name": name, "layers": rows} for name, rows in out.items()]
