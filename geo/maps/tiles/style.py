"""How a layer looks to map clients: MapLibre style and TileJSON, from the legend's own entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps.tiles.mercator import MAX_ZOOM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geopandas import GeoDataFrame

    from geo.maps.layer import Paint

_DASHES = {"dashed": [3, 1.8], "dotted": [0.05, 2.1]}
"""In widths of the line; dots are round caps on almost nothing."""
_TYPES = {"b": "Boolean", "i": "Number", "u": "Number", "f": "Number"}


def tilejson(
    layer: Mapping[str, Any], rows: GeoDataFrame, *, url: str, bbox: Sequence[float], credit: str
) -> dict[str, Any]:
    """
    Describe a layer's tiles as TileJSON 3.0.0.

    Parameters
    ----------
    layer
        As `Picture.describe` gives it.
    rows
        The rows the tiles are cut from, shape (n,).
    url
        Address of a tile, with ``{z}``, ``{y}`` and ``{x}``.
    bbox
        West, south, east, north in degrees.
    credit
        What is written on the map.

    Returns
    -------
    dict
        Ready for JSON.
    """
    names = [name for name in rows.columns if name != rows.geometry.name]
    fields = {name: _TYPES.get(rows[name].dtype.kind, "String") for name in names}
    west, south, east, north = bbox
    return {
        "tilejson": "3.0.0",
        "name": layer["title"],
        "description": layer["note"] or "",
        "attribution": credit,
        "scheme": "xyz",
        "tiles": [url],
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
        "bounds": list(bbox),
        "center": [round((west + east) / 2, 6), round((south + north) / 2, 6), 12],
        "vector_layers": [
            {"id": layer["name"], "fields": fields, "minzoom": 0, "maxzoom": MAX_ZOOM}
        ],
    }


def map_style(
    layer: Mapping[str, Any], paint: Paint, *, source: Mapping[str, Any]
) -> dict[str, Any]:
    """
    Write a layer's look as a MapLibre style (version 8).

    Parameters
    ----------
    layer
        As `Picture.describe` gives it.
    paint
        How it is drawn.
    source
        A source of that specification, of vector tiles or of one image.

    Returns
    -------
    dict
        A whole style, without ground: fills, outlines by their dash, points,
        and labels drawn with the client's own letters.
    """
    name = layer["name"]
    base = {"source": name, "source-layer": name}
    if source["type"] == "image":
        drawn: list[dict[str, Any]] = [{"id": name, "type": "raster", "source": name}]
    else:
        drawn = [
            _fill(name, base, paint),
            *_lines(name, base, paint),
            _points(name, base, paint),
            *_labels(name, base, paint),
        ]
    return {
        "version": 8,
        "name": layer["title"],
        "metadata": {"legend": layer["legend"], "note": layer["note"]},
        "sources": {name: dict(source)},
        "layers": drawn,
    }


def _follow(paint: Paint, key: str) -> Any:
    """Give a property of the style, following the feature where the paint says so."""
    told = paint.as_dict()
    base, by = told[key], told.get("by")
    if not by:
        return base
    read = ["get", by["property"]]
    if "values" in by:
        arms = [(value, change.get(key, base)) for value, change in by["values"].items()]
        if all(value == base for _, value in arms):
            return base
        return ["match", ["to-string", read], *(part for arm in arms for part in arm), base]
    steps = [change.get(key, base) for change in by["steps"]]
    pairs = zip(by["breaks"], steps, strict=True)
    return ["step", ["to-number", read, -1e9], base, *(part for pair in pairs for part in pair)]


def _fill(name: str, base: Mapping[str, Any], paint: Paint) -> dict[str, Any]:
    """Fill what has an area."""
    return {
        "id": f"{name}:fill",
        "type": "fill",
        **base,
        "filter": ["==", ["geometry-type"], "Polygon"],
        "paint": {
            "fill-color": _follow(paint, "fill") if paint.fill else "rgba(0,0,0,0)",
            "fill-opacity": _follow(paint, "fill_opacity"),
        },
    }


def _lines(name: str, base: Mapping[str, Any], paint: Paint) -> list[dict[str, Any]]:
    """Draw lines and outlines, a layer for each dash there is."""
    dash = _follow(paint, "dash")
    names = {"solid", *_DASHES}
    told = [dash] if isinstance(dash, str) else dash
    used = sorted({part for part in told if isinstance(part, str) and part in names})
    out = []
    for kind in used:
        shape = ["!=", ["geometry-type"], "Point"]
        looks = {"line-color": _follow(paint, "color"), "line-width": _follow(paint, "width")}
        out.append(
            {
                "id": f"{name}:line:{kind}",
                "type": "line",
                **base,
                "filter": shape if len(used) == 1 else ["all", shape, ["==", dash, kind]],
                "layout": {"line-cap": "round" if kind == "dotted" else "butt"},
                "paint": looks | ({"line-dasharray": _DASHES[kind]} if kind in _DASHES else {}),
            }
        )
    return out


def _points(name: str, base: Mapping[str, Any], paint: Paint) -> dict[str, Any]:
    """Draw points as circles."""
    radius = _follow(paint, "radius")
    sizes = [part for zoom, share in ((11, 0.35), (14, 0.75), (17, 1.5))
             for part in (zoom, ["*", radius, share])]  # fmt: skip
    return {
        "id": f"{name}:point",
        "type": "circle",
        **base,
        "filter": ["==", ["geometry-type"], "Point"],
        "paint": {
            "circle-radius": ["interpolate", ["linear"], ["zoom"], *sizes],
            "circle-color": _follow(paint, "fill") if paint.fill else _follow(paint, "color"),
            "circle-stroke-color": _follow(paint, "color"),
            "circle-stroke-width": _follow(paint, "width"),
        },
    }


def _labels(name: str, base: Mapping[str, Any], paint: Paint) -> list[dict[str, Any]]:
    """Write the label; without glyphs in the style the client draws the letters itself."""
    if not paint.label:
        return []
    return [
        {
            "id": f"{name}:label",
            "type": "symbol",
            **base,
            "layout": {
                "text-field": ["to-string", ["get", paint.label]],
                "text-font": ["sans-serif"],
                "text-size": 13,
            },
            "paint": {
                "text-color": "#123f40",
                "text-halo-color": "#ffffff",
                "text-halo-width": 1.6,
            },
        }
    ]
