"""
Run every timing that has a target, and write `docs/speed.md` from what the commands say.

    python benchmarks/speed.py [--out docs/speed.md] [--only NAME ...]

On a quiet machine; some minutes. `python run.py bench speed` builds first. Every script runs on
its own, prints what it measured, and tells its results here; nothing is written by hand. Peers that
come with neither the product nor its tests: `pip install KDEpy pointpats` in `.venv`; spatstat is
Debian's `r-base-core r-cran-spatstat`, and PostGIS its `postgresql-postgis`. Without them: not run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from _beside import TELL_TO

HERE = Path(__file__).resolve().parent
SCRIPTS: dict[str, tuple[str, ...]] = {
    "start": ("--rounds", "5"),
    "picture": ("--rounds", "3"),
    "load": ("--rounds", "1"),
    "join": ("--rounds", "1"),
    "gi_star": ("--rounds", "5"),
    "kde": ("--rounds", "3"),
    "knox": ("--rounds", "3"),
    "network": ("--rounds", "3"),
    "tiles": ("--rounds", "7"),
    "sun": ("--rounds", "3"),
    "surface": ("--rounds", "3"),
    "illuminance": ("--rounds", "5"),
}
"""What is run, in the order of the table, with how many rounds."""
HEAD = """# Speed

Written by `python run.py bench speed`; run it again rather than edit it. Ours beside the peer, on
the same made-up data, in one run: medians of runs that take turns. Seconds are of the processor
unless it says *of the clock*; imports, compiling and making the data are not in them, except where
the start itself is timed. Peers are not installed with the product; what is missing says *not run*.
"""
NOT_YET = """Not in the table: a travel matrix and patrol plans (shifts are not planned yet), DBSCAN
and ST-DBSCAN (scikit-learn's, on collapsed points), tiles over HTTP and raster tiles.
"""


def machine() -> str:
    """Say what it ran on, in general words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, "
            f"{platform.system()}, Python {platform.python_version()}")  # fmt: skip


def page(rows: list[dict[str, Any]], *, minutes: float, load: float) -> str:
    """Write the page."""
    mark = {True: "yes", False: "**no**", None: "–"}
    today = date.today()  # noqa: DTZ011 (the day of the machine that ran it)
    lines = [
        HEAD,
        f"Run {today:%Y-%m-%d} on {machine()}, in {minutes:.0f} minutes. On average {load:.1f}",
        "processes wanted a core in the last minute; ratios under 1.5 are noise when many do.",
        "",
        "| operation | peer | ours | peer's | ratio | must | met | answers | runs |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.1f}x"
        cells = (row["operation"], row["peer"], row["ours"], row["theirs"], ratio, row["must"],
                 mark[row["met"]], row["check"], row["n"])  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    met = [row["met"] for row in rows if row["met"] is not None]
    return "\n".join([*lines, "", f"{sum(met)} of {len(met)} targets met.", "", NOT_YET])


def main() -> int:
    """Run them all, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().split("\n\n")[0])
    parser.add_argument("--out", type=Path, default=HERE.parent / "docs" / "speed.md")
    parser.add_argument("--only", nargs="*", choices=list(SCRIPTS), default=list(SCRIPTS))
    given = parser.parse_args()
    started, failed = time.monotonic(), []
    with tempfile.TemporaryDirectory() as name:
        told = Path(name) / "told.jsonl"
        told.touch()
        for script in given.only:
            print(f"\n== {script}", flush=True)
            begun = time.monotonic()
            command = [sys.executable, str(HERE / f"{script}.py"), *SCRIPTS[script]]
            env = os.environ | {TELL_TO: str(told)}
            if subprocess.run(command, env=env, check=False).returncode:  # noqa: S603 (our own scripts)
                failed.append(script)
            print(f"   ({time.monotonic() - begun:.0f} s)", flush=True)
        rows = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    if failed or given.only != list(SCRIPTS):
        ran = ", ".join(name for name in given.only if name not in failed)
        print(f"not everything was run, only: {ran}")
    text = page(rows, minutes=(time.monotonic() - started) / 60, load=os.getloadavg()[0])
    given.out.write_text(text, encoding="utf-8")
    print(f"\n{given.out.name}: {len(rows)} rows"
          + (f"; failed: {', '.join(failed)}" if failed else ""))  # fmt: skip
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
