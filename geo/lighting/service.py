"""How soon a fault should be mended: the municipality's own classes of service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import SettingsError
from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVICE_DAYS = {"single": 30, "group": 3}
CLASSES = ("single", "group", "circuit", "critical")
GROUP_FROM = "group_from"
"""From how many lamps on the class ``group`` counts."""


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


def settled_days(said: Any) -> dict[str, float]:
    """
    Settle what a profile says of service: days by class, or the name of a municipality.

    Parameters
    ----------
    said
        ``service_days`` of a profile.

    Returns
    -------
    dict
        Days by class; ``single`` and ``group`` are always there.

    Raises
    ------
    SettingsError
        If a name or a class is not known, a class is missing, or a number is not above 0.
    """
    if isinstance(said, str):
        return service_days(said.strip().casefold())
    where = "`service_days` in profile.toml"
    if not isinstance(said, dict):
        msg = f"{where} is neither a table nor a name."
        raise SettingsError(msg, found=said, fix="write single = 30 and group = 3 below it")
    known = (*CLASSES, GROUP_FROM)
    for name, days in said.items():
        if name not in known:
            msg = f"{where} has no class {str(name)[:40]!r}."
            raise SettingsError(msg, known=", ".join(known), fix="use one of the known classes")
        if isinstance(days, bool) or not isinstance(days, (int, float)) or not days > 0:
            msg = f"{where}: `{name}` is not a number above 0."
            raise SettingsError(msg, found=days, fix=f"write {name} = {SERVICE_DAYS.get(name, 3)}")
    lost = [name for name in SERVICE_DAYS if name not in said]
    if lost:
        msg = f"{where} lacks {' and '.join(lost)}."
        raise SettingsError(msg, found=", ".join(said) or "nothing",
                            fix=f"write {lost[0]} = {SERVICE_DAYS[lost[0]]}")  # fmt: skip
    return {name: float(days) for name, days in said.items()}


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
    small = kind == "group" and n_lamps < told.get(GROUP_FROM, 2)
    usual = told["single"] if kind == "single" or small else told.get(kind, told["group"])
    return min(usual, told["critical"]) if critical and "critical" in told else usual
