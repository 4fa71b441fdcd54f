"""Light: what is lit, what is out, what is dark, and when it matters."""

from __future__ import annotations

from geo.lighting.dark_hours import DarkHours as DarkHours
from geo.lighting.dark_hours import dark_hours as dark_hours
from geo.lighting.darkness import dark_facts as dark_facts
from geo.lighting.darkness import incident_light as incident_light
from geo.lighting.darkness import outdoor as outdoor
from geo.lighting.facts import LightPicture as LightPicture
from geo.lighting.facts import light_facts as light_facts
from geo.lighting.facts import light_picture as light_picture
from geo.lighting.facts import live_reports as live_reports
from geo.lighting.optics import find_optics as find_optics
from geo.lighting.placement import LightParams as LightParams
from geo.lighting.profile import LightProfile as LightProfile
from geo.lighting.service import settled_days as settled_days
from geo.lighting.three_way import three_way as three_way
from geo.lighting.three_way import type_places as type_places
