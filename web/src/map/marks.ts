/** Rank marks of places: the same framed span on the map as in the list. */
import type { FilterSpecification, LayerSpecification, Map as MapLibre } from "maplibre-gl";
import type { Certainty, Place } from "../lib/contract";
import { FAMILY, FONT_STRONG, INKS } from "./base";
import type { Ground } from "./colour";

const SCALE = 2;
const DASH: Record<Certainty, number[]> = {
  well_supported: [],
  likely: [5, 3],
  possible: [0.1, 4],
  cannot_tell: [0.1, 4],
};

interface Look {
  text: string;
  certainty: Certainty;
  ground: Ground;
  chosen: boolean;
}

function drawMark({ text, certainty, ground, chosen }: Look): ImageData {
  const ink = INKS[ground];
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("no canvas");
  const font = `600 ${13 * SCALE}px ${FAMILY}`;
  pen.font = font;
  const height = 26 * SCALE;
  const width = Math.ceil(Math.max(pen.measureText(text).width + 14 * SCALE, height));
  canvas.width = width;
  canvas.height = height;
  const inset = 2.2 * SCALE;
  pen.beginPath();
  pen.roundRect(inset, inset, width - 2 * inset, height - 2 * inset, 6 * SCALE);
  pen.fillStyle = chosen ? ink.place : ink.mark;
  pen.fill();
  pen.lineWidth = 2 * SCALE;
  pen.lineCap = certainty === "likely" ? "butt" : "round";
  pen.setLineDash(DASH[certainty].map((part) => part * SCALE));
  pen.strokeStyle = ink.place;
  pen.stroke();
  pen.font = font;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = chosen ? ink.mark : ink.placeText;
  if (!chosen && ground !== "pale") pen.fillStyle = ink.place;
  pen.fillText(text, width / 2, height / 2 + 0.5 * SCALE);
  return pen.getImageData(0, 0, width, height);
}

const imageName = (place: string, chosen: boolean): string => `mark:${place}:${chosen ? 1 : 0}`;

/** Draw every place's mark, plain and chosen, for a ground. */
export function addMarks(map: MapLibre, places: Place[], ground: Ground): void {
  for (const place of places) {
    for (const chosen of [false, true]) {
      const name = imageName(place.place_id, chosen);
      const look = { text: place.rank_label, certainty: place.certainty, ground, chosen };
      if (map.hasImage(name)) map.removeImage(name);
      map.addImage(name, drawMark(look), { pixelRatio: SCALE });
    }
  }
}

/** A 45-degree hatch, for what is not known. */
export function addHatch(map: MapLibre, name: string, color: string): void {
  const size = 8 * SCALE;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.strokeStyle = color;
  pen.lineWidth = 1.1 * SCALE;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 2, size + 2);
    pen.lineTo(shift + size + 2, -2);
  }
  pen.stroke();
  if (map.hasImage(name)) map.removeImage(name);
  map.addImage(name, pen.getImageData(0, 0, size, size), { pixelRatio: SCALE });
}

/** Layers whose features can be chosen, in the list or on the map. */
export const CHOOSABLE = ["places", "lighting_checks", "place_types", "notices"] as const;

/** Holds for the chosen place, or for the chosen suggestion that has no place. */
export const chosenIs = (chosen: string | null): FilterSpecification =>
  ["any", ["==", ["get", "place_id"], chosen ?? ""], ["==", ["get", "id"], chosen ?? ""]];

/** Marks and names of places; `marks` is a source of one point a place. */
export function markLayers(ground: Ground, chosen: string | null): LayerSpecification[] {
  const ink = INKS[ground];
  return [
    {
      id: "places:dot", type: "circle", source: "marks",
      paint: {
        "circle-radius": 4, "circle-color": ink.place,
        "circle-stroke-color": ink.mark, "circle-stroke-width": 1.5,
      },
    },
    {
      id: "places:name", type: "symbol", source: "marks",
      layout: {
        "text-field": ["get", "name"], "text-font": FONT_STRONG, "text-size": 13,
        "text-variable-anchor": ["left", "top", "bottom", "right"],
        "text-radial-offset": 1.6, "text-justify": "auto", "text-max-width": 9,
        "symbol-sort-key": ["get", "rank"], "text-padding": 3,
      },
      paint: {
        "text-color": ink.placeText, "text-halo-color": ink.halo, "text-halo-width": 2.2,
      },
    },
    {
      id: "places:mark", type: "symbol", source: "marks",
      layout: {
        "icon-image": ["concat", "mark:", ["get", "place_id"], ":0"],
        "icon-padding": 0, "symbol-sort-key": ["get", "rank"],
      },
    },
    {
      id: "places:chosen", type: "symbol", source: "marks", filter: chosenIs(chosen),
      layout: {
        "icon-image": ["concat", "mark:", ["get", "place_id"], ":1"],
        "icon-allow-overlap": true, "icon-ignore-placement": false,
      },
    },
  ];
}

/** One point a place, for marks and names. */
export function markFeatures(places: Place[]): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: places.map((place) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: place.point },
      properties: { place_id: place.place_id, name: place.name, rank: place.rank },
    })),
  };
}

/** Outline that lifts the chosen place, under its own outline. */
export function chosenLayers(ground: Ground, chosen: string | null): LayerSpecification[] {
  return CHOOSABLE.map((name) => ({
    id: `lift:${name}`, type: "line", source: `data:${name}`, filter: chosenIs(chosen),
    layout: { "line-join": "round" },
    paint: {
      "line-color": INKS[ground].place, "line-width": 12, "line-opacity": 0.25, "line-blur": 2,
    },
  }));
}
