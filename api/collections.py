"""OGC API Features: every layer a collection, in CRS84, through the gate."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.answers import GEOJSON, answer, answer_json
from api.parameters import (
    Bbox,
    Datetime,
    Limit,
    Offset,
    PictureDep,
    parse_bbox,
    parse_window,
)
from geo.errors import NotFoundError
from geo.maps import Picture, feature_collection

router = APIRouter(tags=["lager"])
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@router.get("/collections")
def list_collections(request: Request, picture: PictureDep) -> Response:
    """List the layers the caller's role may see."""
    base = str(request.base_url).rstrip("/")
    table = {
        "collections": [_collection(base, picture, name) for name in picture.feature_layers],
        "links": [{"rel": "self", "href": f"{base}/collections", "type": "application/json"}],
    }
    return answer_json(request, picture, table)


@router.get("/collections/{layer}")
def read_collection(request: Request, picture: PictureDep, layer: str) -> Response:
    """Describe one layer."""
    picture.require(layer)
    base = str(request.base_url).rstrip("/")
    return answer_json(request, picture, _collection(base, picture, layer))


@router.get("/collections/{layer}/items")
def list_items(
    request: Request,
    picture: PictureDep,
    layer: str,
    bbox: Bbox = None,
    datetime: Datetime = None,
    limit: Limit = 1000,
    offset: Offset = 0,
) -> Response:
    """Features of a layer; a box or a window selects whole cells and whole weeks."""
    rows = picture.layer(layer, bbox=parse_bbox(bbox), window=parse_window(datetime))
    page = rows.iloc[offset : offset + limit]
    text = feature_collection(
        page,
        matched=len(rows),
        time_stamp=picture.data_until,
        links=_page_links(request, limit=limit, offset=offset, matched=len(rows)),
    )
    return answer(request, picture, text, GEOJSON)


@router.get("/collections/{layer}/items/{item}")
def read_item(request: Request, picture: PictureDep, layer: str, item: str) -> Response:
    """Give one feature of a layer."""
    rows = picture.layer(layer)
    found = rows[rows["id"] == item]
    if found.empty:
        msg = "the layer has no such feature, or the role may not see it."
        raise NotFoundError(msg, fix="list the features first; ids of cells change with the week")
    feature = json.loads(feature_collection(found, matched=1))["features"][0]
    base = str(request.base_url).rstrip("/")
    feature["links"] = [
        {"rel": "self", "href": str(request.url), "type": GEOJSON},
        {"rel": "collection", "href": f"{base}/collections/{layer}", "type": "application/json"},
    ]
    return answer(request, picture, json.dumps(feature, ensure_ascii=False), GEOJSON)


def _collection(base: str, picture: Picture, name: str) -> dict[str, Any]:
    """Describe a layer as OGC API Features wants it."""
    about = picture.describe(name)
    start, end = picture.period
    return {
        "id": name,
        "title": about["title"],
        "description": about["note"],
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {
            "spatial": {"bbox": [picture.bbox], "crs": CRS84},
            "temporal": {"interval": [[start, end]]},
        },
        "links": [
            {"rel": "self", "href": f"{base}/collections/{name}", "type": "application/json"},
            {"rel": "items", "href": f"{base}/collections/{name}/items", "type": GEOJSON},
        ],
        "legend": about["legend"],
        "paint": about["paint"],
    }


def _page_links(request: Request, *, limit: int, offset: int, matched: int) -> list[dict[str, str]]:
    """Link to this page, the next and the one before."""
    here = str(request.url)
    links = [{"rel": "self", "href": here, "type": GEOJSON}]
    query = dict(request.query_params)
    bare = here.split("?", 1)[0]
    if offset + limit < matched:
        more = query | {"limit": str(limit), "offset": str(offset + limit)}
        links.append({"rel": "next", "href": f"{bare}?{urlencode(more)}", "type": GEOJSON})
    if offset > 0:
        less = query | {"limit": str(limit), "offset": str(max(0, offset - limit))}
        links.append({"rel": "prev", "href": f"{bare}?{urlencode(less)}", "type": GEOJSON})
    return links
