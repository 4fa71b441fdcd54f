"""Clients people already have: GDAL's OAPIF driver, which is what QGIS and ogr2ogr read with."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import httpx2
import pyogrio
import pytest
import uvicorn

from api.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def address(demo_folder: Path) -> Iterator[str]:
    """A real server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create_app(demo_folder), host="127.0.0.1", port=port, log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=30)


def test_gdal_reads_every_collection_whole(address: str) -> None:
    table = httpx2.get(f"{address}/collections", timeout=60).json()
    names = [row["id"] for row in table["collections"]]
    listed = [row[0] for row in pyogrio.list_layers(f"OAPIF:{address}")]
    assert sorted(listed) == sorted(names)
    for name in names:
        items = f"{address}/collections/{name}/items?limit=1"
        matched = httpx2.get(items, timeout=60).json()["numberMatched"]
        read = pyogrio.read_dataframe(f"OAPIF:{address}", layer=name)
        assert len(read) == matched, name
        assert read.crs is not None
        assert read.crs.to_epsg() in {4326, None}


def test_gdal_selects_by_box(address: str) -> None:
    whole = pyogrio.read_dataframe(f"OAPIF:{address}", layer="lamps")
    west, south, east, north = whole.total_bounds
    middle = (west + east) / 2
    half = pyogrio.read_dataframe(
        f"OAPIF:{address}", layer="lamps", bbox=(west, south, middle, north)
    )
    assert len(half) == int((whole.geometry.x <= middle).sum())
