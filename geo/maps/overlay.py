"""The density surface as a picture over the map: few colours, and nothing that rests on too few."""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo.errors import MapError, NotFoundError
from geo.maps import swedish
from geo.maps.access import SMALLEST_COUNT, access
from geo.maps.geojson import box_to_degrees
from geo.maps.layer import Sign

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.maps.access import Role
    from geo.maps.picture import Picture

COLORS = ("#dbe9e8", "#a9cfce", "#62a6a5", "#2f8483", "#0b4f50")
"""One hue, darker for more; the palest stands for the lowest step that is shown."""
OPACITY = 0.62
_LOWEST = 20.0
"""Limits double from here, events per km2 and year."""
_FINER = 2  # picture elements to a cell of the surface, so that its edges are soft
_BOX_STEPS = 21
_MARGIN = 1e-9
_YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """
    A picture that lies over the map.

    Parameters
    ----------
    png
        The image, in the projection of the map (EPSG:3857).
    bbox
        West, south, east, north in degrees.
    limits
        Lowest value of each colour, events per km2 and year.
    colors
        ``#rrggbb``, one a limit.
    bandwidth_m
        Radius of the kernel.
    n
        Events it rests on.
    weeks
        Length of the period.
    least
        Events that must lie within the radius where there is colour.
    """

    png: bytes
    bbox: tuple[float, float, float, float]
    limits: tuple[float, ...]
    colors: tuple[str, ...]
    bandwidth_m: float
    n: int
    weeks: int
    least: int

    def legend(self) -> tuple[Sign, ...]:
        """
        Say what each colour means.

        Returns
        -------
        tuple of Sign
            Lowest first; the last has no upper limit.
        """
        out = []
        for low, high, color in zip(
            self.limits, (*self.limits[1:], math.inf), self.colors, strict=True
        ):
            sv, en = (swedish.number(low, lang=lang) for lang in ("sv", "en"))
            if math.isfinite(high):
                top = [swedish.number(high, lang=lang) for lang in ("sv", "en")]
                words = (f"{sv}–{top[0]}", f"{en}–{top[1]}")
            else:
                words = (f"minst {sv}", f"at least {en}")
            unit = (" händelser per km² och år", " events per km² and year")
            out.append(Sign(words[0] + unit[0], words[1] + unit[1], color))
        return tuple(out)

    def note(self, lang: str = "sv") -> str:
        """
        Say in words how smooth the surface is, what it rests on and what it leaves out.

        Parameters
        ----------
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        str
            Two or three sentences.
        """
        reach = swedish.number(self.bandwidth_m, lang=lang)
        n, least = swedish.number(self.n, lang=lang), self.least
        if lang == "sv":
            few = f" Färg bara där minst {least} händelser ligger inom radien." if least > 1 else ""
            return (
                f"Utjämnad med {reach} m radie: varje händelse räknas dit, mest närmast. "
                f"{n} händelser på {self.weeks} veckor.{few}"
            )
        only = f" Colour only where at least {least} events lie within the radius."
        few = only if least > 1 else ""
        return (
            f"Smoothed with a radius of {reach} m: each event counts that far, most near by. "
            f"{n} events in {self.weeks} weeks.{few}"
        )


def overlay(picture: Picture, layer: str = "surface") -> Overlay:
    """
    Give the density surface of a picture's run as its role may see it.

    Parameters
    ----------
    picture
        One week as one role may see it.
    layer
        A raster layer in `LAYERS`.

    Returns
    -------
    Overlay
        Where the role may not see single events, a place has colour only
        where so many events lie within the kernel's radius that none of them
        can be told: the smallest count that the role is told, all of them
        counted at the height of the kernel's middle.

    Raises
    ------
    NotFoundError
        If there is no such layer, or the run left no surface.
    AccessError
        If it is not for the role.
    MapError
        If the layer has rows, and is no raster.
    """
    from geo.maps.catalog import LAYERS

    picture.require(layer)
    if LAYERS[layer].geometry != "raster":
        msg = f"the layer {layer!r} has rows and is no image."
        raise MapError(msg, fix=f"ask for /collections/{layer}/items or its tiles")
    if picture.surface is None:
        msg = "this week has no density surface."
        raise NotFoundError(msg, fix="run `lagesbild analyse` for the week again")
    return _drawn(picture.surface, _least(picture.role))


