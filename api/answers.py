"""Answers that carry what they rest on: an ETag, private caching, no body when unchanged."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from fastapi.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request

    from geo.maps import Picture

GEOJSON = "application/geo+json"


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
        str(request.url.path),
        request.url.query,
    )
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    return f'W/"{digest}"'


def answer(request: Request, picture: Picture, body: bytes | str, media_type: str) -> Response:
    """
    Answer with an ETag; 304 when the caller has it already.

    Parameters
    ----------
    request
        The running request.
    picture
        What the body was made of.
    body
        The body.
    media_type
        Its type.

    Returns
    -------
    Response
        200 or 304, never cached by anything shared.
    """
    tag = etag(request, picture)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "X-Lagesbild-Role"}
    if tag in [part.strip() for part in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def answer_json(request: Request, picture: Picture, table: Any) -> Response:
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

    Returns
    -------
    Response
        200 or 304.
    """
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return answer(request, picture, text.encode(), "application/json")
