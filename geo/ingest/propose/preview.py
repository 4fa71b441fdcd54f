"""A few rows as the proposed mapping understands them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.ingest.cells import clean
from geo.ingest.dates import clock_text
from geo.ingest.numbers import parse_numbers
from geo.ingest.positions import parse_crs

if TYPE_CHECKING:
    from geo.ingest.propose.proposing import Proposal

ROWS = 5
_HIDDEN = {"ref", "x", "y", "geometry"}


def preview(proposal: Proposal, *, n: int = ROWS) -> list[dict[str, str]]:
    """
    Show rows as the mapping would read them, spread over the file.

    Parameters
    ----------
    proposal
        What was proposed.
    n
        How many rows.

    Returns
    -------
    list of dict
        Our column -> what it would hold, as text; `place` is latitude and
        longitude. Case numbers are not shown.
    """
    raw, mapping = proposal.sample.raw, proposal.mapping
    native = {k: v for k, v in raw.native.items() if k not in mapping.columns}
    columns = {**native, **{k: mapping.theirs(k) for k in mapping.columns}}
    at = np.linspace(0, len(raw.rows) - 1, min(n, len(raw.rows))).round().astype(int)
    rows = raw.rows.iloc[at]
    out: list[dict[str, str]] = []
    places = _places(proposal, at)
    for row in range(len(rows)):
        shown: dict[str, str] = {}
        if places:
            shown["place"] = places[row]
        for ours, theirs in columns.items():
            if ours not in _HIDDEN:
                cells = [str(clean(rows[name]).iloc[row]) for name in theirs]
                shown[ours] = _understood(proposal, ours, cells)
        shown |= {k: str(v) for k, v in mapping.constants.items()}
        out.append(shown)
    return out


def _understood(proposal: Proposal, ours: str, cells: list[str]) -> str:
    """One of our columns as it would be read."""
    mapping = proposal.mapping
    if ours == "category":
        return f"{cells[0]} -> {mapping.categories.get(cells[0], 'other')}" if cells[0] else ""
    table = mapping.words(ours)
    if table and cells[0] in table:
        return f"{cells[0]} -> {table[cells[0]]}"
    if len(cells) == 2 and (clock := clock_text(cells[1])):
        return f"{cells[0]} {clock}"
    if len(cells) > 2 and all(cell.isdigit() for cell in cells):
        date, clock_parts = "-".join(f"{int(c):02d}" for c in cells[:3]), cells[3:]
        return " ".join(filter(None, [date, ":".join(f"{int(c):02d}" for c in clock_parts)]))
    return " ".join(cells).strip()


def _places(proposal: Proposal, at: np.ndarray) -> list[str]:
    """Latitude and longitude of the rows; empty when the file or mapping has none."""
    from pyproj import Transformer

    raw, mapping = proposal.sample.raw, proposal.mapping
    crs = mapping.crs or raw.crs
    if crs is None or not mapping.contract.has_geometry:
        return []
    if mapping.theirs("x"):
        cells = (raw.rows[mapping.theirs(axis)[0]].iloc[at] for axis in ("x", "y"))
        x, y = (parse_numbers(c, decimal=mapping.decimal)[0].to_numpy() for c in cells)
    elif raw.geometry is not None:
        points = shapely.centroid(raw.geometry.iloc[at].to_numpy())
        x, y = shapely.get_x(points), shapely.get_y(points)
    else:
        return []
    move = Transformer.from_crs(parse_crs(crs), "OGC:CRS84", always_xy=True)
    lon, lat = move.transform(x, y)
    empty = (np.abs(x) < 1e-9) & (np.abs(y) < 1e-9) | ~np.isfinite(lon)
    return ["" if e else f"{b:.4f} N {a:.4f} E" for a, b, e in zip(lon, lat, empty, strict=True)]
