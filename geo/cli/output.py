"""How the command line talks: prose and progress for people, one line of JSON for machines."""

from __future__ import annotations

import gc
import json
import shlex
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import typer

from geo.cli.refusal import REFUSED, UsageError, language, misused, refuse
from geo.errors import LagesbildError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_SELDOM = 200_000
"""Things made and not yet freed before garbage is looked for; 700 is usual."""
_BECAME = {
    "n_new": ("ny", "nya"),
    "n_changed": ("ändrad", "ändrade"),
    "n_unchanged": ("oförändrad", "oförändrade"),
    "n_rejected": ("avvisad", "avvisade"),
    "n_refused": ("tas inte emot", "tas inte emot"),
}
"""What became of a row -> the words for one and for many."""


@dataclass
class Console:
    """
    What every command gets: the workspace, and how to answer.

    Parameters
    ----------
    workspace
        The folder commands work in.
    as_json
        Whether the answer ends with one JSON object on one line.
    """

    workspace: Path
    as_json: bool = False
    _said: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """
        Tell a person something; silent when a machine listens.

        Parameters
        ----------
        text
            A line or more, Swedish.
        """
        if not self.as_json:
            typer.echo(text)

    def reached(self, path: str) -> str:
        """
        Write a path of the workspace so that it holds from where the user stands.

        Parameters
        ----------
        path
            Relative to the workspace.

        Returns
        -------
        str
            Relative to the current folder, or absolute where the workspace was given so.
        """
        return str(self.workspace / path)

    def command(self, words: str) -> str:
        """
        Write a command that can be pasted where the user stands.

        Parameters
        ----------
        words
            Its name and arguments.

        Returns
        -------
        str
            With the workspace, unless the user stands in it.
        """
        from pathlib import Path

        if self.workspace == Path():
            return f"lagesbild {words}"
        return f"lagesbild --workspace {shlex.quote(str(self.workspace))} {words}"

    def show(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """
        Show a table on a terminal, and lines with tabs in a pipe; silent for a machine.

        Parameters
        ----------
        heads
            Headings, Swedish.
        rows
            Cells, one a heading.
        """
        if self.as_json:
            return
        if not sys.stdout.isatty():
            for row in (heads, *rows):
                typer.echo("\t".join(row))
            return
        from rich.console import Console as Rich
        from rich.table import Table

        table = Table(*heads, show_edge=False)
        for row in rows:
            table.add_row(*row)
        Rich().print(table, markup=False)

    def end(self, answer: dict[str, Any]) -> None:
        """
        Close with the machine's answer, when one was asked for.

        Parameters
        ----------
        answer
            Anything JSON can hold.
        """
        if self.as_json:
            typer.echo(json.dumps(answer, ensure_ascii=False, separators=(",", ":"), default=str))

    @contextmanager
    def progress(self, title: str) -> Iterator[Callable[[str, float], None]]:
        """
        Show progress on a terminal; quiet in a pipe.

        Parameters
        ----------
        title
            What is being done.

        Yields
        ------
        callable
            Takes what is done now and the share done so far, 0-1.
        """
        if self.as_json or not sys.stderr.isatty():
            yield lambda _what, _share: None
            return
        from rich.console import Console as Rich
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Rich(stderr=True), transient=True) as bar:
            task = bar.add_task(title, total=1.0)
            yield lambda what, share: bar.update(task, completed=share, description=what)


def counted(n: int, one: str, many: str) -> str:
    """
    Write a count with its words in the right form.

    Parameters
    ----------
    n
        The count.
    one, many
        The words for one, and for any other count.

    Returns
    -------
    str
        Such as ``1 rad läst`` or ``0 rader lästa``.

    Examples
    --------
    >>> counted(1, "rad läst", "rader lästa"), counted(2, "rad läst", "rader lästa")
    ('1 rad läst', '2 rader lästa')
    """
    return f"{n} {one if n == 1 else many}"


def counts(rows: Mapping[str, int]) -> str:
    """
    Write what became of rows, each count in the right form.

    Parameters
    ----------
    rows
        Counts by n_new, n_changed, n_unchanged, n_rejected and n_refused; those not there are
        not told.

    Returns
    -------
    str
        Such as ``1 ny, 0 ändrade, 2 avvisade``.

    Examples
    --------
    >>> counts({"n_new": 1, "n_rejected": 2, "n_read": 3})
    '1 ny, 2 avvisade'
    """
    return ", ".join(counted(rows[name], *words) for name, words in _BECAME.items() if name in rows)


def of(context: typer.Context) -> Console:
    """
    Get the console of a running command, with the options given before its name.

    Parameters
    ----------
    context
        Typer's context.

    Returns
    -------
    Console
        The console.
    """
    console = context.find_object(Console)
    if console is None:  # pragma: no cover (the callback always sets it)
        msg = "the command line was not set up."
        raise LagesbildError(msg, fix="report this: it is our fault")
    return console


@contextmanager
def seldom_collected() -> Iterator[None]:
    """
    Look for garbage in cycles seldom, which is a tenth of the time of a command of many frames.

    Yields
    ------
    None
        Until the block ends.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def run(app: typer.Typer) -> None:
    """
    Run an app; an error becomes a sentence, a fix and exit code 1, wrong usage exit code 2.

    The options that every command shares may stand before or after its name.

    Parameters
    ----------
    app
        The app.
    """
    arguments = _shared_first(sys.argv[1:])
    swedish = language() == "sv"
    try:
        sys.exit(app(arguments, standalone_mode=not swedish))
    except LagesbildError as error:
        refuse(error, as_json="--json" in arguments)
        sys.exit(REFUSED)
    except UsageError as error:
        sys.exit(misused(error))
    except typer.Abort:
        typer.echo("Avbrutet.", err=True)
        sys.exit(REFUSED)


def _shared_first(arguments: list[str]) -> list[str]:
    """Move --json and --workspace to the front, where the app takes them."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--json" or word.startswith("--workspace="):
            front.append(word)
        elif word == "--workspace":
            front += [word, *([value] if (value := next(words, None)) is not None else [])]
        else:
            rest.append(word)
    return front + rest
