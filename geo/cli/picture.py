"""Commands that make the picture: analyse, map, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.output import of

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.pipeline import Workspace
    from geo.store import Run, Store


def register(app: typer.Typer) -> None:
    """
    Add the commands to an app.

    Parameters
    ----------
    app
        The app.
    """
    app.command()(analyse)
    app.command(name="map")(map_)
    app.command()(export)


Week = Annotated[str | None, typer.Option(help="Vecka, till exempel 2026-W47.")]
RoleName = Annotated[str, typer.Option("--role", help="Vems bild: forum, security_chief ...")]


def analyse(
    context: typer.Context,
    week: Week = None,
    weeks: Annotated[int, typer.Option(help="Periodens längd i veckor.")] = 52,
    seed: Annotated[int, typer.Option(help="Frö för all slump.")] = 1,
) -> None:
    """Analysera en vecka: vilka platser sticker ut, och vad kan göras."""
    from geo.pipeline import Workspace

    console = of(context)
    workspace = Workspace.open(console.workspace)
    with workspace.store() as store, console.progress("Analyserar") as tell:
        run = analyse_week(workspace, store, week=week, weeks=weeks, seed=seed, progress=tell)
        bundle = _bundle(workspace, store, run)
    console.say(bundle["sentence"])
    console.say(bundle["basis"]["sentence"])
    for place in bundle["places"]:
        console.say(
            f"  {place['rank_label']:>5}  {place['name']}  {place['when']['label']}  "
            f"{place['certainty_label']}: {place['sentence']}"
        )
    console.end(
        {
            "run_id": run.run_id,
            "week": run.week,
            "sentence": bundle["sentence"],
            "places": [
                {k: p[k] for k in ("place_id", "name", "rank", "certainty", "n", "expected")}
                for p in bundle["places"]
            ],
            "recommendations": len(bundle["recommendations"]),
        }
    )


def map_(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help="Fil att skriva.")],
    week: Week = None,
    role: RoleName = "forum",
) -> None:
    """Skriv kartan som en fil, som öppnas utan nät."""
    from geo.maps import Role, picture, write_map
    from geo.pipeline import Workspace

    console = of(context)
    workspace = Workspace.open(console.workspace)
    with workspace.store() as store:
        made = picture(store, workspace.profile, week=week, role=Role.parse(role))
    write_map(out, made)
    size = out.stat().st_size
    console.say(f"Klart: {out} ({size / 1e6:.1f} MB), {made.situation['week']['label']}.")
    console.end({"file": str(out), "bytes": size, "week": made.situation["week"]["id"]})


def export(
    context: typer.Context,
    layer: Annotated[str, typer.Argument(metavar="LAYER", help="Lagrets namn.")],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=".gpkg, .parquet, .csv, .xlsx eller .geojson")
    ],
    week: Week = None,
    role: RoleName = "security_chief",
) -> None:
    """Skriv ett lager till fil, med samma siffror som kartan."""
    from geo.maps import Role, picture, write_export
    from geo.pipeline import Workspace

    console = of(context)
    workspace = Workspace.open(console.workspace)
    with workspace.store() as store:
        made = picture(store, workspace.profile, week=week, role=Role.parse(role))
    n = write_export(file, made, layer=layer)
    console.say(f"Klart: {n} rader i {file}.")
    console.end({"layer": layer, "file": str(file), "n": n})


def analyse_week(
    workspace: Workspace,
    store: Store,
    *,
    week: str | None,
    weeks: int,
    seed: int,
    progress: Callable[[str, float], None],
) -> Run:
    """
    Analyse one week, the latest with data when none is named.

    Parameters
    ----------
    workspace
        The municipality.
    store
        Its open store.
    week
        As ``2026-W47``; None is the latest with incidents.
    weeks
        Length of the period.
    seed
        Seed of every random draw.
    progress
        Told what is done and the share done.

    Returns
    -------
    Run
        What was stored.
    """
    from geo.pipeline import Order, latest_week
    from geo.pipeline import analyse as make

    chosen = week or str(latest_week(store, timezone=workspace.profile.timezone))
    return make(workspace, store, Order(week=chosen, weeks=weeks, seed=seed), progress=progress)


def _bundle(workspace: Workspace, store: Store, run: Run) -> dict[str, Any]:
    """Get the situation of a run as the head of security sees it."""
    from geo.maps import Role, picture

    made = picture(store, workspace.profile, week=run.week, role=Role.SECURITY_CHIEF)
    return made.situation
