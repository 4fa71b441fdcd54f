"""Commands that make the picture: analyse, map, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from geo.cli.output import counted, of, seldom_collected

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.cli.output import Console
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
    app.command(cls=WithMethods)(analyse)
    app.command(name="map")(map_)
    app.command()(export)


class WithMethods(TyperCommand):
    """A command whose help lists the methods, from the catalogue and only when help is asked."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """
        Write the help, with a line a method after it.

        Parameters
        ----------
        ctx, formatter
            As click hands them over.
        """
        from geo.pipeline.compared import comparable

        lines = [f"{name}: {title}" for name, title in comparable().items()]
        self.epilog = "\n\n".join(["Metoder för --methods:", *lines])
        super().format_help(ctx, formatter)


Week = Annotated[str | None, typer.Option(help="Vecka, till exempel 2026-W47.")]
RoleName = Annotated[str, typer.Option("--role", help="Vems bild: forum, security_chief ...")]


def analyse(
    context: typer.Context,
    week: Week = None,
    weeks: Annotated[
        int | None,
        typer.Option(help="Periodens längd i veckor.", show_default="52, eller vad data täcker"),
    ] = None,
    seed: Annotated[int, typer.Option(help="Frö för all slump.")] = 1,
    methods: Annotated[
        str | None,
        typer.Option(help="Andra metoder att jämföra med, med komma emellan, eller all; se nedan."),
    ] = None,
) -> None:
    """Analysera en vecka: vilka platser sticker ut, och vad kan göras."""
    from geo.maps.lacking import lacking_notes
    from geo.pipeline import Workspace

    console = of(context)
    workspace = Workspace.open(console.workspace)
    with seldom_collected(), workspace.store() as store, console.progress("Analyserar") as tell:
        run = analyse_week(
            workspace, store, week=week, weeks=weeks, seed=seed, methods=methods, progress=tell
        )
        told = _told(workspace, store, run)
        short = _shortened(workspace, store, run, asked=weeks)
    lacking = run.summary.get("lacking", [])
    console.say(told["sentence"])
    if short:
        console.say(short)
    if "incidents" not in lacking:
        console.say(told["basis"]["sentence"])
    for note in lacking_notes(lacking):
        console.say(note)
    if "incidents" in lacking:
        console.say(
            "Se belysningen: lagesbild light, eller lagesbild map FIL.html --view belysning."
        )
    for place in told["places"]:
        console.say(
            f"  {place['rank_label']:>5}  {place['name']}  {place['when']['label']}  "
            f"{place['certainty_label']}: {place['sentence']}"
        )
    _tell_now(console, told["just_now"])
    console.end(
        {
            "run_id": run.run_id,
            "week": run.week,
            "weeks": run.order["weeks"],
            "sentence": told["sentence"],
            "places": [
                {k: p[k] for k in ("place_id", "name", "rank", "certainty", "n", "expected")}
                for p in told["places"]
            ],
            "recommendations": told["n_recommendations"],
            "just_now": told["just_now"],
            "lacking": lacking,
        }
    )


def _tell_now(console: Console, now: dict[str, Any] | None) -> None:
    """Say what is raised just now: alarms, dated advice, and what was tried."""
    if now is None:
        return
    console.say("Just nu:" if now["alarms"] or now["zones"] else f"Just nu: {now['sentence']}")
    for row in (*now["alarms"], *now["zones"], *now["unsure"]):
        console.say(f"  {row['label']}. {row['sentence']}")
    for tested in now["tested"]:
        console.say(f"  {tested['sentence']}")


def map_(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help="Fil att skriva.")],
    week: Week = None,
    role: RoleName = "forum",
    view: Annotated[
        str, typer.Option(help="Vyn den öppnas i: laget, eller belysning på nattblå botten.")
    ] = "laget",
) -> None:
    """Skriv kartan som en fil, som öppnas utan nät."""
    from geo.maps import Role, picture, write_map
    from geo.maps.page import has_light_view
    from geo.pipeline import Workspace

    console = of(context)
    workspace = Workspace.open(console.workspace)
    with workspace.store() as store:
        made = picture(store, workspace.profile, week=week, role=Role.parse(role))
    write_map(out, made, view=view)
    size = out.stat().st_size
    console.say(f"Klart: {out} ({size / 1e6:.1f} MB), {made.situation['week']['label']}.")
    if view == "belysning" and not has_light_view(made):
        console.say(
            "Den öppnas i läget: vyn Belysning finns när en analys är gjord, för den som ser den."
        )
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
    from geo.maps.lacking import why_empty
    from geo.pipeline import Workspace

    console = of(context)
    workspace = Workspace.open(console.workspace)
    with workspace.store() as store:
        made = picture(store, workspace.profile, week=week, role=Role.parse(role))
    n = write_export(file, made, layer=layer)
    console.say(f"Klart: {counted(n, 'rad', 'rader')} i {file}.")
    if n == 0 and (why := why_empty(layer, made.run.run_id, made.run.summary)):
        console.say(why)
    console.end({"layer": layer, "file": str(file), "n": n})


def analyse_week(
    workspace: Workspace,
    store: Store,
    *,
    week: str | None,
    weeks: int | None,
    seed: int,
    progress: Callable[[str, float], None],
    methods: str | None = None,
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
        Length of the period; None is a year, or what the incidents cover when that is less.
    seed
        Seed of every random draw.
    progress
        Told what is done and the share done.
    methods
        Other methods to lay beside, with commas between, or ``all``.

    Returns
    -------
    Run
        What was stored.
    """
    from geo.clock import Week as OperativeWeek
    from geo.pipeline import Order, latest_week
    from geo.pipeline import analyse as make
    from geo.pipeline.compared import parse_methods
    from geo.pipeline.order import period_weeks

    zone = workspace.profile.timezone
    chosen = OperativeWeek.parse(week) if week else latest_week(store, timezone=zone)
    length = period_weeks(store, chosen, timezone=zone) if weeks is None else weeks
    order = Order(week=str(chosen), weeks=length, seed=seed, methods=parse_methods(methods))
    return make(workspace, store, order, progress=progress)


def _shortened(workspace: Workspace, store: Store, run: Run, *, asked: int | None) -> str | None:
    """Say so when the incidents cover less than the period that was asked for, or is usual."""
    from geo.clock import Week as OperativeWeek
    from geo.pipeline.order import USUAL_WEEKS, weeks_covered

    if asked is None and run.order["weeks"] == USUAL_WEEKS:
        return None  # chosen by what the incidents cover
    week = OperativeWeek.parse(run.week)
    covered = weeks_covered(store, week, timezone=workspace.profile.timezone)
    bare = "incidents" in run.summary.get("lacking", ())  # said already
    if bare or covered >= (asked or USUAL_WEEKS):
        return None
    if asked is None:
        return (
            f"Händelserna täcker {covered} veckor, så perioden är {run.order['weeks']} veckor "
            f"i stället för {USUAL_WEEKS}."
        )
    return (
        f"Händelserna täcker bara {covered} av de {asked} veckorna: takten blir för låg, och det "
        "kan se ut som en ökning. Utelämna --weeks."
    )


def _told(workspace: Workspace, store: Store, run: Run) -> dict[str, Any]:
    """Tell a run first and shortest, as the head of security sees it."""
    from geo.maps import Pictures, Role
    from geo.maps.brief import BRIEF_FRAMES, brief

    pictures = Pictures(store, workspace.profile, only=BRIEF_FRAMES)
    made = pictures.get(run.week, role=Role.SECURITY_CHIEF)
    return brief(made) | {"n_recommendations": len(made.layer("recommendations"))}
