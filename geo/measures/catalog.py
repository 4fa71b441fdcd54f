"""The decision table: which evidence leads to which recommendation, row by row."""

from __future__ import annotations

from geo.measures.errands import DARK_STRETCH, OUTAGE_AND_REPORTS, OUTAGE_LATE
from geo.measures.light import (
    LAMP_NEW,
    LAMP_REPAIR,
    LAMP_SINGLE,
    LAMPS_ASLEEP,
    LAMPS_MISSING,
    LIGHT_MEASURE,
    LIGHT_NOT_CAUSE,
    LIGHT_UNKNOWN,
    PATH_UNLIT,
    VEGETATION,
)
from geo.measures.light_more import (
    DIM_HOURS,
    LED_SWAP,
    LIGHT_CANNOT_TELL,
    LIGHT_GLARE,
    LIGHT_UNEVEN,
    LIGHT_UNSEEN,
    LIT_DETOUR,
    NATURE_ASSESS,
    TUNNEL_LIGHT,
)
from geo.measures.presence import PRESENCE, PRESENCE_POSSIBLE
from geo.measures.rules import Rule
from geo.registry import Registry

RULES: Registry[Rule] = Registry(
    "rule",
    [
        (rule.code, rule)
        for rule in (
            PRESENCE,
            LAMP_REPAIR,
            LAMPS_MISSING,
            LAMPS_ASLEEP,
            LIGHT_UNKNOWN,
            PATH_UNLIT,
            VEGETATION,
            LIGHT_MEASURE,
            TUNNEL_LIGHT,
            LIGHT_UNEVEN,
            DIM_HOURS,
            LIT_DETOUR,
            LIGHT_GLARE,
            LED_SWAP,
            LAMP_NEW,
            NATURE_ASSESS,
            LAMP_SINGLE,
            LIGHT_UNSEEN,
            LIGHT_NOT_CAUSE,
            LIGHT_CANNOT_TELL,
            PRESENCE_POSSIBLE,
            OUTAGE_AND_REPORTS,
            OUTAGE_LATE,
            DARK_STRETCH,
        )
    ],
)
"""Every rule by its code, in the order they are tried; ties in tier keep this order."""
