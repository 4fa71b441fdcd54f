"""
Places one can walk: 5 and 20 blocks of 2 x 2 cells, hits per km of street and per km of tour.

    python benchmarks/walkable.py [--data DIR --keep DIR] WORKSPACE [WORKSPACE ...] [--out FILE]

The forecast's places beside those of the plain count, on the same incidents. The tour is the
shortest found by 2-opt through the middles of the places: along the streets where they are loaded,
else as the crow flies. No threshold: tiny scattered cells would score better, and nobody could walk
them. With `--data`, Washington's centre is loaded with its streets and stands first. The other
workspaces are the demo (`lagesbild demo DIR --no-serve`) and those that accuracy.py has made.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SIZES = (5, 20)
HEAD = "| place | folds | k | method | n | hits (95 %) | km street | hits/km street | km tour | hits/km tour | auto / naive |"  # noqa: E501 (a table's head)


class Ways:
    """Distances between places: along the streets, or straight where there are none."""

    def __init__(self, streets: GeoDataFrame) -> None:
        self.known = len(streets) > 0
        if not self.known:
            return
        import shapely
        from scipy.sparse import csr_matrix
        from scipy.spatial import cKDTree

        ends = np.concatenate([streets["from_node"], streets["to_node"]]).astype(str)
        names, node = np.unique(ends, return_inverse=True)
        lines = streets.geometry.to_numpy()
        first, last = shapely.get_point(lines, 0), shapely.get_point(lines, -1)
        xy = shapely.get_coordinates(np.concatenate([first, last]))
        self.xy = np.column_stack([np.bincount(node, xy[:, i]) for i in (0, 1)])
        self.xy /= np.bincount(node)[:, None]
        a, b = node[: len(lines)], node[len(lines) :]
        size = (names.size, names.size)
        self.graph = csr_matrix((np.maximum(shapely.length(lines), 0.1), (a, b)), shape=size)
        self.tree = cKDTree(self.xy)

    def between(self, xy: Floats) -> Floats:
        """Give the distance of every pair, metres."""
        straight = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
        if not self.known:
            return straight
        from scipy.sparse.csgraph import dijkstra

        at = self.tree.query(xy)[1]
        found = dijkstra(self.graph, directed=False, indices=at)[:, at]
        return np.where(np.isfinite(found), found, straight)


def tour_m(gap: Floats) -> float:
    """Find a short round tour: nearest neighbour, then 2-opt."""
    n = len(gap)
    if n < 2:
        return 0.0
    route, left = [0], set(range(1, n))
    while left:
        here = route[-1]
        route.append(min(left, key=lambda j: (gap[here, j], j)))
        left.remove(route[-1])
    better = True
    while better:
        better = False
        for i in range(1, n - 1):
            for j in range(i + 1, n):
                a, b, c, d = route[i - 1], route[i], route[j], route[(j + 1) % n]
                if gap[a, c] + gap[b, d] < gap[a, b] + gap[c, d] - 1e-9:
                    route[i : j + 1] = route[i : j + 1][::-1]
                    better = True
    return float(sum(gap[route[i], route[(i + 1) % n]] for i in range(n)))


def walkable(folder: Path, *, folds: int) -> list[str]:
    """Score one workspace; one line of the table a size and method."""
    import shapely

    from geo.grid import Grid
    from geo.hotspots.evaluate import area_limit
    from geo.hotspots.evaluate_pairs import compare
    from geo.hotspots.forecast import walk
    from geo.hotspots.forecast.compact import compact_places
    from geo.intervals import poisson_interval
    from geo.pipeline import Workspace
    from geo.pipeline.history import read_trail, study, usable_folds
    from geo.streets import StreetNet

    made = Workspace.open(folder)
    with made.store() as store:
        trail, _, _ = read_trail(made, store, horizon_days=7)
        streets = store.read("streets")
    folds = usable_folds(trail, folds=folds, ahead=1)
    ground = study(streets, trail.keep(trail.block < -folds), grid=Grid(150.0))
    ways, net = Ways(streets), StreetNet.of(streets) if len(streets) else None
    sums: dict[tuple[int, str], dict[str, Any]] = {
        (k, m): {"street": 0.0, "tour": 0.0, "hit": []} for k in SIZES for m in ("auto", "naive")
    }
    of_fold = []
    limit = area_limit(ground.n, share=0.01)
    for fold in walk(trail, ground, folds=range(-folds, 0), ahead=1, limit=limit):
        rows = trail.between(fold.block, fold.block + 1)
        cell = ground.cells(trail.x[rows], trail.y[rows])
        cell = cell[cell >= 0]
        of_fold.append(np.full(cell.size, fold.block))
        for (k, method), row in sums.items():
            places = compact_places(ground, getattr(fold, method), most=k)
            x, y = ground.grid.centres(ground.keys)
            middle = np.array([[x[p].mean(), y[p].mean()] for p in places])
            row["tour"] += tour_m(ways.between(middle)) / 1000
            row["hit"].append(np.isin(cell, np.concatenate(places)).astype(float))
            if net is not None:
                import geopandas as gpd

                shapes = [shapely.union_all(ground.grid.polygons(ground.keys[p])) for p in places]
                inside = net.length_inside(gpd.GeoSeries(shapes, crs=made.profile.crs))
                row["street"] += float(inside.sum()) / 1000
    fold_of = np.concatenate(of_fold)
    out = []
    for k in SIZES:
        one, two = (np.concatenate(sums[k, m]["hit"]) for m in ("auto", "naive"))
        pair = compare(one, two, fold=fold_of)
        for method in ("auto", "naive"):
            row = sums[k, method]
            hits = float(np.concatenate(row["hit"]).sum())
            low, high = (float(v) for v in poisson_interval(hits))
            street = f"{row['street'] / folds:.1f}" if net else "-"
            per = "-"
            if net:
                km = row["street"]
                per = f"{hits / km:.3f} ({low / km:.3f}-{high / km:.3f})"
            tour = f"{hits / row['tour']:.3f} ({low / row['tour']:.3f}-{high / row['tour']:.3f})"
            ratio = f"{pair.ratio:.3f} ({pair.low:.3f}-{pair.high:.3f})" if method == "auto" else ""
            out.append(
                f"| {made.profile.name} | {folds} | {k} | {method} | {fold_of.size} | {hits:.0f} "
                f"({low:.0f}-{high:.0f}) | {street} | {per} | {row['tour'] / folds:.1f} | {tour} "
                f"| {ratio} |"
            )
    return out


def centre(data: Path, keep: Path) -> Path:
    """Make or find the workspace of Washington's centre: its streets, and the crimes of all DC."""
    from geo.ingest import Mapping
    from geo.pipeline import Workspace, load
    from geo.settings import PROFILE_NAME, Profile

    folder, name = keep / "washington_dc_centrum", "Washington DC, centrum"
    if (folder / PROFILE_NAME).exists():
        return folder
    given = {"name": name, "crs": "EPSG:26985", "timezone": "America/New_York"}
    made = Workspace.create(folder, Profile.parse(given))
    files = {"crimes": "crime_incidents_2018-01_06.csv.gz", "roadway": "downtown_roadway.gpkg"}
    with made.store() as store:
        for what, file in files.items():
            mapping = Mapping.read(ROOT / "docs" / "mappings" / f"washington_dc_{what}.toml")
            load(made, store, data / "washington_dc" / file, mapping=mapping)
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the workspaces and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspaces", type=Path, nargs="*")
    parser.add_argument("--data", type=Path, help="folder of the public files")
    parser.add_argument("--keep", type=Path, default=ROOT / ".cache" / "accuracy")
    parser.add_argument("--folds", type=int, default=26)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    lines = [HEAD, "|---|" + "---:|" * 10]
    given.keep.mkdir(parents=True, exist_ok=True)
    first = [centre(given.data, given.keep)] if given.data else []
    for folder in first + given.workspaces:
        lines += walkable(folder, folds=given.folds)
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
