"""OGC API Tiles: layers as vector tiles, row before column; legend, style and image beside."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as PathParameter
from fastapi.responses import JSONResponse, Response

from api.answers import answer, answer_json
from api.links import address, link
from api.parameters import LibraryDep, PictureDep, known_only
from geo.errors import NotFoundError
from geo.maps import LAYERS, Picture, overlay
from geo.maps.tiles import MAX_ZOOM, map_style, tilejson
from geo.maps.tiles.cut import MEDIA_TYPE
from geo.maps.tiles.mercator import CRS_URI, NAME, URI, tile_matrix_set, tile_range

router = APIRouter(tags=["kartrutor"], dependencies=[Depends(known_only)])
_OGC = "http://www.opengis.net/def/rel/ogc/1.0/"
_TILE = f"/tiles/{NAME}" + "/{tileMatrix}/{tileRow}/{tileCol}"
MatrixSet = Annotated[str, PathParameter(description="Bara WebMercatorQuad finns.")]
Properties = Annotated[
    str | None,
    Query(
        description="Egenskaper med komma emellan; utan den följer alla med.",
        max_length=400,
        openapi_examples={"så att lamporna kan ritas": {"value": "state,flux_lm"}},
    ),
]
Number = Annotated[int, PathParameter(ge=0, le=2**MAX_ZOOM)]


@router.get("/tileMatrixSets")
def list_tile_matrix_sets(request: Request) -> dict[str, Any]:
    """List the ways the world is cut into tiles: one."""
    title = tile_matrix_set()["title"]
    links = [link(request, f"/tileMatrixSets/{NAME}", rel=_OGC + "tiling-scheme")]
    return {"tileMatrixSets": [{"id": NAME, "title": title, "uri": URI, "links": links}]}


@router.get("/tileMatrixSets/{matrix_set}")
def read_tile_matrix_set(matrix_set: MatrixSet) -> Response:
    """Describe WebMercatorQuad."""
    _require_set(matrix_set)
    return JSONResponse(tile_matrix_set())


@router.get("/collections/{layer}/tiles")
def list_tilesets(request: Request, picture: PictureDep, layer: str) -> Response:
    """List the tile sets of a layer."""
    told = _tileset(request, picture, layer)
    keys = ("title", "dataType", "crs", "tileMatrixSetURI")
    path = f"/collections/{layer}/tiles"
    row = {key: told[key] for key in keys} | {
        "links": [link(request, f"{path}/{NAME}", rel="self")]
    }
    table = {"tilesets": [row], "links": [link(request, path, rel="self")]}
    return answer_json(request, picture, table)


@router.get("/collections/{layer}/tiles/{matrix_set}")
def read_tileset(
    request: Request, picture: PictureDep, layer: str, matrix_set: MatrixSet
) -> Response:
    """Describe a layer's tiles: where they lie and how they are asked for."""
    _require_set(matrix_set)
    return answer_json(request, picture, _tileset(request, picture, layer))


@router.get("/collections/{layer}/tiles/{matrix_set}/tilejson")
def read_tilejson(
    request: Request, picture: PictureDep, layer: str, matrix_set: MatrixSet
) -> Response:
    """Describe a layer's tiles as TileJSON 3.0.0."""
    _require_set(matrix_set)
    rows = _rows(picture, layer)
    path = f"/collections/{layer}{_TILE}".format(tileMatrix="{z}", tileRow="{y}", tileCol="{x}")
    about, credit = picture.describe(layer), f"Lägesbild {picture.profile.name}"
    told = tilejson(about, rows, url=address(request, path), bbox=picture.bbox, credit=credit)
    return answer_json(request, picture, told)


@router.get("/collections/{layer}/tiles/{matrix_set}/{zoom}/{row}/{column}")
def read_tile(
    request: Request,
    library: LibraryDep,
    picture: PictureDep,
    layer: str,
    matrix_set: MatrixSet,
    zoom: Number,
    row: Number,
    column: Number,
    properties: Properties = None,
) -> Response:
    """Give one vector tile of what the role may see; 204 where nothing is."""
    _require_set(matrix_set)
    picture.require(layer)
    chosen = None if properties is None else [name for name in properties.split(",") if name]

    def body() -> bytes:
        return library.tiles.tile(picture, layer, z=zoom, x=column, y=row, properties=chosen)

    return answer(request, picture, body, MEDIA_TYPE, packed=True)


