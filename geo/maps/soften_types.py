"""Typed places for roles that may not see single events or reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps.soften import is_small, soften

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_OF_EVENTS = ("n", "rate", "rate_low", "rate_high", "dark_share", "dark_low", "dark_high",
              "n_timed")  # fmt: skip
_OF_REPORTS = ("n_reports", "reports_low", "reports_high")


def hide_small_types(rows: GeoDataFrame, *, min_count: int) -> GeoDataFrame:
    """
    Take small counts of events and reports, and what gives them away, out of typed places.

    Parameters
    ----------
    rows
        Rows of the frame ``place_types``, shape (n,).
    min_count
        The smallest count that is told.

    Returns
    -------
    GeoDataFrame
        A copy; a hidden number is missing. Places that fewer reports than that made are left out:
        their ground would tell where the reports lie.
    """
    few_reports = rows["n_reports"].fillna(0) < min_count
    out = rows.loc[~((rows["basis"] == "reports") & few_reports)].copy()
    few = out["n"].map(lambda v: is_small(v, min_count=min_count)).astype(bool)
    dark = out["n_timed"] * out["dark_share"]
    unsure = few | (out["n_timed"] < min_count)
    for part in (dark.round(), (out["n_timed"] - dark).round()):
        unsure |= part.map(lambda v: is_small(v, min_count=min_count)).astype(bool)
    for name in _OF_EVENTS:
        out[name] = out[name].mask(unsure if name.startswith(("dark", "n_timed")) else few)
    hidden = out["n_reports"].map(lambda v: is_small(v, min_count=min_count)).astype(bool)
    for name in _OF_REPORTS:
        out[name] = out[name].mask(hidden)
    out["n_hidden"] = out["n_hidden"].mask(
        out["n_hidden"].map(lambda v: is_small(v, min_count=min_count)).astype(bool)
    )
    return soften(out, small=few & (out["basis"] == "hotspot"))
