"""Units that sources write, and what one of them is in ours."""

from __future__ import annotations

from types import MappingProxyType

_FOOT_M = 0.3048

UNITS = MappingProxyType(
    {
        "m": 1.0, "metre": 1.0, "meter": 1.0, "cm": 0.01, "mm": 0.001, "km": 1000.0,
        "ft": _FOOT_M, "feet": _FOOT_M, "foot": _FOOT_M, "ft.": _FOOT_M, "in": 0.0254,
        "w": 1.0, "W": 1.0, "watt": 1.0, "watts": 1.0, "kw": 1000.0, "kW": 1000.0,
        "lm": 1.0, "lumen": 1.0, "klm": 1000.0,
        "k": 1.0, "K": 1.0, "kelvin": 1.0,
        "deg": 1.0, "°": 1.0,
        "lux": 1.0, "lx": 1.0,
        "kr": 1.0, "SEK": 1.0, "sek": 1.0, "tkr": 1000.0,
        "%": 0.01, "share": 1.0,
    }
)  # fmt: skip
"""Factor to our unit by the unit's written form."""
