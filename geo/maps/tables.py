"""Rows as people read them in a table: words for codes, local times, a place as two numbers."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.clock import zone
from geo.maps.headings import heading
from geo.maps.table_words import in_words, told_as

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from geopandas import GeoDataFrame

    from geo.maps.picture import Picture

_FIRST = (
    "priority", "list_week", "scored_week", "rank", "rank_label", "name", "place_name", "street",
    "area", "kind_label", "type_label", "category_label", "felt_label", "state_label",
    "cause_label", "met_label", "lux_class_label", "outcome_label", "title", "sentence",
    "acts_label", "when_label", "window_label", "certainty_label", "confidence_label",
)  # fmt: skip
_LAST = (
    "place_id", "id", "cell", "duplicate_group", "merged_into", "parent_id", "street_id",
    "street_ids", "lamp_id", "lamp_ids", "fault_ids", "method", "list_run", "list_hash", "run_id",
)  # fmt: skip
_RENAMED: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("streets", "owner"): "street_owner",
        ("place_types", "n_reports"): "felt_reports",
        ("place_types", "incidents"): "events_count",
        ("place_types", "felt"): "felt_count",
        ("place_types", "light"): "typed_light",
    }
)
"""Columns whose heading is another in one layer."""
_SAID_BY: Mapping[str, str] = MappingProxyType(
    {
        "unsafe_when": "when_label",
        "night_class": "night_label",
        "band": "met_label",
        "spacing_band": "spacing_label",
        "class_from": "decided_label",
        "acts": "acts_label",
        "window": "window_label",
        "owner_label": "owners",
        "poles_label": "pole_refs",
    }
)
"""Column that is left out -> the one that says it."""
_NEVER: Mapping[str, tuple[str, ...]] = MappingProxyType({"faults": ("closed_at",)})
"""Columns that are empty by what the layer is: open faults have no day of mending."""
_ORDERS = (("priority",), ("list_week", "rank"), ("rank",))
_METRE, _DEGREE, _DECIMALS = 2, 6, 4
_ROUNDED: Mapping[str, int] = MappingProxyType({"_m2": 0, "_m": 1, "_lx": 2, "_days": 1})
_SHOWN = 2
_COUNTS = frozenset({
    "n", "expected", "rate", "rate_low", "rate_high", "score", "pai", "pai_low", "pai_high",
    "n_recent", "n_before", "reports_expected", "reports_low", "reports_high", "days_open",
})  # fmt: skip


def as_table(picture: Picture, rows: GeoDataFrame, *, layer: str) -> pd.DataFrame:
    """
    Turn a layer's rows into a plain table.

    Parameters
    ----------
    picture
        The picture they are of; its language and time zone.
    rows
        Rows that have passed the gate, shape (n,).
    layer
        Their layer.

    Returns
    -------
    pandas.DataFrame
        Shape (n,), in the order of the list where there is one: what it is and what is said of it
        first, ids last; codes, lists and mappings in words, local naive times, and the place (or
        a point on it) as easting_m, northing_m, longitude and latitude.
    """
    import pandas as pd

    told = _with_advice(picture, _ordered(rows))
    table = pd.DataFrame(index=told.index)
    for name in _kept(told, layer=layer):
        shown = _RENAMED.get((layer, name), name)
        table[told_as(shown)] = _plain(
            told[name], name=shown, timezone=picture.profile.timezone, lang=picture.lang
        )
    names = list(table.columns)
    first = [name for name in _FIRST if name in names]
    last = [name for name in _LAST if name in names]
    table = table[[*first, *(n for n in names if n not in {*first, *last}), *last]]
    at = told.geometry.representative_point()
    degrees = at.to_crs("OGC:CRS84")
    return table.assign(
        easting_m=at.x.round(_METRE),
        northing_m=at.y.round(_METRE),
        longitude=degrees.x.round(_DEGREE),
        latitude=degrees.y.round(_DEGREE),
    )


def _ordered(rows: GeoDataFrame) -> GeoDataFrame:
    """Put the rows of a list in the list's order, the newest list first."""
    for keys in _ORDERS:
        if all(key in rows for key in keys):
            return rows.sort_values(list(keys), ascending=[k != "list_week" for k in keys])
    return rows


def _with_advice(picture: Picture, rows: GeoDataFrame) -> GeoDataFrame:
    """Give recommendations the place and the sentence they have on the page."""
    if "rule" not in rows:
        return rows
    told = {item["id"]: item for item in picture.situation["recommendations"]}
    said = {
        name: [told.get(key, {}).get(name) for key in rows["id"]]
        for name in ("place_name", "sentence")
    }
    return rows.assign(**said).astype(dict.fromkeys(said, "object"))


def _kept(rows: GeoDataFrame, *, layer: str) -> list[str]:
    """Leave out the shape, codes that another column says in words, and what is always empty."""
    import pandas as pd

    names = [name for name in rows.columns if name != rows.geometry.name]
    coded = {
        name
        for name in names
        if f"{name}_label" in names and not pd.api.types.is_numeric_dtype(rows[name])
    }
    said = {name for name, other in _SAID_BY.items() if other in names}
    return [name for name in names if name not in coded | said | {*_NEVER.get(layer, ())}]


def _plain(values: pd.Series, *, name: str, timezone: str, lang: str) -> pd.Series:
    """Local times, days, rounded numbers, and words for all that is neither."""
    import pandas as pd

    kinds = pd.api.types
    if getattr(values.dtype, "tz", None) is not None:
        return values.dt.tz_convert(zone(timezone)).dt.tz_localize(None)
    if kinds.is_datetime64_any_dtype(values.dtype):
        return values.dt.date.astype("object").where(values.notna(), None)
    if kinds.is_float_dtype(values.dtype):
        return values.map(partial(_rounded, decimals=_decimals(name)))
    if kinds.is_numeric_dtype(values.dtype) and not kinds.is_bool_dtype(values.dtype):
        return values
    said = [in_words(name, value, lang=lang) for value in values]
    return pd.Series(said, index=values.index, dtype="object")


def _decimals(name: str) -> int:
    """Say how many decimals a column is worth, by its unit."""
    if name in _COUNTS:
        return _SHOWN
    return next((n for end, n in _ROUNDED.items() if name.endswith(end)), _DECIMALS)


def _rounded(value: float, *, decimals: int) -> float:
    """Round a number; a small chance is never printed as none, so it keeps its digits."""
    if decimals == _DECIMALS and abs(value) < 1:
        return float(f"{value:.{_DECIMALS}g}")
    return round(value, decimals)


def headings(table: pd.DataFrame, *, lang: str) -> list[str]:
    """
    Give the headings of a table, none of them twice.

    Parameters
    ----------
    table
        What `as_table` gave.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of str
        One a column; a second one of the same words carries its own name too.
    """
    out: list[str] = []
    for name in table.columns:
        text = heading(name, lang=lang)
        out.append(f"{text} ({name})" if text in out else text)
    return out
