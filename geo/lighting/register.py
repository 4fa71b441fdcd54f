"""What a register of lamps can say by itself, before there are streets or events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.lighting.checks import height_doubts, light_doubts, place_doubts
from geo.lighting.dark_stretches import SPACING_OK, SPACING_SHORT, SPACING_UNSURE
from geo.lighting.placement import DEFAULTS, LightParams
from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

_OK_UP_TO, _SHORT_FROM = 4.0, 6.0  # spacing over height, from simulation of six optics
_SAME_M = 0.5
_ALONE_M = 150.0


def register_overview(
    lamps: GeoDataFrame, *, areas: GeoDataFrame | None = None, params: LightParams = DEFAULTS
) -> dict[str, Any]:
    """
    Tell what a register holds, and screen how far apart its lamps stand.

    Without a street network the next lamp along the street is not known. The
    distance to the second nearest lamp stands in for it: on a straight row
    that is the spacing itself. It is a screening of neighbourhoods, never of
    one street.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).
    areas
        Rows of the frame ``areas``; water is where no lamp stands. None for none.
    params
        The height to assume where a lamp has none.

    Returns
    -------
    dict
        ``n``; ``n_height``, ``n_power``, ``n_flux``, ``n_source``,
        ``n_owner``, ``n_pole_ref``, ``n_state`` (lamps for which each is
        known); ``n_doubled`` (within half a metre of another); ``n_alone``
        (no other within 150 m); ``doubts`` (lamps by what is not believed of
        them, as `geo.lighting.checks` names it); ``spacing_m`` (quartiles) and ``bands``
        (lamps by spacing over height), None and empty below three lamps.

    Raises
    ------
    CrsError
        If `lamps` is not in metres.
    """
    from scipy.spatial import cKDTree

    require_metres(lamps, name="lamps")
    ordered = lamps.sort_values("id")
    known = {
        f"n_{name}": int(ordered[column].notna().sum())
        for name, column in (
            ("height", "height_m"), ("power", "power_w"), ("flux", "flux_lm"),
            ("source", "light_source"), ("owner", "owner"), ("pole_ref", "pole_ref"),
        )
    }  # fmt: skip
    out: dict[str, Any] = {
        "n": len(ordered),
        **known,
        "n_state": int((ordered["state"] != "unknown").sum()),
        "doubts": register_doubts(ordered, areas=areas, params=params),
        "n_doubled": 0, "n_alone": 0, "spacing_m": None, "bands": {},
    }  # fmt: skip
    if len(ordered) < 3:  # a lamp and two neighbours
        return out
    xy = np.c_[ordered.geometry.x, ordered.geometry.y]
    away = cKDTree(xy).query(xy, k=3)[0]
    spacing = away[:, 2]
    height = ordered["height_m"].to_numpy(float, na_value=np.nan)
    low, high = params.height_range_m
    believed = (height >= low) & (height <= high)
    ratio = spacing / np.where(believed, height, params.road_height_m)
    alone = away[:, 1] > _ALONE_M
    row = ~alone & (away[:, 1] >= _SAME_M)
    bands = {
        SPACING_OK: row & (ratio <= _OK_UP_TO),
        SPACING_UNSURE: row & (ratio > _OK_UP_TO) & (ratio < _SHORT_FROM),
        SPACING_SHORT: row & (ratio >= _SHORT_FROM),
    }
    quartiles = np.quantile(spacing[row], [0.25, 0.5, 0.75]) if row.any() else None
    return out | {
        "n_doubled": int((away[:, 1] < _SAME_M).sum()),
        "n_alone": int(alone.sum()),
        "spacing_m": None if quartiles is None else [round(float(q), 1) for q in quartiles],
        "bands": {name: int(mine.sum()) for name, mine in bands.items()},
    }


def register_doubts(
    lamps: GeoDataFrame,
    *,
    areas: GeoDataFrame | None = None,
    streets: GeoDataFrame | None = None,
    params: LightParams = DEFAULTS,
) -> dict[str, int]:
    """
    Count lamps by what is not believed of them, as `geo.lighting.checks` names it.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).
    areas
        Rows of the frame ``areas``; water is where no lamp stands. None for none.
    streets
        Rows of the frame ``streets``. None or empty for none: whatever is in
        water is then named, a lamp on a bridge too, and none is far off.
    params
        The heights that are believed.

    Returns
    -------
    dict
        Name of the doubt -> lamps, only what was found, in the order of the names.
    """
    found = {
        **height_doubts(lamps, height_range_m=params.height_range_m),
        **light_doubts(lamps),
        **place_doubts(lamps, street_m=_street_m(lamps, streets), areas=areas),
    }
    return {name: int(mine.sum()) for name, mine in sorted(found.items()) if mine.any()}


def _street_m(lamps: GeoDataFrame, streets: GeoDataFrame | None) -> NDArray[np.float64]:
    """Measure the way to the nearest street; without streets, a way that tells nothing."""
    out = np.full(len(lamps), _ALONE_M)
    if streets is None or streets.empty:
        return out
    pairs, metres = streets.sindex.nearest(lamps.geometry, return_all=False, return_distance=True)
    out[pairs[0]] = metres
    return out


def lit_streets(streets: GeoDataFrame) -> dict[str, Any]:
    """
    Sum up what a street network itself says of light.

    Parameters
    ----------
    streets
        Rows of the frame ``streets``, shape (n,).

    Returns
    -------
    dict
        ``n`` and ``yes_m``, ``no_m``, ``unknown_m``: metres by what the
        network says. Unknown is never unlit.
    """
    require_metres(streets, name="streets")
    metres = streets.groupby("lit")["length_m"].sum()
    told = {f"{word}_m": round(float(metres.get(word, 0.0))) for word in ("yes", "no", "unknown")}
    return {"n": len(streets), **told}
