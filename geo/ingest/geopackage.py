"""GeoPackage: one layer of one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.ingest.vector import VectorReader

if TYPE_CHECKING:
    from pathlib import Path


class GeoPackage(VectorReader):
    """A layer of a GeoPackage."""

    name = "geopackage"
    title = "GeoPackage"
    suffixes = (".gpkg",)

    @classmethod
    def claims(cls, path: Path, head: bytes) -> bool:
        """
        Tell whether a file is a GeoPackage.

        Parameters
        ----------
        path
            The file.
        head
            Its first bytes.

        Returns
        -------
        bool
            True for SQLite files, and files called so.
        """
        return head.startswith(b"SQLite format 3") or path.suffix.casefold() in cls.suffixes

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
            Its path.
        """
        return str(path)
