"""One row of a returned order: what the contractor says, or why it cannot be so."""

from __future__ import annotations

from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Mapping[str, tuple[bool, str]] = MappingProxyType(
    {
        "klar": (True, "åtgärdad"),
        "lyste": (True, "lyste vid besöket"),
        "ej_hittad": (False, "ljuspunkten hittades inte"),
        "ej_atkomst": (False, "gick inte att komma åt"),
        "annan_agare": (False, "har en annan ägare"),
        "ny_stolpe": (False, "kräver ny stolpe eller kabel"),
        "rojning": (False, "kräver röjning först"),
    }
)
"""What a contractor may answer: whether the row is closed by it, and in words."""
_DATES = ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%y-%m-%d", "%y%m%d")
_YEARS = (1990, 2100)
_MOST_LUX = 100_000


class RefusedRowError(Exception):
    """
    A row that says something impossible.

    Parameters
    ----------
    reason
        Its code.
    column
        Where it stands.
    """

    def __init__(self, *, reason: str, column: str) -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


def read_date(text: str) -> date | None:
    """
    Read a day as people write it.

    Parameters
    ----------
    text
        Such as ``2026-11-24``, ``24/11/2026`` or ``2026-11-24 00:00:00``.

    Returns
    -------
    datetime.date or None
        None when it is no day, or has no year.

    Examples
    --------
    >>> read_date("24.11.2026"), read_date("i tisdags")
    (datetime.date(2026, 11, 24), None)
    """
    bare = text.strip().replace("T", " ").split(" ")[0] if text.strip() else ""
    for pattern in _DATES:
        try:
            found = datetime.strptime(bare, pattern).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
        if _YEARS[0] <= found.year <= _YEARS[1]:
            return found
    return None


def read_answer(
    cells: Mapping[str, str], found: Any, *, seen: bool, today: date
) -> dict[str, Any] | None:
    """
    Read one row of a returned order.

    Parameters
    ----------
    cells
        Text: ``pole_ref``, ``done_on``, ``code``, ``lux``.
    found
        What its key is known as: measure id, row of the order, day of the
        order; None when the key is not known.
    seen
        Whether the key stood in the file before.
    today
        No work is done after this day.

    Returns
    -------
    dict or None
        ``done_on`` (ISO, None when the row stays open), ``code`` and ``lux``;
        None when nothing was filled in.

    Raises
    ------
    RefusedRowError
        If it says something impossible.
    """
    if found is None or seen:
        raise RefusedRowError(reason="duplicate_key" if seen else "unknown_key", column="Radnyckel")
    _, row, ordered_on = found
    pole = cells.get("pole_ref", "").strip()
    if pole and row["pole_ref"] and pole != row["pole_ref"]:
        raise RefusedRowError(reason="pole_changed", column="Stolpnummer")
    day, code, lux = (cells.get(name, "").strip() for name in ("done_on", "code", "lux"))
    if not day and not code:
        return None
    code = code.casefold() or "klar"
    if code not in CODES:
        raise RefusedRowError(reason="unknown_code", column="Anmärkning (kod)")
    closes = CODES[code][0]
    done_on = _day(day, ordered_on=ordered_on, today=today, needed=closes)
    told = done_on.isoformat() if closes and done_on else None
    return {"done_on": told, "code": code, "lux": _lux(lux)}


def _day(text: str, *, ordered_on: date, today: date, needed: bool) -> date | None:
    """Read the day of the work, between the order and today."""
    if not text:
        if needed:
            raise RefusedRowError(reason="date_missing", column="Utfört datum")
        return None
    found = read_date(text)
    if found is None:
        raise RefusedRowError(reason="date_unreadable", column="Utfört datum")
    if found > today:
        raise RefusedRowError(reason="date_in_future", column="Utfört datum")
    if found < ordered_on:
        raise RefusedRowError(reason="date_before_order", column="Utfört datum")
    return found


def _lux(text: str) -> float | None:
    """Read an illuminance that a lamp could give."""
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise RefusedRowError(reason="lux_unreadable", column="Uppmätt lux") from None
    if not 0 <= value <= _MOST_LUX:
        raise RefusedRowError(reason="lux_unreadable", column="Uppmätt lux")
    return value
