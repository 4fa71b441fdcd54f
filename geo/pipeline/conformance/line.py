"""One comparison, and the page of them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Line:
    """
    One number, or row of numbers, compared.

    Parameters
    ----------
    section
        What it is about.
    what
        The case.
    source
        Where the other number comes from.
    wanted
        The other number or numbers.
    ours
        What the code gives; None when the data it needs are not here.
    within
        Largest difference that counts as the same.
    note
        What a reader should know.
    """

    section: str
    what: str
    source: str
    wanted: tuple[float, ...]
    ours: tuple[float, ...] | None
    within: float
    note: str = ""

    @property
    def verdict(self) -> str:
        """Give ``same``, ``differs`` or ``not run``."""
        if self.ours is None:
            return "not run"
        same = len(self.ours) == len(self.wanted) and bool(
            np.allclose(self.ours, self.wanted, rtol=0, atol=self.within)
        )
        return "same" if same else "differs"


def page(lines: list[Line], *, version: str) -> str:
    """
    Write the comparisons as a page.

    Parameters
    ----------
    lines
        From `conformance`.
    version
        Of this software.

    Returns
    -------
    str
        Markdown.
    """
    count = {word: sum(line.verdict == word for line in lines) for word in
             ("same", "differs", "not run")}  # fmt: skip
    told = (
        f"{count['same']} the same, {count['differs']} that differ, "
        f"{count['not run']} not run (the data they need were not there)"
    )
    out = [
        "# Conformance", "",
        "Our formulas beside numbers that others have published or that their tools print. This",
        "page is written by `lagesbild check --conformance`; nothing on it is typed in by hand.",
        "", f"Version {version}: {told}.", "",
    ]  # fmt: skip
    section = ""
    for line in lines:
        if line.section != section:
            section = line.section
            out += [f"## {section}", "", "| case | source | theirs | ours | |",
                    "|---|---|---|---|---|"]  # fmt: skip
        ours = "-" if line.ours is None else _shown(line.ours, line.within)
        verdict = line.verdict + (f": {line.note}" if line.note else "")
        out.append(
            f"| {line.what} | {line.source} | {_shown(line.wanted, line.within)} | {ours} | "
            f"{verdict} |"
        )
        following = lines.index(line) + 1
        if following == len(lines) or lines[following].section != section:
            out.append("")
    return "\n".join(out)


def _shown(values: tuple[float, ...], within: float) -> str:
    """Print numbers with the digits that are compared."""
    digits = max(0, min(8, round(-np.log10(within)))) if within > 0 else 0
    return ", ".join(f"{value:.{digits}f}" for value in values)


def numbers(values: ArrayLike) -> tuple[float, ...]:
    """
    Make a flat tuple of numbers.

    Parameters
    ----------
    values
        Any shape.

    Returns
    -------
    tuple of float
        Row by row.
    """
    return tuple(float(value) for value in np.asarray(values, np.float64).ravel())
