/** The map itself: takes a scene and shows it; knows nothing of the page around it. */
import * as maplibregl from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { FeatureCollection } from "geojson";
import type { Bounds, Layer, Situation } from "../lib/contract";
import { BASE, type Loaded, isBase } from "../lib/layers.svelte";
import { NOTICES } from "../lib/notices";
import { base, names } from "./base";
import type { Ground } from "./colour";
import { middle, roundabout } from "./extent";
import { CHOOSABLE, addHatch, addMarks, chosenIs, chosenLayers, markFeatures, markLayers } from "./marks";
import { Images } from "./overlay";
import { drawn, hatches } from "./paint";
import { Tiles, isTiled } from "./tiles";

maplibregl.setWorkerUrl(workerUrl);

export interface Scene {
  situation: Situation;
  ground: Ground;
  on: string[];
  loaded: Record<string, Loaded>;
  chosen: string | null;
}

export interface Padding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

interface Options {
  container: HTMLElement;
  label: string;
  bbox: Bounds;
  onpick: (place: string | null) => void;
  /** A layer's tiles could not be had. */
  onfail: (layer: string) => void;
}

const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };
const REACH_PX = 12;
const CLOSEST = 15.4;
/** Drawing order of data, bottom first; names not listed lie between. */
const ORDER = ["surface", "cells", "notices", "street_light", "", "lighting_checks", "faults", "reports", "places", "place_types"];

const orderOf = (layer: Layer): number => {
  const known = ORDER.indexOf(layer.name);
  return known < 0 ? ORDER.indexOf("") : known;
};

export class Stage {
  readonly map: maplibregl.Map;
  readonly #images: Images;
  readonly #tiles: Tiles;
  #ready = false;
  #scene: Scene | null = null;
  #signature = "";
  #named: { from: FeatureCollection; names: FeatureCollection } | null = null;
  #given = new Map<string, FeatureCollection>();
  #pendingFit: (() => void) | null = null;

  constructor({ container, label, bbox, onpick, onfail }: Options) {
    this.map = new maplibregl.Map({
      container,
      style: { version: 8, sources: {}, layers: [] },
      bounds: bbox,
      maxBounds: roundabout(bbox),
      minZoom: 5, // a county on a phone
      maxZoom: 18.5,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      locale: { "Map.Title": label },
    });
    this.#images = new Images(this.map);
    this.#tiles = new Tiles(this.map);
    this.map.on("error", (event) => {
      const source = (event as { sourceId?: string }).sourceId;
      if (source?.startsWith("data:")) onfail(source.slice("data:".length));
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new maplibregl.ScaleControl({ maxWidth: 110, unit: "metric" }), "bottom-right");
    this.map.on("load", () => {
      this.#ready = true;
      if (this.#scene) this.show(this.#scene);
    });
    this.map.on("resize", () => this.#fitIfWaiting());
    // Whether the map has come to rest, for whoever prints or looks at it: everything that was
    // asked for is here, and drawn.
    this.map.on("render", () => (container.dataset["rest"] = "no"));
    this.map.on("idle", () => {
      const waiting = this.#scene && Object.values(this.#scene.loaded).includes("loading");
      container.dataset["rest"] = waiting ? "no" : "yes";
    });
    this.map.on("click", (event) => onpick(this.#placeAt(event.point)));
    this.map.on("mousemove", (event) => {
      this.map.getCanvas().style.cursor = this.#placeAt(event.point) ? "pointer" : "";
    });
  }

  /** Show a scene; only what differs from the one before is touched. */
  show(scene: Scene): void {
    this.#scene = scene;
    this.map.getContainer().dataset["rest"] = "no";
    if (!this.#ready) return;
    this.map.triggerRepaint(); // so that it comes to rest again, even if nothing new is drawn
    const offered = scene.situation.layers.filter((layer) => !isBase(layer));
    const layers = offered.filter((layer) => layer.geometry !== "raster");
    const { id: role } = scene.situation.role;
    const rasters = offered.filter(
      (layer) => layer.geometry === "raster" && this.#images.give(layer, scene.on.includes(layer.name), role),
    );
    for (const name of BASE) this.#give(name, scene.loaded[name]);
    this.#give("land-names", this.#landNames(scene.loaded["land"]));
    for (const layer of layers) {
      if (isTiled(layer)) this.#tiles.give(layer, role);
      else this.#give(`data:${layer.name}`, scene.loaded[layer.name]);
    }
    for (const name of CHOOSABLE) this.#give(`data:${name}`, scene.loaded[name]);
    const ranked = JSON.stringify([scene.ground, scene.situation.run_id, scene.situation.week.id,
      role, offered.map((layer) => layer.name), rasters.map((layer) => layer.name)]);
    if (ranked !== this.#signature) {
      this.#signature = ranked;
      this.#give("marks", markFeatures(scene.situation.places));
      this.#redraw(scene, [...rasters, ...layers]);
    }
    for (const layer of [...rasters, ...layers]) this.#setVisible(`data:${layer.name}:`, scene.on.includes(layer.name));
    this.#setVisible("places:", scene.on.includes("places"));
    for (const id of [...CHOOSABLE.map((name) => `lift:${name}`), "places:chosen"]) {
      this.map.setFilter(id, chosenIs(scene.chosen));
    }
  }

  /** Bring bounds into view, clear of what covers the map's edges. */
  fit(bounds: Bounds, padding: Padding): void {
    const run = (): void => {
      this.map.fitBounds(bounds, { padding, maxZoom: CLOSEST, duration: 450 });
    };
    this.#pendingFit = run;
    this.#fitIfWaiting();
  }

  zoom(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: 200 });
  }

  /** The map as a picture, for paper. */
  picture(): string {
    this.map.redraw(); // the drawing is only there to be read in the turn that made it
    return this.map.getCanvas().toDataURL("image/png");
  }

  close(): void {
    this.map.remove();
  }

  #fitIfWaiting(): void {
    const { clientWidth, clientHeight } = this.map.getContainer();
    if (!this.#pendingFit || clientWidth < 50 || clientHeight < 50) return;
    const run = this.#pendingFit;
    this.#pendingFit = null;
    run();
  }

  /** One name a district, in the middle of its largest part. */
  #landNames(land: Loaded | undefined): FeatureCollection {
    if (typeof land !== "object") return EMPTY;
    if (this.#named?.from === land) return this.#named.names;
    const best = new Map<string, { at: number[]; size: number; kind: unknown }>();
    for (const { geometry, properties } of land.features) {
      const name: unknown = properties?.["name"];
      const found = geometry && typeof name === "string" ? middle(geometry) : null;
      if (found && found.size > (best.get(name as string)?.size ?? 0)) {
        best.set(name as string, { ...found, kind: properties?.["kind"] });
      }
    }
    const names: FeatureCollection = {
      type: "FeatureCollection",
      features: [...best].map(([name, { at, size, kind }]) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: at },
        properties: { name, kind, order: -size },
      })),
    };
    this.#named = { from: land, names };
    return names;
  }

  #give(source: string, loaded: Loaded | undefined): void {
    const features = typeof loaded === "object" ? loaded : EMPTY;
    if (this.#given.get(source) === features) return;
    this.#given.set(source, features);
    const data = withoutIds(features);
    const there = this.map.getSource<maplibregl.GeoJSONSource>(source);
    if (there) void there.setData(data);
    else this.map.addSource(source, { type: "geojson", data, tolerance: 0.3 });
  }

  #redraw(scene: Scene, layers: Layer[]): void {
    for (const { id } of this.map.getStyle().layers) this.map.removeLayer(id);
    for (const { name, color } of hatches(layers, scene.ground)) addHatch(this.map, name, color);
    addMarks(this.map, scene.situation.places, scene.ground);
    const sorted = layers.toSorted((a, b) => orderOf(a) - orderOf(b));
    const data = sorted.flatMap((layer) => drawn(layer, `data:${layer.name}`, scene.ground));
    for (const each of [
      ...base(scene.ground),
      ...chosenLayers(scene.ground, scene.chosen),
      ...data,
      ...names(scene.ground),
      ...markLayers(scene.ground, scene.chosen),
    ]) {
      this.map.addLayer(each);
    }
  }

