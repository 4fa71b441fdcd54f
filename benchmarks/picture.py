"""
Time the picture of places, tiers and all, of 5 000 incidents, and of a million for the memory.

    python benchmarks/picture.py [--rounds 3]

20 000 streets, two years of incidents, the last 52 weeks searched. Imports and compiling are
behind us when the clock starts; seconds are of the processor. Each size is a process of its own;
memory is the peak above what it held with the frames in it.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from _beside import Result, once, rounds_asked, seconds, tell
from _town import UNTIL, incidents, streets

SMALL, LARGE = 5_000, 1_000_000


def peak_mb() -> float:
    """Read the most memory this process has held since it was last asked to forget, MB."""
    rows = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return float(next(row for row in rows if row.startswith("VmHWM")).split()[1]) / 1024


def turn(n: int, rounds: int) -> dict[str, float]:
    """Paint the picture some times, and tell medians."""
    from geo.hotspots import Context, paint

    until = UNTIL.to_pydatetime()
    rest = {"streets": streets(seed=1), "areas": None, "period_to": until,
            "period_from": until - timedelta(weeks=52)}  # fmt: skip
    paint(Context(incidents=incidents(500, seed=9), **rest))  # imports and compiling
    context = Context(incidents=incidents(n, seed=9), **rest)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, taken = peak_mb(), list[tuple[float, float]]()
    taken.extend(once(lambda: paint(context)) for _ in range(rounds))
    cpu, wall = (statistics.median(v) for v in zip(*taken, strict=True))
    found = paint(context).hotspots if rounds > 1 else ()
    return {"cpu": cpu, "wall": wall, "mb": peak_mb() - before, "held_mb": before, "n": len(found)}


def ask(n: int, rounds: int) -> dict[str, float]:
    """Take a turn in a process of its own."""
    command = [sys.executable, __file__, "--turn", str(n), str(rounds)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)  # noqa: S603 (this file)
    got: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return got


def main() -> None:
    """Print medians."""
    if sys.argv[1:2] == ["--turn"]:
        print(json.dumps(turn(int(sys.argv[2]), int(sys.argv[3]))))
        return
    rounds = rounds_asked(__doc__, rounds=3)
    small, large = ask(SMALL, rounds), ask(LARGE, 1)
    for n, got in ((SMALL, small), (LARGE, large)):
        print(f"{n:9} incidents: {got['cpu']:7.2f} s of processor, {got['wall']:7.2f} of the clock"
              f", {got['mb']:6.0f} MB above the {got['held_mb']:.0f} MB of the frames")  # fmt: skip
    tell(Result("picture of places with tiers, 5 000 incidents", "none", seconds(small["cpu"]), "",
                None, "<= 5 s after imports", small["cpu"] <= 5, f"{small['mb']:.0f} MB more",
                f"{rounds}"))  # fmt: skip
    tell(Result("picture of places with tiers, 1 000 000 incidents", "none", seconds(large["cpu"]),
                "", None, "bounded memory (reported)", None, f"{large['mb']:.0f} MB above the "
                f"{large['held_mb']:.0f} MB of the frames", "1"))  # fmt: skip


if __name__ == "__main__":
    main()
