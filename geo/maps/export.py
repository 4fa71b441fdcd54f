"""A layer as a file for the tools people have; the same rows as on the map, through the gate."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import MapError
from geo.maps.about import about
from geo.maps.catalog import LAYERS
from geo.maps.geojson import feature_collection
from geo.maps.layer_list import file_title
from geo.maps.layers_methods import TITLES
from geo.maps.qml import qml
from geo.maps.spreadsheet import write_csv, write_xlsx
from geo.maps.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geo.maps.picture import Picture

    Writer = Callable[..., None]

_STYLES_TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
    f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
    styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
    owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP)
"""
_FAMILIES: Mapping[str, str] = MappingProxyType(
    {"Point": "point", "LineString": "line", "Polygon": "polygon"}
)
_STYLE_NAME = 30  # what the table of styles holds
_SHAPES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"point": ("punkter", "points"), "line": ("linjer", "lines"), "polygon": ("ytor", "areas")}
)
_ABOUT_TABLE = "CREATE TABLE om_siffrorna (id INTEGER PRIMARY KEY NOT NULL, vad TEXT, text TEXT)"
_VALUE_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "places": ("certainty", "certainty"),
        "lighting_checks": ("confidence", "certainty"),
        "place_types": ("type", "place_type"),
        "signals": ("kind", "signal"),
        **dict.fromkeys(TITLES, ("certainty", "certainty")),
        "score_history": ("outcome", "outcome"),
        "outages": ("kind", "outage_kind"),
        "dark_stretches": ("cause", "dark_cause"),
        "street_light": ("lux_class", "lux_class"),
        "class_checks": ("band", "class_band"),
        "lamps": ("state", "lamp_state"),
        "lamp_spacing": ("spacing_band", "spacing_band"),
        "lit_streets": ("lit", "lit"),
        "streets": ("kind", "street_kind"),
        "land": ("kind", "area_kind"),
        "facilities": ("kind", "facility_kind"),
        "reports": ("felt", "felt"),
    }
)
"""Layer -> the property that decides its symbol, and the words of its values."""


