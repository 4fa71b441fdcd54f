"""The editable tables of lighting: classes, defaults, service, screening; each with its source."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo.errors import SettingsError
from geo.settings import data_dir

if TYPE_CHECKING:
    from pathlib import Path

TABLES = ("classes", "defaults", "service", "screening")


def lighting_table(name: str, *, folder: Path | None = None) -> dict[str, Any]:
    """
    Read one of the tables.

    Parameters
    ----------
    name
        One of `TABLES`.
    folder
        Where the municipality keeps its own copies; None for the product's.

    Returns
    -------
    dict
        The parsed table, with its ``version``. Not to be changed in place.

    Raises
    ------
    SettingsError
        If there is no such table, or it cannot be read.
    """
    path = (data_dir() / "lighting" if folder is None else folder) / f"{name}.toml"
    if name not in TABLES or not path.is_file():
        msg = f"there is no lighting table called {name!r}."
        raise SettingsError(msg, known=", ".join(TABLES), fix="use one of the known tables")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(path: Path, _changed_ns: int) -> dict[str, Any]:
    """Parse a file once for each time it is changed."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"the lighting table {path.name} is not valid TOML."
        raise SettingsError(msg, found=str(error), fix="mend that line") from error
    if "version" not in table:
        msg = f"the lighting table {path.name} has no version."
        raise SettingsError(msg, fix='write version = "2026-11" at its top')
    return table
