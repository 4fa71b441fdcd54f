"""Commands that bring data in: load, undo."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from geo.cli.output import counted, counts, of
from geo.errors import IngestError

if TYPE_CHECKING:
    from geo.cli.output import Console
    from geo.ingest import Mapping
    from geo.pipeline import LoadReport, Workspace
    from geo.store import Store


def register(app: typer.Typer) -> None:
    """
    Add the commands to an app.

    Parameters
    ----------
    app
        The app.
    """
    app.command()(load)
    app.command()(undo)


def load(
    context: typer.Context,
    frame: Annotated[str, typer.Argument(metavar="FRAME", help="incidents, lamps, streets ...")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Filen som ska läsas in.")],
    map_file: Annotated[Path | None, typer.Option("--map", help="Mappningsfil (TOML).")] = None,
    source: Annotated[str | None, typer.Option(help="Annat källnamn än mappningens.")] = None,
    write_map: Annotated[
        Path | None, typer.Option("--write-map", help="Spara den föreslagna mappningen här.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Godta den föreslagna mappningen utan att fråga.")
    ] = False,
    widen: Annotated[
        bool, typer.Option("--widen", help="Vidga kommunens utbredning så att filen ryms.")
    ] = False,
    inside: Annotated[
        bool,
        typer.Option("--inside", help="Filen gäller ett större område: ta bara det i kommunen."),
    ] = False,
) -> None:
    """Läs in en fil; varje rad räknas som ny, ändrad, oförändrad, avvisad eller ej vår."""
    from geo.pipeline import Workspace
    from geo.pipeline import load as load_file

    console = of(context)
    _require_incoming(frame)
    workspace = Workspace.open(console.workspace)
    proposed: dict[str, object] = {}
    if map_file is None:
        found = _proposed(console, workspace, frame, file, source=source, write=write_map, yes=yes)
        if found is None:
            return
        mapping, proposed = found
    else:
        mapping = _given(map_file, frame=frame, source=source, write_map=write_map)
    if inside:
        mapping = mapping.model_copy(update={"inside_only": True})
    before = workspace.profile.extent
    with workspace.store() as store, console.progress(f"Läser {file.name}"):
        report = load_file(workspace, store, file, mapping=mapping, widen=widen)
        behind = _behind(store, frame)
    answer = report.as_json()
    if report.rejects:
        answer["rejects"] = console.reached(report.rejects)
    _tell(console, report, timezone=workspace.profile.timezone)
    if Workspace.open(console.workspace).profile.extent != before:
        done = "sattes av" if before is None else "vidgades till"
        console.say(f"Kommunens utbredning {done} det här lagret, med 2 km marginal.")
    if behind:
        console.say(
            f"Platser och åtgärder följer med när du har kört {console.command('analyse')}."
        )
    console.end(answer | proposed)


def _require_incoming(frame: str) -> None:
    """Refuse a frame that nobody loads, naming those that are."""
    from geo.frames import FRAMES, INCOMING

    if frame not in INCOMING:
        msg = (
            f"{frame} are made by the analysis, not loaded."
            if frame in FRAMES
            else f"there is no frame {frame!r} to load."
        )
        raise IngestError(msg, known=", ".join(INCOMING), fix="use one of the known names")


def _given(path: Path, *, frame: str, source: str | None, write_map: Path | None) -> Mapping:
    """Read the mapping file that was named."""
    from geo.ingest import Mapping

    if write_map is not None:
        msg = "--map gives the mapping, and --write-map writes a proposed one."
        raise IngestError(msg, fix="leave one of them out")
    mapping = Mapping.read(path)
    if mapping.frame != frame:
        msg = "the mapping is for another frame."
        raise IngestError(
            msg, found=mapping.frame, expected=frame, fix=f"load it as {mapping.frame}"
        )
    return mapping if source is None else mapping.model_copy(update={"source": source})


def _proposed(
    console: Console, workspace: Workspace, frame: str, file: Path, *, source: str | None,
    write: Path | None, yes: bool,
) -> tuple[Mapping, dict[str, object]] | None:  # fmt: skip
    """Propose a mapping and have it settled; None when nothing is to be loaded."""
    from geo.cli.propose import settled_mapping
    from geo.ingest.propose import Place

    profile = workspace.profile
    place = Place(profile.crs, profile.timezone, profile.extent)
    mapping, proposal = settled_mapping(
        console, file, frame=frame, place=place, source=source, write_map=write, yes=yes
    )
    account: dict[str, object] = {"proposal": proposal.as_json()}
    if mapping is None:
        console.end({"frame": frame, "batch_id": None, **account})
        return None
    return mapping, account


def undo(
    context: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="BATCH", help="Inläsningens namn.")],
) -> None:
    """Ångra en inläsning: allt blir som före den."""
    from geo.maps.quality.words import FRAME_NAMES
    from geo.pipeline import Workspace
    from geo.pipeline import undo as take_back

    console = of(context)
    workspace = Workspace.open(console.workspace)
    with workspace.store() as store:
        done = take_back(workspace, store, batch)
        behind = _behind(store, done.frame)
    of_frame = FRAME_NAMES[done.frame][0].lower() if done.frame in FRAME_NAMES else done.frame
    console.say(
        f"Ångrat: {counted(done.n_removed, 'rad', 'rader')} bort, "
        f"{counted(done.n_restored, 'rad åter som den var', 'rader åter som de var')} "
        f"({of_frame})."
    )
    if Workspace.open(console.workspace).profile.extent != workspace.profile.extent:
        console.say("Utbredningen som den satte är borta; nästa lager som läses in sätter den.")
    if behind:
        console.say(f"Platser och åtgärder är som före det: kör {console.command('analyse')}.")
    console.end({"batch_id": batch, "frame": done.frame, "n_removed": done.n_removed,
                 "n_restored": done.n_restored})  # fmt: skip


def _behind(store: Store, frame: str) -> bool:
    """Tell whether the newest analysis is older than what a frame holds now."""
    from geo.maps.since import changed_since

    runs = store.runs()
    return bool(runs) and frame in changed_since(runs[0].revisions, store.revisions())


def _tell(console: Console, report: LoadReport, *, timezone: str) -> None:
    """Say in Swedish what a load did."""
    from geo.maps.quality.words import DOUBTS, word

    say = console.say

    def named(counts: dict[str, int]) -> str:
        return ", ".join(f"{word(DOUBTS, code, lang='sv')} ({n})" for code, n in counts.items())

    read = counted(report.n_read, "rad läst", "rader lästa")
    say(f"{report.frame}: {read} (inläsning {report.batch_id}).")
    say(f"   {counts(report.as_json())}.")
    if report.period:
        first, last = (_day(moment, timezone=timezone) for moment in report.period)
        say(f"   Från {first} till {last}.")
    if report.frame == "notices":
        say("   Visas på kartan för inlästa områden (areas) med samma namn, aldrig som punkt.")
    elif report.n_unlocated:
        say(f"   {report.n_unlocated} utan plats: räknas, men syns inte på kartan.")
    if report.refused:
        say(f"   Tas inte emot: {named(report.refused)}.")
    if report.n_refused == report.n_read:
        say("   Ingen rad i filen var vår att ta emot.")
    if report.n_flagged:
        say(f"   Behålls, men märkta: {named(report.n_flagged)}.")
    for theirs, n in report.other.items():
        say(f"   Okänt ord i källan, blev Övrigt: {theirs} ({n})")
    _tell_doubled(console, report)
    if report.rejects:
        listed = console.reached(report.rejects)
        say(f"   Avvisade rader, med radnummer och skäl: {listed}")


def _tell_doubled(console: Console, report: LoadReport) -> None:
    """Say that a register seems to be loaded under another name, and how to mend it."""
    kept = counted(report.n_new + report.n_changed + report.n_unchanged, "rad", "rader")
    for other, n in report.also_in.items():
        undo = console.command(f"undo {report.batch_id}")
        console.say(
            f"   OBS: {n} av {kept} finns redan under källan {other}. Är det samma register "
            "räknas allt dubbelt."
        )
        console.say(f"        Ångra med {undo} och läs in filen med --source {other}.")


def _day(moment: str, *, timezone: str) -> str:
    """Give the local day of a moment in ISO form."""
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(timezone)).date().isoformat()
