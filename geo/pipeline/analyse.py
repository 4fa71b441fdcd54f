"""Frames in, one run out: places, facts about light, recommendations, a surface."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo import __version__
from geo.clock import Week
from geo.errors import AnalysisError
from geo.frames import HOTSPOTS
from geo.pipeline.compared import compared
from geo.pipeline.evidence import dark_hours_told, in_period, with_districts, with_felt
from geo.pipeline.light import light_frames, light_surface
from geo.pipeline.order import Order
from geo.pipeline.own_light import own_light
from geo.pipeline.scored import scored_lists
from geo.pipeline.seal import frozen_list, list_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd
    from geopandas import GeoDataFrame

    from geo.hotspots import Context
    from geo.hotspots import Picture as Painting
    from geo.lighting import LightPicture
    from geo.pipeline.own_light import OwnLight
    from geo.pipeline.workspace import Workspace
    from geo.store import Run, Store

_log = logging.getLogger(__name__)
READS = ("incidents", "streets", "areas", "facilities", "lamps", "faults", "reports", "visits")
"""Frames an analysis rests on."""
LINK_WEEKS = 8
"""A place that was last seen this many weeks ago is still the same place."""


def _quiet(_what: str, _share: float) -> None:
    """Take progress and say nothing."""


def analyse(
    workspace: Workspace,
    store: Store,
    order: Order,
    *,
    progress: Callable[[str, float], None] = _quiet,
) -> Run:
    """
    Analyse one week and keep the answer.

    Parameters
    ----------
    workspace
        The municipality.
    store
        Its open store.
    order
        Week, length of period, seed.
    progress
        Told what is done and the share done, 0-1.

    Returns
    -------
    Run
        Named by order, content of what was read, former run and version: the
        same order on the same data gives the same run, and the same bytes.

    Raises
    ------
    AnalysisError
        If there are incidents and no streets, so that nothing can be expected of a place; or
        neither incidents, streets nor lamps. Without incidents the light alone is analysed.
    """
    from geo.hotspots import just_now, paint
    from geo.measures import recommend
    from geo.store import Run

    progress("Läser", 0.0)
    frames = {name: store.read(name) for name in READS}
    lacking = _lacking(frames)
    former_run, former = _former(store, order)
    content = {name: store.fingerprint(name) for name in READS}
    own, severity = own_light(workspace, frames["lamps"]), _weights(workspace)
    said = {**own.said, **({"severity": severity} if severity else {})}
    run_id = order.run_id(content=content, former=former_run, said=said)
    if (known := _known(workspace, store, run_id)) is not None:
        return known
    progress("Söker platser", 0.2)
    context, n_duplicates = _context(workspace, frames, order)
    found = paint(context, former=former)
    now = just_now(context, places=found.hotspots)
    found = replace(found, lower=now.without_alarm(found.lower))
    progress("Ser på ljuset", 0.6)
    found, light, dark, types = _look(own, context, frames, found)
    hours = dark_hours_told(context, extent=workspace.profile.extent)
    dark = with_districts(dark, found.hotspots, context=context, told=hours)
    advice = recommend(
        found.hotspots, light.facts, week=Week.parse(order.week), dark=dark,
        groups=light.groups, stretches=light.stretches,
    )  # fmt: skip
    beside = compared(context, order.methods, progress=progress)
    progress("Ritar tätheten", 0.9)
    surface = _surface(workspace, context, run_id)
    lit = light_surface(workspace, light, run_id=run_id, crs=context.crs)
    hotspots = _together(found, context.crs)
    scores, scored = scored_lists(workspace, store, former_run and former_run.split("+")[0])
    summary = {
        "method": {"name": found.hotspots["method"].iloc[0] if len(found.hotspots) else ""},
        "facts": found.facts | {"n_duplicate_rows": n_duplicates},
        "lacking": lacking,
        "light": _light_by_place(found, light),
        "light_facts": light.numbers,
        "dark_hours": hours,
        "just_now": now.told,
        "surface": surface,
        "light_surface": lit,
        "lower": len(found.lower),
        "seal": list_hash(frozen_list(hotspots)),
        "score": scores,
        "severity": severity,
    }
    run = Run(
        run_id=run_id,
        week=order.week,
        order=order.table() | {"former": former_run},
        revisions={name: store.revision(name) for name in READS},
        version=__version__,
        summary=summary,
    )
    seen = light_frames(light, run_id=run_id, crs=context.crs)
    store.write_run(
        run,
        {
            "hotspots": hotspots,
            "recommendations": advice,
            "place_types": types.assign(run_id=run_id),
            "scores": scored.assign(run_id=run_id),
            "signals": now.signals.assign(run_id=run_id),
            "comparisons": beside.assign(run_id=run_id),
            **seen,
        },
    )
    progress("Klart", 1.0)
    _log.info("analysed: %d places, %d recommendations", len(hotspots), len(advice))
    return store.run(run_id)


def _lacking(frames: Mapping[str, GeoDataFrame]) -> list[str]:
    """Name the frames without which part of the picture is left out; refuse without enough."""
    bare = [name for name in ("incidents", "streets", "lamps") if frames[name].empty]
    if "streets" in bare and ("incidents" not in bare or "lamps" in bare):
        msg = "there are no streets, so nobody can say what is expected of a place."
        raise AnalysisError(msg, fix="load a street network first: lagesbild load streets FILE")
    return bare


def _weights(workspace: Workspace) -> dict[str, Any] | None:
    """Give the municipality's weights by category; None where they are off."""
    from geo.settings import categories
    from geo.severity import TABLE, Severity

    found = Severity.parse(workspace.profile.extra.get(TABLE), known=categories())
    return None if found is None else found.table()


