"""The command about light: the planner's worklist, orders that come back, surveys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli import light_back, light_seen
from geo.cli.output import counted, of

if TYPE_CHECKING:
    from geo.maps import Picture
    from geo.maps.worklist import Worklist

_SHOWN = ("Nr", "Plats", "Åtgärd", "Vems", "Säkerhet", "Öppet")


def register(app: typer.Typer) -> None:
    """
    Add the command to an app.

    Parameters
    ----------
    app
        The app.
    """
    app.command()(light)


def light(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Argument(metavar="[OUT]", help=".xlsx, .csv, .gpkg eller .html")
    ] = None,
    week: Annotated[str | None, typer.Option(help="Vecka, till exempel 2026-W47.")] = None,
    role: Annotated[str, typer.Option(help="Vems lista: planner, security_chief ...")] = "planner",
    order: Annotated[
        Path | None, typer.Option(help="Skriv en beställning per stolpe: .xlsx eller .gpkg.")
    ] = None,
    owner: Annotated[str | None, typer.Option(help="Beställ bara denna ägares stolpar.")] = None,
    returned: Annotated[
        Path | None, typer.Option(help="Läs in en ifylld beställning, svar eller protokoll.")
    ] = None,
    blank: Annotated[
        Path | None, typer.Option(help="Skriv ett tomt protokoll för trygghetsvandring, .xlsx.")
    ] = None,
    meeting: Annotated[
        Path | None, typer.Option(help="Skriv listan för återkopplingen: .xlsx eller .html.")
    ] = None,
    night: Annotated[
        Path | None,
        typer.Option(
            help="Läs en nattbild (GeoTIFF): medelvärde per stadsdel.", exists=True, dir_okay=False
        ),
    ] = None,
) -> None:
    """Visa åtgärdslistan för belysningen, skriv den till fil, beställ, läs in det utförda."""
    from geo.maps import Role, picture
    from geo.maps.worklist import worklist
    from geo.maps.worklist_alike import alike
    from geo.maps.worklist_file import write_worklist
    from geo.pipeline import Workspace

    console = of(context)
    workspace = Workspace.open(console.workspace)
    if blank is not None or meeting is not None:
        console.end(light_back.walk(console, workspace, blank=blank, meeting=meeting))
        return
    if returned is not None:
        console.end(light_back.take(console, workspace, returned))
        return
    if night is not None:
        console.end(light_seen.from_above(console, workspace, night))
        return
    with workspace.store() as store:
        if not store.runs() and out is None and order is None:
            console.end(light_seen.register(console, store))
            return
        made = picture(store, workspace.profile, week=week, role=Role.parse(role))
        measured = light_seen.measured(console, workspace, store)
        if order is not None:
            console.end(light_back.send(console, workspace, store, made, order, owner=owner))
            return
    listed = worklist(made)
    console.say(listed.told["sentence"])
    if out is None:
        if listed.rows:
            console.show(_SHOWN, [_cells(row) for row in listed.rows])
    else:
        n = write_worklist(out, made)
        console.say(f"Klart: {counted(n, 'rad', 'rader')} i {out}.")
    for places, row in alike([*listed.told["not_light"], *listed.told["cannot_tell"]]):
        console.say(f"{places}: {row['sentence']}")
    for note in listed.told["notes"]:
        console.say(note)
    console.end(_answer(made, listed, out) | {"measured": measured})


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    """Give a row of the terminal's table."""
    from geo.maps.layers_dark import target_words

    whose = row["owner_label"] or row.get("street_owner_label") or ""
    n = row["n_lamps"]
    work = f"{row['work']} ({n} st)" if n else row["work"]
    days, target = row["days_open"], row["target_days"]
    return (
        str(row.get("rank", "–")),
        row.get("place") or "",
        work,
        whose,
        row.get("confidence_label", ""),
        "" if days is None else f"{days} dygn (mål {target_words(target)})",
    )


def _answer(made: Picture, listed: Worklist, out: Path | None) -> dict[str, Any]:
    """Give the answer for machines."""
    kept = ("id", "rank", "step", "place_id", "place", "rule", "kind", "work", "owners",
            "street_owners", "confidence", "n_lamps", "pole_refs", "days_open", "target_days",
            "late", "cost")  # fmt: skip
    told = listed.told
    return {
        "week": made.week,
        "run_id": told["run_id"],
        "file": None if out is None else str(out),
        "sentence": told["sentence"],
        "numbers": told["numbers"],
        "rows": [{k: row.get(k) for k in kept} for row in told["rows"]],
        "rounds": [{k: row.get(k) for k in kept if k in row} for row in told["rounds"]],
        "not_light": [
            {k: row[k] for k in ("id", "place", "confidence")} for row in told["not_light"]
        ],
        "cannot_tell": [{k: row[k] for k in ("id", "place")} for row in told["cannot_tell"]],
    }