@router.get("/collections/{layer}/legend")
def read_legend(request: Request, picture: PictureDep, layer: str) -> Response:
    """Give a layer's signs, in words and colours, and what the layer cannot say."""
    about = picture.describe(layer)
    keys = ("name", "title", "geometry", "legend", "note", "period_label", "data_until_label")
    return answer_json(request, picture, {key: about[key] for key in keys})


@router.get("/collections/{layer}/style")
def read_style(request: Request, picture: PictureDep, layer: str) -> Response:
    """Give a layer's look as a MapLibre style, with its tiles or its image as source."""
    about = picture.describe(layer)
    source: dict[str, Any]
    if about["geometry"] == "raster":
        west, south, east, north = about["bbox"]
        corners = [[west, north], [east, north], [east, south], [west, south]]
        href = address(request, f"/collections/{layer}/image")
        source = {"type": "image", "url": href, "coordinates": corners}
    else:
        href = address(request, f"/collections/{layer}/tiles/{NAME}/tilejson")
        source = {"type": "vector", "url": href}
    _, paint, _ = LAYERS[layer].style_for(picture.role)
    return answer_json(request, picture, map_style(about, paint, source=source))


@router.get("/collections/{layer}/image")
def read_image(request: Request, picture: PictureDep, layer: str) -> Response:
    """Give a raster layer as an image in the projection of web maps (EPSG:3857)."""
    found = overlay(picture, layer)
    response = answer(request, picture, found.png, "image/png")
    response.headers["Content-Bbox"] = ",".join(str(v) for v in found.bbox)
    return response


def _require_set(name: str) -> None:
    """Refuse another way of cutting the world."""
    if name != NAME:
        msg = "there is no such tile matrix set."
        raise NotFoundError(msg, expected=NAME, fix=f"use /tiles/{NAME}")


def _rows(picture: Picture, layer: str) -> Any:
    """Give what the layer's tiles are cut from; a raster is refused."""
    picture.require(layer)
    return picture.drawn(layer)


def _tileset(request: Request, picture: Picture, layer: str) -> dict[str, Any]:
    """Describe a layer's tiles as OGC Two Dimensional Tile Matrix Set 2.0 does."""
    rows, about, root = _rows(picture, layer), picture.describe(layer), f"/collections/{layer}"
    path = f"{root}/tiles/{NAME}"
    names = [name for name in rows.columns if name != rows.geometry.name]
    limits = []
    for z in range(MAX_ZOOM + 1):
        x0, x1, y0, y1 = tile_range(picture.bbox, z=z)
        box = {"minTileRow": y0, "maxTileRow": y1, "minTileCol": x0, "maxTileCol": x1}
        limits.append({"tileMatrix": str(z), **box})
    west, south, east, north = picture.bbox
    return {
        "title": about["title"],
        "description": about["note"],
        "dataType": "vector",
        "crs": CRS_URI,
        "tileMatrixSetURI": URI,
        "tileMatrixSetLimits": limits,
        "boundingBox": {"lowerLeft": [west, south], "upperRight": [east, north]},
        "layers": [
            {
                "id": layer,
                "title": about["title"],
                "dataType": "vector",
                "geometryDimension": {"point": 0, "line": 1}.get(about["geometry"], 2),
                "propertiesSchema": {"type": "object", "properties": {name: {} for name in names}},
            }
        ],
        "links": [
            link(request, path, rel="self"),
            link(request, root + _TILE, rel="item", kind=MEDIA_TYPE, templated=True),
            link(request, f"/tileMatrixSets/{NAME}", rel=_OGC + "tiling-scheme"),
            link(request, root, rel=_OGC + "geodata"),
            link(request, f"{path}/tilejson", rel="describedby", title="TileJSON"),
            link(request, f"{root}/style", rel=_OGC + "styles", title="Stil för MapLibre"),
        ],
    }
