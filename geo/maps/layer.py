"""What a map layer is: where its rows come from, how they are dressed, drawn and explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo.maps.access import Role, access
from geo.maps.signs import Paint, Sign

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["About", "Group", "Layer", "Paint", "Sign"]

Group = Literal["Prioriterat", "Andra metoder", "Underlag", "Belysning", "Karta"]
GROUPS_EN = {
    "Prioriterat": "Priority",
    "Andra metoder": "Other methods",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """
    What a file of a layer says of its numbers, before its note: every kind of row says its own.

    Parameters
    ----------
    row_sv, row_en
        What one row is.
    source_sv, source_en
        Where the numbers come from.
    events
        Whether they rest on reported incidents, so that the period, the basis and the limits of
        those hold for them.
    found
        Whether an analysis of the week made them; else they are as they were last loaded.
    """

    row_sv: str
    row_en: str
    source_sv: str
    source_en: str
    events: bool = False
    found: bool = False


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
    method
        The method it is of, where it is there only in a run that was asked for that method.
    about
        What a file of it says of its numbers; without it the note alone.
    marks
        Columns that `mark` adds.
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
    method: str = ""
    about: About | None = None
    marks: tuple[str, ...] = ()

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

    def mark(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Judge each row by the whole frame, before columns are left out; adds `marks` alone.

        Parameters
        ----------
        rows
            The rows of the layer with every column, shape (n,).

        Returns
        -------
        GeoDataFrame
            A copy, shape (n,). What it adds leaves with the rows, so it says nothing that the
            frame's shared columns do not.
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
