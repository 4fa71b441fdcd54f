"""The command that proves, or disproves, the list: backtest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from geo.cli.output import of


def register(app: typer.Typer) -> None:
    """
    Add the command to an app.

    Parameters
    ----------
    app
        The app.
    """
    app.command()(backtest)


def backtest(
    context: typer.Context,
    horizon_days: Annotated[int, typer.Option(help="Hur långt fram, dagar.")] = 7,
    folds: Annotated[int, typer.Option(help="Antal prognoser i följd.")] = 26,
    share: Annotated[float, typer.Option(help="Listans andel av ytan.")] = 0.01,
    cell_m: Annotated[float, typer.Option(help="Rutans sida, meter.")] = 150.0,
    grids: Annotated[int, typer.Option(help="Antal rutnät, 1-4, en halv ruta isär.")] = 4,
    methods: Annotated[str, typer.Option(help="Metoder med komma emellan, eller all.")] = "all",
    thin: Annotated[float, typer.Option(help="Andel händelser som behålls, lottade.")] = 1.0,
    replicates: Annotated[int, typer.Option(help="Antal lottningar.")] = 1,
    seed: Annotated[int, typer.Option(help="Frö för lottningen.")] = 1,
) -> None:
    """Pröva prognosen mot det som sedan hände, bredvid enklare metoder."""
    from geo.maps.backtest_page import write_page
    from geo.pipeline import Workspace
    from geo.pipeline.backtest import Question
    from geo.pipeline.backtest import backtest as replay

    console = of(context)
    workspace = Workspace.open(console.workspace)
    names = tuple(name.strip() for name in methods.split(",") if name.strip())
    question = Question(
        horizon_days=horizon_days, folds=folds, share=share, cell_m=cell_m, grids=grids,
        methods=names, thin=thin, replicates=replicates, seed=seed,
    )  # fmt: skip
    with workspace.store() as store, console.progress("Prövar") as tell:
        answer = replay(workspace, store, question, progress=tell)
    page = workspace.out / "backtest.html"
    write_page(page, answer, name=workspace.profile.name)
    _tell(console.say, answer, page)
    console.end({k: v for k, v in answer.items() if k != "by_fold"} | {"page": str(page)})


def _tell(say: Any, answer: dict[str, Any], page: Path) -> None:
    """Say the answer in Swedish, the plain count first."""
    from geo.maps.backtest_page import sentence

    say(sentence(answer))
    for row in answer["methods"]:
        say(
            f"  {row['name']:<16} {row['hits']:8.1f} av {row['n']}  "
            f"{row['hit_rate']:6.1%} ({row['hit_rate_low']:.1%}-{row['hit_rate_high']:.1%})  "
            f"PAI {row['pai']:.1f} ({row['pai_low']:.1f}-{row['pai_high']:.1f})"
        )
    say("  Förutsagt och inträffat, rutorna i prognosens ordning:")
    for row in answer["calibration"]:
        say(
            f"  {row['share_from']:4.0%}-{row['share_to']:4.0%} av ytan  "
            f"{row['foretold']:8.1f}  {row['came']:6.0f} ({row['low']:.0f}-{row['high']:.0f})"
        )
    say(f"Sidan: {page}")
