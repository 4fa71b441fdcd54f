"""Layers of what is dark, and why: lamps out as errands, and dark stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import layer as look
from geo.maps import swedish
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from geopandas import GeoDataFrame


_LABELS = ("kind_label", "open_label", "owner_label", "poles_label")


class Outages(Layer):
    """Lamps that are out, joined to errands."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of each errand.

        Parameters
        ----------
        rows
            Outages that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With kind_label, open_label, owner_label and poles_label.
        """
        records = rows.drop(columns="geometry").to_dict("records")
        return rows.assign(
            kind_label=[word("outage_kind", r["kind"], lang=lang) for r in records],
            open_label=[open_label(r, lang=lang) for r in records],
            owner_label=[owner_label(r["owners"], lang=lang) for r in records],
            poles_label=[", ".join(r["pole_refs"]) for r in records],
        ).astype(dict.fromkeys(_LABELS, "str"))


def owner_label(owners: Sequence[str], *, lang: str = "sv") -> str:
    """
    Name who owns something; that nobody knows is said.

    Parameters
    ----------
    owners
        Names of owners, none when not known.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Their names, or that the owner is not known.

    Examples
    --------
    >>> owner_label([])
    'okänd ägare'
    """
    return ", ".join(owners) or ("okänd ägare" if lang == "sv" else "owner not known")


def target_words(days: float, *, lang: str = "sv") -> str:
    """
    Write a target: a bare number of days, or hours where it is less than one.

    Parameters
    ----------
    days
        The target.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``3`` or ``1 timme``.
    """
    if days >= 1:
        return swedish.number(days, lang=lang)
    hours = max(1, round(24 * days))
    if lang == "sv":
        return f"{hours} {'timme' if hours == 1 else 'timmar'}"
    return f"{hours} hour{'' if hours == 1 else 's'}"


def open_label(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say how long an errand has been open, and what the target is.

    Parameters
    ----------
    row
        ``days_open`` (missing when nobody knows) and ``target_days``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``öppet 12 dygn (mål 3)``.

    Examples
    --------
    >>> open_label({"days_open": 12.4, "target_days": 3.0})
    'öppet 12 dygn (mål 3)'
    >>> open_label({"days_open": 2.0, "target_days": 1 / 24})
    'öppet 2 dygn (mål 1 timme)'
    """
    target = target_words(float(row["target_days"]), lang=lang)
    if swedish.missing(row["days_open"]):
        unit = ("" if " " in target else " dygn") if lang == "sv" else (
            "" if " " in target else " days"
        )  # fmt: skip
        told = "okänt hur länge (mål" if lang == "sv" else "not known how long (target"
        return f"{told} {target}{unit})"
    days = swedish.number(int(row["days_open"]), lang=lang)
    return (
        f"öppet {days} dygn (mål {target})"
        if lang == "sv"
        else f"open {days} days (target {target})"
    )


class DarkStretches(Layer):
    """Stretches of street that no working lamp reaches."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of the cause.

        Parameters
        ----------
        rows
            Stretches that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With cause_label and owner_label.
        """
        return rows.assign(
            cause_label=rows["cause"].map(lambda v: word("dark_cause", v, lang=lang)),
            owner_label=[
                owner_label(owners, lang=lang) if lamps else ""
                for owners, lamps in zip(rows["owners"], rows["lamp_ids"], strict=True)
            ],
        ).astype({"cause_label": "str", "owner_label": "str"})


OUTAGES = Outages(
    name="outages",
    frame="outages",
    title_sv="Släckta ljuspunkter, ärenden",
    title_en="Lamps out, as errands",
    group="Belysning",
    geometry="point",
    paint=Paint(
        look.BRICK,
        fill="#ffffff",
        fill_opacity=0.5,
        width=2.5,
        radius=6.5,
        by="kind",
        values={"single": {"width": 1.5, "radius": 4.5}},
    ),
    legend=(
        Sign("flera i rad, eller en belysningscentral", "several in a row, or a whole circuit",
             look.BRICK, "ring"),
        Sign("enstaka ljuspunkt (liten ring)", "single lamp (small ring)", look.BRICK, "ring"),
    ),
    note_sv="Ljuspunkter som är släckta intill varandra, eller på samma central, är ett ärende. "
    "Det som ingen har anmält och registret inte vet syns inte.",
    note_en="Lamps out next to each other, or on one circuit, are one errand. What nobody has "
    "reported and the register does not know is not seen.",
    about=About(
        row_sv="Ett ärende: en eller flera ljuspunkter som är släckta intill varandra.",
        row_en="An errand: one lamp or several that are out next to each other.",
        source_sv="Belysningsregistrets uppgift om vad som är trasigt, och felanmälningar som inte "
        "är avslutade.",
        source_en="What the lighting register says is broken, and fault reports that are not "
        "closed.",
        found=True,
    ),
)  # fmt: skip

_CAUSES: dict[str, dict[str, object]] = {
    "outage": {"color": look.BRICK, "dash": "solid", "width": 5},
    "missing": {"color": look.AMBER, "dash": "dashed", "width": 4},
    "off_on_purpose": {"color": look.GREY, "dash": "dashed", "width": 3},
    "unlit": {"color": look.GREY, "dash": "dotted", "width": 2.5},
}

DARK_STRETCHES = DarkStretches(
    name="dark_stretches",
    frame="dark_stretches",
    title_sv="Mörka sträckor",
    title_en="Dark stretches",
    group="Belysning",
    geometry="line",
    paint=Paint(look.AMBER, width=4, by="cause", values=_CAUSES),
    legend=(
        Sign("ljuspunkter släckta", "lamps out", look.BRICK, "line"),
        Sign("ljuspunkter saknas", "lamps missing", look.AMBER, "dash", "dashed"),
        Sign("släckt med avsikt, i sina timmar", "off on purpose, in its hours", look.GREY,
             "dash", "dashed"),
        Sign("obelyst gång- eller cykelväg", "unlit path", look.GREY, "dash", "dotted"),
    ),
    note_sv="Bara där ljuspunkterna är inventerade. Avståndsbedömning, ingen mätning i lux.",
    note_en="Only where lamps have been surveyed. Judged by distance, not measured in lux.",
    about=About(
        row_sv="En sammanhängande bit gata som ingen lysande ljuspunkt når.",
        row_en="A stretch of street that no working lamp reaches.",
        source_sv="Avståndet mellan gata och ljuspunkter i registret.",
        source_en="The distance of streets from lamps in the register.",
        found=True,
    ),
)  # fmt: skip
