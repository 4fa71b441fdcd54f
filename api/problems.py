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

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request

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


def _answer(status: int, *, code: str, title: str, fix: str, **more: Any) -> JSONResponse:
    """Write one problem."""
    body = {"type": f"/problems/{code}", "title": title, "status": status, "code": code,
            "fix": fix, **more}  # fmt: skip
    return JSONResponse(body, status, media_type=MEDIA_TYPE)


async def _ours(_: Request, error: Exception) -> JSONResponse:
    """Answer an error of ours with its own words."""
    assert isinstance(error, LagesbildError)  # noqa: S101 (registered for this type only)
    facts = {name: str(value) for name, value in error.facts.items()}
    status = STATUS.get(type(error), 500)
    return _answer(status, code=error.code, title=error.problem, fix=error.fix, facts=facts)


async def _parameters(_: Request, error: Exception) -> JSONResponse:
    """Answer a parameter that could not be parsed; the value itself is not repeated."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 (as above)
    faults = {".".join(str(p) for p in e["loc"]): e["msg"] for e in error.errors()}
    places = {e["loc"][0] for e in error.errors()}
    status = 422 if "body" in places else 404 if "path" in places else 400  # OGC 17-069r4, 7.5.1
    return _answer(
        status, code="parameter", title="a parameter cannot be understood.",
        fix="see /api for the parameters of this address", facts=faults,
    )  # fmt: skip


async def _plain(_: Request, error: Exception) -> JSONResponse:
    """Answer an unknown address or method."""
    assert isinstance(error, HTTPException)  # noqa: S101 (as above)
    return _answer(
        error.status_code, code="http", title=str(error.detail),
        fix="see / for the addresses there are",
    )  # fmt: skip


async def _unexpected(_: Request, error: Exception) -> JSONResponse:
    """Answer a fault of ours without telling what it held."""
    _log.error("unexpected %s", type(error).__name__)
    return _answer(
        500, code="internal", title="something went wrong in the service.",
        fix="try again; if it stays, report it with the time",
    )  # fmt: skip
