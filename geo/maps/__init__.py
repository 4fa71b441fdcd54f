"""Layers, the role gate, GeoJSON, the situation, the one-file map and every export."""

from __future__ import annotations

from geo.maps.access import Role as Role
from geo.maps.catalog import LAYERS as LAYERS
from geo.maps.export import write_export as write_export
from geo.maps.gate import require as require
from geo.maps.gate import view as view
from geo.maps.gate import visible_layers as visible_layers
from geo.maps.geojson import box_to_degrees as box_to_degrees
from geo.maps.geojson import feature_collection as feature_collection
from geo.maps.one_file import write_map as write_map
from geo.maps.overlay import overlay as overlay
from geo.maps.picture import Picture as Picture
from geo.maps.pictures import Pictures as Pictures
from geo.maps.pictures import picture as picture
from geo.maps.pictures import situation as situation
