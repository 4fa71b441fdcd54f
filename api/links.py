"""Links between answers; they keep to the role, week and language that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from starlette.requests import Request

JSON = "application/json"
_KEPT = ("role", "week", "lang")


def address(request: Request, path: str, **query: str) -> str:
    """
    Write the whole address of a path of this service.

    Parameters
    ----------
    request
        The running request.
    path
        Begins with a slash; may hold parts in braces.
    **query
        More of the query.

    Returns
    -------
    str
        With the role, week and language of the request.
    """
    kept = {name: request.query_params[name] for name in _KEPT if name in request.query_params}
    asked = urlencode(kept | query)
    return str(request.base_url).rstrip("/") + path + (f"?{asked}" if asked else "")


def link(
    request: Request, path: str, *, rel: str, kind: str = JSON, title: str = "", **more: Any
) -> dict[str, Any]:
    """
    Write a link.

    Parameters
    ----------
    request
        The running request.
    path
        As in `address`.
    rel
        What it is to this answer.
    kind
        Media type.
    title
        What it is called.
    **more
        Further members, such as ``templated``.

    Returns
    -------
    dict
        By RFC 8288, as OGC writes it.
    """
    query = {"f": "html"} if kind == "text/html" and path != "/karta/" else {}
    out = {"rel": rel, "href": address(request, path, **query), "type": kind, **more}
    return out | ({"title": title} if title else {})
