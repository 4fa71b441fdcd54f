"""What a map layer is: where its rows come from, how they are dressed, drawn and explained."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from geo.maps.access import Role, access

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame

Group = Literal["Prioriterat", "Underlag", "Belysning", "Karta"]
GROUPS_EN = {
    "Prioriterat": "Priority",
    "Underlag": "Evidence",
    "Belysning": "Lighting",
    "Karta": "Map",
}

TEAL, TEAL_PALE = "#0b5f60", "#8fbcbb"
AMBER, BRICK = "#a86400", "#9b3a2a"
INK, GREY, GREY_PALE = "#2f2b27", "#6f6860", "#d8d2c8"
LAND, PARK, WATER = "#f6f3ee", "#e1e8d8", "#cfdfe6"
DASHES = {"solid": "", "dashed": "9 6", "dotted": "2 6"}
"""Colours and outlines that every drawing of the map shares; never colour alone."""


@dataclass(frozen=True, slots=True)
class Sign:
    """
    One line of a legend.

    Parameters
    ----------
    sv, en
        What it means.
    color
        ``#rrggbb``.
    shape
        One of fill, line, circle, ring, hatch and dash.
    dash
        One of solid, dashed and dotted.
    """

    sv: str
    en: str
    color: str
    shape: str = "fill"
    dash: str = "solid"

    def as_dict(self, lang: str = "sv") -> dict[str, str]:
        """
        Write the line as the contract of a layer has it.

        Parameters
        ----------
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        dict
            label, color, shape, dash.
        """
        label = self.sv if lang == "sv" else self.en
        return {"label": label, "color": self.color, "shape": self.shape, "dash": self.dash}


@dataclass(frozen=True, slots=True)
class Paint:
    """
    How a layer is drawn; QGIS, the one-file map and the web page read the same.

    Parameters
    ----------
    color
        Outline, or line, ``#rrggbb``.
    fill
        Filling; empty for none.
    fill_opacity
        0-1.
    width
        Outline in CSS pixels.
    radius
        Of points, CSS pixels.
    dash
        One of solid, dashed and dotted.
    by
        Property whose value changes the above; empty for none.
    values
        Value of that property -> what changes.
    breaks
        For a number: lower limits, ascending; `steps` has one entry a limit.
    steps
        What changes from each limit on.
    label
        Property that is written beside the thing; empty for none.
    """

    color: str
    fill: str = ""
    fill_opacity: float = 0.0
    width: float = 1.0
    radius: float = 4.0
    dash: str = "solid"
    by: str = ""
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    breaks: tuple[float, ...] = ()
    steps: tuple[Mapping[str, Any], ...] = ()
    label: str = ""

    def as_dict(self) -> dict[str, Any]:
        """
        Write the style as a small mapping, ready for JSON.

        Returns
        -------
        dict
            The base style; ``by`` = {property, values} or {property, breaks,
            steps} where a property changes it; ``label`` where one is written.
        """
        out: dict[str, Any] = {
            "color": self.color,
            "fill": self.fill or None,
            "fill_opacity": self.fill_opacity,
            "width": self.width,
            "radius": self.radius,
            "dash": self.dash,
        }
        if self.values:
            values = {key: dict(change) for key, change in self.values.items()}
            out["by"] = {"property": self.by, "values": values}
        elif self.breaks:
            steps = [dict(step) for step in self.steps]
            out["by"] = {"property": self.by, "breaks": list(self.breaks), "steps": steps}
        if self.label:
            out["label"] = self.label
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """
    One layer of the map; a new one is a class like this and a line in the catalogue.

    Parameters
    ----------
    name
        As in addresses: ``places``.
    frame
        The frame its rows come from; the line of the access table that holds.
    title_sv, title_en
        What it is called.
    group
        Where it stands in the layer list.
    geometry
        One of point, line, polygon and raster.
    paint
        How it is drawn.
    legend
        Its signs.
    time
        Column that places a row in time; empty when it has none.
    until
        Column where a row's time ends, when it is an interval.
    visible
        Whether it is on from the start.
    summed
        Whether counts of its weeks are added up to one square each.
    weekly
        Whether it is drawn for the picture's week alone; files hold the whole period.
    note_sv, note_en
        What the layer cannot say.
    """

    name: str
    frame: str
    title_sv: str
    title_en: str
    group: Group
    geometry: Literal["point", "line", "polygon", "raster"]
    paint: Paint
    legend: tuple[Sign, ...]
    time: str = ""
    until: str = ""
    visible: bool = False
    summed: bool = False
    weekly: bool = False
    note_sv: str = ""
    note_en: str = ""

    @property
    def counted(self) -> bool:
        """Whether the layer is counts in squares for every role."""
        return False

    def title(self, lang: str = "sv") -> str:
        """
        Say what the layer is called.

        Parameters
        ----------
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        str
            The title.
        """
        return self.title_sv if lang == "sv" else self.title_en

    def note(self, lang: str = "sv") -> str:
        """
        Say what the layer cannot say.

        Parameters
        ----------
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        str
            One or two sentences, or nothing.
        """
        return self.note_sv if lang == "sv" else self.note_en

    def seen_by(self, role: Role) -> bool:
        """
        Tell whether a role gets anything of this layer.

        Parameters
        ----------
        role
            Who is looking.

        Returns
        -------
        bool
            False where the access table hides the frame.
        """
        return not access(self.frame, role).hidden

    def style_for(self, role: Role) -> tuple[str, Paint, tuple[Sign, ...]]:
        """
        Give geometry, style and legend as this role sees them.

        Parameters
        ----------
        role
            Who is looking.

        Returns
        -------
        tuple
            Geometry type, paint and legend.
        """
        del role
        return self.geometry, self.paint, self.legend

    def select(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Choose the rows of the frame that belong to the layer.

        Parameters
        ----------
        rows
            The whole frame, shape (n,).

        Returns
        -------
        GeoDataFrame
            Shape (<= n,), nothing changed.
        """
        return rows

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add words and drawing properties, from what has already passed the gate.

        Parameters
        ----------
        rows
            Rows that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            A copy, shape (n,).
        """
        del lang
        return rows
