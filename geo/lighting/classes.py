"""Lighting classes: which one a path should have, and whether light meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import AnalysisError
from geo.lighting.tables import lighting_table

if TYPE_CHECKING:
    from geo.lighting.en_grid import GridResult

_LOWEST_P = 6


@dataclass(frozen=True, slots=True)
class LightClass:
    """
    What one class asks for on the ground.

    Parameters
    ----------
    name
        Such as ``P4`` or ``C3``.
    em_lx
        Least mean.
    emin_lx
        Least anywhere; None for classes by uniformity.
    uo
        Least over mean; None for classes by minimum.
    checked
        Whether the values were read in a published table of the standard.
    edition
        Of the standard they were read for.
    """

    name: str
    em_lx: float
    emin_lx: float | None
    uo: float | None
    checked: bool
    edition: str

    def met(self, found: GridResult) -> bool:
        """
        Tell whether a path meets the class.

        Parameters
        ----------
        found
            What the grid of the standard says.

        Returns
        -------
        bool
            True when mean and least, or uniformity, are enough.
        """
        if found.mean_lx < self.em_lx:
            return False
        if self.emin_lx is not None:
            return found.min_lx >= self.emin_lx
        return self.uo is None or found.uniformity >= self.uo

    def overlit(self, found: GridResult) -> bool:
        """
        Tell whether a path has far more light than the class asks for.

        Parameters
        ----------
        found
            What the grid of the standard says.

        Returns
        -------
        bool
            True above one and a half times the mean; a remembered guard, not
            checked against the standard.
        """
        times = float(lighting_table("classes")["P_overlit"]["all"][0])
        return found.mean_lx > times * self.em_lx


def light_class(name: str) -> LightClass:
    """
    Look a class up in the table.

    Parameters
    ----------
    name
        ``P1`` to ``P6`` or ``C0`` to ``C5``. M classes need luminance, which
        is not computed.

    Returns
    -------
    LightClass
        Its values.

    Raises
    ------
    AnalysisError
        If the class is not in the table, or cannot be judged by lux.
    """
    table = lighting_table("classes")
    family = table.get(name[:1], {}) if name[:1] in {"P", "C"} else {}
    if name not in family:
        known = ", ".join(k for f in ("P", "C") for k in table[f] if k.startswith(f))
        msg = f"there is no class {name!r} that can be judged by lux."
        raise AnalysisError(msg, known=known, fix="use one of the known classes")
    mean, second, _ = family[name]
    by_least = name.startswith("P")
    return LightClass(
        name=name, em_lx=float(mean), emin_lx=float(second) if by_least else None,
        uo=None if by_least else float(second), checked=bool(family["checked"]),
        edition=f"{table['standard']}:{table['standard_edition']}",
    )  # fmt: skip


def choose_p(*, speed: str, use: str, mix: str, parked: str, ambient: str) -> str:
    """
    Choose a class for a path by the sum of weights.

    Parameters
    ----------
    speed
        ``low`` (up to 40 km/h) or ``walking``.
    use
        ``busy``, ``normal`` or ``quiet``.
    mix
        ``foot_cycle_motor``, ``foot_motor``, ``foot_cycle``, ``foot`` or
        ``cycle``.
    parked
        ``yes`` or ``no``: cars.
    ambient
        ``high``, ``moderate`` or ``low``: light around.

    Returns
    -------
    str
        ``P1`` to ``P6``.

    Raises
    ------
    AnalysisError
        If a word is not in the table.

    Notes
    -----
    ``P = 6 - sum``, held within 1 and 6 (CEN/TR 13201-1:2014). A published
    review finds no evidence for the weights, nor for adding them; a planner
    may overrule the answer.

    Examples
    --------
    >>> evening = dict(speed="low", use="normal", mix="foot_cycle", parked="no")
    >>> choose_p(**evening, ambient="moderate")
    'P4'
    """
    weights = lighting_table("classes")["selection"]
    asked = {"speed": speed, "use": use, "mix": mix, "parked": parked, "ambient": ambient}
    total = 0
    for name, word in asked.items():
        choices: dict[str, Any] = weights[name]
        if word not in choices:
            msg = f"{name} cannot be {word!r}."
            raise AnalysisError(msg, known=", ".join(choices), fix="use one of the known words")
        total += int(choices[word])
    return f"P{min(max(_LOWEST_P - total, 1), _LOWEST_P)}"