def _least(role: Role) -> int:
    """Say how many events a coloured place must rest on for a role."""
    return 1 if access("incidents", role).single_rows else SMALLEST_COUNT


@lru_cache(maxsize=16)
def _drawn(path: Path, least: int) -> Overlay:
    """Read, hide, warp, colour; a run's surface never changes, so neither does its picture."""
    import numpy as np
    import rasterio
    from pyproj import Transformer
    from rasterio import Affine
    from rasterio.warp import Resampling, reproject

    with rasterio.open(path) as source:
        told, height = source.tags(), source.read(1).astype(np.float32)
        crs, transform, bounds = source.crs, source.transform, source.bounds
    bandwidth_m = float(told["bandwidth_m"])
    first, last = (datetime.fromisoformat(told[key]) for key in ("period_from", "period_to"))
    days = (last - first).total_seconds() / 86400
    peak = 3 / (math.pi * (bandwidth_m / 1000) ** 2) * _YEAR_DAYS / days  # one event, its middle
    bands = _bands(float(height.max(initial=0.0)), floor=least * peak if least > 1 else 0.0)
    limits, colors = tuple(low for low, _ in bands), tuple(color for _, color in bands)
    shown = np.where(height >= limits[0] - _MARGIN, height, -1.0).astype(np.float32)
    wide = height.shape[1]
    there = Transformer.from_crs(crs, "EPSG:3857", always_xy=True)
    west, south, east, north = there.transform_bounds(
        bounds.left, bounds.bottom, bounds.right, bounds.top, densify_pts=_BOX_STEPS
    )
    columns = wide * _FINER
    rows = round(columns * (north - south) / (east - west))
    across, down = (east - west) / columns, (north - south) / rows
    grid = Affine(across, 0.0, west, 0.0, -down, north)
    out = {}
    for kind in (Resampling.nearest, Resampling.bilinear):
        out[kind] = np.full((rows, columns), -1.0, np.float32)
        reproject(
            shown, out[kind], src_transform=transform, src_crs=crs, src_nodata=-1.0,
            dst_transform=grid, dst_crs="EPSG:3857", dst_nodata=-1.0, resampling=kind,
        )  # fmt: skip
    soft = np.where(out[Resampling.nearest] >= 0, out[Resampling.bilinear], -1.0)
    steps = np.searchsorted(np.asarray(limits) - _MARGIN, soft, side="right").astype(np.uint8)
    return Overlay(
        png=palette_png(steps, colors=colors, opacity=OPACITY),
        bbox=box_to_degrees((west, south, east, north), crs="EPSG:3857"),
        limits=limits,
        colors=colors,
        bandwidth_m=bandwidth_m,
        n=int(told["n"]),
        weeks=round(days / 7),
        least=least,
    )


def _bands(most: float, *, floor: float) -> list[tuple[float, str]]:
    """Choose limits that double, the highest five, each with its colour; none below the floor."""
    limits = [_LOWEST]
    while limits[-1] * 2 <= most:
        limits.append(limits[-1] * 2)
    bands = list(zip(limits[-len(COLORS) :], COLORS, strict=False))
    return [band for band in bands if band[0] >= floor] or [(max(floor, limits[-1]), COLORS[-1])]


def palette_png(steps: NDArray[Any], *, colors: tuple[str, ...], opacity: float) -> bytes:
    """
    Write a PNG of few colours.

    Parameters
    ----------
    steps
        0 for nothing, 1 for the first colour and so on; shape (rows, columns), uint8.
    colors
        ``#rrggbb`` each.
    opacity
        0-1, of every colour.

    Returns
    -------
    bytes
        The image, eight bits a picture element, by the specification of PNG
        (ISO/IEC 15948).
    """
    import numpy as np

    rows, columns = steps.shape
    head = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)
    palette = b"\0\0\0" + b"".join(bytes.fromhex(color[1:]) for color in colors)
    clear = bytes([0, *[round(opacity * 255)] * len(colors)])
    lines = np.hstack([np.zeros((rows, 1), np.uint8), steps])  # each begins with its filter: none
    parts = [(b"IHDR", head), (b"PLTE", palette), (b"tRNS", clear)]
    parts += [(b"IDAT", zlib.compress(lines.tobytes(), 6)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