def _known(workspace: Workspace, store: Store, run_id: str) -> Run | None:
    """Find a run that was made before and is whole, its surface too."""
    run = next((run for run in store.runs() if run.run_id == run_id), None)
    if run is None:
        return None
    lit = run.summary.get("light_surface") or {}
    files = [name for name in (run.summary.get("surface"), lit.get("file")) if name]
    whole = all((workspace.surfaces / name).is_file() for name in files)
    return run if whole else None


def _former(store: Store, order: Order) -> tuple[str | None, GeoDataFrame | None]:
    """Get the places of the weeks before, newest first, to follow them."""
    import pandas as pd

    week = Week.parse(order.week)
    earlier = {str(week.shift(-back)) for back in range(1, LINK_WEEKS + 1)}
    kept: dict[str, str] = {}
    for run in store.runs():
        if run.week in earlier:
            kept.setdefault(run.week, run.run_id)
    if not kept:
        return None, None
    names = [kept[name] for name in sorted(kept, reverse=True)]
    frames = [store.read(HOTSPOTS.name, run_id=name) for name in names]
    return "+".join(names), pd.concat(frames, ignore_index=True)


def _context(
    workspace: Workspace, frames: Mapping[str, GeoDataFrame], order: Order
) -> tuple[Context, int]:
    """Put the analysis' material together; rows that tell the same incident count once."""
    from geo.hotspots import Context
    from geo.ingest.duplicates import group_duplicates

    zone = workspace.profile.timezone
    week = Week.parse(order.week)
    incidents = group_duplicates(frames["incidents"])
    context = Context(
        incidents=incidents,
        streets=frames["streets"],
        areas=frames["areas"],
        facilities=frames["facilities"],
        visits=frames["visits"],
        severity=(_weights(workspace) or {}).get("weights"),
        period_from=week.shift(1 - order.weeks).start(timezone=zone),
        period_to=week.end(timezone=zone),
        timezone=zone,
        crs=workspace.profile.crs,
        seed=order.seed,
    )
    groups = incidents["duplicate_group"].dropna()
    return context, len(groups) - groups.nunique()


def _look(
    own: OwnLight, context: Context, frames: Mapping[str, GeoDataFrame], found: Painting
) -> tuple[Painting, LightPicture, pd.DataFrame, GeoDataFrame]:
    """Look at the light of every place, its share in the dark, and how it is felt."""
    from geo.lighting import dark_facts, light_picture, live_reports, three_way, type_places

    places, incidents = found.hotspots, in_period(context)
    live = live_reports(frames["reports"], now=context.period_to)
    typed = type_places(places, live)
    ground = with_felt(places, typed)
    dark = dark_facts(ground, incidents)
    light = light_picture(
        ground,
        lamps=frames["lamps"],
        faults=frames["faults"],
        reports=frames["reports"],
        streets=frames["streets"],
        areas=frames["areas"],
        now=context.period_to,
        service_days=own.service_days,
        profile=own.profile,
        optics=own.optics,
    )
    types = three_way(
        typed, incidents=incidents, reports=live, streets=frames["streets"],
        areas=frames["areas"], light=light.facts, dark=dark, weeks=context.weeks,
    )  # fmt: skip
    of = dark.reindex(places["id"])
    told = places.assign(
        dark_share=of["dark_share"].to_numpy(float),
        n_timed=of["n_timed"].round().astype("Int64").to_numpy(),
    )
    return replace(found, hotspots=told), light, dark, types


def _light_by_place(found: Painting, light: LightPicture) -> dict[str, dict[str, Any]]:
    """Give what is known of the light by place_id, as the situation shows it."""
    place = found.hotspots.drop_duplicates("place_id").set_index("id")["place_id"]
    shown = ["state", "n_lamps", "n_faulty", "n_off_on_purpose", "n_dark_reports"]
    facts = light.facts.reindex(place.index)[shown].set_axis(place.to_numpy(), axis="index")
    # by way of JSON: plain numbers, and None for what is missing
    return dict(json.loads(facts.to_json(orient="index")))


def _together(found: Painting, crs: str) -> GeoDataFrame:
    """Give the places to prioritise, then those that may be given lower priority."""
    import pandas as pd

    lower = found.lower
    if lower.empty:
        return found.hotspots
    start = int(found.hotspots["rank"].max()) if len(found.hotspots) else 0
    after = lower.assign(rank=lower["rank"] + start, id=[f"{i}-lower" for i in lower["id"]])
    return HOTSPOTS.conform(pd.concat([found.hotspots, after], ignore_index=True), crs=crs)


def _surface(workspace: Workspace, context: Context, run_id: str) -> str | None:
    """Draw the density of the period as a GeoTIFF; nothing is drawn of nothing."""
    from geo.hotspots.kde import density_surface, write_geotiff

    surface = density_surface(context)
    if surface is None:
        return None
    workspace.surfaces.mkdir(exist_ok=True)
    path = workspace.surfaces / f"{run_id}.tif"
    write_geotiff(path, surface)
    return path.name
