"""Take turns, take medians, and tell a result so that a person and `speed.py` can read it."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

TELL_TO = "LAGESBILD_BENCH_JSON"


@dataclass(frozen=True)
class Result:
    """
    One line of the table of speed.

    Parameters
    ----------
    operation
        What is done, with its size.
    peer
        Who does it beside us, and with what.
    ours, theirs
        Medians with their unit.
    ratio
        Theirs over ours, or what the target is about; None where nothing was set beside.
    must
        The target in words.
    met
        Whether it was; None where nothing could be measured.
    check
        How the answers agree.
    n
        Runs, ours and theirs.
    """

    operation: str
    peer: str
    ours: str
    theirs: str
    ratio: float | None
    must: str
    met: bool | None
    check: str
    n: str


def rounds_asked(text: str | None, *, rounds: int) -> int:
    """Read `--rounds`; the first lines of the script's own text are its help."""
    parser = argparse.ArgumentParser(description=(text or "").strip().split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=rounds)
    return int(parser.parse_args().rounds)


def peer(name: str) -> Any | None:
    """Import a peer, or say plainly that it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name}: peer not installed, not run (pip install {name} in .venv)")
        return None


@dataclass(frozen=True)
class Times:
    """Seconds of processor (`cpu`) and of the clock (`wall`), medians of `n` runs."""

    cpu: float
    wall: float
    n: int


def once(work: Callable[[], Any]) -> tuple[float, float]:
    """Time one call: seconds of processor, and of the clock."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def take_turns(
    work: dict[str, Callable[[], Any]], *, rounds: int, at_most: dict[str, int] | None = None
) -> dict[str, Times]:
    """Run each in turn, round after round; a slow one may have fewer rounds (`at_most`)."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in work}
    for turn in range(rounds):
        for name, each in work.items():
            if turn < (at_most or {}).get(name, rounds):
                taken[name].append(once(each))
    return {
        name: Times(*(statistics.median(v) for v in zip(*some, strict=True)), len(some))
        for name, some in taken.items()
    }


def show(times: dict[str, Times], *, ours: str = "ours") -> None:
    """Print every median, and how many times as long as ours it took."""
    print(f"{'':34}{'cpu ms':>11}{'wall ms':>11}{'runs':>6}{'it / ours':>11}")
    for name, t in times.items():
        ratio = t.cpu / max(times[ours].cpu, 1e-9)
        print(f"{name:34}{1e3 * t.cpu:11.2f}{1e3 * t.wall:11.2f}{t.n:6}{ratio:10.1f}x")


def seconds(value: float) -> str:
    """Write a time with a unit one can read."""
    return f"{1e3 * value:.3g} ms" if value < 1 else f"{value:.3g} s"


def beside(
    operation: str, times: dict[str, Times], against: str, *, must: float, check: str, same: bool
) -> None:
    """Tell how we did against one peer; `must` is how many times as fast."""
    ours, theirs = times["ours"], times.get(against)
    ratio = None if theirs is None else theirs.cpu / max(ours.cpu, 1e-9)
    tell(Result(
        operation, against, seconds(ours.cpu), "not run" if theirs is None else seconds(theirs.cpu),
        ratio, f">= {must:g}x", None if ratio is None else ratio >= must and same, check,
        f"{ours.n}/{theirs.n if theirs else 0}",
    ))  # fmt: skip


def tell(result: Result) -> None:
    """Print a result, and keep it where `speed.py` asked for it."""
    words = {True: "met", False: "NOT MET", None: "not run"}
    ratio = "" if result.ratio is None else f", {result.ratio:.1f}x"
    print(f"-> {result.operation}: ours {result.ours}, {result.peer} {result.theirs}{ratio}; "
          f"must {result.must}: {words[result.met]}; {result.check}")  # fmt: skip
    if path := os.environ.get(TELL_TO):
        with Path(path).open("a", encoding="utf-8") as out:
            plain = asdict(result) | {"met": None if result.met is None else bool(result.met)}
            out.write(json.dumps(plain, ensure_ascii=False) + "\n")
