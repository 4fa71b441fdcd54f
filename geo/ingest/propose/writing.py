"""A proposed mapping as a file: every line with why, and what is unsure marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tomli_w

if TYPE_CHECKING:
    from geo.ingest.propose.proposing import Proposal

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TABLES = ("columns", "categories", "constants", "skip", "units")
_WIDTH = 98
UNSURE = "OSÄKERT"
"""Marks what a person should settle, in the comments of a written mapping."""


def mapping_text(proposal: Proposal) -> str:
    """
    Write a proposal as a mapping file.

    Parameters
    ----------
    proposal
        What was proposed.

    Returns
    -------
    str
        TOML that reads back as the proposal's mapping; reasons, open
        questions and columns that are left out stand in comments.
    """
    held = proposal.mapping.model_dump(exclude_defaults=True)
    lines = _comment(
        f"Förslag till mappning av {proposal.sample.path.name}, gjort av rubriker och värden. Läs "
        f"igenom, rätta, och läs in med: lagesbild load {proposal.mapping.frame} FIL --map DEN HÄR "
        "FILEN"
    )
    for item in proposal.unsure:
        lines += _comment(f"{UNSURE}: {item.question}" if item.decisive or item.options
                          else f"OBS: {item.question}")  # fmt: skip
        lines += [f"#    {option.line}" for option in item.options if option.line]
    lines.append("")
    tables = {name: held.pop(name) for name in _TABLES if name in held}
    values = held.pop("values", {})
    for key, value in held.items():
        lines.append(_line(key, value, proposal.reasons.get(key)))
    for name, table in tables.items():
        lines += ["", f"[{name}]"]
        reasons = proposal.reasons if name in {"columns", "constants"} else {}
        lines += [_line(key, value, reasons.get(key)) for key, value in table.items()]
    for name, table in values.items():
        lines += ["", f"[values.{_key(name)}]"]
        lines += [_line(key, value, None) for key, value in table.items()]
    lines += _left_out(proposal.left_out)
    return "\n".join(lines) + "\n"


def _line(key: str, value: Any, reason: str | None) -> str:
    """One line of TOML, with its reason behind."""
    text = f"{_key(key)} = {_value(value)}"
    return f"{text}  # {_flat(reason)}" if reason else text


def _key(name: str) -> str:
    if _BARE.fullmatch(name):
        return name
    return _value(name)


def _value(value: Any) -> str:
    """Write a value as TOML does, on one line."""
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    return tomli_w.dumps({"v": value}).removeprefix("v = ").rstrip("\n")


def _flat(text: str) -> str:
    """Text that cannot end a comment: what a source holds may carry anything."""
    return "".join(c if c.isprintable() else " " for c in text)


def _comment(text: str) -> list[str]:
    """Fold text into comment lines."""
    lines, line = [], "#"
    for word in _flat(text).split():
        if len(line) + len(word) + 1 > _WIDTH and line != "#":
            lines.append(line)
            line = "#  "
        line += f" {word}"
    return [*lines, line]


def _left_out(left: dict[str, list[str]]) -> list[str]:
    """Name the columns that are not read."""
    titles = {"persons": "Om personer, läses aldrig", "free_text": "Fri text, läses aldrig",
              "others": "Läses inte"}  # fmt: skip
    out: list[str] = []
    for name, title in titles.items():
        if left.get(name):
            out += _comment(f"{title}: {', '.join(left[name])}")
    return ["", *out] if out else []
