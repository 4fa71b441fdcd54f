"""The working coordinate system, and the guards that keep degrees outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import CrsError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pyproj import CRS

DEFAULT_CRS = "EPSG:3006"
DOOR_CRS = "OGC:CRS84"


def metric_crs(crs: Any, *, name: str = "crs") -> CRS:
    """
    Parse a coordinate reference system and require metres on both axes.

    Parameters
    ----------
    crs
        Anything pyproj understands: ``"EPSG:3006"``, an integer, a CRS.
    name
        What the caller calls it; used in the error.

    Returns
    -------
    CRS
        The parsed system.

    Raises
    ------
    CrsError
        If it is missing, unknown, geographic, or not in metres.

    Examples
    --------
    >>> metric_crs("EPSG:3006").name
    'SWEREF99 TM'
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    expected = "a projected system in metres, such as EPSG:3006"
    if crs is None:
        msg = f"`{name}` has no coordinate reference system."
        raise CrsError(msg, found="none", expected=expected, fix="declare the CRS of the data")
    try:
        parsed = CRS.from_user_input(crs)
    except CRSError:
        msg = f"`{name}` is not a known coordinate reference system."
        raise CrsError(
            msg, found=str(crs)[:80], expected=expected, fix="write it as EPSG:nnnn"
        ) from None
    units = {axis.unit_name for axis in parsed.axis_info}
    if not parsed.is_projected or not units <= {"metre", "meter"}:
        msg = f"`{name}` must be in a metric reference system."
        raise CrsError(
            msg,
            found=label(parsed),
            expected=expected,
            fix="reproject to the working CRS of the profile before this step",
        )
    return parsed


def require_metres(frame: GeoDataFrame, *, name: str, crs: Any = None) -> None:
    """
    Raise unless a frame is in metres (and in `crs`, when one is given).

    Parameters
    ----------
    frame
        Any GeoDataFrame, shape (n,).
    name
        What the caller calls it; used in the error.
    crs
        The working CRS it must equal; None accepts any metric one.

    Raises
    ------
    CrsError
        If the frame has no CRS, a geographic one, or another than `crs`.
    """
    parsed = frame.crs
    wanted = DEFAULT_CRS if crs is None else label(metric_crs(crs))
    fix = f"call {name}.to_crs('{code(wanted if crs is None else crs)}') before this function"
    if parsed is None or not parsed.is_projected:
        found = "none" if parsed is None else label(parsed)
        msg = f"`{name}` must be in a metric reference system."
        raise CrsError(msg, found=found, expected=wanted, fix=fix)
    metric_crs(parsed, name=name)
    if crs is not None and parsed != metric_crs(crs):
        msg = f"`{name}` is not in the working reference system."
        raise CrsError(msg, found=label(parsed), expected=wanted, fix=fix)


def label(crs: Any) -> str:
    """
    Name a reference system for people: its name, and its code when it has one.

    Parameters
    ----------
    crs
        Anything pyproj understands.

    Returns
    -------
    str
        For example ``"WGS 84 (EPSG:4326)"``.

    Examples
    --------
    >>> label("EPSG:4326")
    'WGS 84 (EPSG:4326)'
    """
    from pyproj import CRS

    parsed = CRS.from_user_input(crs)
    short = code(parsed)
    return f"{parsed.name} ({short})" if short != parsed.name else parsed.name


def code(crs: Any) -> str:
    """
    Write a reference system as ``AUTHORITY:CODE``, or its name when it has none.

    Parameters
    ----------
    crs
        Anything pyproj understands.

    Returns
    -------
    str
        For example ``"EPSG:3006"``.
    """
    from pyproj import CRS

    parsed = CRS.from_user_input(crs)
    authority = parsed.to_authority()
    return ":".join(authority) if authority else str(parsed.name)
