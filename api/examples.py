"""What each operation is asked and answers, for the description of the service."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.maps.tiles.cut import MEDIA_TYPE as TILE

if TYPE_CHECKING:
    from collections.abc import Mapping

_BASE = "http://127.0.0.1:8000"
_GEOJSON = "application/geo+json"
_LINK = {"rel": "self", "href": f"{_BASE}/collections", "type": "application/json"}
_FEATURE = {
    "type": "Feature",
    "id": "lp-000017",
    "properties": {"id": "lp-000017", "state": "faulty", "state_label": "trasig"},
    "geometry": {"type": "Point", "coordinates": [14.8059, 56.8777]},
}
_COLLECTION = {
    "id": "lamps",
    "title": "Ljuspunkter",
    "description": "Bara ljuspunkter som finns i registret. Tom karta betyder inte mörkt.",
    "itemType": "feature",
    "crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"],
    "extent": {"spatial": {"bbox": [[14.47, 57.03, 14.86, 57.22]]}},
    "links": [_LINK],
    "legend": [{"label": "trasig (ring)", "color": "#9b3a2a", "shape": "ring", "dash": "solid"}],
}
_SET = {
    "id": "WebMercatorQuad",
    "title": "Google Maps Compatible for the World",
    "uri": "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad",
}
_TILE_URL = f"{_BASE}/collections/lamps/tiles/WebMercatorQuad"
_TILESET = {
    "title": "Ljuspunkter",
    "dataType": "vector",
    "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
    "tileMatrixSetURI": _SET["uri"],
    "links": [
        {
            "rel": "item",
            "href": _TILE_URL + "/{tileMatrix}/{tileRow}/{tileCol}",
            "type": TILE,
            "templated": True,
        }
    ],
}

PROBLEM: Mapping[str, Any] = MappingProxyType(
    {
        "type": "/problems/map",
        "title": "bbox is not a box in degrees.",
        "status": 400,
        "code": "map",
        "fix": "for example bbox=14.7,56.8,14.9,56.9",
    }
)
"""A refusal."""

PARAMETERS: Mapping[str, Any] = MappingProxyType(
    {
        "layer": "lamps",
        "item": "lp-000017",
        "suffix": "xlsx",
        "run_id": "ef4c7566c9baee13",
        "matrix_set": "WebMercatorQuad",
        "zoom": 12,
        "row": 1258,
        "column": 2216,
        "properties": "state",
        "week": "latest",
        "lang": "sv",
        "role": "forum",
        "bbox": "14.47,57.03,14.86,57.22",
        "datetime": "2026-11-16T05:00:00Z/2026-11-23T05:00:00Z",
        "limit": 100,
        "offset": 0,
        "f": "json",
    }
)
"""What a parameter may be."""

MEDIA: Mapping[str, str] = MappingProxyType(
    {
        "/collections/{layer}/items": _GEOJSON,
        "/collections/{layer}/items/{item}": _GEOJSON,
        "/collections/{layer}/tiles/{matrix_set}/{zoom}/{row}/{column}": TILE,
        "/collections/{layer}/image": "image/png",
        "/exports/karta.html": "text/html",
        "/exports/{layer}.{suffix}": "application/octet-stream",
        "/worklist.{suffix}": "application/octet-stream",
    }
)
"""What an operation answers with, where it is not plain JSON."""

EXAMPLES: Mapping[str, Any] = MappingProxyType(
    {
        "/": {"title": "Lägesbild Granvads kommun", "links": [_LINK]},
        "/conformance": {
            "conformsTo": ["http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"]
        },
        "/methods": [{"name": "places", "title": "Platser som sticker ut", "parameters": {}}],
        "/healthz": {"status": "ok", "version": "0.1.0", "weeks": 6},
        "/roles": [{"id": "forum", "label": "trygghetsforum", "note": "Ser summor i rutor."}],
        "/situations": {
            "weeks": [{"id": "2026-W47", "label": "v. 47", "run_id": "ef4c7566c9baee13"}],
            "latest": "2026-W47",
        },
        "/situations/{week}": {
            "week": {"id": "2026-W47", "label": "v. 47"},
            "sentence": "Fem platser att prioritera i helgen. Två är nya.",
            "places": [],
            "layers": [],
        },
        "/collections": {"collections": [_COLLECTION], "links": [_LINK]},
        "/collections/{layer}": _COLLECTION,
        "/collections/{layer}/items": {
            "type": "FeatureCollection",
            "numberMatched": 6294,
            "numberReturned": 1,
            "links": [_LINK],
            "features": [_FEATURE],
        },
        "/collections/{layer}/items/{item}": _FEATURE,
        "/collections/{layer}/legend": {"title": "Ljuspunkter", "legend": _COLLECTION["legend"]},
        "/collections/{layer}/style": {
            "version": 8,
            "sources": {"lamps": {"type": "vector", "url": f"{_TILE_URL}/tilejson"}},
            "layers": [
                {"id": "lamps:point", "type": "circle", "source": "lamps", "source-layer": "lamps"}
            ],
        },
        "/collections/{layer}/image": "(en bild i PNG)",
        "/collections/{layer}/tiles": {"tilesets": [_TILESET], "links": [_LINK]},
        "/collections/{layer}/tiles/{matrix_set}": _TILESET,
        "/collections/{layer}/tiles/{matrix_set}/tilejson": {
            "tilejson": "3.0.0",
            "tiles": [_TILE_URL + "/{z}/{y}/{x}"],
            "vector_layers": [{"id": "lamps", "fields": {"id": "String", "state": "String"}}],
        },
        "/collections/{layer}/tiles/{matrix_set}/{zoom}/{row}/{column}": "(en kartruta, MVT 2.1)",
        "/tileMatrixSets": {"tileMatrixSets": [_SET]},
        "/tileMatrixSets/{matrix_set}": _SET | {"tileMatrices": []},
        "/exports/karta.html": "<!doctype html>...",
        "/exports/{layer}.{suffix}": "(en fil)",
        "/quality": {"sentence": "Två källor saknas den här veckan.", "sources": []},
        "/runs/{run_id}/score": {"run_id": "ef4c7566c9baee13", "week": "2026-W46"},
        "/scores": {"scores": []},
        "/worklist.{suffix}": "(en fil)",
        "/worklist": {"sentence": "Fyra saker att börja med.", "items": []},
    }
)
"""What an operation answers."""
