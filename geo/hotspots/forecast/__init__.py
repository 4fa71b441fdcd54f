"""Where the next days' incidents will be: one rate a place, weighed on the town's own past."""

from __future__ import annotations

from geo.hotspots.forecast.ground import Ground as Ground
from geo.hotspots.forecast.rivals import RIVALS as RIVALS
from geo.hotspots.forecast.trail import Trail as Trail
from geo.hotspots.forecast.walk import Fold as Fold
from geo.hotspots.forecast.walk import walk as walk
