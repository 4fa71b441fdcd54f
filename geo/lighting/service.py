"""How soon a fault should be mended: the municipality's own classes of service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import SettingsError
from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVICE_DAYS = {"single": 30, "group": 3}
CLASSES = ("single", "group", "circuit", "critical")


def service_days(name: str) -> dict[str, float]:
    """
    Look up what a municipality promises.

    Parameters
    ----------
    name
        As in the table ``service``: ``malmo``, ``vallentuna``.

    Returns
    -------
    dict
        Days by class of `CLASSES`, and ``group_from`` where it is told.

    Raises
    ------
    SettingsError
        If the table has no such municipality.
    """
    table = lighting_table("service")["municipality"]
    if name not in table:
        msg = f"nobody has written down the service of {name!r}."
        raise SettingsError(
            msg, known=", ".join(table), fix="write service_days in the profile instead"
        )
    return {key: float(days) for key, days in table[name].items() if key != "source"}


def target_days(
    kind: str, n_lamps: int, *, critical: bool, days: Mapping[str, float] | None = None
) -> float:
    """
    Say how soon one errand should be done.

    Parameters
    ----------
    kind
        ``single``, ``group`` or ``circuit``.
    n_lamps
        How many lamps are out.
    critical
        Whether one of them is in a tunnel.
    days
        Days by class; None for `SERVICE_DAYS`. A circuit has the target of a
        group, and a tunnel none of its own, unless told; fewer lamps than
        ``group_from`` count as single.

    Returns
    -------
    float
        Days; the shortest that applies.

    Examples
    --------
    >>> days = {"single": 182, "group": 3, "group_from": 3, "critical": 3}
    >>> target_days("group", 2, critical=False, days=days)
    182
    >>> target_days("single", 1, critical=True, days=days)
    3
    """
    told = dict(SERVICE_DAYS if days is None else days)
    small = kind == "group" and n_lamps < told.get("group_from", 2)
    usual = told["single"] if kind == "single" or small else told.get(kind, told["group"])
    return min(usual, told["critical"]) if critical and "critical" in told else usual
