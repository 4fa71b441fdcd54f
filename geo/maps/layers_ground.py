"""Layers of what is there: streets, land, areas, facilities, and what is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import layer as look
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.words import word

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

LAND_LEVEL = "land_use"
INVENTORY_LEVEL = "inventory"


class Streets(Layer):
    """Streets and paths of the base map."""

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


class Land(Layer):
    """Kinds of land."""

    def select(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Choose the division called land_use.

        Parameters
        ----------
        rows
            Areas, shape (n,).

        Returns
        -------
        GeoDataFrame
            Shape (<= n,).
        """
        return rows.loc[rows["level"] == LAND_LEVEL]

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of the kind.

        Parameters
        ----------
        rows
            Areas that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With kind_label.
        """
        return rows.assign(kind_label=rows["kind"].map(lambda v: word("area_kind", v, lang=lang)))


class Areas(Layer):
    """Areas people use."""

    def select(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Choose every division but land use and lamp inventory.

        Parameters
        ----------
        rows
            Areas, shape (n,).

        Returns
        -------
        GeoDataFrame
            Shape (<= n,).
        """
        return rows.loc[~rows["level"].isin([LAND_LEVEL, INVENTORY_LEVEL])]


class Facilities(Layer):
    """Places with a function."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of the kind.

        Parameters
        ----------
        rows
            Facilities that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With kind_label.
        """
        kinds = rows["kind"].map(lambda v: word("facility_kind", v, lang=lang))
        return rows.assign(kind_label=kinds)


class Events(Layer):
    """What is planned."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of the kind.

        Parameters
        ----------
        rows
            Events that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With kind_label.
        """
        return rows.assign(kind_label=rows["kind"].map(lambda v: word("event_kind", v, lang=lang)))


_STREET_COLOR = "#ffffff"
STREETS = Streets(
    name="streets",
    frame="streets",
    title_sv="Gator och gångvägar",
    title_en="Streets and paths",
    group="Karta",
    geometry="line",
    visible=True,
    paint=Paint(
        _STREET_COLOR,
        width=3,
        by="kind",
        values={
            "cycleway": {"color": "#b9b1a5", "width": 1.4, "dash": "dashed"},
            "footway": {"color": "#b9b1a5", "width": 1.2, "dash": "dotted"},
            "stairs": {"color": "#b9b1a5", "width": 2, "dash": "dotted"},
            "gc_tunnel": {"color": look.GREY, "width": 2.5, "dash": "dashed"},
            "square": {"color": _STREET_COLOR, "width": 5},
        },
    ),
    legend=(
        Sign("gata", "street", "#ffffff", "line"),
        Sign("gång- och cykelväg", "foot and cycle path", "#b9b1a5", "dash", "dashed"),
        Sign("gångtunnel", "tunnel", look.GREY, "dash", "dashed"),
    ),
    note_sv="Okänt om belyst betyder inte mörkt.",
    note_en="Not known whether lit does not mean dark.",
    about=About(
        row_sv="En bit gata eller gångväg.",
        row_en="A piece of street or path.",
        source_sv="Gatunätet som är inläst.",
        source_en="The street network that is loaded.",
    ),
)

LAND = Land(
    name="land",
    frame="areas",
    title_sv="Mark och vatten",
    title_en="Land and water",
    group="Karta",
    geometry="polygon",
    visible=True,
    paint=Paint(
        look.LAND,
        fill=look.LAND,
        fill_opacity=1.0,
        width=0,
        by="kind",
        values={
            "centre": {"fill": "#e9e2d6"},
            "residential": {"fill": "#efeae1"},
            "industry": {"fill": "#e8e5e2"},
            "green": {"fill": look.PARK},
            "water": {"fill": look.WATER},
        },
    ),
    legend=(
        Sign("bebyggelse", "built-up", "#efeae1", "fill"),
        Sign("park och natur", "green", look.PARK, "fill"),
        Sign("vatten", "water", look.WATER, "fill"),
    ),
    note_sv="Markslaget säger vad man kan vänta sig av en plats, inte hur den ser ut i dag.",
    note_en="The kind of land tells what to expect of a place, not how it looks today.",
    about=About(
        row_sv="Ett område av ett slags mark.",
        row_en="An area of one kind of land.",
        source_sv="Markindelningen som är inläst.",
        source_en="The division of land that is loaded.",
    ),
)

AREAS = Areas(
    name="areas",
    frame="areas",
    title_sv="Områden",
    title_en="Areas",
    group="Karta",
    geometry="polygon",
    paint=Paint(look.GREY, width=1.2, dash="dashed", label="name"),
    legend=(Sign("områdesgräns", "area boundary", look.GREY, "dash", "dashed"),),
    note_sv="Ett område säger inget om platserna i det.",
    note_en="An area says nothing of the places in it.",
    about=About(
        row_sv="Ett område.",
        row_en="An area.",
        source_sv="Områdesindelningen som är inläst.",
        source_en="The division into areas that is loaded.",
    ),
)

FACILITIES = Facilities(
    name="facilities",
    frame="facilities",
    title_sv="Skolor, lokaler och hållplatser",
    title_en="Schools, premises and stations",
    group="Karta",
    geometry="point",
    paint=Paint(
        look.GREY,
        fill="#ffffff",
        fill_opacity=1.0,
        width=1.5,
        radius=4,
        by="kind",
        values={
            "park": {"fill": look.PARK, "color": "#b9c6ab", "width": 0.5},
            "water": {"fill": look.WATER, "color": "#a9c3cf", "width": 0.5},
        },
        label="name",
    ),
    legend=(Sign("plats med en funktion", "place with a function", look.GREY, "ring"),),
    note_sv="Bara det som finns i listan. Öppettider kan ha ändrats.",
    note_en="Only what is in the list. Hours may have changed.",
    about=About(
        row_sv="En plats med en funktion: en skola, en hållplats, en lokal.",
        row_en="A place with a function: a school, a station.",
        source_sv="Listan över lokaler som är inläst.",
        source_en="The list of premises that is loaded.",
    ),
)

EVENTS = Events(
    name="events",
    frame="events",
    title_sv="Arrangemang och lov",
    title_en="Events and holidays",
    group="Karta",
    geometry="point",
    time="starts_on",
    until="ends_on",
    paint=Paint(look.AMBER, fill=look.AMBER, fill_opacity=0.25, width=2, radius=6, label="name"),
    legend=(Sign("planerat", "planned", look.AMBER, "circle"),),
    note_sv="Bara det som finns i kalendern.",
    note_en="Only what is in the calendar.",
    about=About(
        row_sv="Något som är planerat: ett arrangemang, ett lov, en högtid.",
        row_en="Something planned: an arrangement, a holiday.",
        source_sv="Kalendern som är inläst, fyra veckor framåt från veckan.",
        source_en="The calendar that is loaded, four weeks ahead.",
    ),
)
