"""EULUMDAT (.ldt): one value a line, latin-1, by line number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.errors import IngestError
from geo.lighting.optics.photometry import FLUX_TOLERANCE, Photometry, whole_circle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SETS_AT, _SET_LINES, _RATIOS = 26, 6, 10
_SYMMETRIES = (0, 1, 2, 3, 4)
_FROM_C270 = 3  # written from C270 to C90; both ways round hold the same


class _Lines:
    """Lines by the numbers the format gives them, 1 first; empty ones count."""

    def __init__(self, text: str, name: str) -> None:
        self.rows = [row.strip() for row in text.splitlines()]
        self.name = name

    def text(self, line: int) -> str:
        """Line of that number."""
        if line > len(self.rows):
            msg = f"{self.name}: the file ends too soon."
            raise IngestError(
                msg, found=f"{len(self.rows)} lines", expected=f"at least {line}",
                fix="fetch the whole file again",
            )  # fmt: skip
        return self.rows[line - 1]

    def number(self, line: int, what: str) -> float:
        """Read the number on that line; a comma is a decimal sign."""
        written = self.text(line)
        try:
            value = float(written.replace(",", "."))
        except ValueError:
            value = float("nan")
        if not np.isfinite(value):
            msg = f"{self.name}: line {line} should hold {what}, a number."
            raise IngestError(msg, found=written[:40], fix="correct the line, or fetch the file")
        return value

    def count(self, line: int, what: str) -> int:
        """Read the whole number on that line."""
        return round(self.number(line, what))


def read_ldt(data: bytes, *, name: str = "the file", lamp_set: int = 0) -> Photometry:
    """
    Read a EULUMDAT file.

    Parameters
    ----------
    data
        Its bytes; a byte order mark, either line ending, and decimal commas
        are taken.
    name
        What to call it in errors.
    lamp_set
        Which set of lamps the intensities are counted for, 0 first. Several
        sets are alternatives and are never summed.

    Returns
    -------
    Photometry
        With ``flux_basis`` ``luminaire`` where the number of lamps is
        negative (absolute), else ``lamp``.

    Raises
    ------
    IngestError
        If it is no EULUMDAT file; it says which line.
    """
    lines = _Lines(_decoded(data), name)
    symmetry = lines.count(3, "the symmetry, 0 to 4")
    n_c, n_g = lines.count(4, "the number of planes"), lines.count(6, "the number of angles")
    n_sets = lines.count(_SETS_AT, "the number of lamp sets")
    if symmetry not in _SYMMETRIES or n_c < 1 or n_g < 2 or not 0 <= lamp_set < n_sets:
        msg = f"{name}: this is no EULUMDAT file, or it lacks the lamp set asked for."
        found = f"symmetry {symmetry}, {n_c} planes, {n_g} angles, {n_sets} sets"
        raise IngestError(msg, found=found, fix="check that it is a .ldt from the maker")
    row = _SETS_AT + 1 + lamp_set * _SET_LINES
    lamps, flux = lines.count(row, "the number of lamps"), lines.number(row + 2, "lumens")
    if flux <= 0:
        msg = f"{name}: the lamps give no light."
        raise IngestError(msg, found=f"{flux:g} lm", expected="lumens above 0", fix="fetch it anew")
    at = _SETS_AT + 1 + n_sets * _SET_LINES + _RATIOS
    angles = [lines.number(at + k, "an angle") for k in range(n_c + n_g)]
    planes, stored = _planes(symmetry, np.array(angles[:n_c]), n_c)
    at += n_c + n_g
    cells = [lines.number(at + k, "candela per kilolumen") for k in range(stored * n_g)]
    rows = np.array(cells).reshape(stored, n_g) / 1000.0
    c, values = whole_circle(planes, rows[::-1] if symmetry == _FROM_C270 else rows)
    notes = ("several_lamp_sets",) if n_sets > 1 else ()
    made = Photometry(
        name=lines.text(9), c_deg=c, gamma_deg=np.array(angles[n_c:]), cd_per_lm=values,
        flux_lm=flux, flux_basis="luminaire" if lamps < 0 else "lamp",
        power_w=_maybe(lines, row + 5), cct_k=_maybe(lines, row + 3), notes=notes,
    )  # fmt: skip
    return _checked(made, told=lines.number(23, "the output ratio") / 100.0, name=name)


def _decoded(data: bytes) -> str:
    """Text of the file: latin-1, unless a byte order mark says otherwise."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", errors="replace")
    return data.decode("latin-1")


def _planes(symmetry: int, angles: Floats, n_c: int) -> tuple[Floats, int]:
    """Angles of the planes that are written, rising, and how many they are."""
    stored = {0: n_c, 1: 1, 2: n_c // 2 + 1, 3: n_c // 2 + 1, 4: n_c // 4 + 1}[symmetry]
    if symmetry == _FROM_C270:
        return np.linspace(90.0, 270.0, stored), stored
    return angles[:stored], stored


def _maybe(lines: _Lines, line: int) -> float | None:
    """Take the first number of a line that may be empty, or text such as 840."""
    digits = "".join(ch if ch.isdigit() or ch in ".," else " " for ch in lines.text(line)).split()
    value = float(digits[0].replace(",", ".")) if digits and digits[0].strip(".,") else 0.0
    return value or None


def _checked(made: Photometry, *, told: float, name: str) -> Photometry:
    """Refuse a luminaire without light or angles out of order; note a sum that differs."""
    if (np.diff(made.gamma_deg) <= 0).any() or made.output_ratio <= 0:
        msg = f"{name}: the intensities make no luminaire."
        raise IngestError(msg, expected="rising angles and some light", fix="fetch the file again")
    if abs(made.output_ratio - told) <= FLUX_TOLERANCE * max(told, 1e-9):
        return made
    notes = (*made.notes, "flux_differs")
    return Photometry(
        made.name, made.c_deg, made.gamma_deg, made.cd_per_lm, made.flux_lm, made.flux_basis,
        made.power_w, made.cct_k, notes,
    )  # fmt: skip
