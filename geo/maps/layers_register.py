"""Layers of what a register says by itself: how far apart lamps stand, which streets are lit."""

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

_MARKS = ("spacing_m", "spacing_height_m", "spacing_assumed", "spacing_ratio", "spacing_band")
FIRST_WHERE_BARE = ("lamp_spacing", "lit_streets")
"""Layers that the lighting view opens with where little else can be told."""
_YELLOW, _VIOLET = "#d9a400", "#5b4a8a"


def spacing_label(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say how far a lamp stands from its neighbours, against its height.

    Parameters
    ----------
    row
        What `geo.lighting.register.lamp_spacing` gives of it.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``31 m, 5,2 gånger höjden (antagen 6 m): osäkert``.

    Examples
    --------
    >>> row = {"spacing_m": 31.2, "spacing_height_m": 6.0, "spacing_assumed": True,
    ...        "spacing_ratio": 5.2, "spacing_band": "uncertain"}
    >>> spacing_label(row).replace("\N{NO-BREAK SPACE}", " ")
    '31 m, 5,2 gånger höjden (antagen 6 m): osäkert om ljuset räcker'
    """
    said = word("spacing_band", row["spacing_band"], lang=lang)
    if swedish.missing(row["spacing_m"]):
        return said
    sv = lang == "sv"
    metres, height, ratio = (
        swedish.number(round(float(row[name]), digits), decimals=digits, lang=lang)
        for name, digits in (("spacing_m", 0), ("spacing_height_m", 0), ("spacing_ratio", 1))
    )
    taken = ("antagen " if sv else "assumed ") if row["spacing_assumed"] else ""
    times = "gånger höjden" if sv else "times the height"
    unit = f"{swedish.NBSP}m"
    return f"{metres}{unit}, {ratio} {times} ({taken}{height}{unit}): {said}"


def leads(name: str, summary: Mapping[str, Any]) -> bool:
    """
    Tell whether the lighting view opens with a layer of `FIRST_WHERE_BARE`.

    Parameters
    ----------
    name
        The layer.
    summary
        Of the run.

    Returns
    -------
    bool
        Spacing where no streets are loaded, so that no light can be told along them; the
        network's own word where it speaks of more street than the lamps do.
    """
    if name == "lamp_spacing":
        return "streets" in summary.get("lacking", ())
    lux = (summary.get("light_facts") or {}).get("lux")
    if name != "lit_streets" or not lux:
        return False
    told = sum(m for kind, m in lux["street_m"].items() if kind != "not_inventoried")
    return bool(lux.get("said_lit_m", 0.0) > told)


class LampSpacing(Layer):
    """Lamps by how far they stand from their neighbours."""

    def mark(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Measure the way to the neighbours, among all lamps.

        Parameters
        ----------
        rows
            Every lamp with every column, shape (n,).

        Returns
        -------
        GeoDataFrame
            With the marks of the layer.
        """
        from geo.lighting.register import lamp_spacing

        return rows.join(lamp_spacing(rows))

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Keep what the layer is about, and say it in words.

        Parameters
        ----------
        rows
            Lamps that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            ``id``, ``pole_ref``, ``owner``, the marks and spacing_label.
        """
        kept = rows[["id", "pole_ref", "owner", *_MARKS, "geometry"]]
        told = [spacing_label(row, lang=lang) for row in kept[list(_MARKS)].to_dict("records")]
        return kept.assign(spacing_label=told).astype({"spacing_label": "str"})


class LitStreets(Layer):
    """Streets by what the network itself says of light."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of kind and light.

        Parameters
        ----------
        rows
            Streets that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With kind_label and lit_label.
        """
        return rows.assign(
            kind_label=rows["kind"].map(lambda v: word("street_kind", v, lang=lang)),
            lit_label=rows["lit"].map(lambda v: word("lit", v, lang=lang)),
        )


LAMP_SPACING = LampSpacing(
    name="lamp_spacing",
    frame="lamps",
    title_sv="Avstånd mellan ljuspunkter",
    title_en="Distance between lamps",
    group="Belysning",
    geometry="point",
    marks=_MARKS,
    paint=Paint(
        look.GREY,
        fill=look.GREY,
        fill_opacity=0.95,
        width=0.8,
        radius=3,
        by="spacing_band",
        values={
            "probably_ok": {"color": _YELLOW, "fill": _YELLOW},
            "uncertain": {"color": look.GREY, "fill": look.GREY_PALE},
            "probably_short": {"color": _VIOLET, "fill": _VIOLET, "radius": 3.5},
            "alone": {"color": look.GREY, "fill": "#ffffff", "width": 1},
            "doubled": {"color": look.BRICK, "fill": "#ffffff", "width": 1.5},
        },
    ),
    legend=(
        Sign("sannolikt tätt nog (upp till 4 stolphöjder)", "probably close enough (up to 4 "
             "heights)", _YELLOW, "circle"),
        Sign("osäkert (4–6 stolphöjder)", "uncertain (4–6 heights)", look.GREY, "circle"),
        Sign("sannolikt glest (6 stolphöjder eller mer)", "probably too far (6 heights or more)",
             _VIOLET, "circle"),
        Sign("ingen granne inom 150 m", "no neighbour within 150 m", look.GREY, "ring"),
        Sign("två på samma punkt", "two on one spot", look.BRICK, "ring"),
    ),
    about=About(
        row_sv="En ljuspunkt, med avståndet till dess grannar.",
        row_en="A lamp, with the distance to its neighbours.",
        source_sv="Ljuspunkternas lägen och höjder i belysningsregistret, som de senast lästes in.",
        source_en="Places and heights of the lamps in the lighting register, as last loaded.",
    ),
    note_sv="Till näst närmaste ljuspunkt, mot stolphöjden; 6 m antas där ingen trovärdig höjd "
    "finns. En sållning av kvarter, aldrig av en enskild gata: gatunätet är inte med.",
    note_en="To the second nearest lamp, against its height; 6 m is assumed where none is "
    "believed. It screens neighbourhoods, never one street: the street network has no part in it.",
)  # fmt: skip

LIT_STREETS = LitStreets(
    name="lit_streets",
    frame="streets",
    title_sv="Uppgift om belyst gata",
    title_en="Streets said to be lit",
    group="Belysning",
    geometry="line",
    paint=Paint(
        look.GREY_PALE,
        width=1.2,
        dash="dotted",
        by="lit",
        values={
            "yes": {"color": _YELLOW, "width": 3, "dash": "solid"},
            "no": {"color": _VIOLET, "width": 3, "dash": "dashed"},
        },
    ),
    legend=(
        Sign("uppges vara belyst", "said to be lit", _YELLOW, "line"),
        Sign("uppges vara obelyst", "said to be unlit", _VIOLET, "dash", "dashed"),
        Sign("ingen uppgift", "nothing said", look.GREY_PALE, "dash", "dotted"),
    ),
    about=About(
        row_sv="En gata eller en bit av den.",
        row_en="A street, or a part of one.",
        source_sv="Gatunätets egen uppgift om belysning, som det senast lästes in.",
        source_en="What the street network itself says of light, as last loaded.",
    ),
    note_sv="Vad gatunätet självt säger, utan ljuspunkter. Ingen uppgift betyder inte mörkt.",
    note_en="What the street network itself says, without lamps. Nothing said is not darkness.",
)
