"""What OpenStreetMap tags say in our words: the kind of a way, and whether it is lit."""

from __future__ import annotations

from types import MappingProxyType

_ROADS = (
    "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary",
    "secondary_link", "tertiary", "tertiary_link", "unclassified", "residential",
    "living_street", "service", "road", "track", "busway",
)  # fmt: skip
_PATHS = ("footway", "path", "pedestrian", "bridleway", "cycleway", "steps")
_TUNNELS = ("yes", "passage")
_LIT = MappingProxyType(
    {"yes": "yes", "24/7": "yes", "automatic": "yes", "limited": "yes", "dusk-dawn": "yes",
     "sunset-sunrise": "yes", "interval": "yes", "operating_times": "yes",
     "no": "no", "disused": "no"}
)  # fmt: skip


def lit_state(tag: str | None) -> str:
    """
    Read the `lit` tag in three states; nothing said is unknown, never dark.

    Parameters
    ----------
    tag
        The tag's value; None when there is none.

    Returns
    -------
    str
        ``yes``, ``no`` or ``unknown``.

    Examples
    --------
    >>> lit_state("24/7"), lit_state("disused"), lit_state(None)
    ('yes', 'no', 'unknown')
    """
    return _LIT.get((tag or "").strip().casefold(), "unknown")


def street_kind(tags: dict[str, str]) -> str | None:
    """
    Say what a way is, in our words.

    Parameters
    ----------
    tags
        The way's tags.

    Returns
    -------
    str or None
        One of the kinds of the frame `streets`; None for what is no street:
        lifts, platforms, and what is only planned.

    Examples
    --------
    >>> street_kind({"highway": "path", "bicycle": "designated"})
    'cycleway'
    >>> street_kind({"highway": "footway", "tunnel": "yes"})
    'gc_tunnel'
    """
    highway = tags.get("highway", "")
    if highway in _ROADS:
        return "road"
    if highway not in _PATHS:
        return None
    open_place = tags.get("area") == "yes" or tags.get("place") == "square"
    checks = (
        (tags.get("tunnel") in _TUNNELS, "gc_tunnel"),
        (highway == "steps", "stairs"),
        (highway == "pedestrian" and open_place, "square"),
        (highway == "cycleway" or tags.get("bicycle") == "designated", "cycleway"),
    )
    return next((kind for holds, kind in checks if holds), "footway")
