"""The layer of police notices: areas that are told of, as context beside the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import layer as look
from geo.maps.layer import About, Layer, Paint, Sign

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

_TOLD = 5


class Notices(Layer):
    """Police notices of areas that are loaded, drawn for the picture's week."""

    def select(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Choose the notices whose area is known.

        Parameters
        ----------
        rows
            Notices, shape (n,), on their areas.

        Returns
        -------
        GeoDataFrame
            Shape (<= n,).
        """
        return rows.loc[rows.geometry.notna()]

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add what is told of the whole area: its notices lie on one outline.

        Parameters
        ----------
        rows
            Notices that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With together_label, newest first.
        """
        newest = rows.sort_values("published_at", ascending=False)
        told = {
            name: _together(titles, lang=lang)
            for name, titles in newest.groupby("area", sort=False)["title"]
        }
        ordered = rows.sort_values(["published_at", "id"], ascending=[False, True])
        return ordered.assign(together_label=ordered["area"].map(told).astype("str"))


def _together(titles: pd.Series, *, lang: str) -> str:
    """Say how many notices an area has, and the newest of them."""
    n, more = len(titles), len(titles) - _TOLD
    one, many, rest = ("notis", "notiser", "och") if lang == "sv" else ("notice", "notices", "and")
    shown = "; ".join(titles.head(_TOLD))
    tail = f"; {rest} {more} {'till' if lang == 'sv' else 'more'}" if more > 0 else ""
    return f"{n} {one if n == 1 else many}: {shown}{tail}"


NOTICES = Notices(
    name="notices",
    frame="notices",
    title_sv="Polisens notiser, per område",
    title_en="Police notices, by area",
    group="Underlag",
    geometry="polygon",
    time="published_at",
    weekly=True,
    paint=Paint(look.AMBER, width=2, dash="dotted", label="area"),
    legend=(
        Sign("område som en notis gäller", "area a notice is about", look.AMBER, "dash", "dotted"),
    ),
    note_sv="Sammanhang. En notis gäller en hel kommun eller ett län, aldrig en plats, och räknas "
    "inte med bland händelserna. Bara områden som är inlästa visas.",
    note_en="Context. A notice is about a whole municipality or county, never a place, and is not "
    "counted among the events. Only areas that are loaded are shown.",
    about=About(
        row_sv="En notis som polisen har publicerat.",
        row_en="A notice that the police published.",
        source_sv="Polisens lista över händelser på polisen.se.",
        source_en="The police's list of events at polisen.se.",
    ),
)
