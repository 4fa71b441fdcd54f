"""Layers of what was told: incidents and citizens' places, as points or as counts in squares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import layer as look
from geo.maps.access import Role, access
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.layers_analysis import SQUARES
from geo.maps.words import word

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_NOT_REVIEWED = ("hidden", "received")


class Told(Layer):
    """Points for roles with raw access, squares for the others."""

    def style_for(self, role: Role) -> tuple[str, Paint, tuple[Sign, ...]]:
        """
        Draw squares where the role gets counts.

        Parameters
        ----------
        role
            Who is looking.

        Returns
        -------
        tuple
            Geometry type, paint and legend.
        """
        rule = access(self.frame, role)
        if rule.single_rows:
            return self.geometry, self.paint, self.legend
        paint, signs = SQUARES
        return "polygon", paint, signs if rule.small_shown else signs[1:]


class Incidents(Told):
    """What happened."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of category and setting.

        Parameters
        ----------
        rows
            Incidents that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With category_label and setting_label.
        """
        return rows.assign(
            category_label=rows["category"].map(lambda v: word("category", v, lang=lang)),
            setting_label=rows["setting"].map(lambda v: word("setting", v, lang=lang)),
        )


class Reports(Told):
    """Places that citizens told feel unsafe, or safe; reviewed ones only."""

    def select(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Leave out what is hidden or not yet read by anyone.

        Parameters
        ----------
        rows
            Reports, shape (n,).

        Returns
        -------
        GeoDataFrame
            Shape (<= n,).
        """
        return rows.loc[~rows["state"].isin(_NOT_REVIEWED)]

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of feeling, hour and reasons.

        Parameters
        ----------
        rows
            Reports that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With felt_label, when_label and reasons_label.
        """
        reasons = [
            ", ".join(word("report_reason", code, lang=lang) for code in codes)
            for codes in rows["reasons"]
        ]
        return rows.assign(
            felt_label=rows["felt"].map(lambda v: word("felt", v, lang=lang)),
            when_label=rows["unsafe_when"].map(lambda v: word("unsafe_when", v, lang=lang)),
            reasons_label=reasons,
        )


INCIDENTS = Incidents(
    name="incidents",
    frame="incidents",
    title_sv="Händelser",
    title_en="Events",
    group="Underlag",
    geometry="point",
    time="occurred_from",
    until="occurred_to",
    paint=Paint("#ffffff", fill=look.INK, fill_opacity=0.75, width=1, radius=4),
    legend=(Sign("en händelse", "one event", look.INK, "circle"),),
    note_sv="Inrapporterade händelser med ungefärlig plats. Det som inte rapporteras syns inte.",
    note_en="Reported events, roughly placed. What is not reported is not seen.",
    about=About(
        row_sv="En rapporterad händelse.",
        row_en="A reported event.",
        source_sv="Källornas egna filer, som de är inlästa.",
        source_en="The sources' own files, as they were loaded.",
        events=True,
    ),
)

REPORTS = Reports(
    name="reports",
    frame="reports",
    summed=True,
    title_sv="Otrygga platser",
    title_en="Unsafe places",
    group="Underlag",
    geometry="point",
    time="received_at",
    paint=Paint(
        look.BRICK,
        fill="#ffffff",
        fill_opacity=0.9,
        width=2.5,
        radius=5,
        by="felt",
        values={"safe": {"color": look.TEAL, "radius": 4}},
    ),
    legend=(
        Sign("känns otrygg", "feels unsafe", look.BRICK, "ring"),
        Sign("känns trygg (mindre ring)", "feels safe (smaller ring)", look.TEAL, "ring"),
    ),
    note_sv="Vad invånare har berättat. Få rapporter är inte samma sak som trygghet.",
    note_en="What residents have told. Few reports are not the same as safety.",
    about=About(
        row_sv="En plats som någon har berättat om, otrygg eller trygg.",
        row_en="A place that someone told of, unsafe or safe.",
        source_sv="Invånares egna rapporter, granskade. De är inte anmälda händelser.",
        source_en="Residents' own reports, reviewed. They are not reported events.",
    ),
)
