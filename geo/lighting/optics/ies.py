"""IES LM-63 (.ies): keywords, TILT, then numbers that may wrap over lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import IngestError
from geo.lighting.optics.photometry import Photometry, whole_circle

if TYPE_CHECKING:
    from collections.abc import Iterator

_TILT = re.compile(r"^\s*TILT\s*=\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"^\s*\[(LUMINAIRE|LUMCAT)\]\s*(.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_HEAD = 13
_ABSOLUTE = -1
_TYPE_C = 1


def read_ies(data: bytes, *, name: str = "the file") -> Photometry:
    """
    Read an IES file of type C.

    Parameters
    ----------
    data
        Its bytes; a byte order mark, wrapped lines, commas between numbers,
        and decimal commas are taken.
    name
        What to call it in errors.

    Returns
    -------
    Photometry
        With ``flux_basis`` ``luminaire`` where the file is absolute (lumens
        are -1), else ``lamp``. Multiplier and ballast factor are in it.

    Raises
    ------
    IngestError
        If it is no IES file of type C, or its numbers do not add up.
    """
    text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "latin-1", "replace")
    tilt = _TILT.search(text)
    if tilt is None:
        msg = f"{name}: this is no IES file: no line says TILT=."
        raise IngestError(msg, expected="TILT=NONE or TILT=INCLUDE", fix="fetch the .ies again")
    if tilt[1].upper() not in {"NONE", "INCLUDE"}:
        msg = f"{name}: the tilt stands in another file."
        raise IngestError(msg, found=f"TILT={tilt[1][:40]}", fix="ask for a file with TILT=NONE")
    included = tilt[1].upper() == "INCLUDE"
    for decimal_comma in (False, True):
        numbers = _numbers(text[tilt.end() :], decimal_comma=decimal_comma)
        if numbers is None:
            continue
        body = numbers[_tilt_length(numbers) if included else 0 :]
        if len(body) >= _HEAD and len(body) == _length(body):
            return _photometry(body, text, name)
    msg = f"{name}: the numbers after TILT do not add up."
    raise IngestError(
        msg, expected="13 numbers, then the angles and one candela value for each pair of them",
        fix="fetch the file again: it is cut short, or has words among the numbers",
    )  # fmt: skip


def _numbers(text: str, *, decimal_comma: bool) -> list[float] | None:
    """All numbers of the rest of the file; None when something there is none."""
    split = text.replace(",", ".") if decimal_comma else text.replace(",", " ")
    try:
        out = [float(word) for word in split.split()]
    except ValueError:
        return None
    return out if np.isfinite(out).all() else None


def _tilt_length(numbers: list[float]) -> int:
    """How many numbers a tilt table takes: its geometry, a count, angles and factors."""
    return 2 + 2 * int(numbers[1]) if len(numbers) > 1 else 0


def _length(body: list[float]) -> int:
    """How many numbers there ought to be."""
    n_v, n_h = int(body[3]), int(body[4])
    return _HEAD + n_v + n_h + n_v * n_h


def _photometry(body: list[float], text: str, name: str) -> Photometry:
    """Put the numbers in their places."""
    lamps, lumens, multiplier, n_v, n_h, kind = (body[k] for k in range(6))
    if int(kind) != _TYPE_C:
        msg = f"{name}: only photometry of type C is read."
        raise IngestError(msg, found=f"type {kind:g}", expected="1, type C",
                          fix="ask for the street luminaire's type C file")  # fmt: skip
    rest: Iterator[float] = iter(body[_HEAD:])
    gamma = np.array([next(rest) for _ in range(int(n_v))])
    c = np.array([next(rest) for _ in range(int(n_h))])
    candela = np.array(list(rest)).reshape(int(n_h), int(n_v)) * multiplier
    candela *= body[10] * (body[11] or 1.0)  # ballast factor; the other is 1 in new files
    if gamma.size < 2 or (np.diff(gamma) <= 0).any() or (np.diff(c) <= 0).any():
        msg = f"{name}: the angles do not rise."
        raise IngestError(msg, fix="fetch the file again")
    planes, values = whole_circle(c, candela)
    absolute = lumens == _ABSOLUTE
    made = Photometry(
        name=next((m[2] for m in _NAME.finditer(text)), ""), c_deg=planes, gamma_deg=gamma,
        cd_per_lm=values, flux_lm=1.0, flux_basis="luminaire", power_w=body[12] or None,
    )  # fmt: skip
    flux = made.output_ratio if absolute else lamps * lumens
    if made.output_ratio <= 0 or flux <= 0:
        msg = f"{name}: the luminaire gives no light."
        raise IngestError(msg, fix="fetch the file again")
    return Photometry(
        name=made.name, c_deg=planes, gamma_deg=gamma, cd_per_lm=values / flux, flux_lm=flux,
        flux_basis="luminaire" if absolute else "lamp", power_w=made.power_w,
    )  # fmt: skip
