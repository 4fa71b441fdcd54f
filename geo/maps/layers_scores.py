"""The layer of earlier lists: each place that was put forward, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.clock import Week
from geo.maps import dates, swedish
from geo.maps import layer as look
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame

_WORDS = ("outcome_label", "sentence")


class ScoreHistory(Layer):
    """Places of earlier lists, by what the week after answered."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of each place.

        Parameters
        ----------
        rows
            Places of earlier lists that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With outcome_label and sentence.
        """
        records = rows.drop(columns="geometry").to_dict("records")
        return rows.assign(
            outcome_label=[word("outcome", r["outcome"], lang=lang) for r in records],
            sentence=[outcome_sentence(r, lang=lang) for r in records],
        ).astype(dict.fromkeys(_WORDS, "str"))


def outcome_sentence(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say what came of one place of a list, with no verdict where staff were.

    Parameters
    ----------
    row
        A row of the frame ``scores`` that has passed the gate.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One sentence.
    """
    listed, scored = (dates.week_label(Week.parse(row[k]), lang=lang)
                      for k in ("list_week", "scored_week"))  # fmt: skip
    if lang == "sv":
        n = (
            swedish.plural(row["hits"], "händelse", "händelser")
            if row["hits"]
            else "ingen händelse"
        )
        tail = ("Personal var där, så det säger inget om listan." if row["visited"]
                else "Ingen personal var där.")  # fmt: skip
        return f"På listan för {listed}; {n} där under {scored}. {tail}"
    n = swedish.plural(row["hits"], "event", "events", lang=lang) if row["hits"] else "no event"
    tail = ("Staff were there, so it says nothing of the list." if row["visited"]
            else "No staff were there.")  # fmt: skip
    return f"On the list of {listed}; {n} there in {scored}. {tail}"


SCORE_HISTORY = ScoreHistory(
    name="score_history",
    frame="scores",
    title_sv="Tidigare listor: så gick det",
    title_en="Earlier lists: how it went",
    group="Prioriterat",
    geometry="polygon",
    time="period_from",
    until="period_to",
    paint=Paint(
        look.GREY,
        fill=look.GREY,
        fill_opacity=0.04,
        width=1.4,
        by="outcome",
        values={
            "hit": {"color": look.TEAL, "fill": look.TEAL, "fill_opacity": 0.2, "width": 2.4},
            "none": {"color": look.GREY, "width": 1.6},
            "no_verdict": {"color": look.AMBER, "fill_opacity": 0.0, "dash": "dashed"},
        },
    ),
    legend=(
        Sign("ingen personal där, händelser kom", "no staff there, events came", look.TEAL),
        Sign("ingen personal där, inget hände", "no staff there, nothing came", look.GREY),
        Sign("personal var där: inget omdöme", "staff were there: no verdict", look.AMBER, "fill",
             "dashed"),
    ),
    note_sv="Upp till 26 listor, en i veckan, prövade mot veckan efter. Lugn där personal var kan "
    "vara effekt eller slump. Det som egen personal har hittat räknas inte.",
    note_en="Up to 26 lists, one a week, tried on the week after. Calm where staff were may be "
    "effect or chance. What own staff found does not count.",
    about=About(
        row_sv="En plats på en tidigare veckas lista, och vad veckan efter svarade.",
        row_en="A place on an earlier week's list, and what the week after answered.",
        source_sv="Listor som låstes när de gjordes, mot händelser som rapporterades veckan efter.",
        source_en="Lists sealed when they were made, against events reported the week after.",
        events=True,
        found=True,
    ),
)  # fmt: skip
