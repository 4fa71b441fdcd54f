"""KML and KMZ: a layer of placemarks, in degrees."""

from __future__ import annotations

import zipfile
from typing import IO, TYPE_CHECKING

from geo.errors import IngestError
from geo.ingest.opening import check_zip, open_bytes
from geo.ingest.vector import VectorReader

if TYPE_CHECKING:
    from pathlib import Path

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_BLOCK = 1 << 20
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DECLARATIONS = (b"<!doctype", b"<!entity")


class Kml(VectorReader):
    """Placemarks of a KML file, plain, gzip or zipped as KMZ."""

    name = "kml"
    title = "KML (also KMZ)"
    suffixes = (".kml", ".kmz", ".kml.gz")

    @classmethod
    def claims(cls, path: Path, head: bytes) -> bool:
        """
        Tell whether a file is KML.

        Parameters
        ----------
        path
            The file.
        head
            Its first bytes, unpacked.

        Returns
        -------
        bool
            True for XML that opens with a kml element, and archives that hold one.
        """
        if head.startswith(_ZIP):
            return bool(_inside(check_zip(path)))
        return b"<kml" in head[:8000] or path.name.casefold().endswith((".kml", ".kml.gz"))

    def address(self, path: Path) -> str:
        """
        Say how GDAL opens the file, once it is known to declare no entities.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        str
            Its path, inside the archive where it is one.

        Raises
        ------
        IngestError
            If the XML declares a document type or entities of its own.
        """
        with path.open("rb") as stream:
            start = stream.read(4)
        if start == _ZIP:
            inside = _inside(check_zip(path))[0]
            with zipfile.ZipFile(path) as archive, archive.open(inside) as stream:
                _refuse_declarations(stream, name=path.name)
            return f"/vsizip/{{{path.resolve()}}}/{inside}"
        with open_bytes(path) as stream:
            _refuse_declarations(stream, name=path.name)
        return f"/vsigzip/{path.resolve()}" if start.startswith(_GZIP) else str(path)


def _inside(names: list[str]) -> list[str]:
    """List the KML files of an archive, the main one first."""
    found = [name for name in names if name.casefold().endswith(".kml")]
    return sorted(found, key=lambda name: (name.count("/"), not name.endswith("doc.kml")))


def _refuse_declarations(stream: IO[bytes], *, name: str) -> None:
    """Refuse XML that could grow or reach out while it is read; KML needs neither."""
    tail = b""
    while block := stream.read(_BLOCK):
        if not tail and block.startswith(_WIDE):
            msg = f"{name} is KML in UTF-16, which is not read here."
            raise IngestError(msg, found="UTF-16", expected="UTF-8", fix="save it as UTF-8")
        folded = (tail + block).lower()
        if any(mark in folded for mark in _DECLARATIONS):
            msg = f"{name} declares a document type or entities of its own."
            fix = "export it as plain KML, or as GeoPackage"
            raise IngestError(msg, found="<!DOCTYPE or <!ENTITY", expected="plain KML", fix=fix)
        tail = folded[-16:]
