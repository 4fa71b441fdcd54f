"""
Write the made-up municipality as another processor would.

Run as ``python other_processor.py FOLDER SEED SALT``: numpy's sines, roots of squares and powers
come out one unit wrong in the last digit, for about a quarter of the numbers up and a quarter
down; which ones depends on the salt and the number alone, as it does on a real processor.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

FUNCTIONS = ("sin", "cos", "tan", "exp", "log", "hypot", "arctan2", "power")


def nudged(function: Callable[..., Any], salt: int) -> Callable[..., Any]:
    """Give the function with wrong last digits."""

    def other(*args: Any, **kwargs: Any) -> Any:
        right = function(*args, **kwargs)
        if type(right) not in (np.ndarray, np.float64) or right.dtype != np.float64:
            return right
        bits = np.ascontiguousarray(right).reshape(-1).view(np.uint64) + np.uint64(salt)
        with np.errstate(over="ignore"):
            dice = ((bits * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(62)).reshape(right.shape)
        aim = np.select([dice == 0, dice == 1], [-np.inf, np.inf], default=right)
        return np.nextafter(right, aim)

    return other


def main() -> None:
    folder, seed, salt = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    kept = np.sin(0.5 + np.arange(100))
    for name in FUNCTIONS:
        setattr(np, name, nudged(getattr(np, name), salt))
    if np.array_equal(np.sin(0.5 + np.arange(100)), kept):
        sys.exit("nothing was nudged, so nothing would be shown")
    from geo.demo import write_demo

    write_demo(folder, seed=seed)


if __name__ == "__main__":
    main()
