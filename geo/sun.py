"""How high the sun stands: day, twilight and dark, by altitude and never by clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import ClockError
from geo.spatial import DOOR_CRS, metric_crs

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoSeries
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

DAY_FROM_DEG = 0.0
DARK_BELOW_DEG = -6.0  # clear-sky light is then about 3 lx, what a lit path gives
LIGHT_STATES = ("dark", "twilight", "day")
UNKNOWN = "unknown"

_CHUNK = 1 << 14  # moments worked on at once: small enough to stay in the processor's cache
_J2000_UNIX_S = 946_728_000.0  # 2000-01-01 12:00 UTC
_DAY_S = 86_400.0
_CENTURY_DAYS = 36_525.0
_US_PER_S = 1_000_000


def unix_seconds(times: pd.Series | pd.DatetimeIndex | ArrayLike) -> Floats:
    """
    Turn moments into seconds since 1970, whatever unit they are kept in.

    Parameters
    ----------
    times
        Aware pandas datetimes, or numpy ``datetime64`` of any unit, which is
        UTC by convention; shape (n,).

    Returns
    -------
    ndarray
        float64, shape (n,); NaN where the moment is missing.

    Raises
    ------
    ClockError
        If pandas datetimes are naive, or the values are no datetimes: a naive
        time read as UTC moves the sun by up to thirty degrees.
    """
    dtype = getattr(times, "dtype", None)
    zone = getattr(dtype, "tz", None)
    if zone is not None:
        values = _as_index(times).tz_convert("UTC").tz_localize(None).to_numpy()
    else:
        values = np.asarray(times)
        if type(times).__module__.startswith("pandas") or values.dtype.kind != "M":
            msg = "the sun needs moments on the UTC line."
            raise ClockError(
                msg,
                found=str(dtype if dtype is not None else values.dtype),
                expected="aware datetimes, or numpy datetime64 in UTC",
                fix="convert with geo.clock.local_to_utc first",
            )
    micro = values.astype("datetime64[us]")
    out = micro.astype("int64") / _US_PER_S
    return np.where(np.isnat(micro), np.nan, out)


def _as_index(times: Any) -> pd.DatetimeIndex:
    """Give aware datetimes as an index, which both kinds of input can become."""
    import pandas as pd

    return pd.DatetimeIndex(times)


def altitude_deg(times: Any, *, lon_deg: ArrayLike, lat_deg: ArrayLike) -> Floats:
    """
    Compute the geometric altitude of the sun's centre.

    Parameters
    ----------
    times
        Moments as in `unix_seconds`, shape (n,).
    lon_deg, lat_deg
        WGS 84 degrees, east and north positive; shape (n,) or scalars.

    Returns
    -------
    ndarray
        Degrees above the horizon, without refraction, shape (n,); NaN where
        the moment or the place is missing.

    Notes
    -----
    The low-precision series of [1]_ with its mean sidereal time, in the form
    that needs no inverse trigonometry for declination and hour angle. Within
    0.011 degrees of the SPA algorithm over Sweden 2000-2050.

    References
    ----------
    .. [1] Meeus, J. (1998). Astronomical Algorithms, 2nd ed., ch. 12 and 25.
    """
    seconds = unix_seconds(times)
    lon = np.broadcast_to(np.asarray(lon_deg, float), seconds.shape)
    lat = np.broadcast_to(np.asarray(lat_deg, float), seconds.shape)
    out = np.empty(seconds.shape)
    for start in range(0, seconds.size, _CHUNK):
        part = slice(start, start + _CHUNK)
        out[part] = _altitude(seconds[part], lon[part], lat[part])
    return out


def _altitude(unix_s: Floats, lon_deg: Floats, lat_deg: Floats) -> Floats:
    """Altitude for one chunk; degrees in and out."""
    days = (unix_s - _J2000_UNIX_S) / _DAY_S
    t = days / _CENTURY_DAYS
    rad = np.pi / 180.0
    mean_longitude = 280.46646 + t * (36000.76983 + 0.0003032 * t)
    anomaly = (357.52911 + t * (35999.05029 - 0.0001537 * t)) * rad
    sin_m = np.sin(anomaly)
    double = 2.0 * sin_m * np.cos(anomaly)  # sin 2M
    triple = sin_m * (3.0 - 4.0 * sin_m * sin_m)  # sin 3M
    centre = (
        sin_m * (1.914602 - t * (0.004817 + 0.000014 * t))
        + double * (0.019993 - 0.000101 * t)
        + 0.000289 * triple
    )
    node = (125.04 - 1934.136 * t) * rad
    longitude = (mean_longitude + centre - 0.00569 - 0.00478 * np.sin(node)) * rad
    tilt = (
        23.43929111 - t * (0.0130041667 + t * (1.64e-7 - 5.04e-7 * t)) + 0.00256 * np.cos(node)
    ) * rad
    # The sun's direction, equatorial: x = cos lam, y = cos eps sin lam, z = sin eps sin lam.
    sin_lam = np.sin(longitude)
    x, y, z = np.cos(longitude), np.cos(tilt) * sin_lam, np.sin(tilt) * sin_lam
    sidereal = 280.46061837 + 360.98564736629 * days + 0.000387933 * t * t + lon_deg
    angle = np.remainder(sidereal, 360.0) * rad
    lat = lat_deg * rad
    sine = np.sin(lat) * z + np.cos(lat) * (np.cos(angle) * x + np.sin(angle) * y)
    result: Floats = np.arcsin(np.clip(sine, -1.0, 1.0)) / rad
    return result


def light_state(altitude: ArrayLike) -> NDArray[np.str_]:
    """
    Name the light at given sun altitudes.

    Parameters
    ----------
    altitude
        Geometric altitude in degrees, shape (n,).

    Returns
    -------
    ndarray
        ``"day"`` from 0 degrees up, ``"twilight"`` from -6 up to 0, ``"dark"``
        below -6, ``"unknown"`` where the altitude is NaN; shape (n,).

    Examples
    --------
    >>> light_state([0.0, -0.01, -6.0, -6.01]).tolist()
    ['day', 'twilight', 'twilight', 'dark']
    """
    height = np.asarray(altitude, float)
    names = [height >= DAY_FROM_DEG, height >= DARK_BELOW_DEG, height < DARK_BELOW_DEG]
    return np.select(names, ["day", "twilight", "dark"], default=UNKNOWN)


def light_shares(
    start: Any,
    end: Any,
    *,
    lon_deg: ArrayLike,
    lat_deg: ArrayLike,
    step_s: float = 300.0,
    max_samples: int = 600,
) -> Floats:
    """
    Share each interval between dark, twilight and day.

    An event known only to lie between two times belongs partly to each state
    that passed meanwhile (aoristic use); a single moment belongs to one.

    Parameters
    ----------
    start, end
        Moments as in `unix_seconds`, shape (n,). A missing `end`, or one not
        after `start`, makes a moment of the row.
    lon_deg, lat_deg
        WGS 84 degrees; shape (n,) or scalars.
    step_s
        Seconds between samples, taken at the middle of equal steps.
    max_samples
        Most samples for one interval; longer ones get longer steps.

    Returns
    -------
    ndarray
        Shape (n, 3), columns in the order of `LIGHT_STATES`; rows sum to 1, or
        are NaN where `start` or the place is missing.

    Raises
    ------
    ValueError
        If `step_s` or `max_samples` is not positive.
    """
    if step_s <= 0 or max_samples < 1:
        msg = f"need step_s > 0 and max_samples >= 1, got {step_s=} and {max_samples=}"
        raise ValueError(msg)
    first, last = unix_seconds(start), unix_seconds(end)
    length = np.where(last > first, last - first, 0.0)
    reps = np.clip(np.ceil(length / step_s), 1, max_samples).astype(int)
    row = np.repeat(np.arange(first.size), reps)
    order = np.arange(row.size) - np.repeat(np.cumsum(reps) - reps, reps)
    seconds = first[row] + length[row] * (order + 0.5) / reps[row]
    lon = np.broadcast_to(np.asarray(lon_deg, float), first.shape)[row]
    lat = np.broadcast_to(np.asarray(lat_deg, float), first.shape)[row]
    known = np.isfinite(seconds)
    stamps = np.full(seconds.size, np.datetime64("NaT"), "datetime64[us]")
    stamps[known] = (seconds[known] * _US_PER_S).round().astype("int64").astype("datetime64[us]")
    states = light_state(altitude_deg(stamps, lon_deg=lon, lat_deg=lat))
    out = np.empty((first.size, len(LIGHT_STATES)))
    for column, name in enumerate(LIGHT_STATES):
        out[:, column] = np.bincount(row, weights=states == name, minlength=first.size) / reps
    out[np.bincount(row, weights=states == UNKNOWN, minlength=first.size) > 0] = np.nan
    return out


def lonlat(points: GeoSeries) -> tuple[Floats, Floats]:
    """
    Give the degrees of places in the working CRS, for the sun and nothing else.

    Parameters
    ----------
    points
        Geometry in metres, shape (n,); the centroid stands for a line or an
        area. Missing geometry gives NaN.

    Returns
    -------
    lon, lat : ndarray
        WGS 84 degrees, shape (n,).

    Raises
    ------
    CrsError
        If the CRS is missing, geographic or not in metres.
    """
    from pyproj import Transformer

    crs = metric_crs(points.crs, name="points")
    lon, lat = np.full(len(points), np.nan), np.full(len(points), np.nan)
    here = (points.notna() & ~points.is_empty).to_numpy()
    if here.any():
        centres = points[here].centroid
        change = Transformer.from_crs(crs, DOOR_CRS, always_xy=True)
        lon[here], lat[here] = change.transform(centres.x.to_numpy(), centres.y.to_numpy())
    return lon, lat
