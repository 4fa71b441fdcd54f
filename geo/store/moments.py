"""Moments as the store keeps them: whole microseconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from geo.errors import StoreError

_START = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime, *, name: str = "time") -> int:
    """
    Count microseconds since 1970, exactly.

    Parameters
    ----------
    moment
        An aware datetime.
    name
        What it is; used in the error.

    Returns
    -------
    int
        Negative before 1970.

    Raises
    ------
    StoreError
        If the moment carries no zone.

    Examples
    --------
    >>> micros(datetime(1970, 1, 1, 1, tzinfo=UTC))
    3600000000
    """
    if moment.tzinfo is None:
        msg = f"{name} has no time zone."
        raise StoreError(msg, expected="an aware datetime", fix="attach UTC, or convert from local")
    return (moment - _START) // timedelta(microseconds=1)


def maybe_micros(moment: datetime | None, *, name: str = "time") -> int | None:
    """
    Count microseconds since 1970 where there is a moment.

    Parameters
    ----------
    moment
        An aware datetime, or None.
    name
        What it is; used in the error.

    Returns
    -------
    int or None
        None for None.
    """
    return None if moment is None else micros(moment, name=name)


def moment_of(count: int) -> datetime:
    """
    Turn microseconds since 1970 into a moment, exactly.

    Parameters
    ----------
    count
        What `micros` gave.

    Returns
    -------
    datetime
        UTC.
    """
    return _START + timedelta(microseconds=count)
