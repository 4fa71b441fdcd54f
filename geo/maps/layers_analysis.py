"""Layers of what was found: places that stand out, counts in squares, the density surface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import layer as look
from geo.maps.access import Role, access
from geo.maps.hours import slots_label, slots_of
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.sentences import place_sentence, rank_label, trend_label, when_label
from geo.maps.words import word

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_STEPS = (
    {"fill": "#dbe9e8", "fill_opacity": 0.55},
    {"fill": "#a9cfce", "fill_opacity": 0.6},
    {"fill": "#62a6a5", "fill_opacity": 0.65},
    {"fill": "#1f7475", "fill_opacity": 0.7},
)
_LIMITS = (1, 5, 10, 20)


class Places(Layer):
    """Places that stand out, as outlines with their rank."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of each place.

        Parameters
        ----------
        rows
            Hotspots that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With rank_label, certainty_label, claim_label, class_label,
            sentence and when_label.
        """
        records = rows.drop(columns="geometry").to_dict("records")
        return rows.assign(
            rank_label=[rank_label(r) for r in records],
            certainty_label=[word("certainty", r["certainty"], lang=lang) for r in records],
            claim_label=[word("claim", r["claim"], lang=lang) for r in records],
            class_label=[trend_label(r, lang=lang) for r in records],
            sentence=[place_sentence(r, lang=lang) for r in records],
            when_label=[when_label(r, lang=lang)["label"] for r in records],
        ).astype(dict.fromkeys(("rank_label", "sentence", "when_label"), "str"))


class Advice(Layer):
    """Everything recommended, also what has no place."""

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
            With kind_label, window_label and confidence_label.
        """
        windows = [slots_label(slots_of(value), lang=lang) for value in rows["window"]]
        return rows.assign(
            kind_label=rows["kind"].map(lambda v: word("kind", v, lang=lang)),
            window_label=windows,
            confidence_label=rows["confidence"].map(lambda v: word("certainty", v, lang=lang)),
        ).astype({"window_label": "str"})


class Counts(Layer):
    """Counts in fixed squares over the chosen weeks; dressed by the gate itself."""

    @property
    def counted(self) -> bool:
        """Whether the layer is counts in squares for every role."""
        return True

    def style_for(self, role: Role) -> tuple[str, Paint, tuple[Sign, ...]]:
        """
        Leave the lowest step out of the legend where it is never shown.

        Parameters
        ----------
        role
            Who is looking.

        Returns
        -------
        tuple
            Geometry type, paint and legend.
        """
        small = access(self.frame, role).small_shown
        return "polygon", self.paint, self.legend if small else self.legend[1:]


_CERTAINTY = {
    "well_supported": {"dash": "solid", "width": 3.0},
    "likely": {"dash": "dashed", "width": 2.5},
    "possible": {"dash": "dotted", "width": 2.5},
    "cannot_tell": {
        "dash": "dotted",
        "width": 1.2,
        "color": look.GREY,
        "fill": look.GREY,
        "fill_opacity": 0.06,
    },
}

PLACES = Places(
    name="places",
    frame="hotspots",
    title_sv="Prioriterade platser",
    title_en="Priority places",
    group="Prioriterat",
    geometry="polygon",
    visible=True,
    time="period_from",
    until="period_to",
    paint=Paint(
        look.TEAL,
        fill=look.TEAL,
        fill_opacity=0.16,
        width=2.5,
        by="certainty",
        values=_CERTAINTY,
        label="rank_label",
    ),
    legend=(
        Sign("väl underbyggd", "well supported", look.TEAL, "fill", "solid"),
        Sign("trolig", "likely", look.TEAL, "fill", "dashed"),
        Sign("möjlig", "possible", look.TEAL, "fill", "dotted"),
        Sign("går inte att avgöra", "cannot be told", look.GREY, "fill", "dotted"),
    ),
    note_sv="Här är fler händelser rapporterade än väntat. Det som inte rapporteras syns inte.",
    note_en="Places with more reported events than expected. What is not reported is not seen.",
    about=About(
        row_sv="En plats som sticker ut, eller en tidigare plats som inte längre gör det.",
        row_en="A place that stands out, or a former one that no longer does.",
        source_sv="Händelser som källorna har rapporterat, jämförda med vad en lika lång gata i "
        "samma slags område brukar ha.",
        source_en="Events that the sources reported, against what as long a street in the same "
        "kind of area usually has.",
        events=True,
        found=True,
    ),
)

ADVICE = Advice(
    name="recommendations",
    frame="recommendations",
    title_sv="Rekommendationer",
    title_en="Recommendations",
    group="Prioriterat",
    geometry="polygon",
    paint=Paint(look.BRICK, fill="#ffffff", fill_opacity=0.6, width=2, radius=6, dash="dashed"),
    legend=(Sign("rekommendation", "recommendation", look.BRICK, "ring", "dashed"),),
    note_sv="Förslag från reglerna. Människor beslutar.",
    note_en="Suggestions from the rules. People decide.",
    about=About(
        row_sv="Ett förslag från en regel.",
        row_en="A suggestion of one rule.",
        source_sv="Regler som läser veckans platser, ljuspunkter och felanmälningar. Skälen står i "
        "raden.",
        source_en="Rules that read the week's places, lamps and fault reports. The row gives the "
        "reasons.",
        events=True,
        found=True,
    ),
)

_SQUARES = Paint(
    "#ffffff", width=0.5, by="n_min", breaks=_LIMITS, steps=_STEPS, fill="#dbe9e8", fill_opacity=0.5
)
_SQUARE_SIGNS = tuple(
    Sign(f"{a} händelser", f"{a} events", str(step["fill"]), "fill")
    for a, step in zip(("1\u20134", "minst 5", "minst 10", "minst 20"), _STEPS, strict=True)
)

CELLS = Counts(
    name="cells",
    frame="incidents",
    summed=True,
    title_sv="Händelser per ruta, hela perioden",
    title_en="Events per square, whole period",
    group="Underlag",
    geometry="polygon",
    time="occurred_from",
    until="occurred_to",
    paint=_SQUARES,
    legend=_SQUARE_SIGNS,
    note_sv="Fasta rutor. Små antal visas som färre än 5 där enskilda händelser inte får synas.",
    note_en="Fixed squares. Small counts read fewer than 5 where single events may not be seen.",
    about=About(
        row_sv="En fast ruta med minst en händelse under perioden.",
        row_en="A fixed square with an event in the period.",
        source_sv="Händelser som källorna har rapporterat och som kunde placeras på kartan.",
        source_en="Events that the sources reported and that could be placed on the map.",
        events=True,
    ),
)

SURFACE = Layer(
    name="surface",
    frame="surface",
    title_sv="Täthet, mjuk yta",
    title_en="Density surface",
    group="Underlag",
    geometry="raster",
    paint=Paint(look.TEAL, fill=look.TEAL, fill_opacity=0.5),
    legend=(Sign("händelser per km² och år", "events per km² and year", look.TEAL, "fill"),),
    note_sv="Ger en överblick. Den visar inte vilka platser som sticker ut.",
    note_en="Gives an overview. It does not show which places stand out.",
)
SQUARES = (_SQUARES, _SQUARE_SIGNS)
"""Paint and legend of counts in squares, shared by the layers that turn into counts."""
