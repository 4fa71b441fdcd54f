"""Clients people already have: GDAL's OAPIF driver, which is what QGIS and ogr2ogr read with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pyogrio
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def address(demo_folder: Path) -> Iterator[str]:
    """The real service on a free port, as `lagesbild serve` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "geo.cli", "--workspace", str(demo_folder), "serve"]
    # a process of its own: GDAL holds this one still while it waits for an answer
    server = subprocess.Popen(
        [*command, "--port", str(port)], cwd=ROOT, stdout=subprocess.PIPE, env=os.environ
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}/healthz")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)
        assert server.stdout is not None
        server.stdout.close()


def _wait_for(url: str, *, seconds: float = 120) -> None:
    """Wait until the service answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx2.get(url, timeout=5).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.2)
    pytest.fail(f"{url} did not answer in {seconds:.0f} s")


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
    west, south, _, north = whole.total_bounds
    across = sorted(set(whole.geometry.x))
    half_way = len(across) // 2
    middle = (across[half_way] + across[half_way + 1]) / 2  # on no lamp
    half = pyogrio.read_dataframe(
        f"OAPIF:{address}", layer="lamps", bbox=(west - 1e-6, south - 1e-6, middle, north + 1e-6)
    )
    assert len(half) == int((whole.geometry.x <= middle).sum())


def test_gdal_reads_our_tiles(address: str, tmp_path: Path) -> None:
    """GDAL's MVT driver reads the tile that holds every lamp, in a folder of zoom/column/row."""
    answer = httpx2.get(f"{address}/collections/lamps/tiles/WebMercatorQuad/0/0/0", timeout=60)
    assert answer.headers["content-encoding"] == "gzip"
    path = tmp_path / "0" / "0" / "0.pbf"
    path.parent.mkdir(parents=True)
    path.write_bytes(answer.content)
    read = pyogrio.read_dataframe(f"MVT:{path}", layer="lamps")
    whole = pyogrio.read_dataframe(f"OAPIF:{address}", layer="lamps")
    assert set(read["id"]) == set(whole["id"])
    west, south, east, north = read.to_crs("EPSG:4326").total_bounds
    unit = 360 / 4096
    for ours, theirs in zip((west, south, east, north), whole.total_bounds, strict=True):
        assert abs(ours - theirs) <= unit
