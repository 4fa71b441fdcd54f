"""What a register of lamps can say by itself, before there are streets or events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.lighting.checks import doubt_lists, height_doubts, light_doubts, place_doubts
from geo.lighting.dark_stretches import SPACING_OK, SPACING_SHORT, SPACING_UNSURE
from geo.lighting.placement import DEFAULTS, LightParams
from geo.spatial import require_metres

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

LEAST_LAMPS = 3
"""A lamp and two neighbours: fewer say nothing of spacing."""
ALONE, DOUBLED = "alone", "doubled"
SPACING_BANDS = (SPACING_OK, SPACING_UNSURE, SPACING_SHORT, ALONE, DOUBLED)
"""What a lamp's spacing may be called."""
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
    }
    return out | spacing_numbers(ordered, params=params)


def spacing_numbers(lamps: GeoDataFrame, *, params: LightParams = DEFAULTS) -> dict[str, Any]:
    """
    Sum up how far apart lamps stand.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).
    params
        The height to assume where a lamp has none that is believed.

    Returns
    -------
    dict
        ``n_doubled``, ``n_alone``, ``spacing_m`` and ``bands``, as `register_overview` has them.
    """
    if len(lamps) < LEAST_LAMPS:
        return {"n_doubled": 0, "n_alone": 0, "spacing_m": None, "bands": {}}
    told = lamp_spacing(lamps, params=params)
    row = told["spacing_m"].dropna()
    quartiles = np.quantile(row, [0.25, 0.5, 0.75]) if len(row) else None
    bands = told["spacing_band"].value_counts()
    return {
        "n_doubled": int(bands.get(DOUBLED, 0)),
        "n_alone": int(bands.get(ALONE, 0)),
        "spacing_m": None if quartiles is None else [round(float(q), 1) for q in quartiles],
        "bands": {name: int(bands.get(name, 0)) for name in SPACING_BANDS[:3]},
    }


def lamp_spacing(lamps: GeoDataFrame, *, params: LightParams = DEFAULTS) -> pd.DataFrame:
    """
    Screen how far each lamp stands from its neighbours, against its height.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, shape (n,).
    params
        The height to assume where a lamp has none that is believed.

    Returns
    -------
    DataFrame
        Same index: ``spacing_m`` (to the second nearest lamp, missing where alone or doubled),
        ``spacing_height_m`` and ``spacing_assumed`` (bool: that height is assumed),
        ``spacing_ratio`` and ``spacing_band``, one of `SPACING_BANDS`: up to four heights light
        probably reaches, from six it probably does not.

    Raises
    ------
    CrsError
        If `lamps` is not in metres.
    """
    import pandas as pd
    from scipy.spatial import cKDTree

    require_metres(lamps, name="lamps")
    xy = np.c_[lamps.geometry.x, lamps.geometry.y]
    away = np.full((len(lamps), 3), np.inf)  # itself and two neighbours
    if len(lamps):
        away[:, : min(3, len(lamps))] = cKDTree(xy).query(xy, k=range(1, min(3, len(lamps)) + 1))[0]
    doubted = np.any(list(height_doubts(lamps, height_range_m=params.height_range_m).values()), 0)
    height = lamps["height_m"].to_numpy(float, na_value=np.nan)
    assumed = doubted | np.isnan(height)
    height = np.where(assumed, params.road_height_m, height)
    doubled, alone = away[:, 1] < _SAME_M, away[:, 1] > _ALONE_M
    spacing = np.where(doubled | alone | np.isinf(away[:, 2]), np.nan, away[:, 2])
    ratio = spacing / height
    band = np.select(
        [doubled, np.isnan(ratio), ratio <= _OK_UP_TO, ratio >= _SHORT_FROM],
        [DOUBLED, ALONE, SPACING_OK, SPACING_SHORT],
        default=SPACING_UNSURE,
    )
    table = {
        "spacing_m": spacing.round(1), "spacing_height_m": height, "spacing_assumed": assumed,
        "spacing_ratio": ratio.round(2), "spacing_band": pd.Series(band, lamps.index, dtype="str"),
    }  # fmt: skip
    return pd.DataFrame(table, index=lamps.index)


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


def own_doubts(lamps: GeoDataFrame, *, params: LightParams = DEFAULTS) -> pd.Series:
    """
    Name what is not believed of each lamp, as far as the register alone can tell.

    Parameters
    ----------
    lamps
        Rows of the frame ``lamps``, all of them: feet show in a whole load. Shape (n,).
    params
        The heights that are believed.

    Returns
    -------
    Series
        Lists of names of `geo.lighting.checks`, same index. Water and streets are not looked at.
    """
    found = {
        **height_doubts(lamps, height_range_m=params.height_range_m),
        **light_doubts(lamps),
        **place_doubts(lamps, street_m=np.zeros(len(lamps))),
    }
    return doubt_lists(lamps.index, found)


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
