"""Lamps as light sources: stated values where they are believed, declared defaults where not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.lighting.checks import (
    FLUX_DOUBTS,
    LEFT_OUT,
    POWER_DOUBTS,
    doubt_lists,
    height_doubts,
    light_doubts,
    place_doubts,
)
from geo.lighting.facing import directions, files_of, optic_numbers
from geo.lighting.luminaires import Luminaires
from geo.lighting.placement import DEFAULTS, LightParams, place_lamps
from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.lighting.optics import Optic
    from geo.lighting.optics.photometry import Photometry
    from geo.streets import StreetNet

    Floats = NDArray[np.float64]

ASSUMABLE = ("height_m", "flux_lm", "optic", "azimuth_deg", "maintenance")
STATED = ("stated", "file")
"""Where a flux comes from that is not assumed: the register, or the photometric file."""
DISCHARGE = ("hps", "mercury", "metal_halide", "fluorescent")
_FAR_M = 1_000.0


@dataclass(frozen=True, slots=True, eq=False)
class Plant:
    """
    The lamps of a municipality as far as light is concerned.

    Parameters
    ----------
    table
        By lamp id, in order of id: ``x``, ``y``, ``height_m``, ``flux_lm``
        (leaving the luminaire), ``maintenance``, ``azimuth_deg``, ``turn_deg``
        (how far it may be wrong), ``optic``, ``file`` (position in `files`, -1
        for none), ``flux_from`` (stated, file, power, kind), ``assumed`` (names
        of `ASSUMABLE`), ``doubts``, and ``counts`` (bool: not left out).
    version
        Of the table of defaults.
    files
        Photometric files that lamps name.
    """

    table: pd.DataFrame
    version: str
    files: tuple[Optic, ...] = ()

    @property
    def numbers(self) -> dict[str, Any]:
        """Counts for a report: lamps, what is assumed of how many, doubts by name."""
        assumed = self.table["assumed"].explode().value_counts()
        doubts = self.table["doubts"].explode().value_counts()
        return {
            "n_lamps": len(self.table),
            "n_counted": int(self.table["counts"].sum()),
            "assumed": {name: int(assumed.get(name, 0)) for name in ASSUMABLE},
            "doubts": {str(name): int(n) for name, n in sorted(doubts.items())},
            "defaults_version": self.version,
            "optics": optic_numbers(self.table["optic"], self.table["file"], self.files),
        }

    def luminaires(
        self,
        output: Floats,
        *,
        optic: str | Photometry = "lambert",
        rows: NDArray[np.bool_] | None = None,
    ) -> Luminaires:
        """
        Give the lamps as light sources.

        Parameters
        ----------
        output
            Share of full light of each lamp, shape (n,).
        optic
            What to take the optic for.
        rows
            Which lamps, bool, shape (n,); None for all.

        Returns
        -------
        Luminaires
            Those that count and give light.
        """
        lit = (output > 0) & self.table["counts"].to_numpy()
        chosen = np.flatnonzero(lit if rows is None else lit & rows)
        part = self.table.iloc[chosen]
        x, y, height, flux, maintenance, side = (
            part[name].to_numpy(float)
            for name in ("x", "y", "height_m", "flux_lm", "maintenance", "azimuth_deg")
        )
        return Luminaires(
            x=x, y=y, height_m=height, flux_lm=flux, output=output[chosen],
            maintenance=maintenance, optic=optic, azimuth_deg=np.nan_to_num(side),
            files=tuple(made.photometry for made in self.files),
            file=part["file"].to_numpy(np.intp) if self.files else None,
        )  # fmt: skip


def light_plant(
    lamps: GeoDataFrame,
    net: StreetNet,
    *,
    areas: GeoDataFrame | None = None,
    placed: pd.DataFrame | None = None,
    params: LightParams = DEFAULTS,
    year: int | None = None,
    optics: Mapping[str, Optic] | None = None,
) -> Plant:
    """
    Settle what each lamp gives, and mark all that is assumed.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).
    net
        The street network, in the same CRS.
    areas
        Rows of the frame ``areas``; water is where no lamp stands.
    placed
        What `place_lamps` gave, when it is at hand.
    params
        Default heights, and heights that are believed.
    year
        This year, by which a diode is new; None takes none for new.
    optics
        Photometric files by the name lamps have in ``optic``. A lamp that has one and no
        direction is taken to face the nearest street.

    Returns
    -------
    Plant
        One row a lamp.
    """
    placed = place_lamps(lamps, net, params=params) if placed is None else placed
    ordered = lamps.sort_values("id").reset_index(drop=True)
    index = pd.Index(ordered["id"], name="lamp_id")
    said = ordered["assumed"].map(set).to_list()
    street = net.snap(ordered.geometry, tolerance_m=_FAR_M)
    beside = street["distance_m"].to_numpy(float)
    if len(net.streets) == 0:  # nobody can say what is far from a street
        beside = np.zeros(len(ordered))
    doubts = {
        **height_doubts(ordered, height_range_m=params.height_range_m),
        **light_doubts(ordered),
        **place_doubts(ordered, street_m=beside, areas=areas),
    }
    road = (net.streets["kind"].reindex(placed["street_id"]) == "road").to_numpy()
    files, file = files_of(ordered["optic"], optics or {})
    facing = directions(ordered, street, net, files=files, file=file)
    flux, origin = _flux(ordered, doubts, road=road, files=files, file=file)
    care, care_known = _maintenance(ordered, year=year)
    assumed = {
        "height_m": placed["height_assumed"].to_numpy(bool),
        "flux_lm": ~np.isin(origin, STATED)
        | np.array(["flux_lm" in names for names in said], bool),
        "optic": file < 0,
        "azimuth_deg": ordered["azimuth_deg"].isna().to_numpy(),
        "maintenance": ~care_known,
    }
    left_out = np.any([doubts[name] for name in LEFT_OUT], axis=0)
    table = pd.DataFrame(
        {
            "x": placed["x"].to_numpy(float),
            "y": placed["y"].to_numpy(float),
            "height_m": placed["height_m"].to_numpy(float),
            "flux_lm": flux,
            "maintenance": care,
            **facing,
            "optic": ordered["optic"].to_numpy(object),
            "file": file,
            "flux_from": pd.Series(origin, dtype="str").to_numpy(object),
            "assumed": _names(assumed, len(ordered)),
            "doubts": doubt_lists(ordered.index, doubts).to_numpy(object),
            "counts": ~left_out,
        },
        index=index,
    )
    return Plant(table, str(lighting_table("defaults")["version"]), files)


def _names(found: Mapping[str, NDArray[np.bool_]], n: int) -> NDArray[np.object_]:
    """List for each lamp the names that hold."""
    out = np.empty(n, object)
    for row in range(n):
        out[row] = [name for name in ASSUMABLE if found[name][row]]
    return out


def _flux(
    lamps: GeoDataFrame,
    doubts: Mapping[str, NDArray[np.bool_]],
    *,
    road: NDArray[np.bool_],
    files: tuple[Optic, ...],
    file: NDArray[np.intp],
) -> tuple[Floats, NDArray[np.object_]]:
    """Lumens that leave the luminaire, and what they come from."""
    table = lighting_table("defaults")
    source = lamps["light_source"].fillna("unknown").to_numpy(object)
    ratio = np.array([_value(table["output_ratio"], s, 1.0) for s in source], float)
    told = file >= 0
    ratio[told] = np.array([made.photometry.output_ratio for made in files])[file[told]]
    flux, power = lamps["flux_lm"].to_numpy(float), lamps["power_w"].to_numpy(float)
    # nobody says whose lumens: of a discharge lamp those of the bare lamp, of a diode all
    bare = lamps["flux_basis"].to_numpy(object) == "lamp"
    bare |= lamps["flux_basis"].isna().to_numpy() & np.isin(source, DISCHARGE)
    stated = np.isfinite(flux) & ~np.any([doubts[d] for d in FLUX_DOUBTS], axis=0) & (flux > 0)
    watts = np.isfinite(power) & ~np.any([doubts[d] for d in POWER_DOUBTS], axis=0)
    by_power = np.array([_of_power(table, s, w) for s, w in zip(source, power, strict=True)], float)
    of_file = np.full(len(lamps), np.nan)
    of_file[told] = np.array([made.photometry.luminaire_lm for made in files])[file[told]]
    usual = table["unknown_flux_lm"]
    by_kind = np.where(road, usual["road"]["value"], usual["path"]["value"])
    ways = [stated, told, watts]
    lumens = [flux * np.where(bare, ratio, 1.0), of_file, by_power]
    out = np.select(ways, lumens, default=by_kind)
    return out, np.select(ways, [*STATED, "power"], default="kind").astype(object)


def _of_power(table: Mapping[str, Any], source: str, watt: float) -> float:
    """Lumens that leave a luminaire of a source and power, by the table of defaults."""
    if not np.isfinite(watt):
        return float("nan")
    if source in DISCHARGE:
        sizes = {float(k): v for k, v in table["lamp_lm"].get(source, {}).items() if k != "checked"}
        lamp = sizes.get(watt, watt * table["lamp_lm_per_w"][source]["value"])
        return float(lamp * table["output_ratio"][source]["value"])
    known = table["luminaire_lm_per_w"]
    return float(watt * _value(known, source, known["unknown"]["value"]))


def _value(table: Mapping[str, Any], name: str, default: float) -> float:
    """Take a value of a table of defaults."""
    return float(table[name]["value"]) if name in table else default


def _maintenance(lamps: GeoDataFrame, *, year: int | None) -> tuple[Floats, NDArray[np.bool_]]:
    """Give the share left after ageing and dirt, and whether source and age are known."""
    table = lighting_table("defaults")["maintenance"]
    source = lamps["light_source"].to_numpy(object)
    installed = lamps["installed"].dt.year.to_numpy(float)
    age = np.full(len(lamps), np.nan) if year is None else year - installed
    new = (source == "led") & (age >= 0) & (age <= table["new_years"])
    old = np.isin(source, DISCHARGE)
    values = [table["new_led"]["value"], table["discharge"]["value"]]
    out: Floats = np.select([new, old], values, default=table["unknown"]["value"])
    return out, new | old
