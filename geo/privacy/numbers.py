"""Swedish personal identity numbers: their form, their date, their check digit."""

from __future__ import annotations

import re
from calendar import monthrange

PATTERN = re.compile(
    r"(?<![\d-])(?P<century>(?:18|19|20)?)(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?P<sign>[ ]?[-+\u2013\u2212][ ]?|[ ]?)(?P<last>\d{4}|[A-Z]\d{3}|[Xx*]{4})(?!\d)"
)
"""Ten or twelve digits in the form of a personal or coordination number."""
_COORDINATION_DAY = 60


def kind_of(found: re.Match[str]) -> str | None:
    """
    Say what a match of `PATTERN` is.

    With a sign before the last four it is taken for a number whatever its
    check digit says: a slip of the pen still points at a person. Bare
    digits must pass the check, since case numbers look the same.

    Parameters
    ----------
    found
        A match.

    Returns
    -------
    str or None
        ``personal_number``, ``coordination_number``, or None for neither.
    """
    day = int(found["day"])
    coordination = day > _COORDINATION_DAY
    signed = found["sign"].strip() != ""
    if not _is_date(found, day - _COORDINATION_DAY if coordination else day, loose=signed):
        return None
    if not signed and not luhn_ok(found["year"] + found["month"] + found["day"] + found["last"]):
        return None
    return "coordination_number" if coordination else "personal_number"


def luhn_ok(digits: str) -> bool:
    """
    Check the last digit of ten by the Luhn rule.

    Parameters
    ----------
    digits
        Ten digits, YYMMDDNNNC.

    Returns
    -------
    bool
        False also when they are not ten digits.

    Examples
    --------
    >>> luhn_ok("8112189876"), luhn_ok("8112189875")
    (True, False)
    """
    if not re.fullmatch(r"\d{10}", digits, re.ASCII):
        return False
    total = 0
    for at, digit in enumerate(map(int, digits)):
        doubled = digit * (2 if at % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def _is_date(found: re.Match[str], day: int, *, loose: bool) -> bool:
    """Whether the first six digits can be a birth date; loosely, every month has 31 days."""
    month = int(found["month"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return False
    if loose:
        return True
    year = int((found["century"] or "20") + found["year"])
    return day <= monthrange(year, month)[1]
