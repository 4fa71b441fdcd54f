"""One checked shape per kind of thing; everything else in the product stands on these."""

from __future__ import annotations

from geo.frames.column import Column as Column
from geo.frames.column import Kind as Kind
from geo.frames.column import Sensitivity as Sensitivity
from geo.frames.column import Shape as Shape
from geo.frames.comparisons import COMPARISONS as COMPARISONS
from geo.frames.contract import Frame as Frame
from geo.frames.incoming import AREA_KINDS as AREA_KINDS
from geo.frames.incoming import AREAS as AREAS
from geo.frames.incoming import FACILITIES as FACILITIES
from geo.frames.incoming import FAULTS as FAULTS
from geo.frames.incoming import INCIDENT_FLAGS as INCIDENT_FLAGS
from geo.frames.incoming import INCIDENTS as INCIDENTS
from geo.frames.incoming import LAMPS as LAMPS
from geo.frames.incoming import MEASUREMENTS as MEASUREMENTS
from geo.frames.incoming import NOTICES as NOTICES
from geo.frames.incoming import REPORTS as REPORTS
from geo.frames.incoming import SETTINGS as SETTINGS
from geo.frames.incoming import STREETS as STREETS
from geo.frames.light import DARK_STRETCHES as DARK_STRETCHES
from geo.frames.light import OUTAGES as OUTAGES
from geo.frames.lux import CLASS_CHECKS as CLASS_CHECKS
from geo.frames.lux import STREET_LIGHT as STREET_LIGHT
from geo.frames.outgoing import HOTSPOTS as HOTSPOTS
from geo.frames.outgoing import RECOMMENDATIONS as RECOMMENDATIONS
from geo.frames.packed import GIVEN_LATER as GIVEN_LATER
from geo.frames.packed import Packed as Packed
from geo.frames.packed import pack as pack
from geo.frames.packing import DIGESTS as DIGESTS
from geo.frames.packing import Coded as Coded
from geo.frames.packing import pack_column as pack_column
from geo.frames.packing import texts as texts
from geo.frames.scores import SCORES as SCORES
from geo.frames.signals import SIGNALS as SIGNALS
from geo.frames.standing import DEFAULT_ACCURACY_M as DEFAULT_ACCURACY_M
from geo.frames.standing import standing as standing
from geo.frames.threeway import PLACE_TYPES as PLACE_TYPES
from geo.frames.weekly import ASSESSMENTS as ASSESSMENTS
from geo.frames.weekly import EVENTS as EVENTS
from geo.frames.weekly import INDICATORS as INDICATORS
from geo.frames.weekly import MEASURES as MEASURES
from geo.frames.weekly import VISITS as VISITS
from geo.registry import Registry

FRAMES: Registry[Frame] = Registry(
    "frame",
    [
        (frame.name, frame)
        for frame in (
            INCIDENTS,
            REPORTS,
            NOTICES,
            LAMPS,
            FAULTS,
            MEASUREMENTS,
            STREETS,
            AREAS,
            FACILITIES,
            EVENTS,
            ASSESSMENTS,
            INDICATORS,
            MEASURES,
            VISITS,
            HOTSPOTS,
            RECOMMENDATIONS,
            OUTAGES,
            DARK_STRETCHES,
            PLACE_TYPES,
            STREET_LIGHT,
            SCORES,
            CLASS_CHECKS,
            SIGNALS,
            COMPARISONS,
        )
    ],
)
"""Every frame by name: what comes in first, what an analysis writes last."""

OUTGOING = tuple(
    f.name
    for f in (
        HOTSPOTS,
        RECOMMENDATIONS,
        OUTAGES,
        DARK_STRETCHES,
        PLACE_TYPES,
        STREET_LIGHT,
        CLASS_CHECKS,
        SCORES,
        SIGNALS,
        COMPARISONS,
    )
)
"""Names of the frames that runs write."""
INCOMING = tuple(n for n in FRAMES if n not in OUTGOING)
"""Names of the frames that files and people fill."""
