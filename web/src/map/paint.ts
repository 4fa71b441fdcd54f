/** Turns the small style of the contract into map layers, with the same colours as the legend. */
import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
} from "maplibre-gl";
import type { Layer, Paint, Style } from "../lib/contract";
import { NOTICES } from "../lib/notices";
import { FONT_STRONG, INKS } from "./base";
import { type Ground, onGround } from "./colour";
import { CHOOSABLE } from "./marks";
import { image } from "./overlay";
import { isTiled, withinTiles } from "./tiles";

/** Dash patterns in line widths; dots are round caps on almost nothing. */
export const DASHES: Record<string, number[]> = { dashed: [3, 1.8], dotted: [0.05, 2.1] };
const NONE = "rgba(0,0,0,0)";
const HATCH = "hatch";

type Value = string | number;
type Data<T> = DataDrivenPropertyValueSpecification<T>;

/** One property of a style, following the feature where the paint says so. */
export function follow(paint: Paint, pick: (style: Style) => Value): Value | ExpressionSpecification {
  const base = pick(paint);
  const by = paint.by;
  if (!by) return base;
  const read = ["get", by.property];
  if ("values" in by) {
    const arms = Object.entries(by.values).flatMap(([key, change]) => [
      key,
      pick({ ...paint, ...change }),
    ]);
    if (arms.length === 0) return base;
    return ["match", ["to-string", read], ...arms, base] as unknown as ExpressionSpecification;
  }
  const arms = by.breaks.flatMap((limit, index) => [
    limit,
    pick({ ...paint, ...(by.steps[index] ?? {}) }),
  ]);
  if (arms.length === 0) return base;
  return ["step", ["to-number", read, -1e9], base, ...arms] as unknown as ExpressionSpecification;
}

/** The dash names a paint uses, each with the features it holds for. */
export function dashFilters(paint: Paint): { dash: string; filter: FilterSpecification | null }[] {
  const expression = follow(paint, (style) => style.dash ?? "solid");
  if (typeof expression === "string") return [{ dash: expression, filter: null }];
  const changes = paint.by && "values" in paint.by ? Object.values(paint.by.values) : [];
  const steps = paint.by && "steps" in paint.by ? paint.by.steps : [];
  const names = [paint.dash, ...[...changes, ...steps].map((change) => change.dash)];
  const used = new Set(names.map((name) => name ?? paint.dash ?? "solid"));
  return [...used].map((dash) => ({ dash, filter: ["==", expression, dash] as FilterSpecification }));
}

function isHatched(layer: Layer): boolean {
  return layer.geometry === "polygon" && layer.legend.some((row) => row.shape === "hatch");
}

function points(layer: Layer, source: string, ground: Ground): LayerSpecification[] {
  const paint = layer.paint;
  const radius = follow(paint, (style) => style.radius ?? 4);
  const flux = layer.name === "lamps" ? FLUX : 1;
  const grow = (factor: number): unknown => ["*", radius, flux, factor];
  return [
    ...(layer.name === "lamps" && ground === "night" ? [glow(layer, source)] : []),
    {
      id: `data:${layer.name}:point`,
      type: "circle",
      source,
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": [
          "interpolate", ["linear"], ["zoom"], 11, grow(0.35), 14, grow(0.75), 17, grow(1.5),
        ] as unknown as Data<number>,
        "circle-color": follow(paint, (s) => (s.fill ? onGround(s.fill, ground) : NONE)) as Data<string>,
        "circle-opacity": follow(paint, (s) => s.fill_opacity || 1) as Data<number>,
        "circle-stroke-color": follow(paint, (s) => onGround(s.color ?? "none", ground)) as Data<string>,
        "circle-stroke-width": [
          "interpolate", ["linear"], ["zoom"], 11, ["*", width(paint), 0.4], 15, width(paint),
        ] as unknown as Data<number>,
        "circle-pitch-alignment": "map",
      },
    },
  ];
}

/** From afar a place is its mark alone; its outline would only fringe it. */
const FROM_NEAR = ["interpolate", ["linear"], ["zoom"], 12.9, 0, 13.5, 1] as never;

/** What is not known about the light is drawn more quietly than what is. */
const QUIET_UNKNOWN = ["match", ["get", "lux_class"], "not_inventoried", 0.3, 0.85] as never;

/** Every street is in the layer of calculated light: from afar its lines are thin. */
function slender(paint: Paint): unknown {
  return [
    "interpolate", ["linear"], ["zoom"], 11, ["*", width(paint), 0.2], 14, ["*", width(paint), 0.6], 16, width(paint),
  ];
}

