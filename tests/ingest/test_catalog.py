from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.errors import IngestError
from geo.ingest import READERS, Ingested, sniff
from geo.ingest.base import Reader

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = {
    "geopackage": [("a.gpkg", b"SQLite format 3\x00...")],
    "parquet": [("a.parquet", b"PAR1\x15"), ("called.csv", b"PAR1\x15\x00")],
    "shapefile": [("a.shp", b"\x00\x00\x27\x0a" + b"\x01" * 9)],
    "workbook": [("a.xls", b"\xd0\xcf\x11\xe0..."), ("called.csv", b"\xd0\xcf\x11\xe0...")],
    "osm": [("a.osm", b"<osm version='0.6'>"), ("a.xml", b"<?xml version='1.0'?><osm version="),
            ("a.pbf", b"\x00\x00\x00\x0d\n\tOSMHeader")],
    "kml": [("a.kml", b"<kml>"), ("a.xml", b"<?xml version='1.0'?><kml xmlns='x'>")],
    "polisen": [("a.json", b'[{"id": 1, "datetime": "", "location": {"gps": ""}}]')],
    "geojson": [("a.json", b'{"type": "FeatureCollection", "features": []}'),
                ("a.txt", b' {"features": [], "type": "FeatureCollection"}')],
    "text": [("a.csv", b"a;b\n1;2\n"), ("a.dat", b"a\tb\n"), ("a.json", b'{"type": 1}')],
}  # fmt: skip


def test_every_reader_is_found_by_content_or_name(tmp_path: Path) -> None:
    assert set(EXAMPLES) == set(READERS)
    for reader, files in EXAMPLES.items():
        for name, content in files:
            (tmp_path / name).write_bytes(content)
            assert sniff(tmp_path / name).name == reader, name


@pytest.mark.parametrize("name", list(READERS))
def test_every_reader_is_a_class_that_says_what_it_reads(name: str) -> None:
    reader = READERS[name]
    assert issubclass(reader, Reader)
    assert reader.name == name
    assert reader.title
    assert all(suffix.startswith(".") for suffix in reader.suffixes)


def test_unknown_bytes_are_claimed_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x01\x00\x02\x00" * 50)
    with pytest.raises(IngestError, match="no format that can be read") as caught:
        sniff(tmp_path / "a.bin")
    assert "GeoPackage" in str(caught.value.facts["expected"])


def test_an_account_that_does_not_add_up_is_refused(tmp_path: Path) -> None:
    import pandas as pd

    from geo.frames import LAMPS, pack

    with pytest.raises(IngestError, match="lost or doubled"):
        Ingested(
            frame="lamps", rows=pack(LAMPS, LAMPS.empty()), crs="EPSG:3006",
            rejects=pd.DataFrame(), n_read=1, n_repeated=0,
            n_refused=0, refused={}, n_unlocated=0, flagged={}, categories={}, other={},
            unmapped={}, scrubbed={}, period=None, layout={}, reader="text", mapping_version="",
        )  # fmt: skip
    assert tmp_path
