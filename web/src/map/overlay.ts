/** Rasters: an image laid over the base, under everything that has an outline. */
import type * as maplibregl from "maplibre-gl";
import type { LayerSpecification } from "maplibre-gl";
import type { Bounds, Layer } from "../lib/contract";
import type { Ground } from "./colour";

type Corners = [[number, number], [number, number], [number, number], [number, number]];

/** The corners of a box as an image has them: from the north-west, clockwise. */
export function corners([west, south, east, north]: Bounds): Corners {
  return [[west, north], [east, north], [east, south], [west, south]];
}

/** The layer of a raster; on a dark ground its colours are lifted, so that more stays further from it. */
export function image(layer: Layer, source: string, ground: Ground): LayerSpecification {
  return {
    id: `data:${layer.name}:image`,
    type: "raster",
    source,
    paint: {
      "raster-fade-duration": 0,
      "raster-resampling": "linear",
      ...(ground === "pale" ? {} : { "raster-brightness-min": 0.45 }),
    },
  };
}

/** Fetch the images of the rasters that are on; each belongs to one week and one reader. */
export class Images {
  readonly #map: maplibregl.Map;
  readonly #shown = new Map<string, string>();

  constructor(map: maplibregl.Map) {
    this.#map = map;
  }

  /**
   * See to it that a wanted raster's source is there, with the image of this week for this role.
   *
   * Tells whether there is a source to draw from: there is none until the image is asked for.
   */
  give(layer: Layer, wanted: boolean, role: string | null): boolean {
    const source = `data:${layer.name}`;
    if (!layer.bbox) return false;
    if (!wanted) return this.#shown.has(source);
    const coordinates = corners(layer.bbox);
    const url = new URL(layer.href, location.href);
    if (role) url.searchParams.set("role", role);
    const { href } = url;
    if (this.#shown.get(source) === href) return true;
    this.#shown.set(source, href);
    const there = this.#map.getSource<maplibregl.ImageSource>(source);
    if (there) there.updateImage({ url: href, coordinates });
    else this.#map.addSource(source, { type: "image", url: href, coordinates });
    return true;
  }
}
