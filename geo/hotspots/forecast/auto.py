"""`auto`: the compact places where most is to be expected next, hour by hour of the week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from pydantic import Field as Parameter

from geo.hotspots.context import Context, countable
from geo.hotspots.method import Method

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.hotspots.forecast.ground import Ground
    from geo.hotspots.forecast.walk import Fold

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """
    What is to be expected, place by place and hour by hour.

    Parameters
    ----------
    ground
        The study area.
    fold
        The forecast of every cell.
    places
        Cells of the compact places, most first.
    rate
        Incidents foretold in each place and hour of the week, shape (places, 168), Monday 00
        first; the rows sum to the horizon's incidents.
    """

    ground: Ground
    fold: Fold
    places: list[Ints]
    rate: Floats


def look_ahead(
    context: Context, *, horizon_days: int, share: float, cell_m: float, most: int
) -> Outlook | None:
    """
    Foretell the days after a context's period from everything before its end.

    Parameters
    ----------
    context
        Frames, period and seed; rows from before the period are used too. What wardens found
        themselves is not.
    horizon_days
        How far ahead.
    share
        Area limit, as a share of the study area, that the weights are learnt for.
    cell_m
        Side of a cell, metres.
    most
        How many places.

    Returns
    -------
    Outlook or None
        None when there is nothing to learn from.
    """
    from geo.grid import Grid
    from geo.hotspots.evaluate import area_limit
    from geo.hotspots.forecast.compact import compact_places
    from geo.hotspots.forecast.ground import Ground
    from geo.hotspots.forecast.hours import hour_shares
    from geo.hotspots.forecast.trail import Trail, block_length
    from geo.hotspots.forecast.walk import walk

    rows = countable(context).rows
    rows = rows[rows["found_by"] != "patrol"]
    if not len(rows):
        return None
    days = block_length(horizon_days)
    trail = Trail.of(
        rows, until=context.period_to, timezone=context.timezone, block_days=days
    )  # fmt: skip
    if len(context.streets):
        ground = Ground.near_streets(context.streets, grid=Grid(cell_m))
    else:
        ground = Ground.near_points(trail.x, trail.y, grid=Grid(cell_m))
    limit = area_limit(ground.n, share=share)
    fold = next(walk(trail, ground, folds=[0], ahead=horizon_days // days, limit=limit))
    chosen = compact_places(ground, fold.auto, most=most)
    places = [place for place in chosen if fold.naive[place].any()]  # never where none ever was
    total = np.array([fold.rate[p].sum() for p in places])
    rate = hour_shares(trail, ground, places) * total[:, None]
    return Outlook(ground, fold, places, rate)


class Auto(Method, frozen=True):
    """Where most is to be expected next: long run, recent weeks, season and neighbours."""

    name: ClassVar[str] = "auto"
    title: ClassVar[str] = "Prognos: där mest väntas de närmaste dagarna"
    citation: ClassVar[str] = (
        "Dempster, Laird & Rubin (1977) doi:10.1111/j.2517-6161.1977.tb01600.x; "
        "Chainey, Tompson & Uhlig (2008) doi:10.1057/palgrave.sj.8350066"
    )

    horizon_days: int = Parameter(
        7, ge=1, description="How far ahead.", json_schema_extra={"unit": "days"}
    )
    share: float = Parameter(
        0.01, gt=0, lt=1, description="Area limit the weights are learnt for, of the study area.",
        json_schema_extra={"unit": "share"},
    )  # fmt: skip
    cell_m: float = Parameter(
        150.0, ge=25, description="Side of a cell; a place is two by two.",
        json_schema_extra={"unit": "m"},
    )  # fmt: skip
    most: int = Parameter(
        20, ge=1, description="How many places.", json_schema_extra={"unit": "places"}
    )

    def find(self, context: Context) -> GeoDataFrame:
        """
        List the places where most is to be expected.

        Parameters
        ----------
        context
            Frames, period and seed.

        Returns
        -------
        GeoDataFrame
            Rows of the frame ``hotspots``, certainty ``cannot_tell``: a forecast says where
            most will be, not that it is unusual. ``score`` is incidents foretold a week.
        """
        from geo.hotspots.places import Streets
        from geo.hotspots.rows import finish
        from geo.hotspots.simple import rank_plain

        ahead = look_ahead(
            context, horizon_days=self.horizon_days, share=self.share, cell_m=self.cell_m,
            most=self.most,
        )  # fmt: skip
        if ahead is None:
            return finish([], method=self.name, context=context)
        streets, events = Streets(context), countable(context).current
        cell = ahead.ground.cells(events["x"].to_numpy(float), events["y"].to_numpy(float))
        count = events["count"].to_numpy(float)
        whole = float(count[cell >= 0].sum())
        rows = [
            self._row(context, ahead, i, streets=streets, cell=cell, count=count, whole=whole)
            for i in range(len(ahead.places))
        ]
        return finish(rank_plain(rows), method=self.name, context=context)

    def _row(
        self, context: Context, ahead: Outlook, at: int, *, streets: Any, cell: Ints,
        count: Floats, whole: float,
    ) -> dict[str, Any]:  # fmt: skip
        """Describe one place."""
        import shapely

        from geo.hotspots.simple import plain_row

        place = ahead.places[at]
        shape = shapely.union_all(ahead.ground.grid.polygons(ahead.ground.keys[place]))
        n = float(count[np.isin(cell, place)].sum())
        expected = whole * place.size / ahead.ground.n
        row = plain_row(context, shape, streets=streets, n=n, expected=expected)
        return row | {
            "score": float(ahead.rate[at].sum()) * 7 / self.horizon_days,
            "caveats": ["not_tested"],
        }
