"""The list of layers a role has, each with count, period, legend and style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import dates
from geo.maps.catalog import LAYERS
from geo.maps.layer import GROUPS_EN
from geo.maps.swedish import NBSP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.clock import Week
    from geo.maps.access import Role

COUNTED_FRAMES = ("incidents", "reports", "hotspots", "recommendations", "surface")


def describe(
    name: str,
    *,
    role: Role,
    week: Week,
    weeks: int,
    n: int | None,
    data_until_label: str | None,
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
    dated = entry.frame in COUNTED_FRAMES
    span = f"{weeks}{NBSP}veckor t.o.m. " if lang == "sv" else f"{weeks}{NBSP}weeks until "
    kind = "image" if geometry == "raster" else "items"
    return {
        "name": name,
        "title": entry.title(lang),
        "group": entry.group if lang == "sv" else GROUPS_EN[entry.group],
        "geometry": geometry,
        "href": f"/collections/{name}/{kind}?week={week}",
        "visible": entry.visible,
        "n": n,
        "period_label": span + dates.week_label(week, lang=lang) if dated else None,
        "data_until_label": data_until_label if dated else None,
        "legend": [sign.as_dict(lang) for sign in legend],
        "paint": paint.as_dict(),
        "note": entry.note(lang),
    }


def layer_list(
    counts: Mapping[str, int | None],
    *,
    role: Role,
    week: Week,
    weeks: int,
    data_until_label: str | None,
    lang: str = "sv",
) -> list[dict[str, Any]]:
    """
    Describe every layer of a picture.

    Parameters
    ----------
    counts
        Rows by name, of the layers the role has; None for a raster.
    role
        Who is looking.
    week
        The last week of the period.
    weeks
        Length of the period.
    data_until_label
        Day of the last event, or nothing.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of dict
        In the order of the catalogue.
    """
    return [
        describe(
            name,
            role=role,
            week=week,
            weeks=weeks,
            n=counts[name],
            data_until_label=data_until_label,
            lang=lang,
        )
        for name in LAYERS
        if name in counts
    ]
