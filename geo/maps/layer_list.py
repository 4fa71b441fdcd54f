"""The list of layers a role has, each with count, period, legend and style."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from geo.clock import DEFAULT_ZONE, Week
from geo.maps import dates
from geo.maps.access import access
from geo.maps.basis import stamp
from geo.maps.catalog import LAYERS
from geo.maps.layer import GROUPS_EN
from geo.maps.overlay import OPACITY, overlay
from geo.maps.swedish import DASH, NBSP

if TYPE_CHECKING:
    from datetime import datetime

    from geo.maps.access import Role
    from geo.maps.picture import Picture

COUNTED_FRAMES = ("incidents", "reports", "hotspots", "recommendations", "surface")
_DATED = (*COUNTED_FRAMES, "notices")
"""Frames of the period; the last day of notices is their own, not that of the last event."""


def describe(
    name: str,
    *,
    role: Role,
    week: Week,
    weeks: int,
    n: int | None,
    data_until_label: str | None,
    only: tuple[Week, Week] | None = None,
    timezone: str = DEFAULT_ZONE,
    lang: str = "sv",
) -> dict[str, Any]:
    """
    Describe one layer as the contract of a situation has it.

    Parameters
    ----------
    name
        Name in `LAYERS`.
    role
        Who is looking.
    week
        The last week of the period.
    weeks
        Length of the period.
    n
        Rows the role gets; None for a raster.
    data_until_label
        Day of the last event, or nothing.
    only
        First and last week it is drawn for; None draws the whole period.
    timezone
        IANA name of the local zone.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        name, title, group, geometry, href, visible, n, period_label,
        data_until_label, legend, paint and note.
    """
    entry = LAYERS[name]
    geometry, paint, legend = entry.style_for(role)
    period = period_label(name, week=week, weeks=weeks, lang=lang)
    kind = "image" if geometry == "raster" else "items"
    href, title = f"/collections/{name}/{kind}?week={week}", file_title(name, role=role, lang=lang)
    if only is not None:
        start, end = only[0].start(timezone=timezone), only[1].end(timezone=timezone)
        href += f"&datetime={stamp(start)}/{stamp(end)}"
        title = f"{entry.title(lang)}, {dates.weeks_label(only, lang=lang)}"
        period = _days(start, end, timezone=timezone, lang=lang)
    return {
        "name": name,
        "title": title,
        "group": entry.group if lang == "sv" else GROUPS_EN[entry.group],
        "geometry": geometry,
        "href": href,
        "visible": entry.visible or (name == "cells" and access("hotspots", role).hidden),
        "n": n,
        "period_label": period,
        "data_until_label": data_until_label if entry.frame in _DATED else None,
        "legend": [sign.as_dict(lang) for sign in legend],
        "paint": paint.as_dict(),
        "note": entry.note(lang),
    }


def period_label(name: str, *, week: Week, weeks: int, lang: str = "sv") -> str | None:
    """
    Say which period all of a layer is of, as in a file.

    Parameters
    ----------
    name
        Name in `LAYERS`.
    week
        The last week of the period.
    weeks
        Length of the period.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str or None
        Such as ``52 veckor t.o.m. v. 47``; None where a layer has no period.
    """
    if LAYERS[name].frame not in _DATED:
        return None
    span = f"{weeks}{NBSP}veckor t.o.m. " if lang == "sv" else f"{weeks}{NBSP}weeks until "
    return span + dates.week_label(week, lang=lang)


def _days(start: datetime, end: datetime, *, timezone: str, lang: str) -> str:
    """Say the first and the last day of weeks that end in the morning after."""
    first = dates.local(start, timezone=timezone)
    last = dates.local(end, timezone=timezone) - timedelta(days=1)
    return DASH.join(dates.day(at, lang=lang) for at in (first, last))


def file_title(name: str, *, role: Role, lang: str = "sv") -> str:
    """
    Say what a layer is called where all of it is shown, as in a file.

    Parameters
    ----------
    name
        Name in `LAYERS`.
    role
        Who is looking: where it gets counts, they are of squares.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        The title.
    """
    by_square = " per ruta" if lang == "sv" else " by square"
    return LAYERS[name].title(lang) + (by_square if in_squares(name, role=role) else "")


def in_squares(name: str, *, role: Role) -> bool:
    """
    Tell whether a role gets counts in squares of what are points.

    Parameters
    ----------
    name
        Name in `LAYERS`.
    role
        Who is looking.

    Returns
    -------
    bool
        False where it gets rows, and where the layer is squares for everyone.
    """
    return LAYERS[name].geometry == "point" and LAYERS[name].style_for(role)[0] == "polygon"


def layer_list(picture: Picture, *, data_until_label: str | None) -> list[dict[str, Any]]:
    """
    Describe every layer of a picture.

    Parameters
    ----------
    picture
        One week as one role may see it.
    data_until_label
        Day of the last event, or nothing.

    Returns
    -------
    list of dict
        In the order of the catalogue.
    """
    return [
        described(picture, name, data_until_label=data_until_label)
        for name, entry in LAYERS.items()
        if name in picture.feature_layers
        or (entry.geometry == "raster" and entry.seen_by(picture.role) and picture.surface)
    ]


def described(picture: Picture, name: str, *, data_until_label: str | None) -> dict[str, Any]:
    """
    Describe one layer of a picture; a raster with its box, and what its colours mean this week.

    Parameters
    ----------
    picture
        One week as one role may see it.
    name
        Name in `LAYERS`.
    data_until_label
        Day of the last event, or nothing.

    Returns
    -------
    dict
        As `describe` gives it; a raster has `bbox` and `opacity` too.
    """
    from geo.maps.layers_register import leads

    raster = LAYERS[name].geometry == "raster"
    if LAYERS[name].frame == "notices":
        data_until_label = _last_notice(picture, name)
    out = describe(
        name,
        role=picture.role,
        week=Week.parse(picture.week),
        weeks=picture.period_weeks,
        n=len(picture.drawn(name)) if name in picture.feature_layers else None,
        data_until_label=data_until_label,
        only=None if raster else picture.newest(name),
        timezone=picture.profile.timezone,
        lang=picture.lang,
    )
    out["visible"] = out["visible"] or leads(name, picture.run.summary)
    if not raster:
        return out
    found = overlay(picture, name)
    return out | {
        "bbox": list(found.bbox),
        "opacity": OPACITY,
        "legend": [sign.as_dict(picture.lang) for sign in found.legend()],
        "note": f"{found.note(picture.lang)} {out['note']}",
    }


def _last_notice(picture: Picture, name: str) -> str | None:
    """Say the day of the last notice; the events' last day is another."""
    if name not in picture.feature_layers or picture.layer(name).empty:
        return None
    last = picture.layer(name)["published_at"].max().to_pydatetime()
    zone = picture.profile.timezone
    return dates.day(dates.local(last, timezone=zone), lang=picture.lang)
