"""The readers: one class a file format, found by content first and name second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import IngestError
from geo.ingest.geojson import GeoJson
from geo.ingest.geopackage import GeoPackage
from geo.ingest.kml import Kml
from geo.ingest.opening import read_head
from geo.ingest.osm import OpenStreetMap
from geo.ingest.parquet import Parquet
from geo.ingest.polisen import PolisenEvents
from geo.ingest.shapefile import Shapefile
from geo.ingest.text import DelimitedText
from geo.ingest.workbook import Workbook
from geo.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

    from geo.ingest.base import Reader

READERS: Registry[type[Reader]] = Registry(
    "reader",
    [
        (reader.name, reader)
        for reader in (
            GeoPackage,
            Parquet,
            Shapefile,
            Workbook,
            OpenStreetMap,
            Kml,
            PolisenEvents,
            GeoJson,
            DelimitedText,
        )
    ],
)
"""Every reader by name; asked in this order, plain text last."""


def sniff(path: Path) -> type[Reader]:
    """
    Find the reader of a file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    type of Reader
        The first in the catalogue that claims it.

    Raises
    ------
    IngestError
        If the file is missing or empty, or nobody claims it.
    """
    head = read_head(path)
    for reader in READERS.values():
        if reader.claims(path, head):
            return reader
    msg = f"{path.name} is in no format that can be read here."
    known = "; ".join(reader.title for reader in READERS.values())
    raise IngestError(msg, expected=known, fix="export it in one of these")
