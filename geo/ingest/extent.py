"""Does the file lie where it should? If not, which system or order would put it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import IngestError
from geo.spatial import label, metric_crs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.ingest.places import Places

EXTENT_BUFFER_M = 2_000.0
"""How far outside the extent a row still counts as inside."""
INSIDE_SHARE = 0.95
"""A file with fewer of its located rows inside is refused."""
PARTLY = 0.1
"""From this share on a refused file is rather of a larger area than of another place."""
_MARGIN_DEG = 0.5
_LOCAL_ZONES = tuple(f"EPSG:{code}" for code in range(3007, 3019))
CANDIDATES = ("EPSG:3006", *_LOCAL_ZONES, "EPSG:3021", "EPSG:4326")
"""Systems that Swedish files come in: SWEREF 99 TM, its local zones, RT90, degrees."""

Box = tuple[float, float, float, float]


def outside_extent(
    places: Places, *, crs: Any, extent: Box | None, among: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """
    Tell which rows lie outside the extent, and refuse a file that mostly does.

    Without an extent the reach of the working system stands in, widened by half
    a degree, and no single row is called far away.

    Parameters
    ----------
    places
        The rows' places.
    crs
        The working CRS.
    extent
        West, south, east, north in it, metres; None when not yet known.
    among
        Rows that count, bool, shape (n,): not those refused.

    Returns
    -------
    numpy.ndarray
        bool, shape (n,): located, and farther than 2 km outside.

    Raises
    ------
    IngestError
        If less than 95 % of the located rows lie inside (one lone row of
        several is never enough); it names what would fit.
    """
    nowhere = np.zeros(len(places.written), dtype=bool)
    if places.crs is None:
        return nowhere
    box = _widen(extent, EXTENT_BUFFER_M) if extent is not None else _reach(crs)
    lost = places.unreadable & places.written
    bounds = places.boxes()
    located = (np.isfinite(bounds).all(axis=1) | lost) & among
    if box is None or not located.any():
        return nowhere
    inside = _touches(bounds, box)
    if not _enough(inside[located]):
        raise _elsewhere(places, inside[located], among, crs=crs, box=box, known=extent is not None)
    return located & ~inside & ~lost if extent is not None else nowhere


def beyond_extent(
    places: Places, *, crs: Any, extent: Box | None, among: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """
    Tell which rows of a file of a larger area are not of the municipality.

    Parameters
    ----------
    places
        The rows' places.
    crs
        The working CRS.
    extent
        West, south, east, north in it, metres.
    among
        Rows that count, bool, shape (n,): not those refused.

    Returns
    -------
    numpy.ndarray
        bool, shape (n,): located, and farther than 2 km outside.

    Raises
    ------
    IngestError
        If there is no extent yet, or no row at all lies inside: then the file is of another
        place, or in another system, which it names.
    """
    if extent is None:
        msg = "only rows inside the municipality are asked for, and it has no extent yet."
        fix = "set it first: lagesbild init DIR --kommun NAME, or --extent FILE"
        raise IngestError(msg, expected="an extent in profile.toml", fix=fix)
    box = _widen(extent, EXTENT_BUFFER_M)
    bounds = places.boxes()
    located = np.isfinite(bounds).all(axis=1) & among
    inside = _touches(bounds, box)
    if located.any() and not inside[located].any():
        raise _elsewhere(places, inside[located], among, crs=crs, box=box, known=True)
    return located & ~inside


def _elsewhere(
    places: Places, inside: NDArray[np.bool_], among: NDArray[np.bool_], *, crs: Any, box: Box,
    known: bool,
) -> IngestError:  # fmt: skip
    """Make the error for a file that lies elsewhere, with what would put it here."""
    found = f"{int(inside.sum())} of {len(inside)} located rows inside"
    where = "the municipality's extent" if known else f"the reach of {label(crs)}"
    partly = known and inside.mean() >= PARTLY
    fits = what_fits(places, crs=crs, box=box, among=among)
    if len(fits) == 1:
        fix = f"check with whoever exported the file; then {fits[0][1]}"
    elif fits:
        fix = "ask whoever exported the file which of these it is, and say so in the mapping"
    else:
        fix = "check that the file is of this municipality, and ask in which system it is"
        fix += "; if it rightly reaches beyond the extent, load it with --widen" if partly else ""
        wide = "; if it is of the whole county or country, load it with --inside"
        fix += wide if inside.any() else ""
    misses = "lies partly outside" if partly else "misses"
    msg = f"the file does not lie where it should: read as {label(places.crs)} it {misses} {where}."
    return IngestError(
        msg,
        found=found,
        expected=f"at least {INSIDE_SHARE:.0%}",
        would_fit=", ".join(name for name, _ in fits) or "none of the usual systems",
        fix=fix,
    )


def what_fits(
    places: Places, *, crs: Any, box: Box, among: NDArray[np.bool_]
) -> list[tuple[str, str]]:
    """
    Try the usual systems and both orders of the axes on the source's numbers.

    Parameters
    ----------
    places
        The rows' places as the source wrote them.
    crs
        The working CRS.
    box
        West, south, east, north in it, metres.
    among
        Rows that count, bool, shape (n,).

    Returns
    -------
    list of tuple of str
        What it is, and what to do; only those that put at least 95 % inside.
    """
    from pyproj import CRS, Transformer

    assert places.crs is not None  # noqa: S101 - tells the type checker; callers see to it
    told = places.written & ~places.zero & among
    x, y = places.given_x[told], places.given_y[told]
    codes: list[Any] = [places.crs, metric_crs(crs), *map(CRS.from_user_input, CANDIDATES)]
    out: list[tuple[str, str]] = []
    seen: list[Any] = []
    for source in codes:
        if any(source.equals(other, ignore_axis_order=True) for other in seen):
            continue
        seen.append(source)
        move = Transformer.from_crs(source, metric_crs(crs), always_xy=True)
        short = ":".join(source.to_authority() or (source.name,))
        for swapped, (first, second) in ((False, (x, y)), (True, (y, x))):
            if source is places.crs and not swapped:
                continue
            east, north = move.transform(first, second)
            boxes = np.column_stack([east, north, east, north])
            if not _enough(_touches(boxes, box)):
                continue
            name = f"{label(source)}{', with x and y swapped' if swapped else ''}"
            act = [] if source is places.crs else [f'write crs = "{short}" in the mapping']
            act += ["swap x and y under [columns]"] if swapped else []
            out.append((name, " and ".join(act)))
    return out


def _enough(inside: NDArray[np.bool_]) -> bool:
    """95 % inside; a single stray row among several does not sink a small file."""
    strays = int((~inside).sum())
    return strays <= (1 - INSIDE_SHARE) * len(inside) + 1e-9 or (strays == 1 and len(inside) > 2)


def _touches(bounds: NDArray[np.float64], box: Box) -> NDArray[np.bool_]:
    """Whether each row's own box meets the box; NaN and infinite ones do not."""
    west, south, east, north = box
    with np.errstate(invalid="ignore"):
        met: NDArray[np.bool_] = (
            np.isfinite(bounds).all(axis=1)
            & (bounds[:, 0] <= east) & (bounds[:, 2] >= west)
            & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
        )  # fmt: skip
    return met


def _widen(box: Box, by: float) -> Box:
    west, south, east, north = box
    return west - by, south - by, east + by, north + by


def _reach(crs: Any) -> Box | None:
    """Give the area the working system is made for, as a box in it; None when unsaid."""
    from pyproj import Transformer

    working = metric_crs(crs)
    area = working.area_of_use
    if area is None:
        return None
    to_metres = Transformer.from_crs("OGC:CRS84", working, always_xy=True)
    west, south = max(area.west - _MARGIN_DEG, -180.0), max(area.south - _MARGIN_DEG, -90.0)
    east, north = min(area.east + _MARGIN_DEG, 180.0), min(area.north + _MARGIN_DEG, 90.0)
    box: Box = to_metres.transform_bounds(west, south, east, north, densify_pts=21)
    return box if all(np.isfinite(box)) else None
