"""How good a list was: our indices beside ptools'."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.pipeline.conformance.line import Line, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


def lines() -> Iterator[Line]:
    """
    Compare PAI, PEI and RRI with ptools, which breaks ties against the forecaster.

    Yields
    ------
    Line
        One a case.
    """
    section, source = "Hit rate, PAI, PEI, RRI (C2)", "ptools, tests"
    cases = [
        ((6, 3, 0), (3, 2, 1), (2, 1.5, 1), (1, 1, 1), (0.5, 5 / 9, 2 / 3)),
        ((6, 7, 3, 2, 1, 0), (8, 4, 4, 2, 1, 0), (1.8947, 1.4211, 1.6842, 1.4211, 1.2, 1),
         (0.8571, 0.6923, 1, 1, 1, 1), None),
    ]  # fmt: skip
    for observed, foretold, pai, pei, rri in cases:
        found = _by_rank(np.asarray(observed, float), np.asarray(foretold, float))
        case = f"observed {observed}, foretold {foretold}"
        yield Line(section, f"PAI: {case}", source, pai, found[0], 5e-5)
        yield Line(section, f"PEI, same k: {case}", source, pei, found[1], 5e-5)
        if rri is not None:
            yield Line(section, f"RRI: {case}", source, rri, found[2], 5e-5)


def _by_rank(
    observed: NDArray[np.float64], foretold: NDArray[np.float64]
) -> tuple[tuple[float, ...], ...]:
    """Score the k best foretold cells for every k, ties worst first as ptools does."""
    from geo.hotspots.evaluate import best_hits, score

    order = np.lexsort((observed, -foretold))
    hits, told = np.cumsum(observed[order]), np.cumsum(foretold[order])
    scores = [
        score(float(hits[k]), int(observed.sum()), share=(k + 1) / observed.size,
              best_same_k=best_hits(observed, limit=k + 1),
              best_same_area=best_hits(observed, limit=k + 1), foretold=float(told[k]))
        for k in range(observed.size)
    ]  # fmt: skip
    return (
        numbers([one.pai for one in scores]),
        numbers(np.asarray([one.pei_same_k for one in scores], np.float64)),
        numbers(np.asarray([one.rri for one in scores], np.float64)),
    )
