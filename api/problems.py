"""The one place where errors meet HTTP: RFC 9457, with our code and the fix."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from geo.errors import (
    AccessError,
    AnalysisError,
    ClockError,
    CrsError,
    FrameError,
    IngestError,
    LagesbildError,
    MapError,
    NotFoundError,
    RegistryError,
)
from geo.wording import LANGUAGES, speak, swedish

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import HTTPConnection, Request

_log = logging.getLogger(__name__)

STATUS: dict[type[LagesbildError], int] = {
    NotFoundError: 404,
    RegistryError: 404,
    AccessError: 403,
    ClockError: 400,
    CrsError: 422,
    FrameError: 422,
    IngestError: 422,
    AnalysisError: 422,
    MapError: 400,
}
MEDIA_TYPE = "application/problem+json"


def install(app: FastAPI) -> None:
    """
    Give an application its error answers.

    Parameters
    ----------
    app
        The application.
    """
    app.add_exception_handler(LagesbildError, _ours)
    app.add_exception_handler(RequestValidationError, _parameters)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(Exception, _unexpected)


def language(call: HTTPConnection) -> str:
    """
    Tell in which language a caller wants to be told what is wrong.

    Parameters
    ----------
    call
        The call: ``lang`` in its query decides, else what it accepts (RFC 9110, 12.5.4).

    Returns
    -------
    str
        ``sv`` or ``en``; English for a program that does not say.
    """
    asked = call.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    best, chosen = 0.0, "en"
    for part in call.headers.get("accept-language", "").lower().split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            liked = float(weight or 1)
        except ValueError:
            continue
        if tag[:2] in LANGUAGES and liked > best:
            best, chosen = liked, tag[:2]
    return chosen


def said(call: HTTPConnection, status: int, *, code: str, title: str, fix: str,
         **more: Any) -> JSONResponse:  # fmt: skip
    """
    Write one problem in the caller's language.

    Parameters
    ----------
    call
        The call it answers.
    status
        Of HTTP.
    code
        Stable; may be matched on.
    title, fix
        What is wrong and what to do, as the code says it.
    **more
        Other members, as they are.

    Returns
    -------
    JSONResponse
        RFC 9457.
    """
    lang = language(call)
    if lang == "sv":
        title, fix = swedish(title, table="problems"), swedish(fix, table="fixes")
    body = {"type": f"/problems/{code}", "title": title, "status": status, "code": code,
            "fix": fix, **more}  # fmt: skip
    headers = {"Content-Language": lang, "Vary": "Accept-Language"}
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    """Answer an error of ours with its own words."""
    assert isinstance(error, LagesbildError)  # noqa: S101 (registered for this type only)
    status = STATUS.get(type(error), 500)
    facts = speak(error, lang=language(request)).facts
    return said(
        request, status, code=error.code, title=error.problem, fix=error.fix, facts=facts
    )  # fmt: skip


async def _parameters(request: Request, error: Exception) -> JSONResponse:
    """Answer a parameter that could not be parsed; the value itself is not repeated."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 (as above)
    faults = {".".join(str(p) for p in e["loc"]): e["msg"] for e in error.errors()}
    places = {e["loc"][0] for e in error.errors()}
    status = 422 if "body" in places else 404 if "path" in places else 400  # OGC 17-069r4, 7.5.1
    return said(
        request, status, code="parameter", title="a parameter cannot be understood.",
        fix="see /api for the parameters of this address", facts=faults,
    )  # fmt: skip


async def _plain(request: Request, error: Exception) -> JSONResponse:
    """Answer an unknown address or method."""
    assert isinstance(error, HTTPException)  # noqa: S101 (as above)
    return said(
        request, error.status_code, code="http", title=str(error.detail),
        fix="see / for the addresses there are",
    )  # fmt: skip


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    """Answer a fault of ours without telling what it held."""
    _log.error("unexpected %s", type(error).__name__)
    return said(
        request, 500, code="internal", title="something went wrong in the service.",
        fix="try again; if it stays, report it with the time",
    )  # fmt: skip
