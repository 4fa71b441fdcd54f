"""Shapefile: several files that belong together, often in one zip archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import IngestError
from geo.ingest.opening import check_zip
from geo.ingest.vector import VectorReader

if TYPE_CHECKING:
    from pathlib import Path


class Shapefile(VectorReader):
    """A Shapefile beside its .dbf and .prj, or a zip archive that holds them."""

    name = "shapefile"
    title = "Shapefile (also zipped)"
    suffixes = (".shp", ".shp.zip", ".zip")

    @classmethod
    def claims(cls, path: Path, head: bytes) -> bool:
        """
        Tell whether a file is a Shapefile or holds one.

        Parameters
        ----------
        path
            The file.
        head
            Its first bytes.

        Returns
        -------
        bool
            True for .shp, and archives with a .shp inside.
        """
        if path.suffix.casefold() == ".shp":
            return True
        return head.startswith(b"PK\x03\x04") and any(
            n.casefold().endswith(".shp") for n in check_zip(path)
        )

    def address(self, path: Path) -> str:
        """
        Say how GDAL opens the file.

        Parameters
        ----------
        path
            The .shp or the archive.

        Returns
        -------
        str
            Its path, inside the archive where it is one.

        Raises
        ------
        IngestError
            If a part is missing.
        """
        if path.suffix.casefold() == ".shp":
            if not any(path.with_suffix(s).is_file() for s in (".dbf", ".DBF")):
                msg = f"{path.name} stands alone: a Shapefile is several files."
                fix = "copy the .dbf, .shx and .prj beside it, or zip them together"
                raise IngestError(msg, expected=".dbf, .shx, .prj", fix=fix)
            return str(path)
        inside = [n for n in check_zip(path) if n.casefold().endswith(".shp")]
        folder = inside[0].rpartition("/")[0]
        return f"/vsizip/{{{path.resolve()}}}/{folder}".rstrip("/")
