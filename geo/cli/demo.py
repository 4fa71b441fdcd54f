"""The command `demo`: write the made-up municipality's files, load them, analyse, show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo import __version__
from geo.cli.output import Console, counted, counts, of
from geo.cli.picture import analyse_week
from geo.clock import Week
from geo.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.demo import Demo
    from geo.pipeline import Workspace
    from geo.store import Store

_MARK = "demo.json"
_WEEKS_SHOWN = 6
_TOLD = ("n_new", "n_rejected", "n_refused")


def register(app: typer.Typer) -> None:
    """
    Add the command to an app.

    Parameters
    ----------
    app
        The app.
    """
    app.command()(demo)


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Mapp för demokommunen.")],
    serve: Annotated[bool, typer.Option(help="Visa i webbläsaren när allt är klart.")] = True,
    seed: Annotated[int, typer.Option(help="Frö: samma frö ger samma kommun.")] = 1,
    planted: Annotated[
        bool, typer.Option(help="Om något är planterat i händelserna att hitta.")
    ] = True,
    fresh: Annotated[bool, typer.Option(help="Gör om allt, även om mappen är klar.")] = False,
    port: Annotated[int, typer.Option(help="Port.", min=1, max=65535)] = 8000,
) -> None:
    """Bygg en påhittad kommun av filer, läs in, analysera och visa."""
    console = of(context)
    order = {"seed": seed, "planted": planted, "version": __version__}
    answer = None if fresh else _ready(folder, order)
    if answer is None:
        answer = _build(console, folder, seed=seed, planted=planted)
        done = json.dumps({"order": order, "answer": answer}, ensure_ascii=False)
        (folder / _MARK).write_text(done, encoding="utf-8")
    else:
        console.say(f"{folder} är redan klar; --fresh gör om allt.")
    _tell(console, answer)
    console.end(answer)
    if serve:
        from geo.cli.service import start

        start(console, folder, host="127.0.0.1", port=port)


def _ready(folder: Path, order: dict[str, Any]) -> dict[str, Any] | None:
    """Give the answer of a demo that was finished with the same order and version."""
    mark = folder / _MARK
    if not mark.is_file():
        return None
    kept = json.loads(mark.read_text(encoding="utf-8"))
    return kept["answer"] if kept.get("order") == order else None


def _build(console: Console, folder: Path, *, seed: int, planted: bool) -> dict[str, Any]:
    """Write the files, load them, analyse the last weeks and write the outputs."""
    from geo.demo import write_demo
    from geo.pipeline import Workspace

    _make_room(folder)
    with console.progress("Skriver kommunens filer") as tell:
        made = write_demo(folder, seed=seed, planted=planted)
        workspace = Workspace.create(folder, made.profile)
        with workspace.store() as store:
            counts = _load(console, workspace, store, made, tell)
            week = _analyse(workspace, store, tell)
            return _answer(workspace, store, made, week=week, counts=counts)


def _make_room(folder: Path) -> None:
    """Refuse a folder that holds something else; clear an earlier demo."""
    import shutil

    if not folder.exists():
        return
    ours = (folder / _MARK).is_file() or (folder / "truth.json").is_file()
    if any(folder.iterdir()) and not ours:
        msg = f"{folder} holds other things than a demo."
        raise SettingsError(msg, fix="name a new or empty folder")
    shutil.rmtree(folder)


def _load(
    console: Console,
    workspace: Workspace,
    store: Store,
    made: Demo,
    tell: Callable[[str, float], None],
) -> dict[str, int]:
    """Load every file as a municipality would, through its mapping."""
    from geo.ingest import Mapping
    from geo.pipeline import load

    loaded: dict[str, int] = {}
    for step, one in enumerate(made.loads):
        tell(f"Läser {one.file.name}", 0.1 + 0.4 * step / len(made.loads))
        report = load(workspace, store, one.file, mapping=Mapping.read(one.mapping_file))
        loaded[report.frame] = loaded.get(report.frame, 0) + report.n_new
        told = report.as_json()
        console.say(
            f"  {one.file.name}: {counted(report.n_read, 'rad läst', 'rader lästa')}, "
            f"{counts({name: told[name] for name in _TOLD})}"
        )
    return loaded


def _analyse(workspace: Workspace, store: Store, tell: Callable[[str, float], None]) -> str:
    """Analyse the last weeks, oldest first, so that places can be followed."""
    from geo.pipeline import latest_week

    last = latest_week(store, timezone=workspace.profile.timezone)
    weeks = [last.shift(-back) for back in range(_WEEKS_SHOWN - 1, -1, -1)]
    for step, week in enumerate(weeks):
        tell(f"Analyserar {Week.parse(str(week)).label}", 0.5 + 0.4 * step / len(weeks))
        analyse_week(
            workspace, store, week=str(week), weeks=52, seed=1, progress=lambda _what, _share: None
        )
    return str(last)


def _answer(
    workspace: Workspace, store: Store, made: Demo, *, week: str, counts: dict[str, int]
) -> dict[str, Any]:
    """Score against the truth, write the outputs, and put the answer together."""
    from geo.demo import score
    from geo.maps import Role, picture, write_export, write_map

    run = store.run_for(week)
    found = score(made.truth, store.read("hotspots", run_id=run.run_id))
    surfaces = workspace.surfaces
    forum = picture(store, workspace.profile, role=Role.FORUM, week=week, surfaces=surfaces)
    chief = picture(
        store, workspace.profile, role=Role.SECURITY_CHIEF, week=week, surfaces=surfaces
    )
    outputs = [workspace.out / f"lagesbild-{week}.html", workspace.out / f"platser-{week}.gpkg"]
    write_map(outputs[0], forum)
    write_export(outputs[1], chief, layer="places")
    layers = {name: len(chief.layer(name)) for name in chief.feature_layers}
    return {
        "workspace": str(workspace.folder),
        "week": week,
        "layers": layers,
        "loaded": counts,
        "truth": found,
        "outputs": [str(path) for path in outputs],
    }


def _tell(console: Console, answer: dict[str, Any]) -> None:
    """Say in Swedish what came of the demo."""
    truth = answer["truth"]
    console.say(
        f"Vecka {answer['week']}: {truth['found']} av {truth['planted']} planterade platser "
        f"hittade, {truth['false']} falska fynd."
    )
    for path in answer["outputs"]:
        console.say(f"  {path}")