/** A lamp of 4 000 lm is drawn at the layer's own size; area follows flux, within bounds. */
const FLUX = [
  "max", 0.7, ["min", 1.6, ["sqrt", ["/", ["to-number", ["get", "flux_lm"], 4000], 4000]]],
] as const;

/** The warm light round a working lamp. */
function glow(layer: Layer, source: string): LayerSpecification {
  return {
    id: `data:${layer.name}:glow`,
    type: "circle",
    source,
    minzoom: 12.5,
    filter: ["==", ["get", "state"], "working"],
    paint: {
      "circle-radius": [
        "interpolate", ["exponential", 2], ["zoom"], 12.5, ["*", 3, FLUX], 18, ["*", 60, FLUX],
      ] as unknown as Data<number>,
      "circle-color": "#ffc65c",
      "circle-opacity": 0.2,
      "circle-blur": 1,
    },
  };
}

function width(paint: Paint): unknown {
  return follow(paint, (style) => style.width ?? 1);
}

function lines(layer: Layer, source: string, ground: Ground): LayerSpecification[] {
  const paint = layer.paint;
  return dashFilters(paint).map(({ dash, filter }) => ({
    id: `data:${layer.name}:line:${dash}`,
    type: "line" as const,
    source,
    filter: (filter
      ? ["all", ["!=", ["geometry-type"], "Point"], filter]
      : ["!=", ["geometry-type"], "Point"]) as FilterSpecification,
    layout: { "line-cap": dash === "dotted" ? ("round" as const) : ("butt" as const), "line-join": "round" as const },
    paint: {
      "line-color": follow(paint, (s) => onGround(s.color ?? "none", ground)) as Data<string>,
      ...(layer.name === "places" ? { "line-opacity": FROM_NEAR } : {}),
      ...(layer.name === "street_light" ? { "line-opacity": QUIET_UNKNOWN } : {}),
      "line-width": (layer.name === "street_light" ? slender(paint) : width(paint)) as Data<number>,
      ...(DASHES[dash] ? { "line-dasharray": DASHES[dash] } : {}),
    },
  }));
}

function fills(layer: Layer, source: string, ground: Ground): LayerSpecification[] {
  const paint = layer.paint;
  // At night the places lie over lamps and streets, which must be seen through them.
  const share = ground === "night" && (CHOOSABLE as readonly string[]).includes(layer.name) ? 0.35 : 1;
  const filled: LayerSpecification = {
    id: `data:${layer.name}:fill`,
    type: "fill",
    source,
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: {
      "fill-color": follow(paint, (s) => (s.fill ? onGround(s.fill, ground, "area") : NONE)) as Data<string>,
      "fill-opacity": follow(paint, (s) => (s.fill_opacity ?? 0.2) * share) as Data<number>,
      "fill-antialias": false,
    },
  };
  if (!isHatched(layer)) return [filled];
  return [
    filled,
    {
      id: `data:${layer.name}:hatch`,
      type: "fill",
      source,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-pattern": `${HATCH}:${layer.name}` },
    },
  ];
}

/** The name of a notice's area along its outline: its middle may be far from what is seen. */
function outlineNames(layer: Layer, source: string, ground: Ground): LayerSpecification[] {
  if (layer.name !== NOTICES || !layer.paint.label) return [];
  const ink = INKS[ground];
  return [
    {
      id: `data:${layer.name}:label`,
      type: "symbol",
      source,
      minzoom: 11,
      layout: {
        "symbol-placement": "line", "symbol-spacing": 360,
        "text-field": ["coalesce", ["get", layer.paint.label], ""], "text-font": FONT_STRONG,
        "text-size": 12.5, "text-max-angle": 40, "text-padding": 8,
      },
      paint: {
        "text-color": onGround(layer.paint.color ?? "#6f6860", ground),
        "text-halo-color": ink.halo, "text-halo-width": 2,
      },
    },
  ];
}

/** Map layers that draw one contract layer; features of other shapes than its own are drawn too. */
export function drawn(layer: Layer, source: string, ground: Ground): LayerSpecification[] {
  if (layer.geometry === "raster") return layer.bbox ? [image(layer, source, ground)] : [];
  const all = [
    ...fills(layer, source, ground),
    ...lines(layer, source, ground),
    ...points(layer, source, ground),
    ...outlineNames(layer, source, ground),
  ];
  return isTiled(layer) ? all.map((each) => withinTiles(each, layer.name)) : all;
}

/** The hatch images a set of layers needs, by name and colour. */
export function hatches(layers: Layer[], ground: Ground): { name: string; color: string }[] {
  return layers.filter(isHatched).map((layer) => ({
    name: `${HATCH}:${layer.name}`,
    color: onGround(layer.paint.color ?? "#6f6860", ground),
  }));
}
