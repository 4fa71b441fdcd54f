"""A proposed mapping on the terminal: shown, asked about, settled or refused."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import typer

from geo.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.cli.output import Console
    from geo.ingest import Mapping
    from geo.ingest.propose import Place, Proposal, Unsure

_MOST_CHOICES = 4
_SHOWN_COLUMNS = 7
_CELL = 34
_SHOWN_WORDS = 8
_LEFT_OUT = {
    "persons": "om personer, läses aldrig",
    "free_text": "fri text, läses aldrig",
    "others": "läses inte",
}


def settled_mapping(
    console: Console, file: Path, *, frame: str, place: Place, source: str | None,
    write_map: Path | None, yes: bool,
) -> tuple[Mapping | None, Proposal]:  # fmt: skip
    """
    Propose a mapping, show it, and have what is unsure settled.

    Parameters
    ----------
    console
        How to talk.
    file
        The file to load.
    frame
        What it is loaded as.
    place
        What is known of the municipality.
    source
        The export's name, when given.
    write_map
        Where to write the proposal; None writes none.
    yes
        Accept the proposal without asking; what is decisive and unsure is
        refused all the same.

    Returns
    -------
    mapping : Mapping or None
        None when it was only written, or the person said no.
    proposal : Proposal
        What it was made from.

    Raises
    ------
    IngestError
        If something decisive is unsure and nobody is there to settle it.
    """
    from geo.ingest.propose import propose_file

    talking = _talks(console) and not yes
    answers: dict[str, Any] = {}
    proposal = propose_file(file, frame=frame, place=place, source=source)
    show(console.say, proposal, full=True)
    while talking and (item := next(iter(proposal.decisive), None)) is not None:
        if item.key in answers:
            break
        answers[item.key] = _ask(item)
        proposal = propose_file(file, frame=frame, place=place, source=source, answers=answers)
        proposal = _without(proposal, answers)
        show(console.say, proposal, full=False)
    if write_map is not None:
        _write(console, proposal, write_map)
    if proposal.decisive:
        raise _refusal(proposal, file=file, written=write_map, full=console.as_json)
    if talking and not typer.confirm("Läs in så här?", default=False):
        console.say("Inget lästes in. Spara förslaget med --write-map FIL.toml och rätta det där.")
        return None, proposal
    if write_map is not None and not yes and not talking:
        console.say(f"Inget lästes in: läs igenom och kör igen med --map {write_map}.")
        return None, proposal
    return proposal.mapping, proposal


def show(say: Callable[[str], None], proposal: Proposal, *, full: bool) -> None:
    """
    Say a proposal in Swedish.

    Parameters
    ----------
    say
        Takes a line.
    proposal
        What was proposed.
    full
        Also list what is left out.
    """
    from geo.ingest.propose.preview import preview

    mapping, why = proposal.mapping, proposal.reasons
    sample = proposal.sample
    seen = f"{'alla' if sample.whole else 'de första'} {sample.n} rader är genomgångna"
    seen = "dess enda rad är genomgången" if sample.n == 1 else seen
    say(f"Förslag: {sample.path.name} läses som {mapping.frame} ({seen}).")
    for key in ("layer", "crs", "timezone", "date_order", "ignore_offset"):
        value = getattr(mapping, key)
        if value:
            say(f"   {key} = {value}{_because(why.get(key))}")
    for ours, theirs in mapping.columns.items():
        shown = theirs if isinstance(theirs, str) else " + ".join(theirs)
        say(f"   {ours} <- {shown}{_because(why.get(ours))}")
    for ours, value in mapping.constants.items():
        say(f"   {ours} = {value} för alla rader{_because(why.get(ours))}")
    if mapping.categories:
        words = [f"{theirs} -> {ours}" for theirs, ours in mapping.categories.items()]
        more = f" och {len(words) - _SHOWN_WORDS} till" if len(words) > _SHOWN_WORDS else ""
        say(f"   ord: {'; '.join(words[:_SHOWN_WORDS])}{more}")
    if full:
        for name, title in _LEFT_OUT.items():
            if proposal.left_out.get(name):
                say(f"   {title}: {', '.join(proposal.left_out[name])}")
    _table(say, preview(proposal))
    for item in proposal.unsure:
        say(f"   {'?' if item.decisive else '!'} {item.question}")


def _because(reason: str | None) -> str:
    return f"   ({reason})" if reason else ""


def _table(say: Callable[[str], None], rows: list[dict[str, str]]) -> None:
    """Five rows side by side, as they would be understood."""
    if not rows:
        return
    names = list(rows[0])[:_SHOWN_COLUMNS]
    width = {n: min(_CELL, max(len(n), *(len(row.get(n, "")) for row in rows))) for n in names}
    for row in [{n: n for n in names}, *rows]:
        say("     " + "  ".join(row.get(n, "")[: width[n]].ljust(width[n]) for n in names).rstrip())


def _talks(console: Console) -> bool:
    """Whether a person sits at a terminal."""
    return not console.as_json and sys.stdin.isatty() and sys.stdout.isatty()


def _ask(item: Unsure) -> Any:
    """Ask one thing; an answer that is none of the options is taken as it is written."""
    typer.echo(f"\n{item.question}")
    for number, option in enumerate(item.options, start=1):
        typer.echo(f"   {number}. {option.label}")
    said = str(typer.prompt("Välj nummer, eller skriv svaret" if item.options else "Svara"))
    if said.strip().isdigit() and 1 <= int(said) <= len(item.options):
        return item.options[int(said) - 1].answer
    if item.key == "xy":
        return [part.strip() for part in said.split(",")]
    return said.strip()


def _without(proposal: Proposal, answers: dict[str, Any]) -> Proposal:
    """Take away what has been answered."""
    from dataclasses import replace

    left = tuple(item for item in proposal.unsure if item.key not in answers)
    return replace(proposal, unsure=left)


def _write(console: Console, proposal: Proposal, path: Path) -> None:
    """Write the proposal as a mapping file; never over another."""
    from geo.ingest.propose.writing import mapping_text

    if path.exists():
        msg = f"{path.name} exists already."
        raise IngestError(msg, fix="give another name after --write-map, or remove the file")
    path.write_text(mapping_text(proposal), encoding="utf-8")
    console.say(f"Förslaget är sparat i {path}.")


def _refusal(proposal: Proposal, *, file: Path, written: Path | None, full: bool) -> IngestError:
    """Say exactly what to settle, and how to write it."""
    asked = []
    for number, item in enumerate(proposal.decisive, start=1):
        lines = [option.line or str(option.label) for option in item.options]
        asked.append(f"({number}) {item.question}{_choices(lines)}")
    frame = proposal.mapping.frame
    if written is None:
        fix = (
            f"run `lagesbild load {frame} {file} --write-map NAME.toml`, settle the lines "
            "marked OSÄKERT in it, and load with --map NAME.toml; or answer on a terminal"
        )
    else:
        fix = f"settle the lines marked OSÄKERT in {written}, and load with --map {written}"
    msg = f"{file.name} cannot be loaded before {len(asked)} thing(s) about it are settled."
    account = {"proposal": json.dumps(proposal.as_json(), ensure_ascii=False)} if full else {}
    return IngestError(msg, fix=fix, unsure=" ".join(asked), **account)


def _choices(lines: list[str]) -> str:
    """Say what may be written; of a long list the first ones, for the mapping file holds all."""
    if not lines:
        return ""
    rest = len(lines) - _MOST_CHOICES
    more = f", eller en av de {rest} andra i mappningsfilen" if rest > 0 else ""
    return f" Skriv: {' eller '.join(lines[:_MOST_CHOICES])}{more}."
