"""Light measured on site held against the light that the register would give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.clock import DEFAULT_ZONE, zone
from geo.lighting.dimming import lamp_output
from geo.lighting.illuminance import light_at
from geo.sun import altitude_deg, lonlat

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.lighting.plant import Plant

DARK_BELOW_DEG = -6.0
"""The sun must be lower than this: above it, the sky itself gives lux."""
LEAST_LX = 0.1
"""Less modelled light than this says that no lamp in the register reaches the point."""
FEWEST = 20
"""So many points are needed before a bias is told."""
_LOW, _HIGH = 0.1, 0.9


def compare_measured(
    measurements: GeoDataFrame,
    plant: Plant,
    *,
    status: pd.Series,
    schedule: pd.Series,
    timezone: str = DEFAULT_ZONE,
) -> pd.DataFrame:
    """
    Give measured and modelled light for every point of a survey.

    Parameters
    ----------
    measurements
        Rows of the frame ``measurements``, shape (n,); those of kind
        ``lux_h`` are compared.
    plant
        What `light_plant` gave.
    status
        What `lamp_status` gave.
    schedule
        Hours dimmed or off, by lamp id.
    timezone
        Local zone of the schedules.

    Returns
    -------
    DataFrame
        By measurement id: ``measured_lx``, ``modelled_lx`` (from the lamps
        that work, at the hour of the measurement), ``ratio`` (measured over
        modelled, missing where nothing is modelled), ``altitude_deg`` of the
        sun and ``used`` (bool: dark enough, a lamp of the register reaches
        the point, and the reading is not below zero, which no light is).
    """
    rows = measurements[measurements["kind"] == "lux_h"].sort_values("id")
    lon, lat = lonlat(rows.geometry)
    altitude = altitude_deg(rows["measured_at"], lon_deg=lon, lat_deg=lat)
    hour = rows["measured_at"].dt.tz_convert(zone(timezone)).dt.hour.to_numpy()
    x, y = rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy()
    modelled = np.zeros(len(rows))
    state = status.reindex(plant.table.index)
    for each in np.unique(hour):
        output = lamp_output(state, schedule.reindex(plant.table.index), hour=float(each))
        here = hour == each
        modelled[here] = light_at(x[here], y[here], plant.luminaires(output))
    measured = rows["value"].to_numpy(float)
    reached = modelled >= LEAST_LX
    ratio = np.divide(measured, modelled, out=np.full(len(rows), np.nan), where=reached)
    return pd.DataFrame(
        {
            "measured_lx": measured,
            "modelled_lx": modelled,
            "ratio": ratio,
            "altitude_deg": altitude,
            "used": reached & (altitude < DARK_BELOW_DEG) & (measured >= 0),
        },
        index=pd.Index(rows["id"], name="id"),
    )


def survey_summary(points: pd.DataFrame) -> dict[str, Any]:
    """
    Sum a comparison up: how far off the model is, how widely, on how many points.

    Parameters
    ----------
    points
        What `compare_measured` gave.

    Returns
    -------
    dict
        ``n`` points used; ``n_impossible``, ``n_daylight`` and ``n_unlit`` left
        out because the reading is below zero, the sky was light, or no lamp of
        the register reaches; ``bias`` (median of
        measured over modelled), ``low`` and ``high`` (tenth and ninetieth in
        a hundred), None below `FEWEST` points.
    """
    used = points[points["used"]]
    wrong = ~(points["measured_lx"] >= 0)
    light_sky = ~wrong & (points["altitude_deg"] >= DARK_BELOW_DEG)
    out: dict[str, Any] = {
        "n": len(used),
        "n_impossible": int(wrong.sum()),
        "n_daylight": int(light_sky.sum()),
        "n_unlit": int((~wrong & ~light_sky & points["ratio"].isna()).sum()),
        "bias": None,
        "low": None,
        "high": None,
    }
    if len(used) >= FEWEST:
        low, middle, high = used["ratio"].quantile([_LOW, 0.5, _HIGH])
        out |= {"bias": round(middle, 2), "low": round(low, 2), "high": round(high, 2)}
    return out
