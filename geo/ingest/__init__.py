"""Files and feeds made into checked frames: one reader a format, one mapping a source."""

from __future__ import annotations

from geo.ingest.base import Ingested as Ingested
from geo.ingest.base import RawTable as RawTable
from geo.ingest.base import Reader as Reader
from geo.ingest.catalog import READERS as READERS
from geo.ingest.catalog import sniff as sniff
from geo.ingest.load import read_file as read_file
from geo.ingest.mapping import Mapping as Mapping
