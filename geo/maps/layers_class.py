"""The layer of the detailed sheet: paths between lamps against their lighting class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import layer as look
from geo.maps import swedish
from geo.maps.layer import About, Layer, Paint, Sign
from geo.maps.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from geopandas import GeoDataFrame

_LABELS = ("met_label", "values_label", "faces_label", "decided_label", "lamps_label")
_BY_DEFAULT = ("programmets förval, ingen har beslutat", "the product's choice, nobody has decided")
_DEFAULT = "default"


def met_label(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say whether a class is met, and how sure that is.

    Parameters
    ----------
    row
        ``light_class``, ``band`` and ``p_class``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``P4: sannolikt inte uppfylld (sannolikhet 10 %)``.

    Examples
    --------
    >>> row = {"light_class": "P4", "band": "uncertain", "p_class": 0.43}
    >>> met_label(row).replace("\N{NO-BREAK SPACE}", " ")
    'P4: osäkert om den uppfylls (sannolikhet 43 %)'
    """
    said = word("class_band", row["band"], lang=lang)
    share = f"{round(100 * float(row['p_class']))}{swedish.NBSP}%"
    chance = "sannolikhet" if lang == "sv" else "probability"
    return f"{row['light_class']}: {said} ({chance} {share})"


def values_label(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say mean, least and uniformity, each with its band.

    Parameters
    ----------
    row
        ``em_lx``, ``emin_lx`` and ``uo``, with low and high of each.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``Em 4,1 lx (3,2–5,4) · Emin 0,6 lx (0,4–1,1) · Uo 0,15 (0,12–0,20)``.
    """
    parts = []
    for name, unit, digits, sign in (("em", "_lx", 1, "Em"), ("emin", "_lx", 1, "Emin"),
                                     ("uo", "", 2, "Uo")):  # fmt: skip
        value, low, high = (
            swedish.number(round(float(row[key]), digits), decimals=digits, lang=lang)
            for key in (f"{name}{unit}", f"{name}_low{unit}", f"{name}_high{unit}")
        )
        measure = f"{swedish.NBSP}lx" if unit else ""
        parts.append(f"{sign} {value}{measure} ({low}{swedish.DASH}{high})")
    return " · ".join(parts)


def faces_label(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say how well a face can be seen: least vertical and semicylindrical light.

    Parameters
    ----------
    row
        ``ev_low_lx``, ``ev_high_lx``, ``esc_low_lx`` and ``esc_high_lx``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Such as ``1,5 m upp: Ev som minst 0,4–0,9 lx, Esc 0,3–0,7 lx``.
    """
    ev, esc = (
        swedish.DASH.join(
            swedish.number(round(float(row[f"{name}_{end}_lx"]), 1), decimals=1, lang=lang)
            for end in ("low", "high")
        )
        for name in ("ev", "esc")
    )
    start = "1,5 m upp: Ev som minst" if lang == "sv" else "1.5 m up: Ev at least"
    return f"{start} {ev}{swedish.NBSP}lx, Esc {esc}{swedish.NBSP}lx"


def lamps_label(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say what the numbers rest on: lamps out, off on purpose, photometric files.

    Parameters
    ----------
    row
        ``n_out``, ``n_off``, ``n_files`` and ``overlit``.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        A few words; empty when there is nothing to say.
    """
    sv = lang == "sv"
    out, off, files = (int(row[name]) for name in ("n_out", "n_off", "n_files"))
    parts = []
    if out:
        parts.append(f"{out} av 2 ljuspunkter släckta" if sv else f"{out} of 2 lamps out")
    if off:
        parts.append(f"{off} släckta med avsikt" if sv else f"{off} off on purpose")
    if row["overlit"]:
        parts.append("mer än 1,5 gånger klassens medelvärde" if sv else "over 1.5 times the mean")
    if files:
        parts.append(
            f"fotometrisk fil för {files} av 2" if sv else f"photometric file for {files} of 2"
        )
    return swedish.capital(", ".join(parts))


class ClassChecks(Layer):
    """Paths between lamps, by whether the class is met."""

    def dress(self, rows: GeoDataFrame, *, lang: str = "sv") -> GeoDataFrame:
        """
        Add the words of class, values, faces, decision and lamps.

        Parameters
        ----------
        rows
            Stretches that may leave, shape (n,).
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        GeoDataFrame
            With met_label, values_label, faces_label, decided_label and lamps_label.
        """
        records = rows.drop(columns="geometry").to_dict("records")
        nobody = _BY_DEFAULT[0 if lang == "sv" else 1]
        decided = [nobody if r["class_from"] == _DEFAULT else r["decided"] for r in records]
        return rows.assign(
            met_label=[met_label(r, lang=lang) for r in records],
            values_label=[values_label(r, lang=lang) for r in records],
            faces_label=[faces_label(r, lang=lang) for r in records],
            decided_label=decided,
            lamps_label=[lamps_label(r, lang=lang) for r in records],
        ).astype(dict.fromkeys(_LABELS, "str"))


_YELLOW, _VIOLET = "#d9a400", "#5b4a8a"

CLASS_CHECKS = ClassChecks(
    name="class_checks",
    frame="class_checks",
    title_sv="Kontrollberäkning mot belysningsklass",
    title_en="Check against the lighting class",
    group="Belysning",
    geometry="line",
    paint=Paint(
        look.GREY,
        width=3.5,
        by="band",
        values={
            "probably_ok": {"color": _YELLOW, "width": 4},
            "uncertain": {"color": look.GREY, "dash": "dashed", "width": 3},
            "probably_short": {"color": _VIOLET, "width": 4.5},
        },
    ),
    legend=(
        Sign("klassen sannolikt uppfylld", "class probably met", _YELLOW, "line"),
        Sign("osäkert om klassen uppfylls", "uncertain", look.GREY, "dash", "dashed"),
        Sign("klassen sannolikt inte uppfylld", "class probably not met", _VIOLET, "line"),
    ),
    note_sv="Mellan två ljuspunkter längs gång- och cykelvägar, beräknat kl. 21 i rutnätet enligt "
    "EN 13201-3:2015, mot klass enligt EN 13201-2:2015. Vägens bredd är antagen. Bilvägar är med "
    "bara om kommunen har valt en klass för dem. Ersätter ingen projektering.",
    note_en="Between two lamps along paths, calculated for nine in the evening on the grid of "
    "EN 13201-3:2015, against classes of EN 13201-2:2015. Widths are assumed. Roads only where "
    "the municipality has chosen a class. No substitute for a design.",
    about=About(
        row_sv="En bit gång- eller cykelväg mellan två ljuspunkter.",
        row_en="A piece of path between two lamps.",
        source_sv="Beräkning ur registrets höjd, ljusflöde och armatur.",
        source_en="Calculated from height, flux and luminaire in the register.",
        found=True,
    ),
)
