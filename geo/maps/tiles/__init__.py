"""Vector tiles: made ready once, cut on demand, kept compressed; only of what passed the gate."""

from __future__ import annotations

from geo.maps.tiles.cut import BUFFER as BUFFER
from geo.maps.tiles.cut import EXTENT as EXTENT
from geo.maps.tiles.cut import cut_tile as cut_tile
from geo.maps.tiles.mercator import MAX_ZOOM as MAX_ZOOM
from geo.maps.tiles.mercator import tile_at as tile_at
from geo.maps.tiles.sheet import Sheet as Sheet
from geo.maps.tiles.sheet import prepare as prepare
from geo.maps.tiles.shelf import TileShelf as TileShelf
from geo.maps.tiles.style import map_style as map_style
from geo.maps.tiles.style import tilejson as tilejson
