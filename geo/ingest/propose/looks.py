"""Which frame a file looks like, whatever it is loaded as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.ingest.propose.kinds import share_of_words
from geo.ingest.propose.vocabulary import likeness, plain

if TYPE_CHECKING:
    from geo.ingest.propose.sample import Sample

_NAMED = 0.75
_SIGNS: dict[str, tuple[str, ...]] = {
    "lamps": ("light_source", "power_w", "flux_lm", "height_m", "arm_m", "circuit", "cct_k",
              "optic", "installed"),
    "faults": ("reported_at", "closed_at", "pole_ref"),
    "incidents": ("category", "occurred_from", "occurred_to"),
    "notices": ("published_at", "title", "type", "area"),
    "reports": ("felt", "unsafe_when", "reasons"),
    "streets": ("from_node", "to_node", "lit"),
    "visits": ("shift_id", "arrived", "left", "outcome_code", "planned"),
    "events": ("starts_on", "ends_on", "lessons"),
    "assessments": ("verdict", "week", "trend", "nothing_to_report", "given_orally"),
    "measures": ("owner_unit", "decided_at", "follow_up_on", "expected", "judged_by"),
    "indicators": ("series", "period", "direction"),
    "measurements": ("value", "unit", "measured_at", "device"),
    "facilities": ("opening", "check_locked"),
    "areas": ("population", "population_year", "level"),
}  # fmt: skip
_FULL = {"incidents": 2.0, "faults": 2.5, "notices": 4.0, "lamps": 2.5, "events": 2.5}
_FILE = {
    "lamps": ("lamp", "lamps", "light", "lights", "belysning", "ljuspunkt", "ljuspunkter",
              "armatur", "belysningsstolpar", "streetlight", "lysarmatur", "street light"),
    "faults": ("fault", "faults", "felanmalan", "lights out", "outage", "outages", "work orders",
               "light work orders", "all out", "one out", "alley out"),
    "incidents": ("crime", "crimes", "brott", "incident", "incidents", "handelser", "skador",
                  "skadeanmalan", "homicides", "theft", "thefts", "burglary", "burglaries",
                  "robbery", "robberies", "asb", "assaults", "rapporter", "requests"),
    "notices": ("notices", "events", "polisen events", "api response", "notiser"),
    "reports": ("otrygga platser", "unsafe", "trygghetskarta"),
    "streets": ("streets", "roads", "roadway", "vagnat", "gator", "highways", "network"),
    "areas": ("areas", "omraden", "delomraden", "basomraden", "wards", "precincts", "districts",
              "boundary", "beats"),
}  # fmt: skip
_LIGHT = ("light", "lamp", "belysning", "ljus", "slackt", "lys")


def looks_like(sample: Sample, *, stacked: bool = False) -> dict[str, float]:
    """
    Score every frame by headers, geometry, words and the file's name.

    Parameters
    ----------
    sample
        The file.
    stacked
        Whether its positions are few points with many rows: middles of areas.

    Returns
    -------
    dict
        Frame -> 0 or more, the likeliest first.
    """
    names = [f.name for f in sample.fields]
    score: dict[str, float] = {}
    for frame, signs in _SIGNS.items():
        hits = sum(max((likeness(n, "columns", sign) for n in names), default=0.0) >= _NAMED
                   for sign in signs)  # fmt: skip
        score[frame] = min(hits / _FULL.get(frame, 2.5), 1.2)
    title = f" {plain(sample.path.name.split('.')[0])} {plain(sample.layer or '')} "
    for frame, words in _FILE.items():
        score[frame] += 0.45 if any(f" {word} " in title for word in words) else 0.0
    _by_geometry(score, sample)
    _by_words(score, sample)
    if stacked:
        score["notices"] += 0.6
        score["incidents"] -= 0.4
    if sample.reader == "polisen":
        score["notices"] += 2.0
    return dict(sorted(score.items(), key=lambda item: (-item[1], item[0])))


def _by_geometry(score: dict[str, float], sample: Sample) -> None:
    """Lines are streets, polygons are areas; neither is anything of points."""
    if sample.raw.geometry is None:
        return
    kinds = shapely.get_type_id(sample.raw.geometry.to_numpy())
    kinds = kinds[kinds >= 0]
    if not len(kinds):
        return
    lines, polygons = ((kinds == a) | (kinds == b) for a, b in ((1, 5), (3, 6)))
    if lines.mean() > 0.5:
        score["streets"] += 1.0
    if polygons.mean() > 0.5:
        score["areas"] += 1.0
    if lines.mean() > 0.5 or polygons.mean() > 0.5:
        for frame in ("incidents", "lamps", "faults", "reports", "visits", "measurements"):
            score[frame] -= 1.0


def _by_words(score: dict[str, float], sample: Sample) -> None:
    """Words for kinds of event speak for incidents; words of light for faults."""
    best, light = 0.0, 0.0
    for field in sample.fields:
        if not field.words or len(field.words) > 300 or field.longest > 120:
            continue
        if likeness(field.name, "columns", "category") < 0.5:
            continue
        best = max(best, share_of_words(field))
        told = sum(int(n) for word, n in field.counts.items()
                   if any(sign in plain(str(word)) for sign in _LIGHT))  # fmt: skip
        light = max(light, told / max(field.n_filled, 1))
    score["incidents"] += 0.5 * best * (1.0 - light)
    score["faults"] += 0.8 * light - (0.4 if light < 0.2 else 0.0)
