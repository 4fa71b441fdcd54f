"""What a proposal knows about the place, and what it is unsure of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """
    What is known of the municipality.

    Parameters
    ----------
    crs
        Its working system, metric.
    timezone
        Its zone.
    extent
        West, south, east, north in `crs`, metres; None when not yet known.
    """

    crs: Any
    timezone: str
    extent: Box | None = None


@dataclass(frozen=True)
class Option:
    """
    One answer to what is unsure.

    Parameters
    ----------
    label
        What a person reads, Swedish.
    answer
        What is given back to `propose` under the item's key.
    line
        The line it becomes in a mapping file; "" when it is none.
    """

    label: str
    answer: Any
    line: str = ""


@dataclass(frozen=True)
class Unsure:
    """
    Something that headers and values do not settle.

    Parameters
    ----------
    key
        What it is about: crs, xy, date_order, offset, occurred_from...
    question
        What was found and what is asked, Swedish.
    options
        Answers that would do.
    decisive
        Whether the file must not be read before it is settled.
    chosen
        Position of the option that the proposal holds; None when it holds none.
    """

    key: str
    question: str
    options: tuple[Option, ...] = ()
    decisive: bool = False
    chosen: int | None = None

    def as_json(self) -> dict[str, Any]:
        """
        Give the item as `load --json` prints it.

        Returns
        -------
        dict
            Keys as above.
        """
        return {
            "key": self.key, "question": self.question, "decisive": self.decisive,
            "options": [{"label": o.label, "answer": o.answer, "line": o.line}
                        for o in self.options],
            "chosen": self.chosen,
        }  # fmt: skip
