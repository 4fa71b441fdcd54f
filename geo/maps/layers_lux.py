"""The layer of calculated light: pieces of street by how much light they probably have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import layer as look
from geo.maps import swedish
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from geopandas import GeoDataFrame

_LABELS = ("lux_class_label", "night_label", "lux_label", "assumed_label")


def lux_label(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say the least light with its band.

    Parameters
    ----------
    row
        ``min_lx``, ``min_low_lx`` and ``min_high_lx``; missing where nothing
        can be told.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``som minst 1,4 lx (0,8–2,1)``.

    Examples
    --------
    >>> lux_label({"min_lx": 1.42, "min_low_lx": 0.8, "min_high_lx": 2.11})
    'som minst 1,4 lx (0,8–2,1)'
    """
    if swedish.missing(row["min_lx"]):
        return "ljuspunkterna är inte inventerade" if lang == "sv" else "lamps not surveyed"
    least, low, high = (
        swedish.number(round(float(row[name]), 1), decimals=1, lang=lang)
        for name in ("min_lx", "min_low_lx", "min_high_lx")
    )
    start = "som minst" if lang == "sv" else "least"
    return f"{start} {least} lx ({low}\u2013{high})"


def assumed_label(share: float, *, lang: str = "sv") -> str:
    """
    Say how much of the light rests on assumed heights or lumens.

    Parameters
    ----------
    share
        0 to 1.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``40 % av ljuset bygger på antagen höjd eller ljusflöde``.
    """
    percent = f"{round(share * 100)}{swedish.NBSP}%"
    if lang == "sv":
        return f"{percent} av ljuset bygger på antagen höjd eller antaget ljusflöde"
    return f"{percent} of the light rests on an assumed height or flux"


class StreetLight(Layer):
    """Pieces of street by calculated light."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of class, lux and what is assumed.

        Parameters
        ----------
        rows
            Pieces that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With lux_class_label, night_label, lux_label and assumed_label.
        """
        columns = ["min_lx", "min_low_lx", "min_high_lx"]
        records = rows[columns].to_dict("records")
        return rows.assign(
            lux_class_label=rows["lux_class"].map(lambda v: word("lux_class", v, lang=lang)),
            night_label=rows["night_class"].map(lambda v: word("lux_class", v, lang=lang)),
            lux_label=[lux_label(r, lang=lang) for r in records],
            assumed_label=[assumed_label(float(v), lang=lang) for v in rows["assumed_share"]],
        ).astype(dict.fromkeys(_LABELS, "str"))


_YELLOW, _PALE, _VIOLET = "#d9a400", "#ecd27a", "#5b4a8a"

STREET_LIGHT = StreetLight(
    name="street_light",
    frame="street_light",
    title_sv="Beräknat ljus längs gatorna",
    title_en="Calculated light along streets",
    group="Belysning",
    geometry="line",
    paint=Paint(
        look.GREY,
        width=3.5,
        by="lux_class",
        values={
            "reassuring": {"color": _YELLOW, "width": 4},
            "enough": {"color": _PALE, "width": 3.5},
            "uncertain": {"color": look.GREY, "dash": "dashed", "width": 3},
            "dark": {"color": _VIOLET, "width": 4.5},
            "unlit": {"color": _VIOLET, "dash": "dotted", "width": 2},
            "not_inventoried": {"color": look.GREY_PALE, "dash": "dotted", "width": 2},
        },
    ),
    legend=(
        Sign("sannolikt minst 2 lx", "probably 2 lx or more", _YELLOW, "line"),
        Sign("sannolikt minst 1 lx", "probably 1 lx or more", _PALE, "line"),
        Sign("osäkert om 1 lx nås", "uncertain whether 1 lx", look.GREY, "dash", "dashed"),
        Sign("sannolikt under 1 lx", "probably below 1 lx", _VIOLET, "line"),
        Sign("utan belysning", "without lighting", _VIOLET, "dash", "dotted"),
        Sign("ej inventerat", "not surveyed", look.GREY_PALE, "dash", "dotted"),
    ),
    note_sv="Beräknat kl. 21 ur registret, inte uppmätt. Träd och hus räknas inte med. "
    "Okända höjder, ljusflöden och armaturer ger ett spann, inte ett tal.",
    note_en="Calculated for nine in the evening from the register, not measured. Trees and "
    "buildings are left out. Unknown heights, flux and optics give a span, not a number.",
    about=About(
        row_sv="En bit gata.",
        row_en="A piece of street.",
        source_sv="Beräkning av ljuset på marken ur registrets höjd, ljusflöde och armatur.",
        source_en="Light on the ground, calculated from height, flux and luminaire in the "
        "register.",
        found=True,
    ),
)
