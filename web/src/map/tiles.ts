/** Sources of vector tiles: the service's own, a tile at a time, for what is too much to fetch whole. */
import type * as maplibregl from "maplibre-gl";
import type { LayerSpecification } from "maplibre-gl";
import type { Layer } from "../lib/contract";

/** The closest tiles there are; nearer than that the same ones are drawn larger. */
const MAX_ZOOM = 16;

/** Layers of thousands of things that nobody chooses one of: the map asks for them tile by tile. */
const TILED: readonly string[] = ["lamps", "street_light", "lamp_spacing"];

/** Tell whether a layer is drawn from vector tiles, and never fetched whole. */
export function isTiled({ name }: Pick<Layer, "name">): boolean {
  return TILED.includes(name);
}

/** The properties that a layer's look follows; the others would only be carried. */
function drawnBy({ name, paint }: Layer): string[] {
  return [...(paint.by ? [paint.by.property] : []), ...(name === "lamps" ? ["flux_lm"] : [])];
}

/** Where a layer's tiles lie; row before column, as OGC API Tiles has it. */
export function tileAddress(layer: Layer, role: string | null, origin: string): string {
  const asked = new URL(layer.href, origin).searchParams;
  if (role) asked.set("role", role);
  asked.set("properties", drawnBy(layer).join(","));
  const query = asked.toString().replaceAll("%2C", ",");
  const path = `/collections/${layer.name}/tiles/WebMercatorQuad/{z}/{y}/{x}`;
  return `${origin}${path}?${query}`; // whole: it is fetched by a worker
}

/** The layer of a style that reads such a source. */
export function withinTiles(layer: LayerSpecification, name: string): LayerSpecification {
  return { ...layer, "source-layer": name } as LayerSpecification;
}

/** Keeps one source a layer, with the tiles of this week for this reader. */
export class Tiles {
  readonly #map: maplibregl.Map;
  readonly #given = new Map<string, string>();

  constructor(map: maplibregl.Map) {
    this.#map = map;
  }

  /** See to it that a layer's source is there; tiles are asked for when the layer is shown. */
  give(layer: Layer, role: string | null): void {
    const source = `data:${layer.name}`;
    const address = tileAddress(layer, role, location.origin);
    if (this.#given.get(source) === address) return;
    this.#given.set(source, address);
    const there = this.#map.getSource<maplibregl.VectorTileSource>(source);
    if (there) there.setTiles([address]);
    else this.#map.addSource(source, { type: "vector", tiles: [address], maxzoom: MAX_ZOOM });
  }
}
