"""Layers of what is there: streets, land, areas, facilities, and what is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import layer as look
from geo.maps.layer import Layer, Paint, Sign
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
)
