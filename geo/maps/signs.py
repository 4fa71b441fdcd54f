"""The signs of a legend and the paint of a layer: every drawing of the map reads the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Sign:
    """
    One line of a legend.

    Parameters
    ----------
    sv, en
        What it means.
    color
        ``#rrggbb``.
    shape
        One of fill, line, circle, ring, hatch and dash.
    dash
        One of solid, dashed and dotted.
    """

    sv: str
    en: str
    color: str
    shape: str = "fill"
    dash: str = "solid"

    def as_dict(self, lang: str = "sv") -> dict[str, str]:
        """
        Write the line as the contract of a layer has it.

        Parameters
        ----------
        lang
            ``"sv"`` or ``"en"``.

        Returns
        -------
        dict
            label, color, shape, dash.
        """
        label = self.sv if lang == "sv" else self.en
        return {"label": label, "color": self.color, "shape": self.shape, "dash": self.dash}


@dataclass(frozen=True, slots=True)
class Paint:
    """
    How a layer is drawn; QGIS, the one-file map and the web page read the same.

    Parameters
    ----------
    color
        Outline, or line, ``#rrggbb``.
    fill
        Filling; empty for none.
    fill_opacity
        0-1.
    width
        Outline in CSS pixels.
    radius
        Of points, CSS pixels.
    dash
        One of solid, dashed and dotted.
    by
        Property whose value changes the above; empty for none.
    values
        Value of that property -> what changes.
    breaks
        For a number: lower limits, ascending; `steps` has one entry a limit.
    steps
        What changes from each limit on.
    label
        Property that is written beside the thing; empty for none.
    """

    color: str
    fill: str = ""
    fill_opacity: float = 0.0
    width: float = 1.0
    radius: float = 4.0
    dash: str = "solid"
    by: str = ""
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    breaks: tuple[float, ...] = ()
    steps: tuple[Mapping[str, Any], ...] = ()
    label: str = ""

    def as_dict(self) -> dict[str, Any]:
        """
        Write the style as a small mapping, ready for JSON.

        Returns
        -------
        dict
            The base style; ``by`` = {property, values} or {property, breaks,
            steps} where a property changes it; ``label`` where one is written.
        """
        out: dict[str, Any] = {
            "color": self.color,
            "fill": self.fill or None,
            "fill_opacity": self.fill_opacity,
            "width": self.width,
            "radius": self.radius,
            "dash": self.dash,
        }
        if self.values:
            values = {key: dict(change) for key, change in self.values.items()}
            out["by"] = {"property": self.by, "values": values}
        elif self.breaks:
            steps = [dict(step) for step in self.steps]
            out["by"] = {"property": self.by, "breaks": list(self.breaks), "steps": steps}
        if self.label:
            out["label"] = self.label
        return out
