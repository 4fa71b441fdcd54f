"""Would the list have been right? Methods side by side on a workspace's own past."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import AnalysisError
from geo.grid import Grid
from geo.pipeline.history import read_trail, study, usable_folds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from geo.hotspots.forecast import Ground, Trail
    from geo.pipeline.workspace import Workspace
    from geo.store import Store

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

_log = logging.getLogger(__name__)
ORACLE_CELL_M = 25.0
"""Side of the squares that the same-area oracle may choose among."""
SHIFTS = ((0.0, 0.0), (0.5, 0.5), (0.5, 0.0), (0.0, 0.5))
"""Where each grid begins, in cells: what a list catches is partly the luck of where cells fall."""
_REFERENCE = ("naive", "kde-default", "kde-default-250")


@dataclass(frozen=True, slots=True)
class Question:
    """
    What a backtest is asked.

    Parameters
    ----------
    horizon_days
        How far each forecast reaches, days.
    folds
        How many forecasts, one after another up to the end of the data; fewer when half the
        history would not be left to learn from.
    share
        Area of a list as a share of the study area.
    cell_m
        Side of a cell, metres.
    grids
        Grids that every method's lists are laid on, 1 to 4, half a cell apart; an incident counts
        as a hit by the share of them that caught it.
    methods
        Names; ``all`` is every one. The plain count and the kernel maps always stand beside.
    thin
        Share of the incidents kept, by lot, as in a smaller place.
    replicates
        Draws of the thinning.
    seed
        Of those draws.
    """

    horizon_days: int = 7
    folds: int = 26
    share: float = 0.01
    cell_m: float = 150.0
    grids: int = len(SHIFTS)
    methods: tuple[str, ...] = ("all",)
    thin: float = 1.0
    replicates: int = 1
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be answered."""
        whole = min(self.horizon_days, self.folds, self.replicates) >= 1
        shares = 0 < self.share < 1 and 0 < self.thin <= 1
        grids = 1 <= self.grids <= len(SHIFTS)
        if not (whole and shares and grids and self.cell_m >= ORACLE_CELL_M):
            msg = (
                "a backtest needs whole days and folds from 1, shares between 0 and 1, "
                "cells of at least 25 m and 1 to 4 grids."
            )
            fix = "pass --horizon-days 7 --folds 26 --share 0.01 --cell-m 150 --grids 4 --thin 1.0"
            raise AnalysisError(msg, found=asdict(self), fix=fix)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The methods, references included, in the order of the catalogue."""
        from geo.hotspots.forecast import RIVALS

        if unknown := set(self.methods) - set(RIVALS) - {"all"}:
            msg = f"there is no method called {min(unknown)!r}."
            raise AnalysisError(msg, known=", ".join(RIVALS), fix="pass --methods all")
        every = "all" in self.methods
        return tuple(n for n in RIVALS if every or n in self.methods or n in _REFERENCE)


@dataclass(slots=True, eq=False)
class Tally:
    """Sums over folds and replicates on one grid, filled as the walk goes."""

    hit: dict[str, list[Floats]] = field(default_factory=dict)
    foretold: dict[str, float] = field(default_factory=dict)
    fold: list[Ints] = field(default_factory=list)
    best_same_k: float = 0.0
    best_same_area: float = 0.0
    outside: int = 0
    rates: list[Floats] = field(default_factory=list)
    counts: list[Floats] = field(default_factory=list)
    by_fold: list[dict[str, Any]] = field(default_factory=list)


def backtest(
    workspace: Workspace, store: Store, question: Question, *,
    progress: Callable[[str, float], None] = lambda _what, _share: None,
) -> dict[str, Any]:  # fmt: skip
    """
    Replay a workspace's past: forecast, look, go on.

    Parameters
    ----------
    workspace
        The municipality.
    store
        Its open store.
    question
        Horizon, folds, area share, cells, methods, thinning.
    progress
        Told what is done and the share done, 0-1.

    Returns
    -------
    dict
        As ``backtest --json`` prints it: the same study area and area share for every method,
        hits with ties at the area limit by their expected number.

    Raises
    ------
    AnalysisError
        If there is too little history.
    """
    progress("Läser", 0.0)
    trail, until, left_out = read_trail(workspace, store, horizon_days=question.horizon_days)
    ahead = question.horizon_days // trail.block_days
    folds = usable_folds(trail, folds=question.folds, ahead=ahead)
    streets = store.read("streets")
    before = trail.keep(trail.block < -folds * ahead)
    grids = [Grid(question.cell_m, (east * question.cell_m, north * question.cell_m))
             for east, north in SHIFTS[: question.grids]]  # fmt: skip
    grounds = [study(streets, before, grid=grid) for grid in grids]
    tallies = [Tally() for _ in grids]
    for replicate in range(question.replicates):
        rng = np.random.default_rng([question.seed, replicate])
        kept = trail.keep(rng.random(trail.x.size) < question.thin)
        # the incidents are those inside the first study area, whatever the grid: hits are paired
        inside = grounds[0].cells(kept.x, kept.y) >= 0
        for number, (ground, tally) in enumerate(zip(grounds, tallies, strict=True)):
            _replay(kept, inside, ground, question, tally, folds=folds, ahead=ahead)
            done = replicate + (number + 1) / len(grids)
            progress("Prövar", done / question.replicates)
    _log.info("backtest: %d folds, %d cells", folds, grounds[0].n)
    answer = _answer(question, grounds[0], tallies, folds=folds, n_train=before.x.size)
    span = {"until": until.isoformat(), "left_out": left_out, "n_outside": tallies[0].outside,
            "streets_known": bool(len(streets)), "folds_asked": question.folds}  # fmt: skip
    return answer | span


def _replay(
    trail: Trail, inside: Bools, ground: Ground, question: Question, tally: Tally, *,
    folds: int, ahead: int,
) -> None:  # fmt: skip
    """Walk through the folds of one replicate on one grid and add to the sums."""
    from geo.hotspots.evaluate import area_limit, best_hits, chosen_share
    from geo.hotspots.forecast import RIVALS, walk
    from geo.hotspots.forecast.rivals import Moment

    limit = area_limit(ground.n, share=question.share)
    small = Grid(ORACLE_CELL_M)
    n_small = round(limit * (question.cell_m / ORACLE_CELL_M) ** 2)
    blocks = [-ahead * (folds - i) for i in range(folds)]
    for number, fold in enumerate(walk(trail, ground, folds=blocks, ahead=ahead, limit=limit)):
        window = trail.between(fold.block, fold.block + ahead)
        held = inside[window]
        x, y = trail.x[window][held], trail.y[window][held]
        cell = ground.cells(x, y)
        on = cell >= 0
        came = np.bincount(cell[on], minlength=ground.n).astype(np.float64)
        tally.outside += int((~held).sum())
        tally.fold.append(np.full(x.size, number))
        tally.best_same_k += best_hits(came, limit=limit)
        tiny = np.unique(small.keys(x, y), return_counts=True)[1]
        tally.best_same_area += best_hits(tiny.astype(np.float64), limit=n_small)
        past = trail.keep(trail.block < fold.block)
        row: dict[str, Any] = {"fold": number, "n": x.size}
        for name in question.chosen:
            points = RIVALS[name](Moment(past, ground, fold))
            listed = chosen_share(points, limit=limit)
            hit = np.where(on, listed[cell], 0.0)
            tally.hit.setdefault(name, []).append(hit)
            told = fold.rate if name == "auto" else _as_rate(points, fold.foretold)
            if told is not None:
                tally.foretold[name] = tally.foretold.get(name, 0.0) + float(told @ listed)
            row[name] = float(hit.sum())
        tally.by_fold.append(row)
        tally.rates.append(fold.rate)
        tally.counts.append(came)


def _as_rate(points: Floats, foretold: float) -> Floats | None:
    """Scale a density or a count to what it foretells; a z-score foretells nothing."""
    whole = float(points.sum())
    if whole <= 0 or float(points.min()) < 0:
        return None
    return points / whole * foretold


def _answer(
    question: Question, ground: Ground, tallies: list[Tally], *, folds: int, n_train: int
) -> dict[str, Any]:
    """Put the sums in the order they are printed; what is hit is the mean over the grids."""
    from geo.hotspots.evaluate import area_limit, calibration, score
    from geo.hotspots.evaluate_pairs import compare

    limit = area_limit(ground.n, share=question.share)
    first = tallies[0]
    of_fold = np.concatenate(first.fold)
    hits = {name: np.mean([np.concatenate(t.hit[name]) for t in tallies], axis=0)
            for name in first.hit}  # fmt: skip
    foretold = {name: _mean(t.foretold[name] for t in tallies) for name in first.foretold
                if all(name in t.foretold for t in tallies)}  # fmt: skip
    methods = []
    for name, each in hits.items():
        one = score(
            float(each.sum()), each.size, share=limit / ground.n,
            best_same_k=_mean(t.best_same_k for t in tallies),
            best_same_area=_mean(t.best_same_area for t in tallies), foretold=foretold.get(name),
        )  # fmt: skip
        methods.append({"name": name, **asdict(one)})
    pairs = [
        {"a": a, "b": b, "ratio": r.ratio, "low": r.low, "high": r.high, "se_log": r.se}
        for a in hits for b in ("naive", *(n for n in hits if a == "auto" and n != "naive"))
        if a != b and np.isfinite((r := compare(hits[a], hits[b], fold=of_fold)).ratio)
    ]  # fmt: skip
    return {
        "frame": "incidents", "unit": "cell", "cell_m": question.cell_m, "share": question.share,
        "area_km2": round(ground.area_km2, 4), "horizon_days": question.horizon_days,
        "folds": folds, "n_train": n_train, "n_test": int(of_fold.size),
        "methods": methods, "pairs": pairs,
        "thin": question.thin, "replicates": question.replicates, "seed": question.seed,
        "cells": ground.n, "cells_listed": limit, "grids": question.grids,
        "calibration": calibration(np.concatenate(first.rates), np.concatenate(first.counts)),
        "by_fold": [
            {key: same[0][key] if key in ("fold", "n") else _mean(row[key] for row in same)
             for key in same[0]}
            for same in zip(*(t.by_fold for t in tallies), strict=True)
        ],
    }  # fmt: skip


def _mean(values: Iterable[float]) -> float:
    """Give the mean of what the grids say."""
    return float(np.mean(list(values)))
