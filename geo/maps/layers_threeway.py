"""The layer of places typed by incidents, by how they are felt, and by light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import layer as look
from geo.maps import swedish
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame

_LABELS = ("type_label", "acts_label", "sentence")
_LIGHT = {
    "dark": (", dessutom mörk", ", and dark"),
    "partly": (", delvis upplyst", ", partly lit"),
    "lit": (", upplyst", ", lit"),
    "cannot_tell": (", belysningen är inte inventerad", ", lighting not surveyed"),
}


class PlaceTypes(Layer):
    """Places by three things at once, with whose move it is."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of each place.

        Parameters
        ----------
        rows
            Typed places that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With type_label, acts_label and sentence.
        """
        records = rows.drop(columns="geometry").to_dict("records")
        return rows.assign(
            type_label=[type_label(r, lang=lang) for r in records],
            acts_label=[acts_label(r, lang=lang) for r in records],
            sentence=[type_sentence(r, lang=lang) for r in records],
        ).astype(dict.fromkeys(_LABELS, "str"))


def type_label(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say what kind of place it is.

    Parameters
    ----------
    row
        ``type`` and ``light``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        A few words.

    Examples
    --------
    >>> type_label({"type": "felt_only", "light": "dark"})
    'otrygg, få händelser, dessutom mörk'
    """
    told = word("place_type", row["type"], lang=lang)
    return told + _LIGHT[row["light"]][0 if lang == "sv" else 1]


def acts_label(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say whose move it is.

    Parameters
    ----------
    row
        ``acts``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        For example ``närvaro och belysning``.
    """
    words = [word("act", code, lang=lang) for code in row["acts"]] or [""]
    link = " och " if lang == "sv" else " and "
    return link.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def type_sentence(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say what a place was typed from: each number with its spread.

    Parameters
    ----------
    row
        A typed place that has passed the gate.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Two or three sentences.
    """
    parts = [_events(row, lang=lang), _reports(row, lang=lang), _dark(row, lang=lang)]
    at = 0 if lang == "sv" else 1
    todo = acts_label(row, lang=lang)
    last = ("Nästa steg: ", "Next: ")[at] + todo + "."
    return " ".join([*(part for part in parts if part), last])


def _events(row: Mapping[str, Any], *, lang: str) -> str:
    """Incidents with the interval of their ratio."""
    if swedish.missing(row["n"]) or swedish.missing(row["rate"]):
        return "Färre än fem händelser." if lang == "sv" else "Fewer than five events."
    n, expected = (_number(row[k], lang, d) for k, d in (("n", 0), ("expected", 1)))
    low, high = (_number(row[k], lang, 1) for k in ("rate_low", "rate_high"))
    if lang == "sv":
        return f"{n} händelser där {expected} var väntat ({low}{swedish.DASH}{high} gånger)."
    return f"{n} events where {expected} were expected ({low}{swedish.DASH}{high} times)."


def _reports(row: Mapping[str, Any], *, lang: str) -> str:
    """Tell reports of feeling unsafe in a year, with what the number can say."""
    if swedish.missing(row["n_reports"]):
        return (
            "Färre än fem otrygghetsrapporter."
            if lang == "sv"
            else "Fewer than five reports of feeling unsafe."
        )
    n = int(row["n_reports"])
    low, high = (_number(row[k], lang, 1) for k in ("reports_low", "reports_high"))
    if lang == "sv":
        told = "1 otrygghetsrapport" if n == 1 else f"{n} otrygghetsrapporter"
        return f"{told} på ett år ({low}{swedish.DASH}{high})."
    told = "1 report" if n == 1 else f"{n} reports"
    return f"{told} of feeling unsafe in a year ({low}{swedish.DASH}{high})."


def _dark(row: Mapping[str, Any], *, lang: str) -> str:
    """Share in darkness, and metres of street that are dark."""
    out = []
    if not swedish.missing(row["dark_share"]):
        share, low, high = (
            _number(100 * row[k], lang, 0) for k in ("dark_share", "dark_low", "dark_high")
        )
        n = _number(row["n_timed"], lang, 0)
        out.append(
            f"{share}{swedish.NBSP}% av {n} utomhushändelser i mörker "
            f"({low}{swedish.DASH}{high}{swedish.NBSP}%)."
            if lang == "sv"
            else f"{share}% of {n} outdoor events in darkness ({low}{swedish.DASH}{high}%)."
        )
    if not swedish.missing(row["dark_m"]) and row["dark_m"] >= 1:
        metres = _number(row["dark_m"], lang, 0)
        out.append(
            f"Mörk sträcka: {metres}{swedish.NBSP}m."
            if lang == "sv"
            else f"Dark street: {metres}{swedish.NBSP}m."
        )
    return " ".join(out)


def _number(value: float, lang: str, decimals: int) -> str:
    """Write a number as the language does."""
    return swedish.number(value, decimals=decimals, lang=lang)


PLACE_TYPES = PlaceTypes(
    name="place_types",
    frame="place_types",
    title_sv="Händelser, otrygghet och ljus",
    title_en="Events, feeling unsafe and light",
    group="Prioriterat",
    geometry="polygon",
    paint=Paint(
        look.GREY,
        fill=look.GREY,
        fill_opacity=0.06,
        width=2.0,
        dash="dotted",
        by="type",
        values={
            "both": {"color": look.BRICK, "fill": look.BRICK, "fill_opacity": 0.2, "width": 3.0,
                     "dash": "solid"},
            "incidents_only": {"color": look.TEAL, "fill": look.TEAL, "fill_opacity": 0.14,
                               "dash": "solid"},
            "incidents": {"color": look.TEAL, "fill": look.TEAL, "fill_opacity": 0.1,
                          "dash": "dashed"},
            "felt_only": {"color": look.AMBER, "fill": look.AMBER, "fill_opacity": 0.18,
                          "dash": "solid"},
            "felt": {"color": look.AMBER, "fill": look.AMBER, "fill_opacity": 0.1,
                     "dash": "dashed"},
            "calm": {"color": look.GREY, "fill_opacity": 0.0, "dash": "solid", "width": 1.2},
        },
    ),
    legend=(
        Sign("många händelser och otrygg", "many events and felt unsafe", look.BRICK),
        Sign("många händelser, få otrygghetsrapporter", "many events, few reports", look.TEAL),
        Sign("många händelser", "many events", look.TEAL, "fill", "dashed"),
        Sign("otrygg, få händelser", "felt unsafe, few events", look.AMBER),
        Sign("otrygg", "felt unsafe", look.AMBER, "fill", "dashed"),
        Sign("går inte att avgöra", "cannot be told", look.GREY, "fill", "dotted"),
    ),
    note_sv="Få rapporter kan betyda att få rapporterar. Streckad kontur: det ena går inte att "
    "avgöra. Om platsen är mörk står i texten.",
    note_en="Few reports may mean that few report. Dashed outline: one of the two cannot be told. "
    "Whether the place is dark is in the text.",
    about=About(
        row_sv="En plats med många händelser eller många otrygghetsrapporter.",
        row_en="A place with many events or many reports of feeling unsafe.",
        source_sv="Rapporterade händelser, invånares rapporter under ett år, och "
        "belysningsregistret.",
        source_en="Reported events, residents' reports of a year, and the lighting register.",
        events=True,
        found=True,
    ),
)  # fmt: skip
