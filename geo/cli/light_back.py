"""Orders to the contractor and what comes back: the part of `light` that changes the store."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from geo.cli.output import counted, counts

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from geo.cli.output import Console
    from geo.maps import Picture
    from geo.pipeline import Workspace
    from geo.pipeline.returned import ReturnReport
    from geo.store import Store

_MOST_TOLD = 25
_WORDS = {
    "n_closed": ("utförd", "utförda"),
    "n_noted": ("med anmärkning", "med anmärkning"),
    "n_unchanged": ("oförändrad", "oförändrade"),
    "n_blank": ("ej ifylld", "ej ifyllda"),
    "n_rejected": ("avvisad", "avvisade"),
}


def today(workspace: Workspace) -> date:
    """
    Read today's date where the municipality is.

    Parameters
    ----------
    workspace
        The municipality.

    Returns
    -------
    datetime.date
        Today.
    """
    return datetime.now(ZoneInfo(workspace.profile.timezone)).date()


def send(
    console: Console,
    workspace: Workspace,
    store: Store,
    made: Picture,
    path: Path,
    *,
    owner: str | None,
) -> dict[str, Any]:
    """
    Write an order and keep it as measures.

    Parameters
    ----------
    console
        Where to tell of it.
    workspace, store
        The municipality and its open store.
    made
        The picture the order is of.
    path
        File to write.
    owner
        Only this owner's lamps; None takes all.

    Returns
    -------
    dict
        What `--json` prints.
    """
    from geo.maps.order_file import errands, require_owner, write_order
    from geo.maps.worklist import worklist
    from geo.measures.order import SOURCE, order_measures, ordered_lamps
    from geo.store import BatchInfo

    day = today(workspace)
    ordered = ordered_lamps(store.read("measures"))
    if owner is not None:
        require_owner(owner, made)
    chosen = errands(worklist(made), made, owner=owner, skip=ordered)
    measures = order_measures(chosen, ordered_on=day, crs=workspace.profile.crs)
    lines = [
        ("Beställning", f"{workspace.profile.name}, {day.isoformat()}"),
        ("Fyll i", "Utfört datum för varje stolpe, gärna kod, anmärkning och uppmätt lux."),
        ("Ändra inte", "Radnyckel och Stolpnummer: de visar vilken rad svaret gäller."),
        ("Skicka tillbaka", "Samma fil, även om bara en del är gjord. Rader får sorteras om."),
        ("Koder", "Lämna tomt eller skriv en av dessa:"),
    ]
    told = {"errands": len(chosen), "already": len(ordered)}
    already = counted(len(ordered), "ljuspunkt är redan beställd", "ljuspunkter är redan beställda")
    if measures.empty:
        console.say("Inget att beställa, så ingen fil skrevs.")
        if ordered:
            console.say(f"{already}; fyll i den beställningen och läs in den med --returned.")
        return {"file": None, "n": 0, "batch_id": None, **told}
    n = write_order(path, measures, made.layer("lamps"), lines=lines)
    info = BatchInfo(source=SOURCE, file_name=path.name, mapping_version="1")
    batch = store.append("measures", measures, batch=info).batch_id
    store.audit("order", subject=batch, by=made.role.value, n_rows=n)
    lamps = counted(n, "ljuspunkt", "ljuspunkter")
    console.say(f"Beställt: {lamps} i {counted(len(chosen), 'ärende', 'ärenden')}, i {path}.")
    if ordered:
        console.say(f"{already} och tas inte med igen.")
    console.say(f"Ångra: {console.command(f'undo {batch}')}")
    return {"file": str(path), "n": n, "batch_id": batch, **told}


def take(console: Console, workspace: Workspace, path: Path) -> dict[str, Any]:
    """
    Take back what was returned: a filled order, or the answers to reporters.

    Parameters
    ----------
    console
        Where to tell of it.
    workspace
        The municipality.
    path
        The file.

    Returns
    -------
    dict
        What `--json` prints.
    """
    from geo.pipeline.answered import is_answers, take_answers
    from geo.pipeline.returned import take_back
    from geo.pipeline.walked import is_walk, take_walk

    with workspace.store() as store:
        if is_answers(path):
            told = take_answers(store, path)
            console.say(f"{told['n_changed']} svar sparade, {told['n_scrubbed']} rensade.")
            return told
        if is_walk(path):
            told = take_walk(workspace, store, path, today=today(workspace))
            became = {name: told[name] for name in ("n_new", "n_rejected")}
            console.say(
                f"{counted(told['n_items'], 'punkt', 'punkter')}, {counts(became)}, "
                f"{counted(told['n_blank'], 'tom rad', 'tomma rader')}."
            )
            _refused(console, told["rejects"])
            if told["batches"]:
                undo = [console.command(f"undo {b}") for b in told["batches"]]
                console.say("Ångra: " + "; ".join(undo))
            return told
        report = take_back(workspace, store, path, today=today(workspace))
        answers = _write_answers(workspace, store, report, path) if report.batches else None
    read = report.counts
    parts = [counted(read[name], *words) for name, words in _WORDS.items() if read[name]]
    console.say(f"{counted(read['n_read'], 'rad', 'rader')}: {', '.join(parts)}.")
    console.say(_ended(report))
    rejects = console.reached(report.rejects) if report.rejects else None
    answers = console.reached(answers) if answers else None
    if rejects:
        console.say(f"Avvisade rader: {rejects}")
        _refused(console, report.refused)
    if answers:
        console.say(f"Svar att skriva till dem som anmälde: {answers}")
    if report.batches:
        console.say("Ångra: " + "; ".join(console.command(f"undo {b}") for b in report.batches))
        console.say("Kör analyse igen för en ny lista.")
    return {
        **read, "n_faults": report.n_faults, "n_lamps": report.n_lamps,
        "n_measures": report.n_measures, "n_checks": report.n_checks,
        "n_reports": report.n_reports, "batches": report.batches, "rejects": rejects,
        "answers": answers,
    }  # fmt: skip


def _refused(console: Console, rows: list[dict[str, Any]]) -> None:
    """Say which rows were not taken, and why; row 1 is the one under the headings."""
    from geo.maps.quality.words import DOUBTS, word

    for row in rows[:_MOST_TOLD]:
        why = ", ".join(word(DOUBTS, reason, lang="sv") for reason in row["reasons"])
        console.say(f"  rad {row['row']}, {', '.join(row['columns'])}: {why}")
    if len(rows) > _MOST_TOLD:
        console.say(f"  och {len(rows) - _MOST_TOLD} till.")


def walk(
    console: Console, workspace: Workspace, *, blank: Path | None, meeting: Path | None
) -> dict[str, Any]:
    """
    Write the blank protocol of a safety walk, or the list for the meeting after it.

    Parameters
    ----------
    console
        Where to tell of it.
    workspace
        The municipality.
    blank, meeting
        Files to write; None for none.

    Returns
    -------
    dict
        What `--json` prints.
    """
    from geo.maps.walk_file import write_blank, write_meeting

    told: dict[str, Any] = {}
    if blank is not None:
        told |= {"blank": str(blank), "n_blank": write_blank(blank)}
        console.say(f"Klart: ett tomt protokoll i {blank}.")
    if meeting is not None:
        with workspace.store() as store:
            n = write_meeting(meeting, store.read("measures"))
        told |= {"meeting": str(meeting), "n_meeting": n}
        console.say(f"Klart: {n} punkter i {meeting}.")
    return told


def _ended(report: ReturnReport) -> str:
    """Say what an order that came back ended."""
    return (
        f"{counted(report.n_faults, 'felanmälan avslutad', 'felanmälningar avslutade')}, "
        f"{counted(report.n_lamps, 'ljuspunkt lyser', 'ljuspunkter lyser')} igen, "
        f"{counted(report.n_reports, 'rapport avslutad', 'rapporter avslutade')}, "
        f"{counted(report.n_checks, 'ommätning', 'ommätningar')} att göra."
    )


def _write_answers(
    workspace: Workspace, store: Store, report: ReturnReport, path: Path
) -> str | None:
    """Write the list of reports to answer beside the maps; none when there is nobody to answer."""
    from geo.maps import Role
    from geo.maps.answers import write_answers

    workspace.out.mkdir(exist_ok=True)
    out = workspace.out / f"svar-{path.stem}.xlsx"
    n = write_answers(out, report.answers, store.read("reports"), store.read("streets"),
                      role=Role.COORDINATOR)  # fmt: skip
    return str(out.relative_to(workspace.folder)) if n else None
