"""Layers of lighting: lamps, faults, and what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import layer as look
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.soften import LAMP_KINDS
from geo.maps.words import word
from geo.maps.worklist_basis import doubts_label

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

LIGHT_KINDS = LAMP_KINDS | {"check", "investigate"}


class Lamps(Layer):
    """Luminaires, by whether they give light."""

    def mark(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Name what is not believed of each lamp: feet show in a whole load, never in one row.

        Parameters
        ----------
        rows
            Every lamp with every column, shape (n,).

        Returns
        -------
        GeoDataFrame
            With doubts.
        """
        from geo.lighting.register import own_doubts

        return rows.assign(doubts=own_doubts(rows))

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of the state, and of what is doubtful.

        Parameters
        ----------
        rows
            Lamps that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With state_label and doubts_label.
        """
        return rows.assign(
            state_label=rows["state"].map(lambda v: word("lamp_state", v, lang=lang)),
            doubts_label=[doubts_label(names, lang=lang) for names in rows["doubts"]],
        ).astype({"doubts_label": "str"})


class Faults(Layer):
    """Reported faults that are not mended."""

    def select(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Choose the faults that are still open.

        Parameters
        ----------
        rows
            Faults, shape (n,).

        Returns
        -------
        GeoDataFrame
            Shape (<= n,).
        """
        return rows.loc[rows["closed_at"].isna()]

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of the fault.

        Parameters
        ----------
        rows
            Faults that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With kind_label.
        """
        return rows.assign(kind_label=rows["kind"].map(lambda v: word("fault_kind", v, lang=lang)))


class LightingChecks(Layer):
    """Recommendations that concern light."""

    def select(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Choose recommendations of a lighting kind that have a place.

        Parameters
        ----------
        rows
            Recommendations, shape (n,).

        Returns
        -------
        GeoDataFrame
            Shape (<= n,).
        """
        return rows.loc[rows["kind"].isin(LIGHT_KINDS) & rows.geometry.notna()]

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of kind and confidence.

        Parameters
        ----------
        rows
            Recommendations that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With kind_label and confidence_label.
        """
        return rows.assign(
            kind_label=rows["kind"].map(lambda v: word("kind", v, lang=lang)),
            confidence_label=rows["confidence"].map(lambda v: word("certainty", v, lang=lang)),
        )


LAMPS = Lamps(
    name="lamps",
    frame="lamps",
    title_sv="Ljuspunkter",
    title_en="Lamps",
    group="Belysning",
    geometry="point",
    paint=Paint(
        "#7a5200",
        fill="#f2c14e",
        fill_opacity=0.95,
        width=0.8,
        radius=2.5,
        by="state",
        values={
            "faulty": {"color": look.BRICK, "fill": "#ffffff", "width": 2.2, "radius": 4.5},
            "off_on_purpose": {"color": look.GREY, "fill": look.GREY, "radius": 3},
            "unknown": {"color": look.GREY, "fill": "#ffffff", "width": 1, "radius": 2.5},
        },
    ),
    legend=(
        Sign("lyser", "working", "#f2c14e", "circle"),
        Sign("trasig (ring)", "faulty (ring)", look.BRICK, "ring"),
        Sign("släckt med avsikt", "off on purpose", look.GREY, "circle"),
        Sign("okänt om den lyser", "not known", look.GREY, "ring"),
    ),
    marks=("doubts",),
    note_sv="Bara ljuspunkter som finns i registret. Tom karta betyder inte mörkt. Tveksamma "
    "värden visas som registret har dem och används inte i beräkningen.",
    note_en="Only lamps in the register. An empty map does not mean darkness. Doubtful values are "
    "shown as the register has them and are not used in the calculation.",
    about=About(
        row_sv="En ljuspunkt: en armatur på sin stolpe.",
        row_en="A lamp: a luminaire on its pole.",
        source_sv="Belysningsregistret. Tomma rutor är uppgifter som registret saknar; vad "
        "beräkningen antar i stället står under Antagna värden.",
        source_en="The lighting register. Empty cells are what it lacks; what is assumed instead "
        "is in Assumed values.",
    ),
)

FAULTS = Faults(
    name="faults",
    frame="faults",
    title_sv="Felanmälda ljuspunkter",
    title_en="Reported lamp faults",
    group="Belysning",
    geometry="point",
    time="reported_at",
    until="closed_at",
    paint=Paint(look.AMBER, fill="#ffffff", fill_opacity=0.9, width=2.5, radius=6),
    legend=(Sign("ej åtgärdad felanmälan", "open fault report", look.AMBER, "ring"),),
    note_sv="Anmälningar som inte är avslutade. Flera kan gälla samma lampa.",
    note_en="Reports that are not closed. Several may concern one lamp.",
    about=About(
        row_sv="En felanmälan som inte är avslutad.",
        row_en="A fault report that is not closed.",
        source_sv="Felanmälningar från boende, ronder och e-tjänst, som de är inlästa.",
        source_en="Fault reports of residents, rounds and e-services, as they were loaded.",
    ),
)

LIGHTING_CHECKS = LightingChecks(
    name="lighting_checks",
    frame="recommendations",
    title_sv="Belysning att kontrollera",
    title_en="Lighting to check",
    group="Belysning",
    geometry="polygon",
    visible=True,
    paint=Paint(
        look.AMBER,
        fill=look.AMBER,
        fill_opacity=0.14,
        width=2.5,
        radius=7,
        by="confidence",
        values={
            "well_supported": {"dash": "solid"},
            "likely": {"dash": "dashed"},
            "possible": {"dash": "dotted"},
            "cannot_tell": {"dash": "dotted", "color": look.GREY, "fill": look.GREY},
        },
    ),
    legend=(
        Sign("väl underbyggd", "well supported", look.AMBER, "fill", "solid"),
        Sign("trolig", "likely", look.AMBER, "fill", "dashed"),
        Sign("möjlig", "possible", look.AMBER, "fill", "dotted"),
    ),
    note_sv="Bättre ljus kan öka tryggheten. Att det minskar antalet händelser är inte visat här.",
    note_en="Better light may make a place feel safer. That it cuts events is not shown here.",
    about=About(
        row_sv="Ett förslag om belysning från en regel.",
        row_en="A suggestion about lighting, of one rule.",
        source_sv="Regler som läser belysningsregistret, felanmälningarna, gatunätet och veckans "
        "platser. Skälen står i raden.",
        source_en="Rules that read the register, the fault reports, the streets and the week's "
        "places. The row gives the reasons.",
        found=True,
    ),
)
