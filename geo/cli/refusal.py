"""How the command line says no: what is wrong, what was found and expected, how to mend it."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

import typer

from geo.wording import LANGUAGES, Spoken, names, speak, swedish

if TYPE_CHECKING:
    from geo.errors import LagesbildError

REFUSED = 1
LANG_VARIABLE = "LAGESBILD_LANG"
"""``en`` gives errors in English; Swedish is the product's own language."""

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises for a command it cannot understand; only its subclass has a public name."""

_WIDEST = 100
_CODE = re.compile(r"\b[a-z]+(?:_[a-z]+)*(?= \(\d+\))")
_COMMAND = re.compile(r"`[^`]*`")
_NEXT = re.compile(r" (?=\(\d\) )|; ")  # several questions or faults stand on lines of their own
_GLUE = "\0"


def language() -> str:
    """
    Tell in which language errors are said.

    Returns
    -------
    str
        ``sv``, or ``en`` where the environment asks for it.
    """
    asked = os.environ.get(LANG_VARIABLE, "").strip().lower()[:2]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def refuse(error: LagesbildError, *, as_json: bool) -> None:
    """
    Say what was wrong and how to mend it, on standard error; as JSON too when asked.

    Parameters
    ----------
    error
        Ours.
    as_json
        Whether a machine listens: names and the code are the same in every language.
    """
    lang = language()
    spoken = _with_reasons(speak(error, lang=lang), lang=lang)
    typer.echo(laid_out(spoken, width=_width()) if lang == "sv" else str(error), err=True)
    if as_json:
        told = {"code": error.code, "problem": spoken.problem, "fix": spoken.fix}
        table = {"error": {**told, "facts": spoken.facts}}
        typer.echo(json.dumps(table, ensure_ascii=False))


def misused(error: Exception) -> int:
    """
    Say in Swedish why a command could not be understood, on standard error.

    Parameters
    ----------
    error
        Typer's `UsageError`.

    Returns
    -------
    int
        The exit code, 2.
    """
    if type(error).__name__ != "NoArgsIsHelpError":  # that one has shown its help already
        context = getattr(error, "ctx", None)
        command = "lagesbild" if context is None else context.command_path
        told = str(getattr(error, "format_message", error.__str__)())
        spoken = Spoken(swedish(told, table="foreign"), {}, f"se `{command} --help`")
        typer.echo(laid_out(spoken, width=_width()), err=True)
    return int(getattr(error, "exit_code", 2))


def laid_out(spoken: Spoken, *, width: int | None) -> str:
    """
    Lay an error out for a reader of Swedish.

    Parameters
    ----------
    spoken
        The error in Swedish.
    width
        Columns of the terminal; None leaves every line whole. A command in backticks is never
        broken, so that it can be copied.

    Returns
    -------
    str
        The problem, then each fact and the fix beside its name.
    """
    called = names()
    rows = [(called.get(n, n), _NEXT.split(told)) for n, told in spoken.facts.items()]
    rows.append((called["fix"], [spoken.fix]))
    wide = max(len(name) for name, _ in rows)
    lines = _wrapped(spoken.problem, width=width, hang="")
    for name, parts in rows:
        first = f"  {name + ':':<{wide + 1}} "
        for part in parts:
            lines += _wrapped(first + part, width=width, hang=" " * (wide + 4))
            first = " " * (wide + 4)
    return "\n".join(lines)


def _wrapped(text: str, *, width: int | None, hang: str) -> list[str]:
    """Break a text into lines; commands stay whole."""
    if width is None:
        return [text]
    glued = _COMMAND.sub(lambda found: found[0].replace(" ", _GLUE), text)
    lines = textwrap.wrap(
        glued, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace(_GLUE, " ") for line in lines]


def _width() -> int | None:
    """Give the terminal's width; None in a pipe, where lines stay whole."""
    if not sys.stderr.isatty():
        return None
    return min(shutil.get_terminal_size().columns, _WIDEST)


def _with_reasons(spoken: Spoken, *, lang: str) -> Spoken:
    """Name the reasons why rows were rejected as the page of sources names them."""
    if "rejects" not in spoken.facts or lang != "sv":
        return spoken
    from geo.maps.quality.words import DOUBTS

    found = _CODE.sub(lambda code: DOUBTS.get(code[0], (code[0],))[0], spoken.facts["found"])
    return Spoken(spoken.problem, spoken.facts | {"found": found}, spoken.fix)
