"""A workspace's past as a forecast may use it: incidents others told of, folds, study area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import AnalysisError

if TYPE_CHECKING:
    from datetime import datetime

    from geopandas import GeoDataFrame

    from geo.grid import Grid
    from geo.hotspots.forecast import Ground, Trail
    from geo.pipeline.workspace import Workspace
    from geo.store import Store

_LEFT_OUT_FLAGS = ("future",)


def read_trail(
    workspace: Workspace, store: Store, *, horizon_days: int, before: datetime | None = None
) -> tuple[Trail, datetime, dict[str, int]]:
    """
    Read the incidents that others told of, in order of time.

    What wardens found themselves is left out, as evidence and as outcome: they find it where
    they are sent, and a forecast fed with it would prove itself.

    Parameters
    ----------
    workspace
        The municipality.
    store
        Its open store.
    horizon_days
        Decides the blocks.
    before
        Leave out what happened from then on; None takes all.

    Returns
    -------
    trail : Trail
        The incidents.
    until : datetime
        End of the last operative day with one, or `before`.
    left_out : dict
        Rows left out, by reason.

    Raises
    ------
    AnalysisError
        If there are none.
    """
    from datetime import timedelta

    from geo.hotspots import Context
    from geo.hotspots.context import countable, moments
    from geo.hotspots.forecast.trail import Trail, block_length, day_end
    from geo.ingest.duplicates import group_duplicates

    zone = workspace.profile.timezone
    rows = store.read("incidents")
    flags = rows["flags"].map(lambda v: any(f in v for f in _LEFT_OUT_FLAGS)).astype(bool)
    by_patrol = (rows["found_by"] == "patrol").to_numpy(dtype=bool)
    rows = rows[~flags.to_numpy() & ~by_patrol]
    when = moments(rows).dropna()
    if before is not None:
        when = when[when < before]
    if when.empty:
        msg = "there are no incidents with a time to learn from."
        raise AnalysisError(msg, fix="load a file first: lagesbild load incidents FILE --map MAP")
    until = before or day_end(when.max().to_pydatetime(), timezone=zone)
    empty = rows.iloc[:0]
    context = Context(
        group_duplicates(rows), empty, None, until - timedelta(days=3650), until,
        timezone=zone, crs=workspace.profile.crs,
    )  # fmt: skip
    events = countable(context)
    days = block_length(horizon_days)
    trail = Trail.of(events.rows, until=until, timezone=zone, block_days=days)
    gone = {k: v for k, v in events.left_out.items() if k != "later"}
    return trail, until, gone | {"found_by_patrol": int(by_patrol.sum())}


def usable_folds(trail: Trail, *, folds: int, ahead: int) -> int:
    """
    Give how many folds leave half the history to learn from.

    Parameters
    ----------
    trail
        The incidents.
    folds
        How many were asked for.
    ahead
        Blocks in a horizon.

    Returns
    -------
    int
        From 1 to `folds`.

    Raises
    ------
    AnalysisError
        If there is not even one.
    """
    fit = min(folds, -trail.start // (2 * ahead))
    if fit < 1:
        days = -trail.start * trail.block_days
        msg = "the history is too short to try a forecast on."
        need = f"at least {2 * ahead * trail.block_days} days"
        fix = "load older incidents, or pass a shorter --horizon-days"
        raise AnalysisError(msg, found=f"{days} days", expected=need, fix=fix)
    return fit


def study(streets: GeoDataFrame, before: Trail, *, grid: Grid) -> Ground:
    """
    Choose the study area: near a street, or near what had happened before the first fold.

    Parameters
    ----------
    streets
        Rows of the frame ``streets``, maybe none.
    before
        Incidents before the first fold.
    grid
        The cells.

    Returns
    -------
    Ground
        The same for every method and fold.
    """
    from geo.hotspots.forecast import Ground

    if len(streets):
        return Ground.near_streets(streets, grid=grid)
    return Ground.near_points(before.x, before.y, grid=grid)
