"""Is the workspace whole? Profile, key, database, every frame, and the surfaces of the runs."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import LagesbildError
from geo.settings import DATABASE_NAME, KEY_NAME
from geo.wording import speak

if TYPE_CHECKING:
    from geo.pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing looked at.

    Parameters
    ----------
    what
        Swedish, for people.
    ok
        Whether it is as it should be.
    told
        What was seen; for what is wrong, how to mend it.
    """

    what: str
    ok: bool
    told: str


def check_workspace(workspace: Workspace) -> list[Finding]:
    """
    Look through a workspace; nothing in it is changed.

    Parameters
    ----------
    workspace
        The workspace; its profile has been read already.

    Returns
    -------
    list of Finding
        Profile, key, database, one a frame with rows, and the runs.
    """
    out = [Finding("Profil", ok=True, told=f"{workspace.profile.name}, {workspace.profile.crs}")]
    out.append(_key(workspace))
    database = _database(workspace)
    out.append(database)
    return [*out, *_frames(workspace)] if database.ok else out


def _key(workspace: Workspace) -> Finding:
    """See that the private key is there, and private."""
    try:
        held = bool(workspace.key)
    except LagesbildError as error:
        return Finding("Privat nyckel", ok=False, told=_said(error))
    except ValueError:  # not the text of a key; what stands there is nobody's business
        told = "går inte att läsa; lägg tillbaka den från en säkerhetskopia"
        return Finding("Privat nyckel", ok=False, told=told)
    mode = stat.S_IMODE((workspace.folder / KEY_NAME).stat().st_mode)
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        told = f"andra på datorn kan läsa den; kör chmod 600 {KEY_NAME}"
        return Finding("Privat nyckel", ok=False, told=told)
    return Finding("Privat nyckel", ok=held, told="finns, och bara ägaren kan läsa den")


def _database(workspace: Workspace) -> Finding:
    """Let SQLite check its own pages, read-only."""
    import sqlite3

    path = workspace.folder / DATABASE_NAME
    if not path.is_file():
        return Finding("Databas", ok=True, told="finns inte än: inget är inläst")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            answer = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        answer = [str(error)]
    if answer == ["ok"]:
        return Finding("Databas", ok=True, told=f"hel, {path.stat().st_size / 1e6:.1f} MB")
    return Finding("Databas", ok=False, told=f"skadad ({answer[0]}); lägg tillbaka en kopia")


def _frames(workspace: Workspace) -> list[Finding]:
    """Read every frame, which checks it against its contract, and find the runs' surfaces."""
    from geo.frames import INCOMING

    out = []
    with workspace.store() as store:
        for name in INCOMING:
            try:
                rows = store.read(name)
            except LagesbildError as error:
                out.append(Finding(name, ok=False, told=_said(error)))
                continue
            if len(rows):
                out.append(
                    Finding(
                        name,
                        ok=True,
                        told=f"{len(rows)} rad{'' if len(rows) == 1 else 'er'} håller kontraktet",
                    )
                )
        runs = store.runs()
    lost = sum(not (workspace.surfaces / f"{run.run_id}.tif").is_file() for run in runs)
    told = f"{len(runs)} stycken"
    told += f", {lost} utan täthetskarta" if lost else ""
    return [*out, Finding("Analyser", ok=True, told=told)]


def _said(error: LagesbildError) -> str:
    """Say an error of ours on one line, as the rest of the list is said."""
    spoken = speak(error)
    return f"{spoken.problem} Gör så här: {spoken.fix}."
