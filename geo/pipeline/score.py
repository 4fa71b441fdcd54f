"""The frozen list: what a run said, and what the week after answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.clock import Week
from geo.pipeline.seal import frozen_list, list_hash, seal_state

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.pipeline.workspace import Workspace
    from geo.store import Run, Store

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

CELL_M = 150.0
BEFORE_THE_NUMBER = (
    "Listan prövas bara på platser där ingen personal var. Där personal var betyder lugn antingen "
    "att närvaron hjälpte eller att det var slump; det går inte att skilja åt, så där ges inget "
    "omdöme. Det som egen personal har hittat räknas aldrig som träff."
)


def score_run(workspace: Workspace, store: Store, run_id: str) -> dict[str, Any]:
    """
    Score a run's list on the week after it.

    Parameters
    ----------
    workspace
        The municipality.
    store
        Its open store.
    run_id
        The run.

    Returns
    -------
    dict
        ``before_the_number`` (to be read first), ``run_id``, ``list_hash``, ``seal`` (``holds``,
        ``broken`` when the list is not the one that was published, ``none`` when it never was
        sealed), ``week`` (of the list), ``scored_week``, ``state`` (``waiting`` until data reach
        the end of that week, ``empty`` when no place was put forward, else ``scored``),
        ``visits_known`` (False where no visit at all is loaded: then nobody knows where staff
        were), ``rows``: *not_visited* with hits, hit rate, PAI, the plain count of the same area
        and what only one of the two caught; *visited* with hits and no verdict; ``places``: each
        place's hits, visits and largest voice.

    Raises
    ------
    NotFoundError
        If there is no such run.
    """
    run = store.run(run_id)
    week = Week.parse(run.week).shift(1)
    zone = workspace.profile.timezone
    begin, end = week.start(timezone=zone), week.end(timezone=zone)
    places = frozen_list(store.read("hotspots", run_id=run_id))
    answer = _head(store, run, places, week)
    incidents = store.read("incidents")
    told, found = _week_of(incidents, begin=begin, end=end)
    latest = incidents["occurred_from"].max()
    if not len(incidents) or latest < end - (end - begin) / 7:
        return answer | {"state": "waiting", "rows": [], "places": []}
    if not len(places):
        return answer | {"state": "empty", "rows": [], "places": [], "n": len(told)}
    visits = store.read("visits")
    visited = _visited(visits, places, begin=begin, end=end)
    hits = _hits(told, places)
    rows = [
        _not_visited(workspace, store, places[~visited], told, run=run, at=places[visited]),
        _visited_row(places[visited], told),
    ]
    return answer | {
        "state": "scored",
        "n": len(told),
        "n_found_by_patrol": found,
        "visits_known": bool(len(visits)),
        "rows": rows,
        "places": _place_rows(places, hits, visited),
    }


def _head(store: Store, run: Run, places: GeoDataFrame, week: Week) -> dict[str, Any]:
    """Start the answer with what must be read first, and with whether the list is untouched."""
    now = list_hash(places)
    return {
        "before_the_number": BEFORE_THE_NUMBER,
        "run_id": run.run_id,
        "list_hash": run.summary.get("seal") or now,
        "seal": seal_state(store, run, now=now),
        "week": run.week,
        "scored_week": str(week),
        "n_places": len(places),
    }


def _week_of(
    incidents: GeoDataFrame, *, begin: datetime, end: datetime
) -> tuple[GeoDataFrame, int]:
    """Choose a week's located incidents that others told of, and count what patrols found."""
    from geo.frames import standing
    from geo.hotspots.context import KEPT_OUT, moments
    from geo.ingest.duplicates import group_duplicates

    when = moments(incidents)
    held = (when >= begin) & (when < end) & incidents.geometry.notna()
    held &= ~incidents["flags"].map(lambda v: any(f in v for f in KEPT_OUT)).astype(bool)
    rows = group_duplicates(incidents[held])
    patrol = rows["found_by"] == "patrol"
    told = rows[~patrol].sort_values("id")
    return told[standing(told)], int(patrol.sum())


def _hits(told: GeoDataFrame, places: GeoDataFrame) -> list[int]:
    """Count the incidents in each place; one in two places counts in both."""
    import shapely

    points = told.geometry.to_numpy()
    return [int(shapely.intersects(shape, points).sum()) for shape in places.geometry]


