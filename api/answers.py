"""Answers that carry what they rest on: an ETag, private caching, no body when unchanged."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, Any

from fastapi.responses import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from geo.maps import Picture

GEOJSON = "application/geo+json"
HTML = "text/html"
_VARY = "X-Lagesbild-Role, Accept, Accept-Encoding"


def wants_html(request: Request) -> bool:
    """
    Tell whether a page is asked for rather than data.

    Parameters
    ----------
    request
        The running request: `f` in its query decides, else what it accepts.

    Returns
    -------
    bool
        True for a browser.
    """
    asked = request.query_params.get("f")
    accept = request.headers.get("accept", "")
    return asked == "html" if asked else HTML in accept and "json" not in accept


def etag(request: Request, picture: Picture) -> str:
    """
    Name an answer by everything it depends on.

    Parameters
    ----------
    request
        Its address and query.
    picture
        Its data, role and language.

    Returns
    -------
    str
        A weak ETag, since the body may be compressed on the way.
    """
    parts = (
        picture.stamp,
        picture.role.value,
        picture.lang,
        str(request.base_url),  # answers hold links
        str(request.url.path),
        request.url.query,
        HTML if wants_html(request) else "",
    )
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    return f'W/"{digest}"'


def has_already(request: Request, tag: str) -> bool:
    """
    Tell whether the caller has an answer already.

    Parameters
    ----------
    request
        The running request.
    tag
        The answer's ETag.

    Returns
    -------
    bool
        Compared weakly, as RFC 9110 (13.1.2) has it: a tag that a proxy made strong, and ``*``,
        match too.
    """
    told = [part.strip() for part in request.headers.get("if-none-match", "").split(",")]
    return "*" in told or tag.removeprefix("W/") in [one.removeprefix("W/") for one in told]


def answer(
    request: Request,
    picture: Picture,
    body: bytes | str | Callable[[], bytes],
    media_type: str,
    *,
    packed: bool = False,
) -> Response:
    """
    Answer with an ETag; 304 when the caller has it already.

    Parameters
    ----------
    request
        The running request.
    picture
        What the body is made of.
    body
        The body, or what makes it; it is not made for a caller who has it.
    media_type
        Its type.
    packed
        Whether the body is compressed with gzip already; it is unpacked only
        for a caller who cannot read it so.

    Returns
    -------
    Response
        200, 204 when there is nothing, or 304; never cached by anything shared.
    """
    tag = etag(request, picture)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": _VARY}
    if has_already(request, tag):
        return Response(status_code=304, headers=headers)
    made = body() if callable(body) else body
    if not made:
        return Response(status_code=204, headers=headers)
    if packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    elif packed and isinstance(made, bytes):
        made = gzip.decompress(made)
    return Response(made, media_type=media_type, headers=headers)


def answer_json(
    request: Request, picture: Picture, table: Any, *, media_type: str = "application/json"
) -> Response:
    """
    Answer with JSON.

    Parameters
    ----------
    request
        The running request.
    picture
        What it was made of.
    table
        Anything JSON can hold; NaN is an error, never written.
    media_type
        A more exact type.

    Returns
    -------
    Response
        200 or 304.
    """
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return answer(request, picture, text.encode(), media_type)
