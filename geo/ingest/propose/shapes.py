"""Where rows are, when the file has geometry of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.ingest.propose.doubt import Option, Unsure
from geo.ingest.propose.systems import DEGREES, describe, try_systems
from geo.spatial import label

if TYPE_CHECKING:
    from geo.ingest.propose.doubt import Place
    from geo.ingest.propose.sample import Field, Sample

OPTIONS = 6
"""More systems than this are not offered."""


@dataclass
class Where:
    """What was found about positions: parts of a mapping, why, and what is unsure."""

    columns: dict[str, str] = field(default_factory=dict)
    crs: str | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    unsure: list[Unsure] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    stacked: bool = False


def of_wkt(wkt: Field, *, place: Place, answers: dict[str, Any]) -> Where:
    """
    Find where rows are from geometry written as text in a column.

    Parameters
    ----------
    wkt
        The column.
    place
        What is known of the municipality.
    answers
        What people have settled: `crs`.

    Returns
    -------
    Where
        Parts of a mapping.
    """
    where = Where(columns={"geometry": wkt.name}, used={wkt.name})
    where.reasons["geometry"] = "kolumnen innehåller WKT"
    shapes = shapely.from_wkt(wkt.words[:500], on_invalid="ignore")
    _crs_of_shapes(where, shapes, place=place, answers=answers, what=wkt.name)
    return where


def of_geometry(sample: Sample, *, place: Place, answers: dict[str, Any]) -> Where:
    """
    Find where rows are from the file's own geometry, whose system it mostly says.

    Parameters
    ----------
    sample
        The file.
    place
        What is known of the municipality.
    answers
        What people have settled: `crs`.

    Returns
    -------
    Where
        Parts of a mapping; `crs` only where the file leaves it out.
    """
    where = Where()
    raw = sample.raw
    assert raw.geometry is not None  # noqa: S101 - tells the type checker; the caller saw to it
    if raw.crs is not None and raw.crs_certain:
        where.reasons["geometry"] = f"filen har egen geometri, i {label(raw.crs)}"
        return where
    if raw.crs is not None:
        where.reasons["geometry"] = f"filen har egen geometri; {label(raw.crs)} är formatets vana"
    _crs_of_shapes(where, raw.geometry.to_numpy(), place=place, answers=answers, what="geometrin")
    if raw.crs is not None and where.crs == DEGREES:
        where.crs = None
    return where


def _crs_of_shapes(
    where: Where, shapes: Any, *, place: Place, answers: dict[str, Any], what: str
) -> None:
    """Find the system of shapes that do not say theirs."""
    bounds = shapely.bounds(shapes[~shapely.is_missing(shapes)])
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    x, y = bounds[:, [0, 2]].mean(axis=1), bounds[:, [1, 3]].mean(axis=1)
    fits = [f for f in try_systems(x, y, place=place) if not f.swapped]
    if "crs" in answers:
        where.crs = str(answers["crs"])
    elif fits:
        where.crs = fits[0].crs
        where.reasons["crs"] = f"{fits[0].share:.0%} av raderna hamnar i kommunen"
    if "crs" not in answers and len(fits) != 1:
        where.unsure.append(Unsure(
            "crs", f"Filen säger inte vilket koordinatsystem {what} är i.", options=tuple(
                Option(describe(f, place=place), f.crs, f'crs = "{f.crs}"')
                for f in fits[:OPTIONS]), decisive=True, chosen=0 if fits else None))  # fmt: skip