def _in_any(told: GeoDataFrame, places: GeoDataFrame) -> Bools:
    """Tell which incidents lie in any place."""
    import shapely

    if not len(places) or not len(told):
        return np.zeros(len(told), dtype=bool)
    whole = shapely.union_all(places.geometry.to_numpy())
    return np.asarray(shapely.intersects(whole, told.geometry.to_numpy()), dtype=bool)


def _visited(
    visits: pd.DataFrame, places: GeoDataFrame, *, begin: datetime, end: datetime
) -> Bools:
    """Tell which places wardens were at during the week."""
    import shapely

    out = np.zeros(len(places), dtype=bool)
    now = visits[(visits["arrived"] >= begin) & (visits["arrived"] < end)]
    if not len(now):
        return out
    named = set(now["place_id"].dropna())
    spots = now.geometry.dropna().to_numpy()
    for i, (place, shape) in enumerate(zip(places["place_id"], places.geometry, strict=True)):
        out[i] = place in named or bool(shapely.intersects(shape, spots).any())
    return out


def _not_visited(
    workspace: Workspace, store: Store, places: GeoDataFrame, told: GeoDataFrame, *, run: Run,
    at: GeoDataFrame,
) -> dict[str, Any]:  # fmt: skip
    """Score the places nobody was at, beside the plain count of the same area."""
    import shapely

    from geo.grid import Grid
    from geo.hotspots.evaluate import score
    from geo.hotspots.forecast import Ground

    row: dict[str, Any] = {"row": "not_visited", "n_places": len(places)}
    if not len(places):
        return row | {"hits": 0, "why": "no place on the list went without a visit"}
    ground = Ground.near_streets(store.read("streets"), grid=Grid(CELL_M))
    area = float(shapely.area(shapely.union_all(places.geometry.to_numpy())))
    share = min(1.0, area / (ground.n * CELL_M**2))
    ours = _in_any(told, places)
    plain = _plain_hits(workspace, store, ground, told, share=share, run=run, at=at)
    one = score(int(ours.sum()), len(told), share=share, best_same_k=0, best_same_area=0)
    keep = ("hits", "n", "hit_rate", "hit_rate_low", "hit_rate_high", "pai", "pai_low", "pai_high")
    street_km = float(places["street_m"].sum()) / 1000
    size = {"area_km2": area / 1e6, "share": share, "street_km": street_km}
    beside = {
        "naive_hits": float(plain.sum()),
        "only_list": float((1 - plain)[ours].sum()),
        "only_naive": float(plain[~ours].sum()),
    }
    return row | {name: getattr(one, name) for name in keep} | size | beside


def _plain_hits(
    workspace: Workspace, store: Store, ground: Any, told: GeoDataFrame, *, share: float, run: Run,
    at: GeoDataFrame,
) -> Floats:  # fmt: skip
    """Tell what the plain count would have caught on as large an area, where nobody was."""
    import shapely

    from geo.hotspots.evaluate import area_limit, chosen_share
    from geo.pipeline.history import read_trail

    until = Week.parse(run.week).end(timezone=workspace.profile.timezone)
    past, _, _ = read_trail(workspace, store, horizon_days=7, before=until)
    count = ground.spread(past.x, past.y, past.weight, kernel_m=0.0)
    x, y = ground.grid.centres(ground.keys)
    if len(at):
        there = shapely.union_all(at.geometry.to_numpy())
        count[shapely.intersects_xy(there, x, y)] = -1.0
    listed = chosen_share(count, limit=area_limit(ground.n, share=share))
    cell = ground.cells(told.geometry.x.to_numpy(), told.geometry.y.to_numpy())
    return np.where(cell >= 0, listed[cell], 0.0)


def _visited_row(places: GeoDataFrame, told: GeoDataFrame) -> dict[str, Any]:
    """Say what happened where wardens were, and give no verdict."""
    return {
        "row": "visited",
        "n_places": len(places),
        "hits": int(_in_any(told, places).sum()),
        "verdict": None,
        "why": "calm may be effect or chance",
    }


def _place_rows(places: GeoDataFrame, hits: list[int], visited: Bools) -> list[dict[str, Any]]:
    """Tell of each place: hits, visits, and how much of its evidence is one voice."""
    from geo.hotspots.forecast.caps import one_voice

    return [
        {
            "place_id": place.place_id, "name": place.name if isinstance(place.name, str) else None,
            "rank": int(place.rank), "hits": n, "visited": bool(seen),
            "evidence": one_voice(place.sources),
        }
        for place, n, seen in zip(
            places[["place_id", "name", "rank", "sources"]].itertuples(index=False), hits,
            visited, strict=True,
        )
    ]  # fmt: skip
