"""The layer of what is raised just now: alarms of the scan, and near repeats with a last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import layer as look
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.now_words import signal_sentence
from geo.maps.words import word

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


class Signals(Layer):
    """Circles where something is raised just now."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of each circle.

        Parameters
        ----------
        rows
            Signals that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With kind_label, category_label and sentence.
        """
        records = rows.drop(columns="geometry").to_dict("records")
        return rows.assign(
            kind_label=[word("signal", r["kind"], lang=lang) for r in records],
            category_label=[word("category", r["category"], lang=lang) for r in records],
            sentence=[signal_sentence(r, lang=lang) for r in records],
        ).astype(dict.fromkeys(("kind_label", "category_label", "sentence"), "str"))


SIGNALS = Signals(
    name="signals",
    frame="signals",
    title_sv="Just nu",
    title_en="Just now",
    group="Prioriterat",
    geometry="polygon",
    visible=True,
    time="since",
    until="until",
    paint=Paint(
        look.AMBER,
        fill=look.AMBER,
        fill_opacity=0.08,
        width=2.5,
        by="kind",
        values={
            "alarm": {"dash": "solid"},
            "unsure": {"color": look.GREY, "fill": look.GREY, "dash": "dotted", "width": 1.4},
            "near_repeat": {"dash": "dashed", "width": 1.8},
        },
    ),
    legend=(
        Sign("ovanligt just nu", "unusual just now", look.AMBER, "fill", "solid"),
        Sign("förhöjd risk, med slutdag", "raised risk, with a last day", look.AMBER, "fill",
             "dashed"),
        Sign("för få för att avgöra", "too few to tell", look.GREY, "fill", "dotted"),
    ),
    about=About(
        row_sv="En plats där något är ovanligt just nu, eller risken förhöjd efter en händelse.",
        row_en="A place where something is unusual just now, or the risk raised after an event.",
        source_sv="Rapporterade händelser, genomsökta i plats och tid och prövade mot slump.",
        source_en="Reported events, scanned in place and time and tried against chance.",
        events=True,
        found=True,
    ),
    note_sv="Ovanligt mot vad platsen och tiden brukar ha, prövat mot slump. En händelse vid "
    "bostad ritas som hela sin gata. Säger inget om vem, och inte att något kommer att hända.",
    note_en="Unusual against what place and time usually have, tried against chance. An event at "
    "a home is drawn as its whole street. It says nothing of who, nor that anything will happen.",
)  # fmt: skip
