"""
Time the start of the command line, and an analysis of 5 000 incidents by it, as a user meets it.

    python benchmarks/start.py [--rounds 5]

Every run is a process of its own. `lagesbild --version` beside `import geopandas`, seconds of the
processor. Then a workspace with 20 000 streets and 5 000 incidents from files: the second
`lagesbild analyse` (of another week, so that nothing is known beforehand) in seconds of the
clock, and the same week asked again.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import tomli_w
from _beside import Result, rounds_asked, seconds, tell
from _town import UNTIL, spots, streets

INCIDENTS = 5_000
PROGRAM = str(Path(sys.executable).with_name("lagesbild"))
POINTS_MAP = {
    "frame": "incidents", "source": "prov", "crs": "EPSG:3006", "timezone": "Europe/Stockholm",
    "columns": {"ref": "nr", "x": "ost", "y": "nord", "category": "typ", "occurred_from": "tid"},
    "categories": {"Klotter": "graffiti", "Stöld": "theft"},
}  # fmt: skip
STREETS_MAP = {
    "frame": "streets", "source": "prov", "crs": "EPSG:3006",
    "columns": {"ref": "id", "kind": "kind", "length_m": "length_m", "from_node": "from_node",
                "to_node": "to_node", "lit": "lit"},
}  # fmt: skip


def run(*command: str) -> tuple[float, float]:
    """Run a command to its end; seconds of processor and of the clock."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 (our own commands)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return used.ru_utime + used.ru_stime, time.perf_counter() - started


def starting(rounds: int) -> None:
    """Time the version beside the import of geopandas."""
    commands = {
        "lagesbild --version": (PROGRAM, "--version"),
        "import geopandas": (sys.executable, "-c", "import geopandas"),
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            cpu, _ = run(*command)
            if turn:  # the first fills the caches
                taken[name].append(cpu)
    ours, theirs = (statistics.median(some) for some in taken.values())
    for name, some in taken.items():
        print(f"{name:24}{statistics.median(some):8.2f} s of processor  (least {min(some):.2f})")
    tell(Result("start: `lagesbild --version`", "import geopandas", seconds(ours), seconds(theirs),
                theirs / ours, "< 0.4 s", ours < 0.4, "a process of its own each time",
                f"{rounds}/{rounds}"))  # fmt: skip


def workspace(folder: Path) -> tuple[str, ...]:
    """Load 20 000 streets and 5 000 incidents from files, by the command line."""
    place = folder / "kommun"
    east, north = spots(INCIDENTS, seed=8).T
    ago = pd.to_timedelta((pd.Series(range(INCIDENTS)) * 7919) % (104 * 10_080) + 60, unit="min")
    at = (UNTIL - ago).dt.tz_convert("Europe/Stockholm").dt.strftime("%Y-%m-%d %H:%M")
    rows = {"nr": range(INCIDENTS), "ost": east, "nord": north, "tid": at,
            "typ": ["Klotter" if k % 3 else "Stöld" for k in range(INCIDENTS)]}  # fmt: skip
    pd.DataFrame(rows).to_csv(folder / "prov.csv", sep=";", index=False)
    lines = streets(seed=1).assign(kind="väg", lit="okänt")
    lines.drop(columns=["name", "batch_id"]).to_file(folder / "gator.gpkg")
    by_value = {"values": {"kind": {"väg": "road"}, "lit": {"okänt": "unknown"}}}
    (folder / "prov.toml").write_text(tomli_w.dumps(POINTS_MAP), encoding="utf-8")
    (folder / "gator.toml").write_text(tomli_w.dumps(STREETS_MAP | by_value), encoding="utf-8")
    verb = (PROGRAM, "--workspace", str(place))
    run(PROGRAM, "init", str(place), "--name", "Prov")
    for frame, file in (("streets", "gator.gpkg"), ("incidents", "prov.csv")):
        mapping = str(folder / f"{Path(file).stem}.toml")
        run(*verb, "load", frame, str(folder / file), "--map", mapping)
    return verb


def analysing(rounds: int) -> None:
    """Time the second analysis, and the same one again."""
    week = [f"2026-W{47 - rounds + k:02d}" for k in range(rounds + 1)]  # oldest first: as used
    with tempfile.TemporaryDirectory() as name:
        verb = workspace(Path(name))
        fresh = [run(*verb, "analyse", "--week", each) for each in week][1:]
        again = [run(*verb, "analyse", "--week", each) for each in week[1:]]
    cpu, wall = (statistics.median(v) for v in zip(*fresh, strict=True))
    known = statistics.median(v[1] for v in again)
    print(f"second `analyse` of {INCIDENTS} incidents: {wall:.2f} s, {cpu:.2f} s of processor; "
          f"the same week again {known:.2f} s")  # fmt: skip
    tell(Result("`lagesbild analyse`, 5 000 incidents, second call", "none", seconds(wall), "",
                None, "<= 8 s of the clock", wall <= 8, f"the same week again: {seconds(known)}",
                f"{rounds}"))  # fmt: skip


def main() -> None:
    """Print medians."""
    rounds = rounds_asked(__doc__, rounds=5)
    starting(rounds)
    analysing(min(rounds, 3))


if __name__ == "__main__":
    main()
