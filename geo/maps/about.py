"""What a file says of its numbers: what a row is, where it comes from, what it does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.clock import Week
from geo.maps import swedish
from geo.maps.access import access
from geo.maps.catalog import LAYERS
from geo.maps.layer_list import file_title, in_squares, period_label
from geo.maps.situation import limit, made_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.maps.picture import Picture

_NOW = (
    "Det som är inläst nu; en ny fil ändrar det.",
    "What is loaded now; a new file changes it.",
)
_SQUARE = (
    "En fast ruta under en fast tid; enskilda rader visas inte för din roll.",
    "A fixed square in a fixed time; single rows are not shown to your role.",
)
_HIDDEN = (
    "Tom ruta under Antal betyder att antalet är litet och inte får visas.",
    "An empty count is a small one that may not be shown.",
)


def about(picture: Picture, layer: str, *, n: int) -> list[tuple[str, str]]:
    """
    Say what the numbers of a file are, as the layer's own kind has it.

    Parameters
    ----------
    picture
        The picture they are of.
    layer
        The layer.
    n
        Rows in the file.

    Returns
    -------
    list of tuple
        Heading and text, in order; what a reader needs to not misread them.
    """
    told, described, entry = picture.situation, picture.describe(layer), LAYERS[layer]
    week, lang = Week.parse(picture.week), picture.lang
    period = period_label(layer, week=week, weeks=picture.period_weeks, lang=lang)
    sv, kind = picture.lang == "sv", entry.about
    of_week = kind is None or kind.events or kind.found
    rows = [
        ("Kommun" if sv else "Municipality", told["municipality"]["name"]),
        ("Lager" if sv else "Layer", file_title(layer, role=picture.role, lang=picture.lang)),
        ("Rader" if sv else "Rows", swedish.number(n, lang=picture.lang)),
        *_row(picture, layer),
        *(_week(picture) if of_week else [("Gäller" if sv else "Holds for", _NOW[not sv])]),
        ("Period", period or ""),
        ("Data t.o.m." if sv else "Data until", described["data_until_label"] or ""),
        *(_counted(picture, listed=kind.found) if kind is not None and kind.events else ()),
        ("Visas för" if sv else "Shown to", told["role"]["label"]),
        ("Att tänka på" if sv else "Mind", described["note"]),
        *(("Begränsning" if sv else "Limit", note) for note in _limits(picture, layer)),
        *_where(picture, layer),
        ("Version", ", ".join([told["method"]["version"], *([told["run_id"]] if of_week else [])])),
    ]
    return [(name, text) for name, text in rows if text]


def _row(picture: Picture, layer: str) -> Iterator[tuple[str, str]]:
    """Say what a row is, where it comes from, and what an empty count means where there is one."""
    kind, sv = LAYERS[layer].about, picture.lang == "sv"
    if kind is not None:
        squares = in_squares(layer, role=picture.role)
        one = _SQUARE[not sv] if squares else kind.row_sv if sv else kind.row_en
        yield ("En rad är" if sv else "A row is"), one
        yield ("Kommer från", kind.source_sv) if sv else ("Comes from", kind.source_en)
    rows = picture.layer(layer)
    if "n_label" in rows and rows["n"].isna().any():
        yield ("Dolda antal" if sv else "Hidden counts"), _HIDDEN[not sv]


def _week(picture: Picture) -> Iterator[tuple[str, str]]:
    """Say which week it is of."""
    week = picture.situation["week"]
    span = f"{week['from_label']}{swedish.DASH}{week['to_label']}"
    yield ("Vecka" if picture.lang == "sv" else "Week"), f"{week['label']}, {span}"


def _counted(picture: Picture, *, listed: bool) -> Iterator[tuple[str, str]]:
    """Say on what the events rest, and for a list how a place comes to be on it."""
    told, sv = picture.situation, picture.lang == "sv"
    yield ("Underlag" if sv else "Basis"), told["basis"]["sentence"]
    if listed:
        yield ("Metod" if sv else "Method"), told["method"]["sentence"]


def _limits(picture: Picture, layer: str) -> list[str]:
    """Give the limits that hold for this kind of row."""
    entry = LAYERS[layer]
    if entry.about is None or entry.about.events:
        return list(picture.situation["notes"])
    small = not (rule := access(entry.frame, picture.role)).single_rows and rule.min_count > 1
    return [*made_up(picture), *([limit("small", lang=picture.lang)] if small else [])]


def _where(picture: Picture, layer: str) -> Iterator[tuple[str, str]]:
    """Say how places and times are written."""
    crs, zone, sv = picture.profile.crs, picture.profile.timezone, picture.lang == "sv"
    shapes = LAYERS[layer].style_for(picture.role)[0] != "point"
    place = f"Öst och nord i {crs}, meter." if sv else f"Easting and northing in {crs}, metres."
    one = " Ytor och linjer: en punkt på dem." if sv else " A point on each line or area."
    yield ("Läge" if sv else "Place"), place + (one if shapes else "")
    yield ("Tider", f"Lokal tid, {zone}") if sv else ("Times", f"Local, {zone}")
