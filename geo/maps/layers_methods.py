"""Layers of other methods: one a method, off from the start, and there only when asked for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import NotFoundError
from geo.maps import layer as look
from geo.maps import swedish
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.sentences import expected_label
from geo.maps.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from geopandas import GeoDataFrame

    from geo.store import Run

TITLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "auto": ("Prognos: där mest väntas de närmaste dagarna", "Forecast: most expected next"),
        "gi_star": ("Gi* på rutor, med exakt sannolikhet", "Gi* on squares, exact tail"),
        "dbscan": ("Täta grupper av händelser (DBSCAN)", "Dense groups (DBSCAN)"),
        "kde": ("Täthetskarta (kärnskattning)", "Kernel density"),
        "segments": (
            "Gatuavsnitt och korsningar, med exakt sannolikhet",
            "Street segments and junctions, exact tail",
        ),
        "hexagons": ("Sexhörningar, med exakt sannolikhet", "Hexagons, exact tail"),
        "network_kde": ("Täthet längs gatorna", "Density along streets"),
        "hdbscan": ("Grupper av olika täthet (HDBSCAN)", "Groups of different density (HDBSCAN)"),
        "st_dbscan": (
            "Täta grupper i plats och tid (ST-DBSCAN)",
            "Groups dense in place and time (ST-DBSCAN)",
        ),
        "local_moran": ("Lokal Moran (höga rutor bland höga)", "Local Moran (high among high)"),
    }
)
"""Method -> its title; a test holds them to the catalogue of methods."""
_TESTED = ("gi_star", "segments", "hexagons", "local_moran")


class Compared(Layer):
    """What one other method finds."""

    def select(self, rows: GeoDataFrame) -> GeoDataFrame:
        """
        Choose the rows of this method.

        Parameters
        ----------
        rows
            The frame ``comparisons``, shape (n,).

        Returns
        -------
        GeoDataFrame
            Shape (<= n,).
        """
        return rows.loc[rows["method"] == self.name]

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of each finding.

        Parameters
        ----------
        rows
            Findings that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With certainty_label and sentence.
        """
        records = rows.drop(columns="geometry").to_dict("records")
        return rows.assign(
            certainty_label=[word("certainty", r["certainty"], lang=lang) for r in records],
            sentence=[_sentence(r, lang=lang) for r in records],
        ).astype(dict.fromkeys(("certainty_label", "sentence"), "str"))


def _sentence(row: Mapping[str, Any], *, lang: str) -> str:
    """Say n and expected, and whether the method tests anything."""
    expected = expected_label(row["expected"], lang=lang)
    tested = row["method"] in _TESTED
    if lang == "sv":
        events = swedish.plural(row["n"], "händelse", "händelser")
        untested = "Till för jämförelse; inget är prövat mot slump."
        tail = "Till för jämförelse." if tested else untested
        return f"{events}, väntat {expected}. {tail}"
    events = swedish.plural(row["n"], "event", "events", lang=lang)
    tail = "For comparison." if tested else "For comparison; nothing is tried against chance."
    return f"{events}, expected {expected}. {tail}"


def _layer(name: str) -> Compared:
    """Make the layer of one method."""
    sv, en = TITLES[name]
    tested_sv = "Räknar annorlunda än listan och är till för jämförelse: agera på listans platser."
    tested_en = "Counts otherwise than the list and is for comparison: act on the list's places."
    if name not in _TESTED:
        tested_sv += " Visar var mest ligger och prövar inget mot slump."
        tested_en += " Shows where most lies and tries nothing against chance."
    return Compared(
        name=name,
        frame="comparisons",
        title_sv=sv,
        title_en=en,
        group="Andra metoder",
        method=name,
        geometry="polygon",
        time="period_from",
        until="period_to",
        paint=Paint(
            look.INK,
            fill=look.INK,
            fill_opacity=0.06,
            width=1.6,
            dash="dashed",
            by="certainty",
            values={
                "well_supported": {"dash": "solid", "width": 2.2},
                "cannot_tell": {"dash": "dotted", "color": look.GREY, "fill": look.GREY},
            },
        ),
        legend=(
            (
                Sign("väl underbyggd med denna metod", "well supported by this method", look.INK),
                Sign("trolig med denna metod", "likely by this method", look.INK, "fill", "dashed"),
                Sign("för få för att avgöra", "too few to tell", look.GREY, "fill", "dotted"),
            )
            if name in _TESTED
            else (
                Sign("där mest ligger, inte prövat", "where most lies, not tried", look.GREY,
                     "fill", "dotted"),
            )
        ),
        about=About(
            row_sv=f"En plats enligt metoden {sv}, till för jämförelse.",
            row_en=f"A place by the method {en}, for comparison.",
            source_sv="Rapporterade händelser, räknade med en annan metod än listans.",
            source_en="Reported events, counted by another method than the list's.",
            events=True,
            found=True,
        ),
        note_sv=tested_sv,
        note_en=tested_en,
    )  # fmt: skip


METHOD_LAYERS = tuple(_layer(name) for name in TITLES)
"""One layer a method that can be laid beside the picture."""


def made(method: str, run: Run) -> bool:
    """
    Tell whether a run has the rows of a method.

    Parameters
    ----------
    method
        Name of the method; empty for the picture's own.
    run
        The analysis.

    Returns
    -------
    bool
        True where nothing was to be asked for, or it was.
    """
    return not method or method in run.order.get("methods", ())


def require_made(method: str, run: Run) -> None:
    """
    Refuse, and say how to get it, where a run was not asked for a method.

    Parameters
    ----------
    method
        Name of the method; empty for the picture's own.
    run
        The analysis.

    Raises
    ------
    NotFoundError
        With the command that makes it.
    """
    if not made(method, run):
        msg = f"the analysis of {run.week} was made without the method {method!r}."
        raise NotFoundError(msg, fix=f"lagesbild analyse --week {run.week} --methods {method}")
