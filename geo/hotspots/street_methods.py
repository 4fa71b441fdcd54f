"""Methods whose unit is the street, or the hexagon: counted, tested and joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field as Parameter

from geo.hotspots.context import countable
from geo.hotspots.method import Method
from geo.hotspots.network_kde import BANDWIDTH_M, LIXEL_M, SNAP_M
from geo.hotspots.places import BUFFER_M
from geo.hotspots.units import JUNCTION_M, TOLERANCE_M, count_hexagons, count_segments

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.hotspots.context import Context


class Segments(Method, frozen=True):
    """Street segments and junctions with more than their length and land expect."""

    name: ClassVar[str] = "segments"
    title: ClassVar[str] = "Gatuavsnitt och korsningar, med exakt sannolikhet"
    citation: ClassVar[str] = (
        "Weisburd (2015) doi:10.1111/1745-9125.12070; "
        "Benjamini & Hochberg (1995) doi:10.1111/j.2517-6161.1995.tb02031.x"
    )

    tolerance_m: float = Parameter(
        TOLERANCE_M, gt=0, description="Farthest from a street that an incident is put on it.",
        json_schema_extra={"unit": "m"},
    )  # fmt: skip
    junction_m: float = Parameter(
        JUNCTION_M, ge=0, description="How far along a street a junction reaches.",
        json_schema_extra={"unit": "m"},
    )  # fmt: skip

    def find(self, context: Context) -> GeoDataFrame:
        """
        Test segments and junctions, and join those that stand out where they touch.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``.
        """
        from geo.hotspots.judged import judged_places

        units = count_segments(context, tolerance_m=self.tolerance_m, junction_m=self.junction_m)
        return judged_places(units, context=context, method=self.name)


class Hexagons(Method, frozen=True):
    """Hexagons with more than their streets and land expect."""

    name: ClassVar[str] = "hexagons"
    title: ClassVar[str] = "Sexhörningar, med exakt sannolikhet"
    citation: ClassVar[str] = "Benjamini & Hochberg (1995) doi:10.1111/j.2517-6161.1995.tb02031.x"

    side_m: float = Parameter(
        75.0, ge=25, description="Side of a hexagon.", json_schema_extra={"unit": "m"}
    )

    def find(self, context: Context) -> GeoDataFrame:
        """
        Test hexagons, and join those that stand out where they touch.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``.
        """
        from geo.hotspots.judged import judged_places

        units = count_hexagons(context, side_m=self.side_m)
        return judged_places(units, context=context, method=self.name, buffer_m=1.0)


class NetworkKde(Method, frozen=True):
    """The densest stretches of street; shows where most lies, and tests nothing."""

    name: ClassVar[str] = "network_kde"
    title: ClassVar[str] = "Täthet längs gatorna"
    citation: ClassVar[str] = "Okabe, Satoh & Sugihara (2009) doi:10.1080/13658810802475491"

    bandwidth_m: float = Parameter(
        BANDWIDTH_M, gt=0, description="Reach along the streets.",
        json_schema_extra={"unit": "m"},
    )  # fmt: skip
    share: float = Parameter(
        0.01, gt=0, lt=1, description="Share of the street length that is drawn.",
        json_schema_extra={"unit": "share"},
    )  # fmt: skip

    def find(self, context: Context) -> GeoDataFrame:
        """
        Draw the densest share of the street length.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``, certainty ``cannot_tell``; expected is the even
            share of the incidents by street length.
        """
        import geopandas as gpd
        import shapely
        from shapely.ops import substring

        from geo.hotspots.network_kde import Network, network_density, snap_to_edges
        from geo.hotspots.places import Streets
        from geo.hotspots.rows import finish
        from geo.hotspots.simple import plain_row, rank_plain

        rows = countable(context).current
        if not len(rows) or not len(context.streets):
            return finish([], method=self.name, context=context)
        lines = context.streets.explode(index_parts=False).reset_index(drop=True)
        lines = lines[lines.geometry.length > 0].reset_index(drop=True)
        lines["id"] = [f"{k:09d}" for k in range(len(lines))]
        network = Network.of(lines, lixel_m=LIXEL_M)
        points = gpd.GeoSeries(gpd.points_from_xy(rows["x"], rows["y"]), crs=context.crs)
        edge, along, near = snap_to_edges(lines, points, tolerance_m=SNAP_M)
        weight = rows["count"].to_numpy(np.float64)
        laid = network_density(
            network, edge, along, weight=weight[near], bandwidth_m=self.bandwidth_m
        )
        length = network.lixel_m
        order = np.lexsort((np.arange(laid.size), -laid / length))
        top = order[: max(1, int((np.cumsum(length[order]) <= self.share * length.sum()).sum()))]
        top = np.sort(top[laid[top] > 0])
        street = np.searchsorted(network.first, top, side="right") - 1
        step = (top - network.first[street]) * length[top]
        piece = [
            substring(lines.geometry.iloc[s], a, a + d)
            for s, a, d in zip(street, step, length[top], strict=True)
        ]
        streets, out = Streets(context), []
        held = points.to_numpy()[near]
        for shape in shapely.get_parts(
            shapely.union_all(shapely.buffer(np.asarray(piece, object), BUFFER_M, quad_segs=4))
        ):
            n = float(weight[near][shapely.intersects(shape, held)].sum())
            inside = float(shapely.length(streets.inside(shape)[1]).sum())
            row = plain_row(context, shape, streets=streets, n=n,
                            expected=weight[near].sum() * inside / length.sum())  # fmt: skip
            out.append(row | {"caveats": ["not_tested"]})
        return finish(rank_plain(out), method=self.name, context=context)
