"""GeoJSON, plain or packed; its degrees are the standard's word, unless it says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.ingest.opening import open_bytes
from geo.ingest.vector import VectorReader

if TYPE_CHECKING:
    from pathlib import Path


_JSON_HEAD = 65_536


class GeoJson(VectorReader):
    """A GeoJSON file, plain or gzip."""

    name = "geojson"
    title = "GeoJSON (also gzip)"
    suffixes = (".geojson", ".geojson.gz", ".json")

    @classmethod
    def claims(cls, path: Path, head: bytes) -> bool:
        """
        Tell whether a file is GeoJSON.

        Parameters
        ----------
        path
            The file.
        head
            Its first bytes, unpacked.

        Returns
        -------
        bool
            True for JSON objects that speak of features, and files called so.
        """
        start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
        object_like = start.startswith(b"{") and b'"type"' in start
        return path.name.casefold().endswith(cls.suffixes[:2]) or (
            object_like and (b'"Feature' in start or b'"features"' in start)
        )

    def address(self, path: Path) -> str:
        """
        Say how GDAL opens the file.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        str
            Its path, through gzip where it is packed.
        """
        with path.open("rb") as stream:
            packed = stream.read(2) == b"\x1f\x8b"
        if not packed:
            return f"GeoJSON:{path}"
        with open_bytes(path) as stream:
            while stream.read(1 << 20):
                pass  # the guard inside stops bombs before GDAL meets them
        return f"GeoJSON:/vsigzip/{path.resolve()}"

    def is_certain(self, path: Path) -> bool:
        """
        Tell whether the file itself says its system.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        bool
            False without a "crs" member: degrees are then only the standard's word.
        """
        with open_bytes(path) as stream:
            return b'"crs"' in stream.read(_JSON_HEAD)
