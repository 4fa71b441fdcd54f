"""Numbers as people write them: decimal comma, spaces in thousands, a unit behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.ingest.cells import distinct, raw_text
from geo.ingest.units import UNITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DECIMAL_COMMA = r"[+-]?[0-9]{1,15},[0-9]{1,15}"
_SPACES = "\u00a0\u2009\u202f\u2007 '\u2019"
_NUMBER = re.compile(
    r"(?P<sign>[+\-\u2212]?)(?P<body>\d[\d.,]*|[.,]\d+)(?P<power>[eE][+-]?\d{1,3})?"
    r"(?P<rest>\D.*)?",
    re.DOTALL,
)


def parse_numbers(
    cells: pd.Series, *, decimal: str | None = None, unit: str | None = None
) -> tuple[pd.Series, pd.Series]:
    """
    Read numbers strictly; what cannot be read is told, never guessed.

    A lone comma is a decimal sign unless `decimal` says point; when both
    signs occur in a cell the later one is the decimal sign. A known unit
    behind the number ("16 ft") is converted. Other words behind it
    ("286(LED)") are let pass only when `unit` is declared, and never when a
    second number stands there ("250/85").

    Parameters
    ----------
    cells
        Text, shape (n,).
    decimal
        "," or "."; None decides cell by cell as above.
    unit
        Unit of numbers that carry none; None: already ours.

    Returns
    -------
    values : pandas.Series
        float64, NaN where empty or unreadable; never infinite.
    unreadable : pandas.Series
        bool: something was written that is no finite number.

    Examples
    --------
    >>> values, bad = parse_numbers(pd.Series(["6\u00a0304\u00a0550,69", "16 ft", "x", ""]))
    >>> list(values.round(4)), list(bad)
    ([6304550.69, 4.8768, nan, nan], [False, False, True, False])
    """
    if decimal != ",":
        values = _plain(cells)
        if unit is not None:
            values = values * UNITS[unit]
        if not bool(values.isna().any()):
            return values, values.isna()
        unread = values.isna() & (cells.str.strip() != "")
    else:
        values = pd.Series(np.nan, index=cells.index)
        unread = cells.str.strip() != ""
    if decimal != "." and bool(unread.any()):
        commas = unread & cells.str.fullmatch(_DECIMAL_COMMA)
        factor = 1.0 if unit is None else UNITS[unit]
        values = values.mask(commas, _plain(cells.str.replace(",", ".", regex=False)) * factor)
        unread &= values.isna()
    if bool(unread.any()):
        words, codes = distinct(cells[unread])
        read: NDArray[np.float64] = np.array(
            [_one(word, decimal=decimal, unit=unit) for word in words], dtype="float64"
        )
        values[unread] = read[codes]
    return values, unread & values.isna()


def _plain(cells: pd.Series) -> pd.Series:
    """Read cells that are numbers already, the quick way; infinite ones are none."""
    quick = _packed(cells)
    if quick is not None:
        return quick.where(np.isfinite(quick))
    values = pd.to_numeric(cells.where(cells != "", "nan"), errors="coerce").astype("float64")
    return values.where(np.isfinite(values))


def _packed(cells: pd.Series) -> pd.Series | None:
    """Read packed text that is all plain numbers; None where some is not."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if raw_text(cells) is None:
        return None
    text = pa.array(cells.array)
    try:
        read = pc.cast(pc.if_else(pc.equal(text, ""), None, text), pa.float64())
    except pa.ArrowInvalid:
        return None
    return pd.Series(read.to_numpy(zero_copy_only=False), index=cells.index)


def _one(text: str, *, decimal: str | None, unit: str | None) -> float:
    """One cell as a number; NaN when it is none."""
    packed = text.strip()
    for space in _SPACES:
        packed = re.sub(rf"(?<=\d){re.escape(space)}(?=\d{{3}}(?!\d))", "", packed)
    found = _NUMBER.fullmatch(packed)
    if found is None:
        return float("nan")
    body = _decimal_point(found["body"], decimal=decimal)
    factor = _factor((found["rest"] or "").strip(), unit=unit)
    if body is None or factor is None:
        return float("nan")
    sign = -1.0 if found["sign"] in {"-", "\u2212"} else 1.0
    value = sign * float(body + (found["power"] or "")) * factor
    return value if np.isfinite(value) else float("nan")


def _decimal_point(body: str, *, decimal: str | None) -> str | None:
    """Write a number with a point and no grouping; None when it makes no sense."""
    signs = [c for c in body if c in ".,"]
    if not signs:
        return body
    if decimal is None:
        mixed = len(set(signs)) > 1
        decimal = signs[-1] if mixed or len(signs) == 1 else ""
    group = {",": ".", ".": ",", "": signs[0]}[decimal]
    whole, _, part = body.partition(decimal) if decimal else (body, "", "")
    if group in part or (decimal and decimal in part):
        return None
    if group in whole and not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole):
        return None
    return f"{whole.replace(group, '') or '0'}.{part or '0'}"


def _factor(rest: str, *, unit: str | None) -> float | None:
    """Say what to multiply by; None when the words behind the number mean nothing."""
    declared = 1.0 if unit is None else UNITS[unit]
    if not rest:
        return declared
    written = UNITS.get(rest, UNITS.get(rest.casefold()))
    if written is not None:
        return written
    lone = unit is not None and not any(sign.isdigit() for sign in rest)
    return declared if lone else None
