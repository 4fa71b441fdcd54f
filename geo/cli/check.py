"""The command that checks: a workspace as it stands, or the formulas against others' numbers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.output import of

if TYPE_CHECKING:
    from geo.cli.output import Console

DATA_VARIABLE = "LAGESBILD_REAL_DATA"
PAGE = Path("docs") / "conformance.md"


def register(app: typer.Typer) -> None:
    """
    Add the command to an app.

    Parameters
    ----------
    app
        The app.
    """
    app.command()(check)


def check(
    context: typer.Context,
    conformance: Annotated[
        bool, typer.Option("--conformance", help="Jämför formlerna med andras tal.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Sidan som --conformance skriver.")] = PAGE,
) -> None:
    """Kontrollera kommunens mapp, eller formlerna mot publicerade tal."""
    console = of(context)
    wrong = _conformance(console, out) if conformance else _workspace(console)
    if wrong:
        raise typer.Exit(1)


def _workspace(console: Console) -> int:
    """Check the workspace; give how many things are wrong."""
    from geo.pipeline import Workspace
    from geo.pipeline.check import check_workspace

    found = check_workspace(Workspace.open(console.workspace))
    for one in found:
        console.say(f" {'✓' if one.ok else '!'} {one.what}: {one.told}")
    wrong = sum(not one.ok for one in found)
    console.say("Allt är som det ska." if not wrong else f"{wrong} fel att rätta.")
    console.end({
        "ok": not wrong,
        "checked": [{"what": one.what, "ok": one.ok, "told": one.told} for one in found],
    })  # fmt: skip
    return wrong


def _conformance(console: Console, out: Path) -> int:
    """Compare the formulas with others' numbers; give how many differ."""
    from geo import __version__
    from geo.pipeline.conformance import conformance, page

    folder = os.environ.get(DATA_VARIABLE, "")
    with console.progress("Jämför med andras tal") as tell:
        tell("Räknar", 0.1)
        lines = conformance(Path(folder) if folder else None)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page(lines, version=__version__), encoding="utf-8")
    for line in lines:
        if line.verdict != "same":
            console.say(f" ! {line.section}: {line.what}: {line.verdict}")
    count = {word: sum(line.verdict == word for line in lines) for word in
             ("same", "differs", "not run")}  # fmt: skip
    console.say(f"{count['same']} lika, {count['differs']} skiljer, {count['not run']} ej körda "
                f"(saknar data). Sidan: {out}")  # fmt: skip
    console.end({"page": str(out), **{word.replace(" ", "_"): n for word, n in count.items()}})
    return count["differs"]
