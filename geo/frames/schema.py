"""Contracts turned into other forms: a pandera schema, a JSON Schema, a page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from geo.frames.column import DTYPES, Column, Kind
from geo.frames.contract import Frame

if TYPE_CHECKING:
    import pandera.pandas as pa
    from geopandas import GeoDataFrame

_JSON_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.TIME: {"type": "string", "format": "date-time"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.JSON: {},
}


_ABOUT_COLUMNS = frozenset({"column_in_dataframe", "column_in_schema"})


@cache
def pandera_schema(frame: Frame) -> pa.DataFrameSchema:
    """
    Generate the pandera schema of a frame.

    Parameters
    ----------
    frame
        The contract.

    Returns
    -------
    pandera.DataFrameSchema
        Strict and ordered; the geometry column is checked apart, by
        `Frame.geometry_faults`.
    """
    import pandera.pandas as pa

    columns: dict[str, Any] = {}
    for column in frame.columns:
        columns[column.name] = pa.Column(
            dtype=DTYPES[column.kind],
            checks=_checks(column),
            nullable=column.nullable,
            unique=column.name == "id",
            description=column.doc,
        )
    columns["geometry"] = pa.Column(nullable=True, required=True)
    return pa.DataFrameSchema(columns, strict=True, ordered=False, name=frame.name)


def _checks(column: Column) -> list[Any]:
    """Give the checks of a column: its vocabulary, its list members, finite numbers."""
    import numpy as np
    import pandera.pandas as pa

    allowed = set(column.vocabulary)
    if column.kind is Kind.TEXTS:
        return [
            pa.Check(
                lambda s: s.map(
                    lambda v: isinstance(v, list) and (not allowed or set(v) <= allowed)
                ),
                name="list",
            )
        ]
    if allowed:
        return [pa.Check.isin(sorted(allowed))]
    if column.kind is Kind.NUMBER:
        return [pa.Check(np.isfinite, name="finite")]
    return []


def faults(frame: Frame, data: GeoDataFrame, *, crs: Any) -> list[str]:
    """
    List every way in which data breaks a contract, with counts and no values.

    Parameters
    ----------
    frame
        The contract.
    data
        Rows to check, shape (n,).
    crs
        The working CRS.

    Returns
    -------
    list of str
        One sentence a fault; empty when the contract is kept.
    """
    out = frame.geometry_faults(data, crs=crs)
    if not len(data) and _as_told(frame, data):
        return out  # without rows nothing else can be wrong
    import pandera.errors

    try:
        pandera_schema(frame).validate(data, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        for (column, check), rows in cases.groupby(["column", "check"], dropna=False, sort=True):
            if check in _ABOUT_COLUMNS:  # here the failing case is a column's name, not a value
                out += [f"{name}: {check}" for name in rows["failure_case"]]
            else:
                out.append(f"{column}: {check} ({len(rows)})")
    return out


def _as_told(frame: Frame, data: GeoDataFrame) -> bool:
    """Tell whether the columns are those of the contract, each of its type."""
    told = {column.name: DTYPES[column.kind] for column in frame.columns}
    types = {name: kind for name, kind in data.dtypes.items() if name != "geometry"}
    return types == told and "geometry" in data


def json_schema(frame: Frame) -> dict[str, Any]:
    """
    Generate the JSON Schema of a frame's properties.

    Parameters
    ----------
    frame
        The contract.

    Returns
    -------
    dict
        Draft 2020-12, with units and vocabularies.
    """
    properties = {column.name: _json_property(column) for column in frame.columns}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": frame.name,
        "description": frame.doc,
        "type": "object",
        "properties": properties,
        "required": [c.name for c in frame.columns if not c.nullable],
        "additionalProperties": False,
    }


def _json_property(column: Column) -> dict[str, Any]:
    """One property: type (or null), words allowed, unit, meaning."""
    out = dict(_JSON_TYPES[column.kind])
    if column.vocabulary and column.kind is Kind.TEXTS:
        out["items"] = {"type": "string", "enum": list(column.vocabulary)}
    elif column.vocabulary:
        out["enum"] = [*column.vocabulary, None] if column.nullable else list(column.vocabulary)
    if column.nullable and "type" in out:
        out["type"] = [out["type"], "null"]
    if column.unit:
        out["x-unit"] = column.unit
    return {**out, "description": column.doc}


def markdown(frame: Frame) -> str:
    """
    Generate the documentation of a frame as a Markdown section.

    Parameters
    ----------
    frame
        The contract.

    Returns
    -------
    str
        Heading, one sentence, and a table of the columns.
    """
    place = {"none": "no geometry"}.get(frame.shape.value, frame.shape.value)
    if frame.has_geometry:
        place += ", always" if frame.geometry_required else ", where the row has a place"
    lines = [f"## {frame.name}", "", f"{frame.doc} Geometry: {place}.", ""]
    lines += [
        "| column | type | unit | may be missing | who | meaning |",
        "|---|---|---|---|---|---|",
    ]
    for c in frame.columns:
        words = f" One of: {', '.join(f'`{w}`' for w in c.vocabulary)}." if c.vocabulary else ""
        missing = "yes" if c.nullable else ""
        lines.append(
            f"| `{c.name}` | {c.kind.value} | {c.unit} | {missing} | {c.sensitivity.value} "
            f"| {c.doc}{words} |"
        )
    return "\n".join(lines) + "\n"
