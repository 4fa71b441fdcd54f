"""The street network as a graph: snapping, lengths inside areas, and runs of the same street."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.edges import EdgeIndex
from geo.errors import AnalysisError
from geo.lines import points_along
from geo.runs import street_runs
from geo.spatial import require_metres

if TYPE_CHECKING:
    import pandas as pd
    import shapely
    from geopandas import GeoDataFrame, GeoSeries
    from numpy.typing import NDArray

    _Near = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]

MANY_POINTS = 5_000  # from so many up, compiled loops are worth their start; the same answers


@dataclass(frozen=True, eq=False)
class StreetNet:
    """
    A checked street frame, ordered by id so that every tie has one answer.

    Parameters
    ----------
    streets
        Rows of the frame ``streets`` indexed by id, shape (n,), in metres.
    tree
        Spatial index over the lines, in the same order.
    """

    streets: GeoDataFrame
    tree: shapely.STRtree

    @classmethod
    def of(cls, streets: GeoDataFrame) -> StreetNet:
        """
        Build the network of a street frame.

        Parameters
        ----------
        streets
            Rows of the frame ``streets``, shape (n,), any order.

        Returns
        -------
        StreetNet
            The network; a network without streets is allowed.

        Raises
        ------
        CrsError
            If the frame is not in metres.
        AnalysisError
            If two streets share an id.
        """
        import shapely

        require_metres(streets, name="streets")
        if streets["id"].duplicated().any():
            msg = "two streets share an id."
            count = int(streets["id"].duplicated().sum())
            raise AnalysisError(msg, found=count, fix="give each street row its own id")
        ordered = streets.sort_values("id").set_index("id")
        lines = ordered.geometry.to_numpy()
        parts = shapely.get_type_id(lines) != shapely.GeometryType.LINESTRING
        lines[parts] = shapely.line_merge(lines[parts])
        return cls(ordered.set_geometry(lines, crs=streets.crs), shapely.STRtree(lines))

    @property
    def lines(self) -> NDArray[np.object_]:
        """The lines in order of id, shape (n,)."""
        out: NDArray[np.object_] = self.streets.geometry.to_numpy()
        return out

    def snap(self, points: GeoSeries, *, tolerance_m: float) -> pd.DataFrame:
        """
        Put points on the nearest street.

        Parameters
        ----------
        points
            Places in the CRS of the streets, shape (n,); missing ones stay so.
        tolerance_m
            Greatest distance in metres, included.

        Returns
        -------
        DataFrame
            Index of `points`, shape (n,): ``street_id`` (missing when nothing
            is near), ``distance_m`` and ``chainage_m``, metres from the
            street's first coordinate. Among equally near streets the first by
            id is taken.

        Raises
        ------
        CrsError
            If `points` is in another CRS.
        ValueError
            If `tolerance_m` is negative.
        """
        import pandas as pd

        if tolerance_m < 0:
            msg = f"need tolerance_m >= 0, got {tolerance_m=}"
            raise ValueError(msg)
        require_metres(points, name="points", crs=self.streets.crs)
        row, street, distance, chainage = self._nearest(points.to_numpy(), tolerance_m)
        ids = self.streets.index[street].astype("str")
        found = {"street_id": ids, "distance_m": distance, "chainage_m": chainage}
        out = pd.DataFrame(found, index=row).reindex(range(len(points)))
        return out.set_axis(points.index, axis="index")

    def _nearest(self, points: NDArray[np.object_], tolerance_m: float) -> _Near:
        """Point, street, metres to it and along it, for each point that has a street near."""
        import shapely

        here = np.flatnonzero(~(shapely.is_missing(points) | shapely.is_empty(points)))
        if here.size == 0 or len(self.streets) == 0:
            none = np.empty(0, np.intp)
            return none, none, np.empty(0), np.empty(0)
        # The index wants a positive distance, and leaves the limit itself out.
        reach = np.nextafter(tolerance_m, np.inf) + 1e-9
        if here.size >= MANY_POINTS:
            x, y = shapely.get_coordinates(points[here]).T
            line, gap, along = EdgeIndex.of(self.lines).nearest(x, y, within_m=reach)
            near = line >= 0
            return here[near], line[near], gap[near], along[near]
        (which, street), distance = self.tree.query_nearest(
            points[here], max_distance=reach, return_distance=True, all_matches=True
        )
        order = np.lexsort((street, which))
        which, street, distance = which[order], street[order], distance[order]
        first = np.r_[True, which[1:] != which[:-1]] if which.size else np.empty(0, bool)
        row, on = here[which[first]], street[first]
        return row, on, distance[first], shapely.line_locate_point(self.lines[on], points[row])

    def length_inside(self, polygons: GeoSeries) -> pd.Series:
        """
        Measure the street inside each area.

        Parameters
        ----------
        polygons
            Areas in the CRS of the streets, shape (n,).

        Returns
        -------
        Series
            Metres, index of `polygons`; a street on the border of two areas
            counts in both.

        Raises
        ------
        CrsError
            If `polygons` is in another CRS.
        """
        import pandas as pd
        import shapely

        require_metres(polygons, name="polygons", crs=self.streets.crs)
        geometry = polygons.to_numpy()
        area, street = self.tree.query(geometry, predicate="intersects")
        pieces = shapely.length(shapely.intersection(geometry[area], self.lines[street]))
        total = np.bincount(area, weights=pieces, minlength=len(polygons))
        return pd.Series(total, index=polygons.index, name="street_m")

    def nearest_name(self, points: GeoSeries, *, tolerance_m: float) -> pd.Series:
        """
        Name the nearest street that has a name.

        Parameters
        ----------
        points
            Places in the CRS of the streets, shape (n,).
        tolerance_m
            Greatest distance in metres.

        Returns
        -------
        Series
            Text, index of `points`; missing where no named street is near.
        """
        named = self.streets[self.streets["name"].notna()]
        net = StreetNet.of(named.reset_index())
        street = net.snap(points, tolerance_m=tolerance_m)["street_id"]
        return street.map(named["name"]).astype("str").rename("street")

    def samples(self, *, step_m: float) -> pd.DataFrame:
        """
        Place points along every street, each standing for an equal piece of it.

        Parameters
        ----------
        step_m
            Longest piece in metres.

        Returns
        -------
        DataFrame
            Shape (m,), streets in order of id: ``street_id``, ``street`` (its
            place in that order), ``chainage_m`` (middle of the piece),
            ``piece_m``, ``x``, ``y``. The pieces of a street sum to its length.

        Raises
        ------
        ValueError
            If `step_m` is not positive.
        """
        import pandas as pd
        import shapely

        if step_m <= 0:
            msg = f"need step_m > 0, got {step_m=}"
            raise ValueError(msg)
        length = shapely.length(self.lines)
        pieces = np.maximum(np.ceil(length / step_m), 1).astype(int)
        street = np.repeat(np.arange(length.size), pieces)
        order = np.arange(street.size) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        piece = length[street] / pieces[street]
        chainage = (order + 0.5) * piece
        x, y = points_along(self.lines, of=street, along_m=chainage).T
        ids = self.streets.index.take(street)
        data = {"street_id": ids, "street": street, "chainage_m": chainage, "piece_m": piece}
        return pd.DataFrame(data | {"x": x, "y": y})

    def runs(self) -> pd.DataFrame:
        """
        Join streets end to end into runs of the same street or path.

        Two streets join where exactly two ends of the same name and the same
        sort (road, or path for walking and cycling) meet. A cross street does
        not break a run; a fork of unnamed paths does.

        Returns
        -------
        DataFrame
            By street id: ``run_id`` (id of the run's first street), ``run``
            (that street's place in the order of ids), ``offset_m`` (where the
            street starts along the run) and ``backwards`` (bool: the street
            is passed from its end).
        """
        return self._runs.copy(deep=False)

    @cached_property
    def _runs(self) -> pd.DataFrame:
        """The runs, joined once."""
        return street_runs(self.streets)
