"""OGC API Features: every layer a collection, in CRS84, through the gate."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.answers import GEOJSON, HTML, answer, answer_json, wants_html
from api.html import page
from api.links import address, link
from api.parameters import (
    Bbox,
    Datetime,
    Format,
    Limit,
    Offset,
    PictureDep,
    known_only,
    page_size,
    parse_bbox,
    parse_window,
)
from geo.errors import NotFoundError
from geo.maps import LAYERS, Picture, feature_collection

router = APIRouter(tags=["lager"], dependencies=[Depends(known_only)])
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_OGC = "http://www.opengis.net/def/rel/ogc/1.0/"


@router.get("/collections")
def list_collections(request: Request, picture: PictureDep, f: Format = None) -> Response:
    """List the layers the caller's role may see."""
    del f
    found = [collection(request, picture, name) for name in picture.feature_layers]
    rasters = [about for about in picture.situation["layers"] if about["geometry"] == "raster"]
    links = [
        link(request, "/collections", rel="self"),
        link(request, "/collections", rel="alternate", kind=HTML),
        *(
            link(request, f"/collections/{r['name']}", rel="related", title=r["title"])
            for r in rasters
        ),
    ]
    if wants_html(request):
        table = [
            {
                "Lager": row["title"],
                "Om": row["description"],
                "Rader": address(request, f"/collections/{row['id']}", f="html"),
            }
            for row in found
        ]
        return page("Lager", links=links, table=table)
    return answer_json(request, picture, {"collections": found, "links": links})


@router.get("/collections/{layer}")
def read_collection(
    request: Request, picture: PictureDep, layer: str, f: Format = None
) -> Response:
    """Describe one layer: extent, legend, style, and where its rows or image are."""
    del f
    picture.require(layer)
    told = collection(request, picture, layer)
    if wants_html(request):
        signs = [{"Förklaring": row["label"], "Färg": row["color"]} for row in told["legend"]]
        return page(told["title"], text=[told["description"]], links=told["links"], table=signs)
    return answer_json(request, picture, told)


@router.get("/collections/{layer}/items")
def list_items(
    request: Request,
    picture: PictureDep,
    layer: str,
    bbox: Bbox = None,
    datetime: Datetime = None,
    limit: Limit = 1000,
    offset: Offset = 0,
    f: Format = None,
) -> Response:
    """Features of a layer; a box or a window selects whole cells and whole weeks."""
    del f
    picture.require(layer)
    box, window, limit = parse_bbox(bbox), parse_window(datetime), page_size(limit)
    if wants_html(request):
        return _items_page(request, picture, layer, picture.layer(layer, bbox=box, window=window))

    def body() -> bytes:
        rows = picture.layer(layer, bbox=box, window=window)
        links = _page_links(request, layer, limit=limit, offset=offset, matched=len(rows))
        return feature_collection(
            rows.iloc[offset : offset + limit],
            matched=len(rows),
            data_until=picture.data_until,
            links=links,
        )

    if LAYERS[layer].geometry == "raster":
        picture.layer(layer)  # says that it has no rows
    return answer(request, picture, body, GEOJSON)


@router.get("/collections/{layer}/items/{item}")
def read_item(
    request: Request, picture: PictureDep, layer: str, item: str, f: Format = None
) -> Response:
    """Give one feature of a layer."""
    del f
    rows = picture.layer(layer)
    found = rows[rows["id"] == item]
    if found.empty:
        msg = "the layer has no such feature, or the role may not see it."
        raise NotFoundError(msg, fix="list the features first; ids of cells change with the week")
    if wants_html(request):
        return _items_page(request, picture, layer, found)
    feature = json.loads(feature_collection(found, matched=1))["features"][0]
    here = request.url.path
    feature["links"] = [
        link(request, here, rel="self", kind=GEOJSON),
        link(request, here, rel="alternate", kind=HTML),
        link(request, f"/collections/{layer}", rel="collection"),
    ]
    return answer(request, picture, json.dumps(feature, ensure_ascii=False), GEOJSON)


def collection(request: Request, picture: Picture, name: str) -> dict[str, Any]:
    """
    Describe a layer as OGC API Features wants it.

    Parameters
    ----------
    request
        The running request.
    picture
        One week as one role may see it.
    name
        The layer.

    Returns
    -------
    dict
        Ready for JSON.
    """
    about = picture.describe(name)
    root, raster = f"/collections/{name}", about["geometry"] == "raster"
    links = [
        link(request, root, rel="self"),
        link(request, root, rel="alternate", kind=HTML, title="Som sida"),
        link(request, f"{root}/legend", rel=_OGC + "legend", title="Teckenförklaring"),
        link(request, f"{root}/style", rel=_OGC + "styles", title="Stil för MapLibre"),
    ]
    if raster:
        kind = "image/png"
        links.append(link(request, f"{root}/image", rel="enclosure", kind=kind, title="Bild"))
    else:
        tiles = f"{root}/tiles"
        links += [
            link(request, f"{root}/items", rel="items", kind=GEOJSON, title="Rader"),
            link(request, f"{root}/items", rel="items", kind=HTML, title="Rader som sida"),
            link(request, tiles, rel=_OGC + "tilesets-vector", title="Vektorkartrutor"),
        ]
    return {
        "id": name,
        "title": about["title"],
        "description": about["note"],
        **({} if raster else {"itemType": "feature", "crs": [CRS84]}),
        "extent": {
            "spatial": {"bbox": [about.get("bbox", picture.bbox)], "crs": CRS84},
            "temporal": {"interval": [list(picture.period)]},
        },
        "links": links,
        "legend": about["legend"],
        "paint": about["paint"],
    }


def _items_page(request: Request, picture: Picture, layer: str, rows: Any) -> Response:
    """Show rows as a table."""
    about = picture.describe(layer)
    table = rows.drop(columns=rows.geometry.name).to_dict("records")
    links = [link(request, f"/collections/{layer}", rel="collection", title="Om lagret")]
    return page(about["title"], text=[about["note"] or ""], links=links, table=table)


def _page_links(
    request: Request, layer: str, *, limit: int, offset: int, matched: int
) -> list[dict[str, Any]]:
    """Link to this page, the next and the one before."""
    path = f"/collections/{layer}/items"
    query = {k: v for k, v in request.query_params.items() if k != "f"}

    def at(start: int) -> str:
        return address(request, path, **(query | {"limit": str(limit), "offset": str(start)}))

    links = [
        {"rel": "self", "href": str(request.url), "type": GEOJSON},
        {"rel": "alternate", "href": address(request, path, **query, f="html"), "type": HTML},
        link(request, f"/collections/{layer}", rel="collection"),
    ]
    if offset + limit < matched:
        links.append({"rel": "next", "href": at(offset + limit), "type": GEOJSON})
    if offset > 0:
        links.append({"rel": "prev", "href": at(max(0, offset - limit)), "type": GEOJSON})
    return links
