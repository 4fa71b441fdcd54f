"""KML and KMZ: placemarks in degrees, and nothing that reaches out."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.ingest import Ingested

MARK = """<Placemark><name>{name}</name><ExtendedData><Data name="nr"><value>{name}</value></Data>
</ExtendedData><Point><coordinates>{lon},{lat},0</coordinates></Point></Placemark>"""
KML = """<?xml version="1.0" encoding="UTF-8"?>{declared}
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>stolpar</name>{marks}</Folder>
</Document></kml>"""
LAMPS: dict[str, Any] = {"frame": "lamps", "source": "stolpar", "columns": {"ref": "Name"}}


def kml(*, declared: str = "") -> str:
    """Two lamps in Växjö."""
    marks = "".join(MARK.format(name=n, lon=14.80 + n / 100, lat=56.88) for n in (1, 2))
    return KML.format(declared=declared, marks=marks)


def kmz() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("files/other.kml", kml())
        archive.writestr("doc.kml", kml())
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.kml", kml().encode()), ("a.kml.gz", gzip.compress(kml().encode())), ("a.kmz", kmz()),
     ("a.xml", kml().encode())],
)  # fmt: skip
def test_placemarks_become_rows_where_they_are(
    read: Callable[..., Ingested], name: str, content: bytes
) -> None:
    got = read(content, LAMPS, name=name)
    assert (got.reader, got.n_read, len(got.accepted)) == ("kml", 2, 2)
    places = got.accepted.geometry.to_crs("EPSG:4326")
    assert sorted(places.x.round(6)) == [14.81, 14.82]
    assert places.y.round(6).tolist() == [56.88, 56.88]


@pytest.mark.parametrize(
    "declared", ['<!DOCTYPE kml [<!ENTITY a "aaaa">]>', '<!doctype kml SYSTEM "http://x/y.dtd">']
)
def test_entities_of_its_own_are_refused_before_anything_is_read(
    read: Callable[..., Ingested], declared: str
) -> None:
    with pytest.raises(IngestError, match="declares a document type or entities"):
        read(kml(declared=declared), LAMPS, name="a.kml")


def test_utf_16_is_refused_since_it_could_hide_them(read: Callable[..., Ingested]) -> None:
    with pytest.raises(IngestError, match="UTF-16"):
        read(kml().encode("utf-16"), LAMPS, name="a.kml")


def test_a_broken_file_is_refused(read: Callable[..., Ingested]) -> None:
    with pytest.raises(IngestError, match=r"a\.kml"):
        read(kml()[:200], LAMPS, name="a.kml")
