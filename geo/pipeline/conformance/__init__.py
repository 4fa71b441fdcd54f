"""Our formulas beside published numbers and other tools' output, and a page that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.pipeline.conformance.line import Line as Line
from geo.pipeline.conformance.line import page as page

if TYPE_CHECKING:
    from pathlib import Path


def conformance(data: Path | None = None) -> list[Line]:
    """
    Run every comparison.

    Parameters
    ----------
    data
        Folder of open data sets; what needs one that is not there is ``not run``.

    Returns
    -------
    list of Line
        In the order of the page.
    """
    from geo.pipeline.conformance import accuracy, effect, places

    return [
        *places.getis_ord(), *accuracy.lines(), *effect.lines(), *places.scan(),
        *places.knox(data), *places.ripley(), *places.kernels(), *places.patterns(),
    ]  # fmt: skip
