from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.ingest import Ingested, Mapping, read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY = b"a key for tests"
INCIDENTS: dict[str, Any] = {
    "frame": "incidents",
    "source": "bolaget",
    "actor": "Bolaget",
    "crs": "EPSG:3006",
    "timezone": "Europe/Stockholm",
    "columns": {"ref": "Nr", "x": "E", "y": "N", "occurred_from": "Tid", "category": "Typ"},
    "categories": {"Klotter på vägg": "graffiti", "Inbrott": "burglary"},
}


@pytest.fixture
def incidents() -> dict[str, Any]:
    """A mapping of incidents, free to change."""
    return {k: dict(v) if isinstance(v, dict) else v for k, v in INCIDENTS.items()}


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Ingested]:
    """Write content to a file and read it with a mapping."""

    def reading(
        content: str | bytes, mapping: dict[str, Any], *, name: str = "file.csv", **rest: Any
    ) -> Ingested:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        given = {"crs": "EPSG:3006", "timezone": "Europe/Stockholm", "extent": None, "key": KEY}
        return read_file(path, mapping=Mapping.parse(mapping), **(given | rest))

    return reading
