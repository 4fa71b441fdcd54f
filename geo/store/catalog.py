"""Which stores there are, and the one way to open any of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import StoreError
from geo.registry import Registry
from geo.store.sqlite import open_sqlite
from geo.store.sqlstore import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from geo.store.protocol import Store

_URL = re.compile(r"([a-z][a-z0-9+]+)://(.*)", re.DOTALL)


def _sqlite(rest: str, *, crs: Any, now: Callable[[], datetime]) -> Store:
    """Open what follows ``sqlite://``: a slash, then a path."""
    return open_sqlite(Path(rest.removeprefix("/")), crs=crs, now=now)


BACKENDS: Registry[Callable[..., Store]] = Registry("store", [("sqlite", _sqlite)])
"""Scheme of the URL -> what opens it."""


def open_store(
    url_or_path: str | Path, *, crs: Any, now: Callable[[], datetime] = utc_now
) -> Store:
    """
    Open a store; a new one is made where there is none.

    Parameters
    ----------
    url_or_path
        Path of a SQLite file, or a URL such as ``sqlite:///lagesbild.db``.
    crs
        The working CRS of the profile.
    now
        The clock; what is written in batches and audit.

    Returns
    -------
    Store
        Ready for use; close it, or use it in a `with` block.

    Raises
    ------
    StoreError
        If there is no store for that kind of URL, or it cannot be opened.
    CrsError
        If the store was made in another CRS.
    """
    match = _URL.fullmatch(str(url_or_path))
    if match is None:
        return open_sqlite(Path(url_or_path), crs=crs, now=now)
    scheme = match[1].partition("+")[0]
    if scheme not in BACKENDS:
        msg = f"there is no store for URLs that start with {scheme}."
        raise StoreError(msg, known=", ".join(BACKENDS), fix="give the path of a file")
    return BACKENDS[scheme](match[2], crs=crs, now=now)
