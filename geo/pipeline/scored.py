"""How the lists did: scored by the analysis of the week after, and kept from run to run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.clock import Week
from geo.frames import SCORES
from geo.pipeline.score import score_run
from geo.pipeline.seal import frozen_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geopandas import GeoDataFrame

    from geo.pipeline.workspace import Workspace
    from geo.store import Run, Store

MOST_WEEKS = 26
"""How many lists the history of a run holds."""
_RATES = ("hit_rate", "hit_rate_low", "hit_rate_high", "pai", "pai_low", "pai_high")


def scored_lists(
    workspace: Workspace, store: Store, former: str | None
) -> tuple[dict[str, Any], GeoDataFrame]:
    """
    Score the newest former list, and add it to the history that its run kept.

    A list that waited for its week to end is tried again; all others stay as they were
    scored.

    Parameters
    ----------
    workspace
        The municipality.
    store
        Its open store.
    former
        The last run of the week whose list is due; None when there is none.

    Returns
    -------
    summary : dict
        ``weeks`` (as `score_run` gives them without the places, newest first, at most 26) and
        ``pooled`` (their sum, None when nothing is scored yet).
    rows : GeoDataFrame
        The frame ``scores``; run_id is "".
    """
    empty = SCORES.empty(crs=workspace.profile.crs)
    if former is None:
        return {"weeks": [], "pooled": None}, empty
    last = store.run(former)
    before: list[dict[str, Any]] = last.summary.get("score", {}).get("weeks", [])
    mine = published(store.runs(), last.week, timezone=workspace.profile.timezone) or former
    due = [mine, *(week["run_id"] for week in before if week["state"] == "waiting")]
    fresh = [score_run(workspace, store, run_id) for run_id in due]
    parts = [_rows(store, one, crs=workspace.profile.crs, zone=workspace.profile.timezone)
             for one in fresh if one["places"]]  # fmt: skip
    told = [{k: v for k, v in one.items() if k not in ("places", "before_the_number")}
            for one in fresh]  # fmt: skip
    new = {week["week"] for week in told}
    told += [week for week in before if week["week"] not in new]
    told.sort(key=lambda week: week["week"], reverse=True)
    told = told[:MOST_WEEKS]
    kept = store.read(SCORES.name, run_id=former)
    held = {week["week"] for week in told} - new
    parts.append(kept[kept["list_week"].isin(held)])
    return {"weeks": told, "pooled": pooled(told)}, _joined(parts, crs=workspace.profile.crs)


def published(runs: Sequence[Run], week: str, *, timezone: str) -> str | None:
    """
    Choose the list of a week that is scored: the one people had.

    Parameters
    ----------
    runs
        All runs, the last written of a week first, as `Store.runs` gives them.
    week
        The week the list is of, as ``2026-W47``.
    timezone
        Whose clock.

    Returns
    -------
    str or None
        Run id: the last one written before the week after had ended; where none was in time, the
        first one written, so that a list made in hindsight never takes the place of an earlier
        one. None where the week has no run.
    """
    over = Week.parse(week).shift(1).end(timezone=timezone)
    mine = [run for run in runs if run.week == week]
    in_time = [run for run in mine if run.written_at is not None and run.written_at < over]
    return in_time[0].run_id if in_time else mine[-1].run_id if mine else None


def pooled(weeks: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """
    Add the weeks up, those alone whose list was untouched and had a place nobody visited.

    Parameters
    ----------
    weeks
        As `scored_lists` has them.

    Returns
    -------
    dict or None
        ``weeks``, ``n_places``, ``hits``, ``n``, hit rate and PAI with exact limits (binomial,
        the area weighed by each week's incidents), ``naive_hits``, ``only_list``,
        ``only_naive`` and ``p`` (two-sided sign test of what only one of the two caught); and
        ``visited`` with places and hits, no verdict. None when nothing is scored.
    """
    from scipy.stats import binomtest

    from geo.hotspots.evaluate import score

    whole = [week for week in weeks if week["state"] == "scored" and week["seal"] != "broken"]
    rows = [row for week in whole for row in week["rows"]
            if row["row"] == "not_visited" and row["n_places"]]  # fmt: skip
    n = sum(row["n"] for row in rows)
    if not n:
        return None
    hits = sum(row["hits"] for row in rows)
    share = sum(row["n"] * row["share"] for row in rows) / n
    one = score(hits, n, share=share, best_same_k=0, best_same_area=0)
    ours, theirs = (sum(row[k] for row in rows) for k in ("only_list", "only_naive"))
    apart = round(ours) + round(theirs)
    at = [row for week in whole for row in week["rows"] if row["row"] == "visited"]
    return {
        "weeks": len(rows),
        "n_places": sum(row["n_places"] for row in rows),
        "hits": hits,
        "n": n,
        **{name: getattr(one, name) for name in _RATES},
        "naive_hits": sum(row["naive_hits"] for row in rows),
        "only_list": ours,
        "only_naive": theirs,
        "p": float(binomtest(round(ours), apart).pvalue) if apart else 1.0,
        "visited": {k: sum(row[k] for row in at) for k in ("n_places", "hits")},
    }


def _rows(store: Store, told: Mapping[str, Any], *, crs: str, zone: str) -> GeoDataFrame:
    """Put a scored list into the frame: the list's numbers stand where nobody was, alone."""
    places = frozen_list(store.read("hotspots", run_id=told["run_id"]))
    week = Week.parse(told["scored_week"])
    free = next(row for row in told["rows"] if row["row"] == "not_visited")
    out = places[["place_id", "name", "rank", "certainty", "geometry"]].reset_index(drop=True)
    seen = [place["visited"] for place in told["places"]]
    hits = [float(place["hits"]) for place in told["places"]]
    out = out.assign(
        id=[f"{told['week']}-{rank}" for rank in out["rank"]],
        list_week=told["week"], scored_week=told["scored_week"], list_run=told["run_id"],
        list_hash=told["list_hash"], hits=hits, visited=seen,
        outcome=["no_verdict" if at else "hit" if n else "none"
                 for at, n in zip(seen, hits, strict=True)],
        voice_share=[place["evidence"]["share"] for place in told["places"]],
        list_n=float(told["n"]), period_from=week.start(timezone=zone),
        period_to=week.end(timezone=zone), run_id="",
    )  # fmt: skip
    numbers = {"list_hits": free["hits"]} | {k: free.get(k) for k in (*_RATES, "naive_hits")}
    for name, value in numbers.items():
        out[name] = [None if at or value is None else float(value) for at in seen]
    return SCORES.conform(out, crs=crs)


def _joined(parts: list[GeoDataFrame], *, crs: str) -> GeoDataFrame:
    """Put the weeks under one another."""
    import pandas as pd

    kept = [part.assign(run_id="") for part in parts if len(part)]
    if not kept:
        return SCORES.empty(crs=crs)
    return SCORES.conform(pd.concat(kept, ignore_index=True), crs=crs)
