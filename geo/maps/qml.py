"""A layer's style as QGIS reads it: the same paint and signs as on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from geo.maps.swedish import DASH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.maps.layer import Paint

_PX_MM = 0.264583  # one CSS pixel
_STYLES = {"solid": "solid", "dashed": "dash", "dotted": "dot"}
_TYPES = {"point": "marker", "line": "line", "polygon": "fill"}
_NUMBERS = {"point": "0", "line": "1", "polygon": "2"}
_HIGHEST = 1e9


def qml(paint: Paint, *, geometry: str, labels: Mapping[str, str] | None = None) -> str:
    """
    Write a style as a QGIS layer style (QML).

    Parameters
    ----------
    paint
        How the layer is drawn.
    geometry
        One of point, line and polygon.
    labels
        What a value of the deciding property is called; None uses the value.

    Returns
    -------
    str
        A QML document with symbols and labels.
    """
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology|Labeling")
    base = paint.as_dict()
    if paint.values:
        _by_value(root, paint, base, geometry=geometry, labels=labels or {})
    elif paint.breaks:
        _by_number(root, paint, base, geometry=geometry)
    else:
        renderer = _renderer(root, "singleSymbol")
        symbols = ET.SubElement(renderer, "symbols")
        _symbol(symbols, "0", base, geometry=geometry)
    _labels(root, paint, geometry=geometry)
    ET.SubElement(root, "blendMode").text = "0"
    ET.SubElement(root, "layerGeometryType").text = _NUMBERS[geometry]
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return head + ET.tostring(root, encoding="unicode")


def _renderer(root: ET.Element, kind: str, **more: str) -> ET.Element:
    """Begin a renderer."""
    fixed = {"symbollevels": "0", "enableorderby": "0", "forceraster": "0"}
    return ET.SubElement(root, "renderer-v2", {"type": kind, **more, **fixed})


def _by_value(
    root: ET.Element,
    paint: Paint,
    base: dict[str, Any],
    *,
    geometry: str,
    labels: Mapping[str, str],
) -> None:
    """One symbol a value, and one for whatever else there is."""
    renderer = _renderer(root, "categorizedSymbol", attr=paint.by)
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    known = [*paint.values, *(value for value in labels if value not in paint.values)]
    for at, value in enumerate([*known, ""]):
        ET.SubElement(
            categories,
            "category",
            value=value,
            symbol=str(at),
            label=labels.get(value, value) if value else "övriga",
            render="true",
            type="string" if value else "NULL",
        )
        _symbol(symbols, str(at), base | dict(paint.values.get(value, {})), geometry=geometry)


def _by_number(root: ET.Element, paint: Paint, base: dict[str, Any], *, geometry: str) -> None:
    """One symbol a step."""
    renderer = _renderer(root, "graduatedSymbol", attr=paint.by, graduatedMethod="GraduatedColor")
    ranges = ET.SubElement(renderer, "ranges")
    symbols = ET.SubElement(renderer, "symbols")
    ends = [*paint.breaks[1:], _HIGHEST]
    for at, (low, high, change) in enumerate(zip(paint.breaks, ends, paint.steps, strict=True)):
        label = f"{low:g}{DASH}{high - 1:g}" if high < _HIGHEST else f"minst {low:g}"
        ET.SubElement(
            ranges,
            "range",
            lower=f"{low:.6f}",
            upper=f"{high:.6f}",
            symbol=str(at),
            label=label,
            render="true",
        )
        _symbol(symbols, str(at), base | dict(change), geometry=geometry)


def _symbol(symbols: ET.Element, name: str, style: Mapping[str, Any], *, geometry: str) -> None:
    """One symbol of one symbol layer, its settings both as QGIS 3 writes and as it used to."""
    kind = _TYPES[geometry]
    fixed = {"alpha": "1", "clip_to_extent": "1", "force_rhr": "0"}
    symbol = ET.SubElement(symbols, "symbol", {"name": name, "type": kind, **fixed})
    named = {"marker": "SimpleMarker", "line": "SimpleLine", "fill": "SimpleFill"}[kind]
    layer = ET.SubElement(symbol, "layer", {"class": named, "enabled": "1", "locked": "0"})
    layer.set("pass", "0")
    options = ET.SubElement(layer, "Option", type="Map")
    for key, value in _settings(style, kind=kind).items():
        ET.SubElement(options, "Option", name=key, type="QString", value=value)
    for key, value in _settings(style, kind=kind).items():
        ET.SubElement(layer, "prop", k=key, v=value)


def _settings(style: Mapping[str, Any], *, kind: str) -> dict[str, str]:
    """Give the settings of a symbol layer."""
    line, width = _color(style["color"], 1.0), f"{style['width'] * _PX_MM:.3f}"
    pen = _STYLES[style["dash"]] if style["width"] else "no"
    if kind == "line":
        return {
            "line_color": line,
            "line_width": width,
            "line_width_unit": "MM",
            "line_style": pen,
            "capstyle": "round",
            "joinstyle": "round",
        }
    fill = _color(style["fill"] or "#ffffff", style["fill_opacity"] if style["fill"] else 0.0)
    out = {
        "color": fill,
        "outline_color": line,
        "outline_width": width,
        "outline_width_unit": "MM",
        "outline_style": pen,
        "joinstyle": "round",
    }
    if kind == "marker":
        size = f"{2 * style['radius'] * _PX_MM:.3f}"
        return out | {"name": "circle", "size": size, "size_unit": "MM"}
    return out | {"style": "solid" if style["fill"] else "no"}


def _color(text: str, opacity: float) -> str:
    """Write ``#rrggbb`` as QGIS does: red, green, blue, alpha."""
    red, green, blue = (int(text[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * 255)}"


def _labels(root: ET.Element, paint: Paint, *, geometry: str) -> None:
    """Write the label beside the thing, with a white edge."""
    if not paint.label:
        return
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=paint.label,
        isExpression="0",
        fontFamily="Sans Serif",
        fontSize="9",
        fontSizeUnit="Point",
        fontWeight="63",
        textColor=_color("#2f2b27", 1.0),
        textOpacity="1",
    )
    ET.SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor="255,255,255,255",
        bufferOpacity="1",
    )
    where = {"point": "0", "line": "3", "polygon": "1"}[geometry]
    ET.SubElement(settings, "placement", placement=where, dist="1.5", distUnits="MM")
    ET.SubElement(settings, "rendering", drawLabels="1", scaleVisibility="0", obstacle="1")
