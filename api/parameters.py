"""Query parameters parsed once: role, week, box, window, page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request

from api.library import LATEST, Library
from geo.errors import ClockError, MapError
from geo.maps import Picture, Role

MAX_LIMIT = 10_000
_OPEN_END = "", ".."
_CENTIMETRE = 1e-7  # in degrees


def library(request: Request) -> Library:
    """
    Get the library of the application.

    Parameters
    ----------
    request
        The running request.

    Returns
    -------
    Library
        The library.
    """
    found = request.app.state.library
    assert isinstance(found, Library)  # noqa: S101 (narrows the type)
    return found


def role(
    role: Annotated[str | None, Query(description="Roll; bara på den egna datorn.")] = None,
    x_lagesbild_role: Annotated[str | None, Header()] = None,
) -> Role:
    """
    Decide who is looking: the marked role switch of the loopback service.

    Parameters
    ----------
    role
        From the query.
    x_lagesbild_role
        From the header.

    Returns
    -------
    Role
        Head of security when nothing is said: it is their own machine.
    """
    return Role.parse(role or x_lagesbild_role or Role.SECURITY_CHIEF.value)


LibraryDep = Annotated[Library, Depends(library)]
RoleDep = Annotated[Role, Depends(role)]
Week = Annotated[
    str, Query(pattern=r"^(latest|\d{4}-W\d{2})$", description="2026-W47, eller latest.")
]
Lang = Annotated[str, Query(pattern="^(sv|en)$", description="Språk.")]
Bbox = Annotated[
    str | None,
    Query(
        description="väst,syd,öst,nord i grader (CRS84), eller med höjder sex tal; hela rutor "
        "och veckor väljs.",
        openapi_examples={"staden": {"value": "14.47,57.03,14.86,57.22"}},
    ),
]
Datetime = Annotated[
    str | None,
    Query(
        alias="datetime",
        description="Tidpunkt, start/slut, ../slut eller start/..",
        openapi_examples={"veckan": {"value": "2026-11-16T05:00:00Z/2026-11-23T05:00:00Z"}},
    ),
]
Limit = Annotated[
    int,
    Query(
        ge=1,
        description=f"Antal per sida; mer än {MAX_LIMIT} ger {MAX_LIMIT}.",
        json_schema_extra={"maximum": MAX_LIMIT},
    ),
]
Offset = Annotated[int, Query(ge=0, le=10**9, description="Antal att hoppa över.")]
Format = Annotated[
    str | None, Query(pattern="^(json|html)$", description="json, eller html för en sida.")
]


def page_size(limit: int) -> int:
    """
    Keep a page within what the service gives; asking for more is no error.

    Parameters
    ----------
    limit
        Rows asked for.

    Returns
    -------
    int
        At most `MAX_LIMIT`.
    """
    return min(limit, MAX_LIMIT)


def known_only(request: Request) -> None:
    """
    Refuse a parameter that the address does not have: misspelt, it would select everything.

    Parameters
    ----------
    request
        The running request.

    Raises
    ------
    MapError
        Naming the parameters there are.
    """
    route = request.scope["route"]
    known = _query_names(route.dependant)
    if unknown := sorted(set(request.query_params) - known):
        msg = "the address has no such parameter."
        raise MapError(
            msg,
            found=", ".join(name[:40] for name in unknown[:5]),
            expected=", ".join(sorted(known)),
            fix="use the parameters that /api lists for it",
        )


def _query_names(dependant: Any) -> set[str]:
    """List the query parameters of a route and of what it depends on."""
    own = {field.alias for field in dependant.query_params}
    return own.union(*(_query_names(part) for part in dependant.dependencies))


def picture(library: LibraryDep, role: RoleDep, week: Week = LATEST, lang: Lang = "sv") -> Picture:
    """
    Get the picture a request is about.

    Parameters
    ----------
    library, role, week, lang
        Parsed parameters.

    Returns
    -------
    Picture
        As the role may see it.
    """
    return library.picture(week, role, lang=lang)


PictureDep = Annotated[Picture, Depends(picture)]


def parse_bbox(text: str | None) -> tuple[float, float, float, float] | None:
    """
    Read a box in degrees.

    Parameters
    ----------
    text
        Four numbers, or six with heights, which are left out.

    Returns
    -------
    tuple of float or None
        West, south, east, north in CRS84 degrees.

    Raises
    ------
    MapError
        If it is not a box.
    """
    if text is None or not text.strip():
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
        box = (numbers[:2] + numbers[3:5]) if len(numbers) == 6 else numbers
        west, south, east, north = box
    except ValueError:
        west = south = east = north = float("nan")
    inside = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    if inside and west > east:
        msg = "bbox crosses the antimeridian, which no municipality of this service does."
        raise MapError(msg, expected="west <= east", fix="ask twice: west to 180, and -180 to east")
    if not inside:
        msg = "bbox is not a box in degrees."
        raise MapError(
            msg, expected="west,south,east,north", fix="for example bbox=14.7,56.8,14.9,56.9"
        )
    west, east = _roomy(west, east, most=180.0)
    south, north = _roomy(south, north, most=90.0)
    return west, south, east, north


def _roomy(low: float, high: float, *, most: float) -> tuple[float, float]:
    """Give a side that is a point the breadth of a centimetre."""
    if high - low >= _CENTIMETRE:
        return low, high
    return max(-most, low - _CENTIMETRE), min(most, high + _CENTIMETRE)


def parse_window(text: str | None) -> tuple[datetime, datetime] | None:
    """
    Read a moment or an interval, open ends allowed.

    Parameters
    ----------
    text
        RFC 3339 moment, ``start/end``, ``../end`` or ``start/..``.

    Returns
    -------
    tuple of datetime or None
        Start and end, UTC.

    Raises
    ------
    ClockError
        If it cannot be read, or ends before it starts.
    """
    if text is None or not text.strip():
        return None
    first, slash, last = text.partition("/")
    try:
        start = _moment(first, datetime.min.replace(tzinfo=UTC))
        end = _moment(last, datetime.max.replace(tzinfo=UTC)) if slash else start
        if end < start or (first in _OPEN_END and last in _OPEN_END):
            raise ValueError  # noqa: TRY301 (one refusal for every way it can be wrong)
    except (ValueError, OverflowError):
        msg = "datetime is not a moment or an interval."
        raise ClockError(
            msg,
            expected="2026-11-16T00:00:00Z/2026-11-23T00:00:00Z",
            fix="write RFC 3339 times, with .. for an open end",
        ) from None
    return start, end


def _moment(text: str, otherwise: datetime) -> datetime:
    """Read one end of an interval; a date alone is its midnight in UTC."""
    if text in _OPEN_END:
        return otherwise
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?.*)?", text):
        raise ValueError
    moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
