"""Methods that group points, compare cells with their neighbours, or scan: to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field as Parameter

from geo.hotspots.alarms import CELL_M, FEWEST, days_ago, recent_clusters
from geo.hotspots.cells import count_cells
from geo.hotspots.certainty import LIKELY_SHARE
from geo.hotspots.context import countable
from geo.hotspots.lens import Lens
from geo.hotspots.method import Method
from geo.hotspots.outline import outlined
from geo.hotspots.places import Streets
from geo.hotspots.rows import finish
from geo.hotspots.search import FALSE_SHARE
from geo.hotspots.simple import plain_row, rank_plain

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.hotspots.context import Context


class Hdbscan(Method, frozen=True):
    """Groups of points of different density; tells where, not whether it is much."""

    name: ClassVar[str] = "hdbscan"
    title: ClassVar[str] = "Grupper av olika täthet (HDBSCAN)"
    citation: ClassVar[str] = "Campello, Moulavi & Sander (2013) doi:10.1007/978-3-642-37456-2_14"

    smallest: int = Parameter(
        10, ge=2, description="Fewest incidents in a group.",
        json_schema_extra={"unit": "incidents"},
    )  # fmt: skip
    floor_m: float = Parameter(
        50.0, ge=0, description="Groups closer than this are one.",
        json_schema_extra={"unit": "m"},
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
            Rows of the frame ``hotspots``, certainty ``cannot_tell``.
        """
        from geo.hotspots.stdbscan import hdbscan

        rows = countable(context).current
        label = hdbscan(rows["x"], rows["y"], smallest=self.smallest, floor_m=self.floor_m)
        return outlined(context, rows, label, method=self.name)


class StDbscan(Method, frozen=True):
    """Groups dense in place and time at once; tells of bursts, and tests nothing."""

    name: ClassVar[str] = "st_dbscan"
    title: ClassVar[str] = "Täta grupper i plats och tid (ST-DBSCAN)"
    citation: ClassVar[str] = "Birant & Kut (2007) doi:10.1016/j.datak.2006.01.013"

    reach_m: float = Parameter(
        100.0, gt=0, description="How close neighbours are.", json_schema_extra={"unit": "m"}
    )
    reach_days: float = Parameter(
        14.0, gt=0, description="How close in time.", json_schema_extra={"unit": "days"}
    )
    least: int = Parameter(
        5, ge=2, description="Incidents within reach that make a core.",
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
            Rows of the frame ``hotspots``, certainty ``cannot_tell``.
        """
        from geo.hotspots.stdbscan import st_dbscan

        rows = countable(context).current
        label = st_dbscan(
            rows["x"], rows["y"], days_ago(rows, context), reach_m=self.reach_m,
            reach_days=self.reach_days, least=self.least,
        )  # fmt: skip
        return outlined(context, rows, label, method=self.name)


class Alarm(Method, frozen=True):
    """What happens just now beyond what place and time usually have: a prospective scan."""

    name: ClassVar[str] = "alarm"
    title: ClassVar[str] = "Ovanligt just nu (genomsökning i plats och tid)"
    citation: ClassVar[str] = "Kulldorff et al. (2005) doi:10.1371/journal.pmed.0020059"

    cell_m: float = Parameter(
        CELL_M,
        ge=25,
        multiple_of=25,
        description="Side of a cell.",
        json_schema_extra={"unit": "m"},
    )
    replicates: int = Parameter(
        999, ge=99, description="Shuffles of the dates.", json_schema_extra={"unit": "count"}
    )
    at_most: float = Parameter(
        0.05, gt=0, lt=1, description="Largest p that is an alarm.",
        json_schema_extra={"unit": "share"},
    )  # fmt: skip

    def find(self, context: Context) -> GeoDataFrame:
        """
        Draw the circles that are alarms.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``, claim ``changed``: n in the spell that ends now
            (a week, two or four), expected for that place and spell; p allows for every circle
            and spell tried, and what patrols found takes no part. A quiet week has none.
        """
        import shapely

        rows = Lens.of(countable(context), timezone=context.timezone).told.current
        found = recent_clusters(context, rows, cell_m=self.cell_m, replicates=self.replicates)
        streets, out = Streets(context), []
        for one in found:
            if one.p > self.at_most:
                break
            shape = shapely.Point(one.x, one.y).buffer(one.radius_m + self.cell_m / 2)
            row = plain_row(context, shape, streets=streets, n=one.n, expected=one.expected)
            few = one.n < FEWEST
            word = (
                "cannot_tell" if few else "likely" if one.p > FALSE_SHARE / 5 else "well_supported"
            )
            out.append(row | {"claim": "changed", "p": one.p, "certainty": word,
                              "caveats": ["small_numbers"] if few else []})  # fmt: skip
        return finish(rank_plain(out), method=self.name, context=context)


class LocalMoran(Method, frozen=True):
    """Cells high among high ones, against what street length and land expect."""

    name: ClassVar[str] = "local_moran"
    title: ClassVar[str] = "Lokal Moran (höga rutor bland höga)"
    citation: ClassVar[str] = "Anselin (1995) doi:10.1111/j.1538-4632.1995.tb00338.x"

    cell_m: float = Parameter(
        100.0, ge=25, multiple_of=25, description="Side of a cell.", json_schema_extra={"unit": "m"}
    )
    radius_m: float = Parameter(
        150.0, gt=0, description="Reach of a neighbourhood.", json_schema_extra={"unit": "m"}
    )

    def find(self, context: Context) -> GeoDataFrame:
        """
        Join the cells that are high among high ones.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``; p and q are the best cell's, of the surplus over
            the expected count in units of its chance, and never better than *likely*: drawing
            neighbours anywhere is not how incidents fall.
        """
        import shapely

        from geo.hotspots.gi_star import neighbours
        from geo.hotspots.local_moran import local_moran
        from geo.intervals import benjamini_hochberg

        cells, _ = count_cells(context, cell_m=self.cell_m)
        if not len(cells):
            return finish([], method=self.name, context=context)
        n, expected = cells["n_events"].to_numpy(float), cells["expected"].to_numpy(float)
        surplus = (n - expected) / np.sqrt(np.maximum(expected, 1.0))
        near = neighbours(cells, radius_m=self.radius_m)
        near.setdiag(0)
        near.eliminate_zeros()
        seen = local_moran(surplus, near, rng=np.random.default_rng(context.seed))
        q = benjamini_hochberg(seen.p)
        won = np.flatnonzero((seen.quadrant == 0) & (q <= LIKELY_SHARE))
        shapes = cells.geometry.to_numpy()[won]
        middle = shapely.centroid(shapes)
        streets, out = Streets(context), []
        for shape in shapely.get_parts(shapely.union_all(shapes)) if won.size else ():
            held = won[shapely.covers(shape, middle)]
            best = held[np.lexsort((held, seen.p[held]))[0]]
            row = plain_row(context, shape, streets=streets, n=float(n[held].sum()),
                            expected=float(expected[held].sum()))  # fmt: skip
            word = "likely" if n[held].sum() >= FEWEST else "cannot_tell"
            out.append(row | {"p": float(seen.p[best]), "q": float(q[best]), "certainty": word})
        return finish(rank_plain(out), method=self.name, context=context)
