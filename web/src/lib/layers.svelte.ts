/** The features of the layers that are on, fetched once each and kept while the picture holds. */
import type { FeatureCollection } from "geojson";
import { isTiled } from "../map/tiles";
import type { Layer, Situation } from "./contract";
import { fetchCollectionIds, fetchFeatures } from "./service";

export type Loaded = FeatureCollection | "loading" | "failed" | "tiles";

/** Base collections by what the map draws them as. */
export const BASE = ["land", "water", "streets", "streets_base", "facilities"] as const;

/** Tell whether a layer is part of the pale base rather than something to switch on. */
export function isBase(layer: Layer): boolean {
  return (BASE as readonly string[]).includes(layer.name);
}

export class LayerShelf {
  loaded = $state.raw<Record<string, Loaded>>({});
  #role: string | null = null;
  #keys = new Map<string, string>();

  /** See to it that a picture's base and the named layers are here or on their way. */
  want(situation: Situation, names: string[], role: string | null): void {
    if (role !== this.#role) {
      this.#role = role;
      this.#keys.clear();
      this.loaded = {};
    }
    const wanted = situation.layers.filter(
      (layer) => layer.geometry !== "raster" && (isBase(layer) || names.includes(layer.name)),
    );
    for (const layer of wanted) {
      if (isTiled(layer)) this.#tile(layer.name, layer.href);
      else this.#fetch(layer.name, layer.href);
    }
    if (!situation.layers.some(isBase)) void this.#fetchBase();
  }

  async #fetchBase(): Promise<void> {
    if (this.#keys.has("base")) return;
    this.#keys.set("base", "");
    try {
      const ids = await fetchCollectionIds({ role: this.#role });
      for (const name of BASE) {
        if (ids.includes(name)) this.#fetch(name, `/collections/${name}/items`);
      }
    } catch {
      this.#keys.delete("base");
    }
  }

  /** A layer the map drew from tiles is not all here: say so where its name stands. */
  failed(name: string): void {
    this.#keys.delete(name);
    this.#set(name, "failed");
  }

  #tile(name: string, href: string): void {
    if (this.#keys.get(name) === href) return;
    this.#keys.set(name, href);
    this.#set(name, "tiles");
  }

  #fetch(name: string, href: string): void {
    if (this.#keys.get(name) === href) return;
    this.#keys.set(name, href);
    // Another week's features stay until this week's are here, so that the map does not blink.
    if (typeof this.loaded[name] !== "object") this.#set(name, "loading");
    fetchFeatures(href, { role: this.#role }).then(
      (features) => this.#keys.get(name) === href && this.#set(name, features),
      () => {
        if (this.#keys.get(name) !== href) return;
        this.#keys.delete(name);
        this.#set(name, "failed");
      },
    );
  }

  #set(name: string, value: Loaded): void {
    this.loaded = { ...this.loaded, [name]: value };
  }
}
