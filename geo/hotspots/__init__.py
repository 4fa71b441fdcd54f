"""Places where more happens than their kind of place, or their own past, would suggest."""

from __future__ import annotations

from geo.hotspots.catalog import METHODS as METHODS
from geo.hotspots.context import Context as Context
from geo.hotspots.just_now import JustNow as JustNow
from geo.hotspots.just_now import just_now as just_now
from geo.hotspots.link import link_places as link_places
from geo.hotspots.picture import Picture as Picture
from geo.hotspots.picture import find_hotspots as find_hotspots
from geo.hotspots.picture import paint as paint
