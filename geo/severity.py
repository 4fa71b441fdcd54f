"""How much an incident of each kind weighs in the order of places: the municipality's own table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Collection

TABLE = "severity"
LARGEST = 1000.0
EXPLAINED = """# Viktning efter allvar är av. Med en tabell som den här ordnas platserna
# efter vikt, och varje sida säger det; vad som sticker ut avgörs ändå av antal. Kategorier som
# inte nämns väger 1.
#   [severity]
#   source = "Trygghetsforum, beslut 12"
#   year = 2026
#   weights = { violence_public = 4, vandalism = 1 }
"""
_FIX = "write [severity] with source, year and weights = { vandalism = 1, threat = 3 }"


@dataclass(frozen=True, slots=True)
class Severity:
    """
    Weights by category, published with where they come from; off unless the profile has them.

    Parameters
    ----------
    source
        Who set the weights, as it is printed.
    year
        Their year.
    weights
        Weight by category, above 0; a category that is not named weighs 1.
    """

    source: str
    year: int
    weights: tuple[tuple[str, float], ...]

    @classmethod
    def parse(cls, raw: object, *, known: Collection[str]) -> Severity | None:
        """
        Read the table ``[severity]`` of a profile.

        Parameters
        ----------
        raw
            The table; None where the profile has none.
        known
            The categories there are.

        Returns
        -------
        Severity or None
            None is off.

        Raises
        ------
        SettingsError
            If source, year or weights are missing or not what they should be.
        """
        if raw is None:
            return None
        table = raw if isinstance(raw, dict) else {}
        source, year, weights = (table.get(k) for k in ("source", "year", "weights"))
        if not isinstance(source, str) or not source.strip():
            msg = "`severity` in profile.toml does not say whose weights they are."
            raise SettingsError(msg, found=source, expected="source, a text", fix=_FIX)
        if not isinstance(year, int) or isinstance(year, bool) or not 1900 <= year <= 2200:
            msg = "`severity` in profile.toml has no year."
            raise SettingsError(msg, found=year, expected="year, four digits", fix=_FIX)
        if not isinstance(weights, dict) or not weights:
            msg = "`severity` in profile.toml has no weights."
            raise SettingsError(msg, found=weights, expected="category = weight", fix=_FIX)
        if set(table) - {"source", "year", "weights"} or (
            unknown := sorted(set(weights) - set(known))
        ):
            found = sorted(set(table) - {"source", "year", "weights"}) or unknown
            msg = "`severity` in profile.toml names something that is not known."
            raise SettingsError(
                msg, found=", ".join(found), known=", ".join(sorted(known)), fix=_FIX
            )
        for name, value in weights.items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not (number and math.isfinite(value) and 0 < value <= LARGEST):
                msg = f"the weight of {name!r} in profile.toml is not one."
                raise SettingsError(msg, found=value, expected="above 0, 1000 at most", fix=_FIX)
        return cls(source.strip(), year, tuple(sorted((k, float(v)) for k, v in weights.items())))

    def table(self) -> dict[str, Any]:
        """
        Give the table as a run keeps it, and is named by.

        Returns
        -------
        dict
            source, year and weights.
        """
        return {"source": self.source, "year": self.year, "weights": dict(self.weights)}
