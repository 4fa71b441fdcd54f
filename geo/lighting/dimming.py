"""Dark on purpose: hours when lamps are off, dimmed or waiting for somebody, and who decided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

Kind = Literal["off", "dimmed", "presence"]
EVENING_HOUR, NIGHT_HOUR = 21.0, 2.0
"""Hours the light is looked at: while people are out, and when what can be off is off."""
OFF_ON_PURPOSE = "off_on_purpose"
_DAY = 24.0
_STEP = re.compile(
    r"(?P<word>släck\w*|nattsläck\w*|off|dim\w*|reducer\w*|sänk\w*|närvaro\w*|presence\w*)"
    r"(?P<between>[^;]*?)"
    r"(?:kl\.?\s*)?(?P<from>\d{1,2}(?:[:.]\d{2})?)\s*(?:-|\u2013|till|to)\s*"
    r"(?P<to>\d{1,2}(?:[:.]\d{2})?)(?![\d%])(?P<after>[^;]*?)(?=;|,|$)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?P<with>med|by)?\s*(?P<share>\d{1,3})\s*%", re.IGNORECASE)
_DECISION = re.compile(r"(?:beslut|decision)\w*\W*(?P<text>[^;]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """
    Some hours of the night.

    Parameters
    ----------
    kind
        ``off``, ``dimmed`` or ``presence``.
    start, end
        Local clock hours, 0 up to 24; an end not after the start is next day.
    share
        Of full light in those hours; with presence control that of nobody
        there.
    assumed
        Whether the share is ours, nobody having said it.
    """

    kind: Kind
    start: float
    end: float
    share: float
    assumed: bool

    def holds(self, hour: float) -> bool:
        """
        Tell whether the step holds at an hour.

        Parameters
        ----------
        hour
            Local clock hour, 0 up to 24.

        Returns
        -------
        bool
            The first moment belongs to it, the last does not.
        """
        return (hour - self.start) % _DAY < (self.end - self.start) % _DAY or (
            self.start == self.end
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """
    When a lamp does not give full light.

    Parameters
    ----------
    steps
        In the order written.
    decision
        Who decided, and when; None when nobody says.
    """

    steps: tuple[Step, ...]
    decision: str | None

    def output(self, hour: float) -> float:
        """
        Give the share of full light at an hour.

        Parameters
        ----------
        hour
            Local clock hour, 0 up to 24.

        Returns
        -------
        float
            The least of the steps that hold; 1 where none does.
        """
        return min((step.share for step in self.steps if step.holds(hour)), default=1.0)


def parse_schedule(text: str | None) -> Schedule | None:
    """
    Read what a register says of hours dimmed or off.

    Parameters
    ----------
    text
        For example ``"släckt 23-05, beslut tekniska nämnden 2025-09-16 § 84"``
        or ``"dimmad till 50 % 22:30-05; närvarostyrd 20 % 00-04"``.

    Returns
    -------
    Schedule or None
        None where no hours can be read.

    Examples
    --------
    >>> found = parse_schedule("släckt 23-05, beslut nämnden 2025-09-16 § 84")
    >>> found.output(2.0), found.output(21.0), found.decision
    (0.0, 1.0, 'nämnden 2025-09-16 § 84')
    >>> parse_schedule("dimmad med 30 % kl 22:30-05").output(23.0)
    0.7
    """
    if text is None or not isinstance(text, str):
        return None
    decision = _DECISION.search(text)
    hours = text if decision is None else text[: decision.start()] + text[decision.end() :]
    steps = tuple(step for m in _STEP.finditer(hours) if (step := _step(m)) is not None)
    if not steps:
        return None
    return Schedule(steps, decision["text"].strip(" .,") if decision else None)


def _step(found: re.Match[str]) -> Step | None:
    """One step out of what was written; None when its hours are no hours."""
    start, end = _hour(found["from"]), _hour(found["to"])
    if start is None or end is None:
        return None
    table = lighting_table("defaults")["dimming"]
    word = found["word"].casefold()
    kind: Kind = "dimmed"
    if word.startswith(("släck", "nattsläck", "off")):
        kind = "off"
    elif word.startswith(("närvaro", "presence")):
        kind = "presence"
    if kind == "off":
        return Step(kind, start, end, 0.0, assumed=False)
    told = _SHARE.search(found["between"]) or _SHARE.search(found["after"])
    if told is None:
        usual = table["presence_base" if kind == "presence" else "dimmed"]["value"]
        return Step(kind, start, end, float(usual), assumed=True)
    share = min(int(told["share"]), 100) / 100
    return Step(kind, start, end, round(1 - share, 4) if told["with"] else share, assumed=False)


def _hour(text: str) -> float | None:
    """Clock hour of "23", "22:30" or "24"; None when there is no such hour."""
    hour, _, minute = text.replace(".", ":").partition(":")
    value = int(hour) + int(minute or 0) / 60
    return value % _DAY if value <= _DAY and int(minute or 0) < 60 else None


def lamp_output(
    status: pd.Series, schedule: pd.Series, *, hour: float, out: str = "out"
) -> NDArray[np.float64]:
    """
    Give the share of full light each lamp gives at an hour.

    Parameters
    ----------
    status
        What `lamp_status` gave, shape (n,).
    schedule
        What the register says, same order; missing allowed.
    hour
        Local clock hour.
    out
        The status of a lamp that is out.

    Returns
    -------
    ndarray
        0 to 1, shape (n,). A lamp that is out gives nothing; one off on
        purpose gives nothing in its hours, and at no hour when its hours
        cannot be read.
    """
    words, codes = np.unique(schedule.fillna("").to_numpy(str), return_inverse=True)
    parsed = [parse_schedule(word) for word in words]
    by_word = np.array([1.0 if s is None else s.output(hour) for s in parsed])
    read = np.array([s is not None for s in parsed], bool)
    share = by_word[codes] if len(codes) else np.empty(0)
    state = status.to_numpy(object)
    purpose = (state == OFF_ON_PURPOSE) & ~(read[codes] if len(codes) else np.empty(0, bool))
    result: NDArray[np.float64] = np.where((state == out) | purpose, 0.0, share)
    return result


def schedules(schedule: pd.Series) -> pd.DataFrame:
    """
    Say of every lamp what its schedule is and who decided it.

    Parameters
    ----------
    schedule
        What the register says, shape (n,); missing allowed.

    Returns
    -------
    DataFrame
        Same index: ``kind`` (off, dimmed, presence, the darkest first;
        missing without hours), ``hours`` as "23:00-05:00", ``share``,
        ``decision`` and ``unreadable`` (bool: something is written that says
        no hours).
    """
    rank = {"off": 0, "presence": 1, "dimmed": 2}
    rows: list[tuple[str | None, str | None, float, str | None, bool]] = []
    for text in schedule:
        found = parse_schedule(text)
        if found is None:
            rows.append((None, None, np.nan, None, bool(isinstance(text, str) and text.strip())))
            continue
        step = min(found.steps, key=lambda s: rank[s.kind])
        hours = f"{_clock(step.start)}\u2013{_clock(step.end)}"
        rows.append((step.kind, hours, step.share, found.decision, False))
    columns = ["kind", "hours", "share", "decision", "unreadable"]
    table = pd.DataFrame(rows, columns=columns, index=schedule.index)
    return table.astype(
        {"kind": "str", "hours": "str", "share": "float64", "decision": "str", "unreadable": "bool"}
    )


def _clock(hour: float) -> str:
    """Write an hour as 22:30."""
    minutes = round(hour * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
