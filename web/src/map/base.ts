/** The pale ground: land, water, streets and names, drawn from the municipality's own collections. */
import type { LayerSpecification } from "maplibre-gl";
import type { Ground } from "./colour";

export interface Ink {
  land: string;
  green: string;
  built: string;
  industry: string;
  water: string;
  casing: string;
  road: string;
  path: string;
  text: string;
  halo: string;
  place: string;
  placeText: string;
  mark: string;
}

export const INKS: Record<Ground, Ink> = {
  pale: {
    land: "#f4f1eb", green: "#e2e9d9", built: "#efebe3", industry: "#ebe7e3", water: "#cfdfe6",
    casing: "#dcd5c9", road: "#ffffff", path: "#d9d0c1", text: "#6a635a", halo: "#f8f6f2",
    place: "#0b5f60", placeText: "#123f40", mark: "#ffffff",
  },
  dark: {
    land: "#1b1a18", green: "#20261e", built: "#22201d", industry: "#252220", water: "#17242a",
    casing: "#171614", road: "#3a362f", path: "#332f29", text: "#a89f92", halo: "#1b1a18",
    place: "#6cc3c1", placeText: "#d9efee", mark: "#12211f",
  },
  night: {
    land: "#0c1728", green: "#0e1f2b", built: "#101c30", industry: "#121c2e", water: "#081120",
    casing: "#0a1322", road: "#24364f", path: "#1d2d44", text: "#93a5bf", halo: "#0c1728",
    place: "#7fd0cd", placeText: "#d9efee", mark: "#0c1728",
  },
};

/** One family for page and map; drawn by the browser, so no glyph server is asked. */
export const FAMILY =
  "Seravek, 'Gill Sans Nova', 'Segoe UI', Ubuntu, 'Noto Sans', 'DejaVu Sans Condensed', 'DejaVu Sans', sans-serif";
export const FONT = [FAMILY];
/** The word sets the weight; no family has that name, so the next one is taken. */
export const FONT_STRONG = [`semibold, ${FAMILY}`];

const ROAD: unknown = ["match", ["get", "kind"], ["road", "square"], true, false] as const;

/** Layers of the base, bottom to top; the names of things are drawn by `names`. */
export function base(ground: Ground): LayerSpecification[] {
  const ink = INKS[ground];
  const areaColor = [
    "match", ["coalesce", ["get", "kind"], ""],
    ["green", "park", "playground"], ink.green,
    ["residential", "centre"], ink.built,
    ["industry"], ink.industry,
    ["water"], ink.water,
    ink.land,
  ] as unknown as string;
  const roads = (scale: number): unknown => [
    "interpolate", ["exponential", 1.5], ["zoom"],
    11, 0.6 * scale, 13, 1.6 * scale, 15, 4.4 * scale, 18, 18 * scale,
  ];
  return [
    { id: "ground", type: "background", paint: { "background-color": ink.land } },
    area("land", ink, areaColor),
    area("facilities", ink, areaColor, ["match", ["get", "kind"], ["park", "water"], true, false]),
    { ...area("water", ink, ink.water), id: "base:water" },
    ...(["streets", "streets_base"] as const).flatMap((source): LayerSpecification[] => [
      {
        id: `base:${source}:path`, type: "line", source, minzoom: 12.5,
        filter: ["!", ROAD] as never,
        paint: {
          "line-color": ink.path,
          "line-width": ["interpolate", ["linear"], ["zoom"], 12.5, 0.5, 15, 1.4, 18, 4],
        },
      },
      {
        id: `base:${source}:casing`, type: "line", source, minzoom: 12, filter: ROAD as never,
        layout: { "line-cap": "round", "line-join": "round" },
        paint: { "line-color": ink.casing, "line-width": roads(1.45) as never },
      },
      {
        id: `base:${source}:road`, type: "line", source, filter: ROAD as never,
        layout: { "line-cap": "round", "line-join": "round" },
        paint: { "line-color": ink.road, "line-width": roads(1) as never },
      },
    ]),
  ];
}

function area(source: string, _ink: Ink, color: string, filter?: unknown): LayerSpecification {
  const polygon = ["==", ["geometry-type"], "Polygon"];
  return {
    id: `base:${source}`,
    type: "fill",
    source,
    filter: (filter ? ["all", polygon, filter] : polygon) as never,
    paint: { "fill-color": color, "fill-antialias": true },
  };
}

/** Names of streets and facilities, drawn over the data but under the places' own names. */
export function names(ground: Ground): LayerSpecification[] {
  const ink = INKS[ground];
  const halo = { "text-color": ink.text, "text-halo-color": ink.halo, "text-halo-width": 1.4 };
  return [
    ...(["streets", "streets_base"] as const).map(
      (source): LayerSpecification => ({
        id: `names:${source}`, type: "symbol", source, minzoom: 14,
        filter: ["has", "name"],
        layout: {
          "symbol-placement": "line", "symbol-spacing": 320,
          "text-field": ["coalesce", ["get", "name"], ""], "text-font": FONT,
          "text-size": ["interpolate", ["linear"], ["zoom"], 14, 10, 17, 13],
          "text-max-angle": 30, "text-padding": 12,
        },
        paint: halo,
      }),
    ),
    {
      id: "names:facilities", type: "symbol", source: "facilities", minzoom: 13.2,
      filter: ["!=", ["get", "kind"], "water"],
      layout: {
        "text-field": ["coalesce", ["get", "name"], ""], "text-font": FONT,
        "text-size": 11, "text-max-width": 8, "text-padding": 10,
      },
      paint: { ...halo, "text-opacity": 0.9 },
    },
    {
      id: "names:land", type: "symbol", source: "land-names", minzoom: 10, maxzoom: 14.8,
      filter: ["match", ["coalesce", ["get", "kind"], ""], ["centre", "residential"], true, false],
      layout: {
        "text-field": ["coalesce", ["get", "name"], ""], "text-font": FONT,
        "text-size": 12.5, "text-letter-spacing": 0.06, "symbol-sort-key": ["get", "order"], "text-max-width": 8, "text-padding": 16,
      },
      paint: halo,
    },
  ];
}
