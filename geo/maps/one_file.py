"""The whole picture as one HTML file that opens with no network and asks for nothing."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import MapError
from geo.maps import swedish
from geo.maps.catalog import LAYERS
from geo.maps.overlay import overlay
from geo.maps.pack import ground_names, packed, told
from geo.maps.page import page_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import folium

    from geo.maps.picture import Picture

ASSETS = Path(__file__).resolve().parent / "assets"
VENDOR = ASSETS / "vendor"
MAP_NAME = "lagesbild"
VIEWS = ("laget", "belysning")
"""What a map may open in: the situation, or the lighting on a night-blue ground."""
_FOCUS_M = 1200.0
_LOADED = ("streets", "lamps")
"""What a map opens on before anything is analysed."""
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
_URL = re.compile(r"url\((?!['\"]?data:)[^)]*\)")
_VIEWPORT = re.compile(r"<meta name=\"viewport\".*?/>", re.DOTALL)


def write_map(path: Path, picture: Picture, *, view: str = VIEWS[0]) -> int:
    """
    Write the picture as one HTML file.

    Parameters
    ----------
    path
        File to write; an existing one is replaced in one step.
    picture
        One week as one role may see it.
    view
        Which of `VIEWS` it opens in; the other is one press away.

    Returns
    -------
    int
        Size in bytes.

    Raises
    ------
    MapError
        If Leaflet has not been put in place by the build, or there is no such view.
    """
    text = map_html(picture, view=view)
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return path.stat().st_size


def map_html(picture: Picture, *, view: str = VIEWS[0]) -> str:
    """
    Make the page.

    Parameters
    ----------
    picture
        One week as one role may see it.
    view
        Which of `VIEWS` it opens in.

    Returns
    -------
    str
        A whole HTML document; the same picture gives the same text.

    Raises
    ------
    MapError
        If Leaflet has not been put in place by the build, or there is no such view.
    """
    if view not in VIEWS:
        msg = f"there is no view called {view[:40]!r}."
        raise MapError(msg, known=", ".join(VIEWS), fix="use one of the known views")
    from branca.element import Figure

    before, after = page_parts(picture)
    figure = Figure()
    figure._id = MAP_NAME  # noqa: SLF001 (or each run would name it anew)
    style = _leaflet("leaflet.css") + (ASSETS / "map.css").read_text(encoding="utf-8")
    title = f"<title>Lägesbild {picture.situation['week']['label']}</title>"
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>'
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
    script = f"<script>{_leaflet('leaflet.js')}</script>"
    figure.html.add_child(_raw(before), name="before")
    chart = _folium_map(picture).add_to(figure)
    chart.render()
    figure.html.add_child(_raw(after + _data(picture, view)), name="after")
    for name in ("night", "map"):
        text = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
        figure.script.add_child(_raw(text), name=name)
    figure.header.add_child(_raw(f"{policy}{viewport}{title}{script}"), name="leaflet")
    text = _VIEWPORT.sub("", str(figure.render()), count=1)
    lang = f'<html lang="{picture.lang}">'
    own = f"<style>{style}</style></head>"
    text = text.replace("<html>", lang, 1).replace("</head>", own, 1)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _folium_map(picture: Picture) -> folium.Map:
    """Make a folium map that loads nothing."""
    import folium

    west, south, east, north = picture.bbox
    chart = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=13,
        tiles=None,
        zoom_control="topleft",
        max_zoom=19,
    )
    chart.default_js, chart.default_css = [], []
    chart._id = MAP_NAME  # noqa: SLF001 (as above)
    return chart


def _raw(text: str) -> Any:
    """Wrap text so that the template engine leaves it alone."""
    from branca.element import Element
    from jinja2 import Template

    element = Element()
    element._template = Template("{{ this.finished }}")  # noqa: SLF001 (finished HTML)
    element.__dict__["finished"] = text
    return element


def _leaflet(name: str) -> str:
    """Read a file of Leaflet; pictures it would ask for are left out."""
    path = VENDOR / name
    if not path.is_file():
        msg = f"{name} is not in place, so a map that opens without a network cannot be written."
        raise MapError(msg, fix="run python run.py build")
    text = path.read_text(encoding="utf-8")
    if name.endswith(".css"):
        return _URL.sub("none", text)
    return re.sub(r"//# sourceMappingURL=.*", "", text).replace("</script", "<\\/script")


def _data(picture: Picture, view: str) -> str:
    """Write the data as JSON inside the page, unable to end its own element."""
    told_situation = picture.situation
    layers = {}
    for about in told_situation["layers"]:
        name = about["name"]
        if LAYERS[name].geometry == "raster":
            layers[name] = _image(picture, about)
            continue
        layers[name] = {
            "name": name,
            "title": about["title"],
            "visible": about["visible"],
            "paint": about["paint"],
            "polygons": about["geometry"] == "polygon",
            "tell": told(name, lang=picture.lang),
            "packed": packed(picture, name, picture.drawn(name)),
        }
    bundle = {
        "map": f"map_{MAP_NAME}",
        "view": view,
        "home": picture.bbox,
        "focus": _focus(picture),
        "places": [
            {key: place[key] for key in ("place_id", "name", "rank", "rank_label", "point", "bbox")}
            for place in told_situation["places"]
        ],
        "layers": layers,
        "names": ground_names(picture),
        "credit": _credit(picture),
        "words": {"rank": "Rang" if picture.lang == "sv" else "Rank"},
    }
    text = json.dumps(bundle, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script type="application/json" id="bundle">{safe}</script>'


def _image(picture: Picture, about: Mapping[str, Any]) -> dict[str, Any]:
    """Put the picture of a raster into the page."""
    found = overlay(picture, about["name"])
    text = b64encode(found.png).decode()
    keys = ("name", "title", "visible", "bbox")
    return {key: about[key] for key in keys} | {"image": f"data:image/png;base64,{text}"}


def _focus(picture: Picture) -> list[float] | None:
    """Give the box around places, squares or what else is loaded, at least 1.2 km wide."""
    from geo.maps.geojson import box_to_degrees

    listed = {place["place_id"] for place in picture.situation["places"]}
    if listed:
        rows = picture.layer("places")
        rows = rows.loc[rows["place_id"].isin(listed)]
    elif "cells" in picture.feature_layers and len(picture.layer("cells")):
        rows = picture.layer("cells")
    else:
        found = [picture.layer(name) for name in _LOADED if name in picture.feature_layers]
        rows = next((table for table in found if len(table)), None)
        if rows is None:
            return None
    box = rows.total_bounds
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    half = [max(_FOCUS_M, box[2 + i] - box[i]) / 2 for i in (0, 1)]
    west, south = middle[0] - half[0], middle[1] - half[1]
    east, north = middle[0] + half[0], middle[1] + half[1]
    return list(box_to_degrees((west, south, east, north), crs=rows.crs))


def _credit(picture: Picture) -> str:
    """Say on the map what it is made of and until when."""
    found = picture.situation["basis"]["data_until_label"]
    until = f" · data t.o.m. {found}" if picture.lang == "sv" else f" · data until {found}"
    return f"Lägesbild{until if found and not swedish.missing(found) else ''}"
