"""The command `lagesbild`: parse, ask the library, answer. Exit 0 done, 1 refused, 2 usage."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.cli import backtest, check, data, demo, light, picture, quality, service, start
from geo.cli.output import Console, run

app = typer.Typer(
    name="lagesbild",
    help="Lägesbild: var händer det, var känns det otryggt, var är det mörkt, och vad kan göras.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:  # noqa: FBT001 (typer hands the flag over by position)
    """Print the version and stop."""
    if value:
        from geo import __version__

        typer.echo(f"lagesbild {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    workspace: Annotated[Path, typer.Option(help="Kommunens mapp.", file_okay=False)] = Path(),
    json: Annotated[
        bool, typer.Option("--json", help="Sluta med ett JSON-objekt på en rad.")
    ] = False,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Visa version.")
    ] = False,
) -> None:
    """Lägesbild för en kommun: läs in, analysera, visa."""
    context.obj = Console(workspace=workspace, as_json=json)


for module in (start, data, quality, picture, backtest, light, service, demo, check):
    module.register(app)


def main() -> None:
    """Run the command line; errors of ours become a sentence and exit code 1."""
    run(app)
