"""The frame of what other methods find: to compare with, never mixed with the places."""

from __future__ import annotations

from geo.frames.contract import Frame
from geo.frames.outgoing import HOTSPOTS

_KEPT = (
    "id", "name", "method", "rank", "n", "expected", "p", "q", "rate", "rate_low", "rate_high",
    "certainty", "period_from", "period_to", "area_m2", "street_m", "caveats", "run_id",
)  # fmt: skip

COMPARISONS = Frame(
    "comparisons",
    "What another method finds in the same incidents: to compare with, and nothing to act on.",
    HOTSPOTS.shape,
    geometry_required=True,
    columns=tuple(column for column in HOTSPOTS.columns if column.name in _KEPT),
)
