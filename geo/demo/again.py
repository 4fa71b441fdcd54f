"""Next week's export of the same source: everything again, some of it corrected, some new."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np

from geo.demo.exports import POLICE_FILE

NEXT_FILE = "polisen_handelser_2026-11-30.csv"
N_CORRECTED = 10
N_NEW = 5


def write_next_export(demo_directory: Path, *, seed: int = 1) -> Path:
    """
    Write the following week's export of the police-like source.

    Parameters
    ----------
    demo_directory
        Where `write_demo` wrote.
    seed
        Chooses what is corrected.

    Returns
    -------
    Path
        A file with every row of the first export, ten of them corrected (under the same number),
        and five rows of the week after; loaded with the same mapping.
    """
    files = Path(demo_directory) / "files"
    text = (files / POLICE_FILE).read_bytes().decode("cp1252")
    head, *rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    at = {name: k for k, name in enumerate(head)}
    rng = np.random.default_rng([seed, 47])
    plain = [
        k
        for k, row in enumerate(rows)
        if row[at["N"]].startswith("63") and row[at["Miljö"]] == "Utomhus" and _timed(row, at)
    ]
    picked = sorted(int(k) for k in rng.choice(plain, N_CORRECTED + N_NEW, replace=False))
    for k in picked[:N_CORRECTED]:
        north = float(rows[k][at["N"]].replace(",", ".")) + 25.0
        rows[k][at["N"]] = f"{north:.1f}".replace(".", ",")
    for j, k in enumerate(picked[N_CORRECTED:]):
        row = list(rows[k])
        row[at["Diarienr"]] = f"5000-K{950_000 + j}-26"
        row[at["Brott fr.o.m."]] = f"2026-11-{24 + j} 19:{10 + 7 * j}"
        row[at["Brott t.o.m."]] = ""
        row[at["Anmäld"]] = f"2026-11-{24 + j} 21:05"
        row[at["Fritext"]] = ""
        rows.append(row)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([head, *rows])
    path = files / NEXT_FILE
    path.write_bytes(out.getvalue().encode("cp1252"))
    return path


def _timed(row: list[str], at: dict[str, int]) -> bool:
    """Tell a row that any reader takes from the odd ones."""
    when = row[at["Brott fr.o.m."]]
    return len(when) == 16 and when[11:13] != "02" and not row[0].startswith("5000-K90")
