"""Every layer by name, in the order of the layer list."""

from __future__ import annotations

from geo.maps.layer import Layer
from geo.maps.layers_analysis import ADVICE, CELLS, PLACES, SURFACE
from geo.maps.layers_class import CLASS_CHECKS
from geo.maps.layers_dark import DARK_STRETCHES, OUTAGES
from geo.maps.layers_evidence import INCIDENTS, REPORTS
from geo.maps.layers_ground import AREAS, EVENTS, FACILITIES, LAND, STREETS
from geo.maps.layers_light import FAULTS, LAMPS, LIGHTING_CHECKS
from geo.maps.layers_lux import STREET_LIGHT
from geo.maps.layers_methods import METHOD_LAYERS
from geo.maps.layers_notices import NOTICES
from geo.maps.layers_now import SIGNALS
from geo.maps.layers_register import LAMP_SPACING, LIT_STREETS
from geo.maps.layers_scores import SCORE_HISTORY
from geo.maps.layers_threeway import PLACE_TYPES
from geo.registry import Registry

LAYERS: Registry[Layer] = Registry(
    "layer",
    [
        (entry.name, entry)
        for entry in (
            PLACES,
            ADVICE,
            SIGNALS,
            LIGHTING_CHECKS,
            PLACE_TYPES,
            SCORE_HISTORY,
            *METHOD_LAYERS,
            OUTAGES,
            DARK_STRETCHES,
            STREET_LIGHT,
            CLASS_CHECKS,
            LAMP_SPACING,
            LIT_STREETS,
            CELLS,
            INCIDENTS,
            REPORTS,
            NOTICES,
            SURFACE,
            LAMPS,
            FAULTS,
            EVENTS,
            FACILITIES,
            AREAS,
            STREETS,
            LAND,
        )
    ],
)
"""Name -> layer: style, legend and access come from the same entry."""
