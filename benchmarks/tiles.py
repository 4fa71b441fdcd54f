"""
Time one vector tile of 10 000 points: ours, mapbox-vector-tile and PostGIS, on the same rows.

    python benchmarks/tiles.py [--points 10000] [--rounds 15]

Interleaved rounds, medians, one warm-up each. What is done once is not in the times: our sheet is
prepared, PostGIS has the points in EPSG:3857 with an index, mapbox-vector-tile has shapes in tile
units. PostGIS is timed by its own client and sends back only the length of the tile. It runs as
an unprivileged user in a folder of its own; where it is not installed, that is said.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pwd
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import mapbox_vector_tile
import numpy as np
import shapely
from _beside import Result, seconds, tell

from geo.maps.tiles import EXTENT, cut_tile, prepare
from geo.maps.tiles.mercator import HALF_M

Z, X, Y = 12, 2216, 1257
KINDS = ["road", "park", "path"]
PORT = "55499"
QUERY = f"""
SELECT length(ST_AsMVT(t, 'lager', {EXTENT}, 'geom')) FROM (
  SELECT kind, n, ST_AsMVTGeom(geom, ST_TileEnvelope({Z}, {X}, {Y}), {EXTENT}, 256) AS geom
  FROM points WHERE geom && ST_TileEnvelope({Z}, {X}, {Y}, margin => 0.0625)) t;
"""  # noqa: S608 (made of this file's own numbers)


def rows_of(n: int) -> gpd.GeoDataFrame:
    """Make points inside the tile, each with a word and a number."""
    rng = np.random.default_rng(1)
    world = (rng.uniform(0, 1, (n, 2)) + np.array([X, Y])) / 2**Z * 2 * HALF_M
    at = gpd.points_from_xy(world[:, 0] - HALF_M, HALF_M - world[:, 1])
    data = {"kind": rng.choice(KINDS, n), "n": rng.integers(0, 50, n)}
    return gpd.GeoDataFrame(data, geometry=at, crs="EPSG:3857")


def peer_features(rows: gpd.GeoDataFrame) -> list[dict[str, object]]:
    """Give mapbox-vector-tile what it takes: shapes in tile units."""
    at = shapely.get_coordinates(rows.geometry.to_numpy())
    units = (np.column_stack([at[:, 0] + HALF_M, HALF_M - at[:, 1]]) / (2 * HALF_M) * 2**Z
             - [X, Y]) * EXTENT  # fmt: skip
    told = rows.drop(columns="geometry").to_dict("records")
    shapes = shapely.points(np.floor(units + 0.5))
    return [{"geometry": s, "properties": p} for s, p in zip(shapes, told, strict=True)]


@contextlib.contextmanager
def postgis(rows: gpd.GeoDataFrame) -> Iterator[Callable[[], float] | None]:
    """Start PostGIS with the points in it; None where it is not installed."""
    tools = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    control = sorted(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))
    if not tools or not control or shutil.which("psql") is None:
        yield None
        return
    root = os.geteuid() == 0
    user = "postgres" if root else pwd.getpwuid(os.geteuid()).pw_name
    who = ["runuser", "-u", user, "--"] if root else []
    folder = Path(tempfile.mkdtemp(prefix="lagesbild-pg-"))
    if root:
        shutil.chown(folder, user)
    data, binary = folder / "data", tools[-1].parent

    def run(*command: str, text: str | None = None) -> str:
        done = subprocess.run(  # noqa: S603 (PostgreSQL's own tools, fixed arguments)
            [*who, *command], input=text, capture_output=True, text=True, check=True, cwd="/"
        )
        return done.stdout

    psql = ["psql", "-qAt", "-h", str(folder), "-p", PORT, "-U", user, "-d", "postgres"]
    run(str(binary / "initdb"), "-D", str(data), "-A", "trust", "-U", user, "--locale=C.UTF-8")
    options = f"-p {PORT} -c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    run(str(binary / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options,
        "start")  # fmt: skip
    try:
        hexes = shapely.to_wkb(rows.geometry.to_numpy(), hex=True)
        lines = [f"{k}\t{n}\t{h}" for k, n, h in zip(rows["kind"], rows["n"], hexes, strict=True)]
        table = [
            "CREATE EXTENSION postgis;",
            "CREATE TABLE points (kind text, n int, geom geometry(Point, 3857));",
            "CREATE TEMP TABLE t (kind text, n int, g text);",
            "COPY t FROM STDIN;",
            *lines,
            "\\.",
            "INSERT INTO points SELECT kind, n, ST_SetSRID(g::geometry, 3857) FROM t;",
            "CREATE INDEX ON points USING gist (geom);",
            "ANALYZE points;",
        ]
        run(*psql, text="\n".join(table))

        def timed() -> float:
            out = run(*psql, text=f"{QUERY}\n\\timing on\n{QUERY}")  # the first warms the server
            return float(re.findall(r"Time: ([\d.]+) ms", out)[-1]) / 1000

        yield timed
    finally:
        run(str(binary / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def clock(work: Callable[[], object]) -> float:
    """Time one call, seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Time them in turn, and print medians."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    asked.add_argument("--points", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=15)
    given = asked.parse_args()
    rows = rows_of(given.points)
    sheet, features = prepare(rows, name="lager"), peer_features(rows)

    def ours() -> bytes:
        return cut_tile(sheet, z=Z, x=X, y=Y)

    def peer() -> bytes:
        layer = {"name": "lager", "features": features}
        return bytes(mapbox_vector_tile.encode(layer, default_options={"y_coord_down": True}))

    read = [mapbox_vector_tile.decode(body)["lager"]["features"] for body in (ours(), peer())]
    same = read[0] == read[1]
    with postgis(rows) as server:
        times: dict[str, list[float]] = {"ours": [], "mapbox-vector-tile": [], "PostGIS": []}
        for _ in range(given.rounds):
            times["ours"].append(clock(ours))
            times["mapbox-vector-tile"].append(clock(peer))
            if server is not None:
                times["PostGIS"].append(server())
    print(f"one tile of {given.points} points, {given.rounds} interleaved rounds, medians")
    print(f"decoded features the same as mapbox-vector-tile's: {same} ({len(ours())} bytes)")
    base = statistics.median(times["ours"])
    for name, some in times.items():
        if not some:
            print(f"{name:20s} not installed here: not measured")
            continue
        middle = statistics.median(some)
        print(f"{name:20s} {middle * 1e3:8.2f} ms  (least {min(some) * 1e3:.2f})  "
              f"{middle / base:6.1f} x ours")  # fmt: skip
    check = f"decoded features {'the same' if same else 'NOT the same'} as mapbox-vector-tile's"
    for name, least, must in (("mapbox-vector-tile", 20, ">= 20x"), ("PostGIS", 1, "not slower")):
        some, n = times[name], f"{given.rounds}/{len(times[name])}"
        told = seconds(statistics.median(some)) if some else "not run"
        ratio = statistics.median(some) / base if some else None
        tell(Result(f"vector tile of {given.points} points", name, seconds(base), told, ratio,
                    f"{must}, of the clock", None if ratio is None else ratio >= least and same,
                    check, n))  # fmt: skip


if __name__ == "__main__":
    main()
