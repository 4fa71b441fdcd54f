"""The command that serves: loopback only, until sign-in exists."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.output import Console, of
from geo.errors import ServeError

WORKSPACE_VARIABLE = "LAGESBILD_WORKSPACE"


def register(app: typer.Typer) -> None:
    """
    Add the command to an app.

    Parameters
    ----------
    app
        The app.
    """
    app.command()(serve)


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Adress; bara den egna datorn.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port.", min=1, max=65535)] = 8000,
) -> None:
    """Visa lägesbilden i webbläsaren på den egna datorn."""
    start(of(context), of(context).workspace, host=host, port=port)


def start(console: Console, folder: Path, *, host: str, port: int) -> None:
    """
    Serve a workspace until stopped.

    Parameters
    ----------
    console
        Told the address.
    folder
        The municipality's folder.
    host, port
        What to bind; loopback only.

    Raises
    ------
    ServeError
        If the address is not this machine's own, or the port is taken.
    """
    import uvicorn

    from geo.pipeline import Workspace

    require_loopback(host)
    require_free(host, port)
    Workspace.open(folder)
    os.environ[WORKSPACE_VARIABLE] = str(folder.resolve())
    shown = f"[{host}]" if ":" in host else host
    console.say(f"Lägesbilden finns på http://{shown}:{port}/ (avsluta med Ctrl+C)")
    uvicorn.run("api.app:create_app", factory=True, host=host, port=port, log_level="warning")


def require_free(host: str, port: int) -> None:
    """
    Refuse a port that something else listens on, before anything is started.

    Parameters
    ----------
    host, port
        What to bind.

    Raises
    ------
    ServeError
        If it is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            msg = "the port is already in use."
            raise ServeError(
                msg, found=port, fix="stop what listens there, or pass --port with another"
            ) from None


def require_loopback(host: str) -> None:
    """
    Refuse to listen where others can reach: there is no sign-in yet.

    Parameters
    ----------
    host
        Name or address to bind.

    Raises
    ------
    ServeError
        If it is not this machine's own loopback.
    """
    try:
        own = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        own = False
    if not own:
        msg = "the service binds this machine's own address only."
        raise ServeError(
            msg,
            found=host,
            expected="127.0.0.1, ::1 or localhost",
            fix="leave --host out: without sign-in anyone on the network could see every layer",
        )
