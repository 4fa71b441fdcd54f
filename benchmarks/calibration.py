"""
Ask the search for places what it says when the truth is known: writes docs/calibration.md.

    python benchmarks/calibration.py [--runs 400] [--jobs 2] [--only PART] [--page]

Nothing planted: incidents are Poisson on exactly the expected (street length x kind of land,
position errors of 5 and 30 m). Planted: one round place of 250 m across has so many more. Unequal,
but constant: every street has a risk of its own that never changes. Answers are kept in `--keep`
and not asked for again, so that a long run can be parted; `--page` writes the page from what is
kept.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SEED = 1
SIZES = (100, 300, 1000, 3000, 10_000)
TOWNS = ("even field", "town in 40 x 40 km", "street-shaped")
PLANTED = ((20.0, 60.0), (6.7, 20.0), (1.67, 5.0))
PRECISE_M = 5.0


@dataclass(frozen=True)
class Line:
    """One question, asked again and again."""

    part: str
    ask: str
    given: dict[str, Any] = field(default_factory=dict)
    most: int = 100_000

    @property
    def key(self) -> str:
        """Name it in the file of answers."""
        return " ".join([self.part, *(str(value) for value in self.given.values())])


def questions() -> Iterator[Line]:
    """List all of them."""
    for town in TOWNS:
        for n in SIZES:
            yield Line("null", "null", {"town": town, "n": n})
        yield Line("null", "null", {"town": town, "n": 1000, "error_m": PRECISE_M})
        for (background, hot), more in product(PLANTED, ({"error_m": PRECISE_M}, {})):
            given = {"town": town, "background": background, "hot": hot}
            yield Line("power", "power", given | more)
        for n in (1000, 5000):
            yield Line("change", "change", {"town": town, "n": n})
        yield Line("alarm", "alarm", {"town": town, "n": 1000})
    for kind, some in (("poisson", (0.5, 2.0, 8.0, 30.0, 200.0)), ("binomial", (0.03, 0.2, 0.5))):
        yield from (Line("exact", "exact", {"kind": kind, "size": size}, 100) for size in some)
    yield from (Line("exact", "ratio", {"mean": mean}, 100) for mean in (1.0, 6.0))
    shapes = [("gamma", spread) for spread in (0.0, 0.1, 0.5, 2.0)] + [("lognormal", 0.5)]
    for (shape, spread), units in product(shapes, (20, 100)):
        given = {"shape": shape, "units": units, "spread": spread}
        yield Line("shrunken", "shrunken", given, 200)


def ask(job: tuple[Line, int]) -> tuple[str, int, dict[str, Any]]:
    """Ask one question once."""
    import _calibration_ask as asks

    line, run = job
    rng = np.random.default_rng([SEED, run, *line.key.encode()])
    return line.key, run, getattr(asks, line.ask)(**line.given, rng=rng, run=run)


def kept(path: Path) -> dict[str, dict[int, dict[str, Any]]]:
    """Read the answers there are."""
    out: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        key, run, answer = json.loads(text)
        out[key][run] = answer
    return out


def main() -> int:
    """Ask what is not known yet, and write the page when everything has been asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in (("runs", 400), ("jobs", 2)):
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--only", default="", help="null, power, change, alarm, exact, shrunken")
    parser.add_argument("--keep", type=Path, default=ROOT / ".cache" / "calibration.jsonl")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "calibration.md")
    parser.add_argument("--page", action="store_true", help="write the page from what is kept")
    asked = parser.parse_args()
    asked.keep.parent.mkdir(parents=True, exist_ok=True)
    lines, answers, begun = list(questions()), kept(asked.keep), time.perf_counter()
    wanted = [line for line in lines if asked.only in line.part and not asked.page]
    jobs = [(line, run) for run in range(asked.runs) for line in wanted
            if run < line.most and run not in answers[line.key]]  # fmt: skip
    with asked.keep.open("a", encoding="utf-8") as file, get_context("spawn").Pool(asked.jobs) as p:
        for key, run, answer in p.imap_unordered(ask, jobs):
            answers[key][run] = answer
            file.write(json.dumps([key, run, answer]) + "\n")
            file.flush()
    import _calibration_page as page

    told = [(line, [answers[line.key][run] for run in sorted(answers[line.key])
                    if run < asked.runs]) for line in lines]  # fmt: skip
    text = page.page(told, when=datetime.now(UTC).date())
    sys.stdout.write(text + f"\n{len(jobs)} answers, {time.perf_counter() - begun:.0f} s\n")
    if not asked.only:
        asked.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
