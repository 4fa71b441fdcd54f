"""Tiles kept compressed, by what they were made of: layer, data, role and language."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from geo.errors import NotFoundError
from geo.maps.tiles.cut import cut_tile
from geo.maps.tiles.mercator import require_tile
from geo.maps.tiles.sheet import prepare

if TYPE_CHECKING:
    from collections.abc import Collection

    from geopandas import GeoDataFrame

    from geo.maps.picture import Picture
    from geo.maps.tiles.sheet import Sheet

MOST_BYTES = 64 * 2**20
_MOST_SHEETS = 24
_LEVEL = 6


class TileShelf:
    """
    Tiles of layers as roles may see them, each cut and compressed once.

    What is on it is named by layer, run, revisions, role, language and properties, so
    that nobody is given a tile that was cut for another role, and a tile of
    old data is never found again.

    Parameters
    ----------
    most_bytes
        Compressed tiles kept; the one that was asked for longest ago goes first.
    """

    def __init__(self, *, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._size = 0
        self._tiles: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._sheets: OrderedDict[tuple[object, ...], Sheet] = OrderedDict()
        self._lock = threading.Lock()

    def tile(
        self, picture: Picture, layer: str, *, z: int, x: int, y: int,
        properties: Collection[str] | None = None,
    ) -> bytes:  # fmt: skip
        """
        Give a tile of what `view` let out for the picture's role.

        Parameters
        ----------
        picture
            One week as one role may see it.
        layer
            Name in `LAYERS`.
        z, x, y
            Zoom, column and row.
        properties
            Those that are wanted, of what passed the gate; None gives all. A map that draws a
            layer needs two or three of twenty.

        Returns
        -------
        bytes
            Compressed with gzip; empty when nothing is there.

        Raises
        ------
        NotFoundError
            If there is no such layer, tile or property.
        AccessError
            If the layer is not for the role.
        MapError
            If the layer is a raster.
        """
        picture.require(layer)
        require_tile(z, x=x, y=y)
        chosen = None if properties is None else tuple(sorted(set(properties)))
        name = (layer, picture.stamp, picture.role, picture.lang, chosen)
        key = (*name, z, x, y)
        with self._lock:
            if key in self._tiles:
                self._tiles.move_to_end(key)
                return self._tiles[key]
        body = cut_tile(self._sheet(picture, layer, name, chosen), z=z, x=x, y=y)
        body = gzip.compress(body, _LEVEL, mtime=0) if body else b""
        with self._lock:
            self._size += len(body) - len(self._tiles.get(key, b""))
            self._tiles[key] = body
            while self._size > self._most and len(self._tiles) > 1:
                self._size -= len(self._tiles.popitem(last=False)[1])
        return body

    def _sheet(
        self, picture: Picture, layer: str, name: tuple[object, ...], chosen: tuple[str, ...] | None
    ) -> Sheet:
        """Prepare a layer, or take the one that is."""
        with self._lock:
            if name in self._sheets:
                self._sheets.move_to_end(name)
                return self._sheets[name]
        rows = picture.drawn(layer)
        made = prepare(rows if chosen is None else _only(rows, chosen), name=layer)
        with self._lock:
            self._sheets[name] = made
            while len(self._sheets) > _MOST_SHEETS:
                self._sheets.popitem(last=False)
        return made


def _only(rows: GeoDataFrame, chosen: tuple[str, ...]) -> GeoDataFrame:
    """Keep some properties; one that a layer does not have for this role is refused."""
    known = [name for name in rows.columns if name != rows.geometry.name]
    if unknown := [name for name in chosen if name not in known]:
        msg = "the layer has no such property."
        raise NotFoundError(
            msg, found=", ".join(name[:40] for name in unknown[:5]), known=", ".join(known),
            fix="use the known ones, or leave properties out for all",
        )  # fmt: skip
    return rows[[*chosen, rows.geometry.name]]
