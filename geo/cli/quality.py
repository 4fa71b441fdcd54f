"""The command that tells of the data: what came, when, what is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.output import counted, counts, of

if TYPE_CHECKING:
    from geo.cli.output import Console


def register(app: typer.Typer) -> None:
    """
    Add the command to an app.

    Parameters
    ----------
    app
        The app.
    """
    app.command()(quality)


def quality(
    context: typer.Context,
    week: Annotated[str | None, typer.Option(help="Vecka att jämföra, som 2026-W47.")] = None,
    role: Annotated[str, typer.Option("--role", help="Vems bild.")] = "security_chief",
) -> None:
    """Visa per källa vad som kommit, när, hur mycket som kan användas, och vad som saknas."""
    from geo.clock import Week
    from geo.maps import Role
    from geo.maps.quality import data_quality, quality_page
    from geo.pipeline import Workspace

    console = of(context)
    workspace = Workspace.open(console.workspace)
    profile = workspace.profile
    asked = None if week is None else Week.parse(week)
    with workspace.store() as store:
        found = data_quality(store, timezone=profile.timezone, now=datetime.now(UTC), week=asked)
    page = quality_page(
        found, role=Role.parse(role), profile=profile, out=console.reached(workspace.out.name)
    )
    _tell(console, page)
    console.end(page)


def _tell(console: Console, page: dict[str, Any]) -> None:
    """Say in Swedish what the page says."""
    console.say(page["sentence"])
    if page["fix"]:
        console.say(f"   {page['fix']}")
    if page["reporting"]:
        console.say(page["reporting"]["sentence"])
    for item in page["attention"]:
        mark = "!" if item["level"] == "warn" else "·"
        console.say(f" {mark} {item['title']}: {item['sentence']}")
        console.say(f"     {item['fix']}")
    for row in (*page["sources"], *page["stocks"]):
        console.say(_line(row))
        for load in row.get("loads", [])[:1]:
            take_back = console.command(f"undo {load['batch_id']}")
            undo = f"; ångra med {take_back}" if load["undo"] else ""
            told = {name: load[name] for name in load if name != "n_unchanged"}
            console.say(
                f"     {load['batch_id']} {load['at_label']}: "
                f"{counted(load['n_read'], 'rad läst', 'rader lästa')}, {counts(told)}{undo}"
            )
        for doubt in row.get("flagged", []):
            console.say(f"     {counted(doubt['n'], 'rad', 'rader')}: {doubt['label']}")


def _line(row: dict[str, Any]) -> str:
    """Say a source in one line."""
    n = "färre än 5 rader" if row["n"] is None else counted(row["n"], "rad", "rader")
    parts = [f"{row['source']} ({row['frame_label'].lower()}): {n}"]
    if row["located"]:
        parts.append(f"{row['located']['label']} på kartan")
    if row.get("timed"):
        parts.append(f"{row['timed']['label']} med känt klockslag")
    if row["last_label"]:
        parts.append(f"senast {row['last_label']}")
    if "personal_label" in row:
        parts.append(f"personuppgifter: {row['personal_label']}")
    return ", ".join(parts)
