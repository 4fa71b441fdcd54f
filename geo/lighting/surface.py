"""The calculated light as a GeoTIFF: lower and higher lux, and how much of it is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.lighting.illuminance import NEGLIGIBLE_LX, cutoff_m, light_at
from geo.lighting.luminaires import Luminaires
from geo.lighting.optics.symmetric import OPTICS, peak_per_lm
from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.lighting.optics import Optic
    from geo.lighting.plant import Plant

    Floats = NDArray[np.float64]
    Cells = NDArray[np.float32]

CELL_M = 2.5
BLOCK = 512
NODATA = 65_535
SCALE = 0.01
BANDS = ("lux, lower", "lux, higher", "share that rests on assumed height or flux")
_TURNS = (-1.0, -0.5, 0.0, 0.5, 1.0)
_MOST_LX = (NODATA - 1) * SCALE


def write_light_surface(
    path: Path, plant: Plant, output: Floats, *, crs: Any, cell_m: float = CELL_M
) -> dict[str, Any] | None:
    """
    Write the light on level ground as a raster.

    Parameters
    ----------
    path
        Where to; the folder exists.
    plant
        The lamps.
    output
        Share of full light of each lamp, 0 to 1, shape (n,).
    crs
        The working CRS.
    cell_m
        Side of a cell in metres.

    Returns
    -------
    dict or None
        ``cell_m``, ``lit_m2`` (where any light was counted) and ``n_lamps``;
        None, and no file, when no lamp gives light.

    Notes
    -----
    Band 1 is the least and band 2 the most over the symmetric optics, with an
    assumed flux that much lower or higher; a lamp with a photometric file shines
    by that, turned as far either way as its direction may be wrong. Band 3 is the
    share of the light that comes from lamps whose height or flux is assumed.
    Values are kept as hundredths. Where no lamp's light is counted there is no value: that no
    lamp is in the register does not mean that it is dark.
    """
    import rasterio
    from rasterio import Affine
    from rasterio.windows import Window

    lamps = _sources(plant, output)
    if lamps["x"].size == 0:
        return None
    reach = lamps["reach"]
    west = float(np.floor((lamps["x"] - reach).min() / cell_m) * cell_m)
    north = float(np.ceil((lamps["y"] + reach).max() / cell_m) * cell_m)
    columns = int(np.ceil(((lamps["x"] + reach).max() - west) / cell_m))
    rows = int(np.ceil((north - (lamps["y"] - reach).min()) / cell_m))
    lit = 0
    with rasterio.open(
        path, "w", driver="GTiff", height=rows, width=columns, count=len(BANDS), dtype="uint16",
        crs=str(crs), nodata=NODATA, tiled=True, blockxsize=BLOCK, blockysize=BLOCK,
        compress="deflate", zlevel=1, predictor=2, interleave="band", sparse_ok=True,
        bigtiff="if_safer", transform=Affine(cell_m, 0.0, west, 0.0, -cell_m, north),
    ) as out:  # fmt: skip
        found = _blocks(lamps, (rows, columns), (west, north), cell_m, files=plant.files)
        for row, column, bands in found:
            out.write(bands, window=Window(column, row, bands.shape[2], bands.shape[1]))
            lit += int((bands[0] != NODATA).sum())
        for band, text in enumerate(BANDS, start=1):
            out.set_band_description(band, text)
        out.scales = (SCALE,) * len(BANDS)
        out.update_tags(
            n_lamps=str(lamps["x"].size), unit="lx", defaults=plant.version,
            plane="level ground", negligible_lx=f"{NEGLIGIBLE_LX:g}",
        )  # fmt: skip
    return {"cell_m": cell_m, "lit_m2": lit * cell_m**2, "n_lamps": int(lamps["x"].size)}


def _sources(plant: Plant, output: Floats) -> dict[str, Floats]:
    """Lamps that give light, with the lower and the higher flux of each, and their reach."""
    on = (output > 0) & plant.table["counts"].to_numpy()
    part = plant.table[on]
    names = part["assumed"].to_numpy(object)
    flux_assumed = np.array(["flux_lm" in a for a in names], bool)
    spread = np.where(flux_assumed, lighting_table("defaults")["spread"]["assumed_flux"], 0.0)
    flux = (part["flux_lm"] * part["maintenance"]).to_numpy(float) * output[on]
    height = part["height_m"].to_numpy(float)
    peaks = np.full(len(part), max(peak_per_lm(optic) for optic in OPTICS))
    for k, made in enumerate(plant.files):
        peaks[part["file"] == k] = made.photometry.peak_per_lm
    return {
        "x": part["x"].to_numpy(float),
        "y": part["y"].to_numpy(float),
        "height": height,
        "low": flux * (1 - spread),
        "high": flux * (1 + spread),
        "stated": np.where([bool({"height_m", "flux_lm"} & set(a)) for a in names], 0.0, flux),
        "flux": flux,
        "reach": cutoff_m(peaks * flux * (1 + spread), height_m=height),
        "file": part["file"].to_numpy(float),
        "azimuth": np.nan_to_num(part["azimuth_deg"].to_numpy(float)),
        "turn": part["turn_deg"].to_numpy(float),
    }


def _blocks(
    lamps: dict[str, Floats],
    shape: tuple[int, int],
    corner: tuple[float, float],
    cell_m: float,
    *,
    files: tuple[Optic, ...],
) -> Iterator[tuple[int, int, NDArray[np.uint16]]]:
    """Blocks that any lamp reaches: first row, first column, and the three bands."""
    west, north = corner
    side = BLOCK * cell_m
    for row in range(0, shape[0], BLOCK):
        top = north - row * cell_m
        near_y = (lamps["y"] + lamps["reach"] > top - side) & (lamps["y"] - lamps["reach"] < top)
        for column in range(0, shape[1], BLOCK):
            left = west + column * cell_m
            near = near_y & (lamps["x"] + lamps["reach"] > left)
            near &= lamps["x"] - lamps["reach"] < left + side
            if not near.any():
                continue
            size = (min(BLOCK, shape[0] - row), min(BLOCK, shape[1] - column))
            part = {name: values[near] for name, values in lamps.items()}
            yield row, column, _bands(part, size, (left, top), cell_m, files=files)


def _bands(
    lamps: dict[str, Floats],
    size: tuple[int, int],
    corner: tuple[float, float],
    cell_m: float,
    *,
    files: tuple[Optic, ...],
) -> NDArray[np.uint16]:
    """Lower, higher and assumed share of one block, as hundredths."""
    from geo.lighting.surface_kernel import add_light

    plain = lamps["file"] < 0

    def light(flux: str, optic: str) -> Cells:
        out = np.zeros(size, np.float32)
        x, y, height, reach = (lamps[name][plain] for name in ("x", "y", "height", "reach"))
        sources = (x, y, height, lamps[flux][plain], reach)
        add_light(out, sources, west=corner[0], north=corner[1], cell_m=cell_m, optic=optic)
        return out

    low = np.minimum.reduce([light("low", optic) for optic in OPTICS])
    high = np.maximum.reduce([light("high", optic) for optic in OPTICS])
    whole, stated = light("flux", "lambert"), light("stated", "lambert")
    if not plain.all():
        own = _of_files(lamps, ~plain, size, corner, cell_m, files=files)
        low, high, whole, stated = (a + b for a, b in zip((low, high, whole, stated), own,
                                                          strict=True))  # fmt: skip
    share = 1.0 - np.divide(stated, whole, out=np.ones(size, np.float32), where=whole > 0)
    out = np.stack([np.clip(low, 0, _MOST_LX), np.clip(high, 0, _MOST_LX), np.clip(share, 0, 1)])
    bands: NDArray[np.uint16] = np.rint(out / SCALE).astype(np.uint16)
    bands[:, high < NEGLIGIBLE_LX] = NODATA
    return bands


def _of_files(
    lamps: dict[str, Floats],
    mine: NDArray[np.bool_],
    size: tuple[int, int],
    corner: tuple[float, float],
    cell_m: float,
    *,
    files: tuple[Optic, ...],
) -> tuple[Cells, Cells, Cells, Cells]:
    """Lower, higher, whole and stated light of the lamps with photometric files."""
    column, row = np.meshgrid(np.arange(size[1]), np.arange(size[0]))
    x = corner[0] + (column.ravel() + 0.5) * cell_m
    y = corner[1] - (row.ravel() + 0.5) * cell_m

    def light(flux: str, turn: float) -> Cells:
        part = {name: values[mine] for name, values in lamps.items()}
        one = np.ones(part["x"].size)
        sources = Luminaires(
            x=part["x"], y=part["y"], height_m=part["height"], flux_lm=part[flux], output=one,
            maintenance=one, azimuth_deg=part["azimuth"] + turn * part["turn"],
            files=tuple(made.photometry for made in files), file=part["file"].astype(np.intp),
        )  # fmt: skip
        return light_at(x, y, sources).reshape(size).astype(np.float32)

    low = np.minimum.reduce([light("low", turn) for turn in _TURNS])
    high = np.maximum.reduce([light("high", turn) for turn in _TURNS])
    return low, high, light("flux", 0.0), light("stated", 0.0)