  #setVisible(prefix: string, visible: boolean): void {
    for (const { id } of this.map.getStyle().layers) {
      if (id.startsWith(prefix)) {
        this.map.setLayoutProperty(id, "visibility", visible ? "visible" : "none");
      }
    }
  }

  #placeAt(point: maplibregl.Point): string | null {
    if (!this.#ready || !this.#scene) return null;
    const known = new Set(this.#scene.situation.places.map((place) => place.place_id));
    const reach: [maplibregl.PointLike, maplibregl.PointLike] = [
      [point.x - REACH_PX, point.y - REACH_PX],
      [point.x + REACH_PX, point.y + REACH_PX],
    ];
    const ids = this.map.getStyle().layers.map((layer) => layer.id);
    const wanted = ids.filter((id) => id.startsWith("places:") || id.startsWith("data:"));
    const found = this.map.queryRenderedFeatures(reach, { layers: wanted });
    for (const feature of found) {
      const { place_id: place, id } = feature.properties as Record<string, unknown>;
      if (typeof place === "string" && known.has(place)) return place;
      if (feature.source === "data:lighting_checks") {
        const own = place ?? id;
        if (typeof own === "string") return own;
      }
    }
    // A notice is about a whole area: whatever stands on that ground goes before it.
    const others = found.filter(({ source, layer }) => source !== `data:${NOTICES}` && layer.type !== "fill");
    return others.length > 0 ? null : this.#smallestNotice(new Set(found.map(({ properties }) => properties["id"])));
  }

  /** The notice among some whose area is the smallest: a municipality before its county. */
  #smallestNotice(ids: Set<unknown>): string | null {
    const loaded = this.#scene?.loaded[NOTICES];
    const rows = typeof loaded === "object" ? loaded.features : [];
    const sized = rows
      .filter(({ properties }) => ids.has(properties?.["id"]))
      .map(({ geometry, properties }) => ({ id: properties?.["id"] as string, size: middle(geometry)?.size ?? Infinity }));
    return sized.toSorted((a, b) => a.size - b.size)[0]?.id ?? null;
  }
}

/** Map tiles want whole numbers as ids and read digits in ours as such; properties keep the id. */
function withoutIds({ features }: FeatureCollection): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: features.map(({ geometry, properties }) => ({ type: "Feature", geometry, properties })),
  };
}
