"""The plain methods as choices: Gi* on cells, DBSCAN, and the densest part of a surface."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field as Parameter

from geo.hotspots.cells import count_cells
from geo.hotspots.certainty import LIKELY_SHARE
from geo.hotspots.context import Context, countable
from geo.hotspots.dbscan import dbscan
from geo.hotspots.gi_star import gi_star
from geo.hotspots.kde import BANDWIDTH_M, CELL_M, NODATA, Kernel, density_surface
from geo.hotspots.method import Method
from geo.hotspots.outline import outlined
from geo.hotspots.places import Streets
from geo.hotspots.rows import CERTAINTY_ORDER, finish
from geo.hotspots.search import FALSE_SHARE, FEWEST
from geo.hotspots.simple import plain_row, rank_plain

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


class GiStar(Method, frozen=True):
    """Cells whose neighbourhood holds more than street length and kind of land expect."""

    name: ClassVar[str] = "gi_star"
    title: ClassVar[str] = "Gi* på rutor, med exakt sannolikhet"
    citation: ClassVar[str] = (
        "Ord & Getis (1995) doi:10.1111/j.1538-4632.1995.tb00912.x; "
        "Benjamini & Hochberg (1995) doi:10.1111/j.2517-6161.1995.tb02031.x"
    )

    cell_m: float = Parameter(
        100.0, ge=25, multiple_of=25, description="Side of a cell.", json_schema_extra={"unit": "m"}
    )
    radius_m: float = Parameter(
        150.0, gt=0, description="Reach of a neighbourhood, between middles of cells.",
        json_schema_extra={"unit": "m"},
    )  # fmt: skip

    def find(self, context: Context) -> GeoDataFrame:
        """
        Join the cells that stand out (q <= 0.20) where they touch.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``; p and q are the best cell's.
        """
        import shapely

        cells, spread = count_cells(context, cell_m=self.cell_m)
        if not len(cells):
            return finish([], method=self.name, context=context)
        scored = gi_star(cells, radius_m=self.radius_m, spread=spread)
        hot = scored[(scored["q"] <= LIKELY_SHARE) & (scored["lag"] > scored["expected_lag"])]
        if not len(hot):
            return finish([], method=self.name, context=context)
        middle = hot.geometry.centroid.to_numpy()
        streets, rows = Streets(context), []
        for shape in shapely.get_parts(hot.geometry.union_all()):
            part = hot[shapely.covers(shape, middle)]
            best = part.sort_values(["p", "cell"]).iloc[0]
            n, expected = float(part["n_events"].sum()), float(part["expected"].sum())
            row = plain_row(context, shape, streets=streets, n=n, expected=expected)
            word = CERTAINTY_ORDER[0 if best["q"] <= FALSE_SHARE else 1]
            word = word if n >= FEWEST else CERTAINTY_ORDER[-1]
            rows.append(row | {"p": float(best["p"]), "q": float(best["q"]), "certainty": word})
        return finish(rank_plain(rows), method=self.name, context=context)


class Dbscan(Method, frozen=True):
    """Groups of points within reach of each other; tells where, not whether it is much."""

    name: ClassVar[str] = "dbscan"
    title: ClassVar[str] = "Täta grupper av händelser (DBSCAN)"
    citation: ClassVar[str] = "Ester, Kriegel, Sander & Xu (1996), KDD-96, 226-231"

    reach_m: float = Parameter(
        75.0, gt=0, description="How close neighbours are.", json_schema_extra={"unit": "m"}
    )
    least: int = Parameter(
        8, ge=1, description="Incidents within reach that make a core.",
        json_schema_extra={"unit": "incidents"},
    )  # fmt: skip

    def find(self, context: Context) -> GeoDataFrame:
        """
        Outline each group.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``, certainty ``cannot_tell``: a group chosen for
            being dense cannot be tested on the same points.
        """
        rows = countable(context).current
        x, y = rows["x"].to_numpy(float), rows["y"].to_numpy(float)
        weight = rows["count"].to_numpy(float)
        label = dbscan(x, y, reach_m=self.reach_m, least=self.least, weights=weight)
        return outlined(context, rows, label, method=self.name)


class Kde(Method, frozen=True):
    """The densest part of a smoothed map; shows where most lies, and tests nothing."""

    name: ClassVar[str] = "kde"
    title: ClassVar[str] = "Täthetskarta (kärnskattning)"
    citation: ClassVar[str] = "Silverman (1986) doi:10.1201/9781315140919"

    bandwidth_m: float = Parameter(
        BANDWIDTH_M, gt=0, description="Radius of the quartic kernel, or standard deviation of "
        "the Gaussian.", json_schema_extra={"unit": "m"},
    )  # fmt: skip
    cell_m: float = Parameter(
        CELL_M, gt=0, description="Side of a cell.", json_schema_extra={"unit": "m"}
    )
    kernel: Kernel = Parameter("quartic", description="Form of the kernel.")
    share: float = Parameter(
        0.01, gt=0, lt=1, description="Share of the study area that is drawn.",
        json_schema_extra={"unit": "share"},
    )  # fmt: skip

    def find(self, context: Context) -> GeoDataFrame:
        """
        Outline the densest share of the study area.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``, certainty ``cannot_tell``; expected is the even
            share of the study area's incidents.
        """
        import shapely

        surface = density_surface(
            context, bandwidth_m=self.bandwidth_m, cell_m=self.cell_m, kernel=self.kernel
        )
        if surface is None:
            return finish([], method=self.name, context=context)
        study = surface.values[surface.values > NODATA]
        limit = np.sort(study)[::-1][max(0, int(np.ceil(self.share * study.size)) - 1)]
        row, col = np.nonzero((surface.values >= limit) & (surface.values > 0))
        west, north = surface.west + col * self.cell_m, surface.north - row * self.cell_m
        boxes = shapely.box(west, north - self.cell_m, west + self.cell_m, north)
        shapes = shapely.get_parts(shapely.union_all(boxes))
        rows = countable(context).current
        points = shapely.points(rows["x"].to_numpy(float), rows["y"].to_numpy(float))
        weight = rows["count"].to_numpy(float)
        streets, out = Streets(context), []
        for shape in shapes:
            n = float(weight[shapely.intersects(shape, points)].sum())
            mean = surface.n * float(shapely.area(shape)) / (study.size * self.cell_m**2)
            row_of = plain_row(context, shape, streets=streets, n=n, expected=mean)
            out.append(row_of | {"caveats": ["not_tested"]})
        return finish(rank_plain(out), method=self.name, context=context)