def write_export(path: Path, picture: Picture, *, layer: str) -> int:
    """
    Write one layer to a file; the suffix chooses the format.

    Parameters
    ----------
    path
        A name that ends with .gpkg, .parquet, .csv, .xlsx or .geojson; an
        existing file is replaced in one step.
    picture
        One week as one role may see it.
    layer
        Name in `LAYERS`.

    Returns
    -------
    int
        Rows written.

    Raises
    ------
    MapError
        If the suffix is none of these, or the layer is a raster.
    AccessError
        If the layer is not for the role.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        msg = f"there is no way to write {path.suffix or 'a file without a suffix'!r}."
        raise MapError(msg, expected=", ".join(WRITERS), fix="end the file's name with one of them")
    rows = picture.layer(layer)
    draft = path.with_name(f".{path.stem}.new{path.suffix}")
    draft.unlink(missing_ok=True)
    try:
        writer(draft, picture, layer=layer, rows=rows)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return len(rows)


def write_geojson(path: Path, picture: Picture, *, layer: str, rows: GeoDataFrame) -> None:
    """
    Write GeoJSON, in degrees.

    Parameters
    ----------
    path
        File to write.
    picture
        The picture the rows are of.
    layer
        The layer; not part of the file.
    rows
        Rows that have passed the gate, shape (n,).
    """
    del layer
    path.write_bytes(feature_collection(rows, data_until=picture.data_until))


def write_parquet(path: Path, picture: Picture, *, layer: str, rows: GeoDataFrame) -> None:
    """
    Write GeoParquet, in the working CRS, times in UTC.

    Parameters
    ----------
    path
        File to write.
    picture
        The picture the rows are of.
    layer
        The layer; not part of the file.
    rows
        Rows that have passed the gate, shape (n,).
    """
    del picture, layer
    _storable(rows).to_parquet(path, index=False)


def _storable(rows: GeoDataFrame) -> GeoDataFrame:
    """Write what a column of a file cannot hold (lists, mappings) as JSON text."""
    import pandas as pd

    out = rows.copy()
    for name in out.columns:
        if out[name].dtype == object:
            texts = [None if v is None else json.dumps(v, ensure_ascii=False) for v in out[name]]
            out[name] = pd.Series(texts, index=out.index, dtype="str")
    return out


def write_geopackage(path: Path, picture: Picture, *, layer: str, rows: GeoDataFrame) -> None:
    """
    Write a GeoPackage that QGIS opens with the map's own style.

    Parameters
    ----------
    path
        File to write.
    picture
        The picture the rows are of.
    layer
        The layer; the name of the table.
    rows
        Rows that have passed the gate, shape (n,).
    """
    entry = LAYERS[layer]
    geometry, paint, _ = entry.style_for(picture.role)
    title = file_title(layer, role=picture.role, lang=picture.lang)
    labels: dict[str, str] = {}
    if layer in _VALUE_WORDS and _VALUE_WORDS[layer][0] == paint.by:
        labels = {code: pair[0] for code, pair in WORDS[_VALUE_WORDS[layer][1]].items()}
    made = picture.span[1].strftime("%Y-%m-%dT%H:%M:%S.000Z")
    styles = []
    for table, family, part in families(layer, geometry, rows):
        write_features(path, table, family, _storable(part), title=title)
        style = qml(paint, geometry=family, labels=labels)
        named = title if table == layer else f"{title}, {_SHAPES[family][picture.lang != 'sv']}"
        styles.append((table, named[:_STYLE_NAME], style, named, made))
    lines = about(picture, layer, n=len(rows))
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(_STYLES_TABLE)
        base.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
            "update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', ?)",
            styles,
        )
        base.execute(_ABOUT_TABLE)
        base.executemany("INSERT INTO om_siffrorna (vad, text) VALUES (?, ?)", lines)
        base.executemany(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES (?, 'attributes', ?, 0)",
            [("layer_styles", "layer_styles"), ("om_siffrorna", "om_siffrorna")],
        )


def families(layer: str, geometry: str, rows: GeoDataFrame) -> list[tuple[str, str, GeoDataFrame]]:
    """
    Part rows by kind of geometry, for a table has one.

    Parameters
    ----------
    layer
        Name of the table, or the beginning of the tables' names.
    geometry
        Kind to use when no row has a place.
    rows
        Shape (n,); rows without place go with the first kind.

    Returns
    -------
    list of tuple
        Name of the table, kind of geometry and rows.
    """
    kinds = rows.geom_type.str.removeprefix("Multi").map(_FAMILIES)
    present = [family for family in _FAMILIES.values() if (kinds == family).any()]
    if len(present) < 2:  # one kind, or none
        return [(layer, present[0] if present else geometry, rows)]
    return [
        (f"{layer}_{family}", family, rows.loc[(kinds == family) | (kinds.isna() & (at == 0))])
        for at, family in enumerate(present)
    ]


def write_features(path: Path, table: str, family: str, rows: GeoDataFrame, *, title: str) -> None:
    """
    Write one table of a GeoPackage; parts and wholes of a kind lie in one as parts.

    Parameters
    ----------
    path
        The file; the table is added when it exists.
    table
        Name of the table.
    family
        point, line or polygon.
    rows
        Features of that kind, shape (n,).
    title
        What the table is called.
    """
    import pyogrio

    kind = next(name for name, known in _FAMILIES.items() if known == family)
    several = bool(rows.geom_type.str.startswith("Multi").fillna(value=False).any())
    pyogrio.write_dataframe(
        rows,
        path,
        layer=table,
        driver="GPKG",
        append=path.exists(),
        geometry_type=f"Multi{kind}" if several else kind,
        promote_to_multi=several,
        dataset_options={} if path.exists() else {"VERSION": "1.2"},  # what older QGIS reads too
        layer_options={"GEOMETRY_NAME": "geom", "IDENTIFIER": f"{title} ({table})"},
    )


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        ".gpkg": write_geopackage,
        ".parquet": write_parquet,
        ".csv": write_csv,
        ".xlsx": write_xlsx,
        ".geojson": write_geojson,
    }
)
"""Suffix -> writer; each takes path, picture, layer and rows that have passed the gate."""
