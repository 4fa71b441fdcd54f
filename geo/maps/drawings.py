"""Small drawings inside a page: a sign of the legend, the week by the hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from geo.maps.layer import TEAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DAYS = {"sv": "mån tis ons tor fre lör sön", "en": "Mon Tue Wed Thu Fri Sat Sun"}
_TITLE = {"sv": "Händelser per veckodag och timme, 06 till 06", "en": "Events by weekday and hour"}
_FIRST_HOUR, _STEP, _LEFT, _TOP = 6, 12, 34, 14


def swatch(sign: Mapping[str, Any]) -> Markup:
    """
    Draw a sign of a legend.

    Parameters
    ----------
    sign
        With label, color, shape and dash.

    Returns
    -------
    Markup
        An inline SVG, 26 x 16.
    """
    color, shape = sign["color"], sign["shape"]
    dash = {"solid": "", "dashed": "5 3", "dotted": "1.5 3"}[sign["dash"]]
    edge = f'stroke="{color}" stroke-width="2" stroke-dasharray="{dash}"'
    body = {
        "fill": f'<rect x="2" y="2" width="22" height="12" rx="3" fill="{color}" '
        f'fill-opacity="{0.2 if sign["dash"] != "solid" or color == TEAL else 0.85}" {edge}/>',
        "line": f'<path d="M1 8H25" stroke="#b9b1a5" stroke-width="7"/>'
        f'<path d="M1 8H25" stroke="{color}" stroke-width="5"/>',
        "dash": f'<path d="M1 8H25" {edge}/>',
        "circle": f'<circle cx="13" cy="8" r="5" fill="{color}" stroke="#6f6860"/>',
        "ring": f'<circle cx="13" cy="8" r="5" fill="#fff" {edge}/>',
        "hatch": f'<rect x="2" y="2" width="22" height="12" fill="none" {edge}/>'
        f'<path d="M6 14L14 2M14 14L22 2" stroke="{color}"/>',
    }[shape]
    return Markup(  # noqa: S704 (colours and shapes are our own constants)
        f'<svg width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">{body}</svg>'
    )


def hour_grid(profile: Sequence[Sequence[float]], *, lang: str = "sv") -> Markup:
    """
    Draw the week by the hour, from 06 to 06.

    Parameters
    ----------
    profile
        Shape (7, 24): Monday first, 06 first.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    Markup
        An inline SVG with a title; the darkest square is the highest count.
    """
    most = max((float(v) for row in profile for v in row), default=0.0) or 1.0
    days = _DAYS[lang].split()
    parts = []
    for hour in range(0, 24, 3):
        x = _LEFT + hour * _STEP
        parts.append(f'<text x="{x}" y="10">{(_FIRST_HOUR + hour) % 24:02d}</text>')
    for day, row in enumerate(profile):
        y = _TOP + day * _STEP
        parts.append(f'<text x="0" y="{y + 9}">{days[day]}</text>')
        for hour, value in enumerate(row):
            shade = f'fill="{TEAL}" fill-opacity="{0.15 + 0.85 * float(value) / most:.2f}"'
            look = shade if value else 'fill="#ece8e1"'
            x = _LEFT + hour * _STEP
            parts.append(f'<rect x="{x}" y="{y}" width="11" height="11" {look}/>')
    wide, high = _LEFT + 24 * _STEP, _TOP + 7 * _STEP
    return Markup(  # noqa: S704 (numbers only)
        f'<svg class="grid" viewBox="0 0 {wide} {high}" role="img" font-size="9" fill="#5f5952">'
        f"<title>{_TITLE[lang]}</title>{''.join(parts)}</svg>"
    )
