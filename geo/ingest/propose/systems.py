"""Which reference systems would put a file's numbers where the municipality is."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.ingest.positions import parse_crs
from geo.ingest.propose.zones import made_for, utm_zones
from geo.spatial import label, metric_crs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geo.ingest.propose.doubt import Box, Place

DEGREES = "EPSG:4326"
INSIDE = 0.9
"""A system fits when it puts at least this share of the rows where they may be."""
_SWEDISH = ("EPSG:3006", *(f"EPSG:{code}" for code in range(3007, 3019)), "EPSG:3021",
            "EPSG:3020", "EPSG:3022", "EPSG:3019", "EPSG:3023", "EPSG:3024")  # fmt: skip
_NATIONAL = ("EPSG:27700", "EPSG:2157", "EPSG:28992", "EPSG:2154", "EPSG:25832", "EPSG:25833",
             "EPSG:25835", "EPSG:3067", "EPSG:3857")  # fmt: skip
_BUFFER_M = 5_000.0
_MARGIN_DEG = 0.5
_SAME_M = 25.0
_HINTS = (
    (re.compile(r"sweref ?99 ?tm|3006"), "EPSG:3006"),
    (re.compile(r"rt ?90"), "EPSG:3021"),
    (re.compile(r"wgs ?84"), DEGREES),
    *((re.compile(rf"sweref ?99 ?{zone[:2]} ?{zone[2:]}"), f"EPSG:{code}") for code, zone in zip(
        range(3007, 3019),
        ("1200", "1330", "1500", "1630", "1800", "1415", "1545", "1715", "1845", "2015", "2145",
         "2315"), strict=True)),
)  # fmt: skip
_CODE = re.compile(r"epsg ?(\d{4,5})")


@dataclass(frozen=True)
class Fit:
    """
    A system that would put the numbers where they may be.

    Parameters
    ----------
    crs
        As EPSG:nnnn.
    swapped
        Whether the columns would have to change places.
    share
        Of the rows, that it puts there.
    at_home
        Whether the middle lies in the area that the system is made for.
    middle
        Where it puts their middle, in the working system.
    """

    crs: str
    swapped: bool
    share: float
    at_home: bool
    middle: tuple[float, float]

    def is_same_place(self, other: Fit) -> bool:
        """
        Tell whether two systems put the file in the same place.

        Parameters
        ----------
        other
            The other.

        Returns
        -------
        bool
            True within 25 m: two realisations of one datum.
        """
        away = np.hypot(self.middle[0] - other.middle[0], self.middle[1] - other.middle[1])
        return bool(away <= _SAME_M)


@lru_cache(maxsize=4096)
def _mover(source: str, target: str) -> Any:
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a system without an accurate path says so; we test
        try:
            return Transformer.from_crs(source, target, always_xy=True)
        except ProjError:
            return None  # an engineering grid, tied to no datum


def hinted(texts: Iterable[str]) -> str | None:
    """
    Find a system that headers or the file's name speak of.

    Parameters
    ----------
    texts
        In compared form.

    Returns
    -------
    str or None
        As EPSG:nnnn.
    """
    for text in texts:
        for pattern, code in _HINTS:
            if pattern.search(text):
                return code
        found = _CODE.search(text)
        if found:
            return f"EPSG:{found[1]}"
    return None


def box_of(place: Place) -> Box | None:
    """
    Give the box, in the working system, that rows may lie in.

    Parameters
    ----------
    place
        What is known of the municipality.

    Returns
    -------
    tuple of float or None
        The extent with 5 km to spare; without one, the reach of the working
        system with half a degree; None when that is unsaid.
    """
    if place.extent is not None:
        west, south, east, north = place.extent
        return west - _BUFFER_M, south - _BUFFER_M, east + _BUFFER_M, north + _BUFFER_M
    working = metric_crs(place.crs)
    area = working.area_of_use
    if area is None:
        return None
    west, south = max(area.west - _MARGIN_DEG, -180.0), max(area.south - _MARGIN_DEG, -80.0)
    east, north = min(area.east + _MARGIN_DEG, 180.0), min(area.north + _MARGIN_DEG, 84.5)
    moved = _mover("OGC:CRS84", str(place.crs)).transform_bounds(
        west, south, east, north, densify_pts=21
    )
    box: Box = tuple(float(v) for v in moved)  # type: ignore[assignment] # four numbers
    return box if all(np.isfinite(box)) else None


def try_systems(
    x: NDArray[np.float64], y: NDArray[np.float64], *, place: Place, hint: str | None = None,
    every: bool = False,
) -> list[Fit]:  # fmt: skip
    """
    Try the usual systems on pairs of numbers, and if asked all that are made for the place.

    Parameters
    ----------
    x, y
        Finite pairs, shape (n,), as the columns give them.
    place
        What is known of the municipality.
    hint
        A system that the file speaks of; tried first.
    every
        Try all that are made for the place instead: slower.

    Returns
    -------
    list of Fit
        Best first; of several that put the file in the same place only the
        first. Both orders of the columns are tried.
    """
    box = box_of(place)
    if box is None or not len(x):
        return []
    if bool(np.mean((np.abs(x) <= 180) & (np.abs(y) <= 180)) > INSIDE):
        return _fits([DEGREES], x, y, box=box, place=place)
    if every:
        return _fits(made_for(place, _degrees(place, box)), x, y, box=box, place=place)
    near = [*([hint] if hint else []), _code(place.crs), *_SWEDISH]
    found = _fits(list(dict.fromkeys(near)), x, y, box=box, place=place)
    if any(fit.at_home for fit in found):
        return found
    wider = [*near, *_NATIONAL, *utm_zones(_degrees(place, box))]
    return _fits(list(dict.fromkeys(wider)), x, y, box=box, place=place)


def _fits(
    codes: list[str], x: NDArray[np.float64], y: NDArray[np.float64], *, box: Box, place: Place
) -> list[Fit]:
    """Keep the systems that put enough rows in the box and within their own area."""
    out: list[Fit] = []
    some = np.linspace(0, len(x) - 1, min(len(x), 400)).astype(int)
    for code in codes:
        for swapped in (False, True):
            first, second = (y[some], x[some]) if swapped else (x[some], y[some])
            share, middle = _inside(code, first, second, box=box, place=place)
            if share >= INSIDE:
                fit = Fit(code, swapped, share, _at_home(code, first, second), middle)
                if not any(fit.is_same_place(one) for one in out):
                    out.append(fit)
    return out


def _at_home(code: str, x: NDArray[np.float64], y: NDArray[np.float64]) -> bool:
    """Whether a system puts the middle of the file in the area that it is made for."""
    area, move = parse_crs(code).area_of_use, _mover(code, "OGC:CRS84")
    if area is None or move is None:
        return True
    lon, lat = move.transform(float(np.median(x)), float(np.median(y)))
    return bool(
        area.west - _MARGIN_DEG <= lon <= area.east + _MARGIN_DEG
        and area.south - _MARGIN_DEG <= lat <= area.north + _MARGIN_DEG
    )


def _inside(
    code: str, x: NDArray[np.float64], y: NDArray[np.float64], *, box: Box, place: Place
) -> tuple[float, tuple[float, float]]:
    """Share of rows that a system puts in the box and in its own area, and their middle."""
    working = str(place.crs)
    move, nowhere = _mover(code, working), (float("nan"), float("nan"))
    if move is None:
        return 0.0, nowhere
    east, north = move.transform(x, y)
    west, south, right, top = box
    with np.errstate(invalid="ignore"):
        inside = (east >= west) & (east <= right) & (north >= south) & (north <= top)
    if place.extent is None and code != DEGREES and inside.any():
        area = parse_crs(code).area_of_use
        if area is not None and code != _code(working):
            lon, lat = _mover(code, "OGC:CRS84").transform(x, y)
            with np.errstate(invalid="ignore"):
                inside &= (lon >= area.west - _MARGIN_DEG) & (lon <= area.east + _MARGIN_DEG)
                inside &= (lat >= area.south - _MARGIN_DEG) & (lat <= area.north + _MARGIN_DEG)
    if not inside.any():
        return 0.0, nowhere
    middle = (float(np.median(east[inside])), float(np.median(north[inside])))
    return float(inside.mean()), middle


def _code(crs: Any) -> str:
    parsed = parse_crs(crs)
    return ":".join(parsed.to_authority(min_confidence=60) or (str(crs),))


def _degrees(place: Place, box: Box) -> Box:
    """Give the box in degrees."""
    moved = _mover(str(place.crs), "OGC:CRS84").transform_bounds(*box, densify_pts=21)
    out: Box = tuple(float(v) for v in moved)  # type: ignore[assignment] # four numbers
    return out


def describe(fit: Fit, *, place: Place) -> str:
    """
    Say in Swedish what a system would mean.

    Parameters
    ----------
    fit
        The system.
    place
        What is known of the municipality.

    Returns
    -------
    str
        Its name, and where it puts the middle of the file.
    """
    lon, lat = _mover(str(place.crs), "OGC:CRS84").transform(*fit.middle)
    order = ", med kolumnerna i omvänd ordning" if fit.swapped else ""
    return f"{label(fit.crs)}{order}: mitten hamnar på {lat:.3f} N, {lon:.3f} E"
