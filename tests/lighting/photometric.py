"""Photometric files of made-up luminaires, written in every allowed way."""

from __future__ import annotations

import numpy as np

GAMMA = np.arange(0.0, 91.0, 5.0)
FLUX = 2000.0


def lopsided(c: float) -> float:
    """A luminaire that throws most to C90, the same on both sides of C90-C270."""
    return 1.0 + 0.8 * np.sin(np.deg2rad(c))


def lopsided_along(c: float) -> float:
    """One that throws most to C0, the same on both sides of C0-C180."""
    return 1.0 + 0.8 * np.cos(np.deg2rad(c))


def lambert(c: float, shape: object) -> np.ndarray:
    factor = 1.0 if shape is None else shape(c)  # type: ignore[operator]  # a plain function
    return 1000 / np.pi * np.cos(np.deg2rad(GAMMA)) * factor


def ldt(symmetry: int, *, shape: object = None, lamps: int = 1, sets: int = 1,
        comma: bool = False, end: str = "\r\n") -> bytes:  # fmt: skip
    n_c = 24
    angles = np.arange(n_c) * 15.0
    stored = {0: angles, 1: angles[:1], 2: angles[:13],
              3: 270.0 - np.arange(13) * 15.0, 4: angles[:7]}[symmetry]  # fmt: skip
    one = [str(lamps), "LED", f"{FLUX:g}", "3000", "80", "20"]
    head = ["Maker", "1", str(symmetry), str(n_c), "15", str(GAMMA.size), "5", "", "Lykta", "",
            "f.ldt", "today", *["0"] * 9, "100", "100", "1", "0", str(sets), *(one * sets),
            *["0"] * 10]  # fmt: skip
    numbers = [f"{v:.3f}" for v in (*angles, *GAMMA)]
    numbers += [f"{v:.4f}" for c in stored for v in lambert(c, shape)]
    text = end.join(head + [n.replace(".", ",") if comma else n for n in numbers])
    return text.encode("latin-1")


def ies(c: list[float], *, shape: object = None, lumens: float = FLUX, tilt: str = "NONE",
        wrap: int = 7, kind: int = 1, comma: str = " ") -> bytes:  # fmt: skip
    flux = FLUX / 1000
    values = [v * flux for angle in c for v in lambert(angle, shape)]
    numbers = [1, lumens, 1, GAMMA.size, len(c), kind, 2, 0, 0, 0, 1, 1, 20, *GAMMA, *c, *values]
    words = [f"{v:.6g}" for v in numbers]
    rows = [comma.join(words[k : k + wrap]) for k in range(0, len(words), wrap)]
    table = "" if tilt == "NONE" else "1\n3\n0 45 90\n1 1 1\n"
    head = f"IESNA:LM-63-2002\n[TEST] x\n[LUMCAT] Lykta\nTILT={tilt}\n{table}"
    return (head + "\n".join(rows)).encode()
