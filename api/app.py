"""The service: parse, ask the library, answer. Nothing is worked out here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from api import (
    collections,
    exports,
    landing,
    openapi,
    pages,
    problems,
    quality,
    scores,
    situations,
    tiles,
    worklist,
)
from api.guard import Guard
from api.library import Library
from geo import __version__
from geo.pipeline import Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WORKSPACE_VARIABLE = "LAGESBILD_WORKSPACE"


def create_app(workspace: Path | None = None) -> FastAPI:
    """
    Make the application for one municipality.

    Parameters
    ----------
    workspace
        The municipality's folder; None takes the environment variable
        ``LAGESBILD_WORKSPACE``, else the current folder.

    Returns
    -------
    FastAPI
        The application; it opens the store when it starts.

    Raises
    ------
    SettingsError
        If the folder is no workspace.
    """
    from contextlib import asynccontextmanager

    folder = workspace or Path(os.environ.get(WORKSPACE_VARIABLE, "."))
    library = Library(Workspace.open(folder))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        library.close()

    app = FastAPI(
        title="Lägesbild",
        version=__version__,
        summary="En kommuns lägesbild: platser, ljus och förslag, med underlag och gränser.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.library = library
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Guard)
    problems.install(app)
    for part in (
        landing, situations, collections, tiles, exports, worklist, quality, scores, pages,
    ):  # fmt: skip
        app.include_router(part.router)
    openapi.install(app)
    return app
