import { corners } from "./overlay";
import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import type { LayerSpecification } from "maplibre-gl";
import { describe, expect, it } from "vitest";
import type { Layer, Paint } from "../lib/contract";
import { base, names } from "./base";
import type { Ground } from "./colour";
import { chosenLayers, markLayers } from "./marks";
import { dashFilters, drawn, follow, hatches } from "./paint";

const paint: Paint = {
  color: "#0b5f60",
  fill: "#0b5f60",
  fill_opacity: 0.16,
  width: 2.5,
  by: {
    property: "certainty",
    values: { well_supported: { dash: "solid", width: 3 }, likely: { dash: "dashed" }, possible: { dash: "dotted" } },
  },
};
const steps: Paint = {
  color: "#ffffff",
  fill: "#dbe9e8",
  by: { property: "n_min", breaks: [1, 5], steps: [{ fill: "#a9cfce" }, { fill: "#1f7475" }] },
};
const layer = (change: Partial<Layer>): Layer => ({
  name: "places", title: "", group: "", geometry: "polygon", href: "", visible: true, n: 1,
  period_label: null, data_until_label: null, legend: [], paint, note: null, ...change,
});
const valid = (layers: LayerSpecification[], sources: string[]): string[] => {
  const empty = { type: "geojson", data: { type: "FeatureCollection", features: [] } };
  const style = { version: 8, sources: Object.fromEntries(sources.map((name) => [name, empty])), layers };
  // A style without a glyph address draws its letters in the browser; the checker asks for one.
  return validateStyleMin(style as never).map((error) => error.message).filter((text) => !text.includes("glyphs"));
};

describe("a paint", () => {
  it("is a plain value where no property changes it", () => {
    expect(follow({ width: 2 }, (style) => style.width ?? 1)).toBe(2);
  });
  it("follows classes, with the base for the rest", () => {
    expect(follow(paint, (style) => style.width ?? 1)).toEqual([
      "match", ["to-string", ["get", "certainty"]], "well_supported", 3, "likely", 2.5, "possible", 2.5, 2.5,
    ]);
  });
  it("follows limits, with the base below the first", () => {
    expect(follow(steps, (style) => style.fill ?? "")).toEqual([
      "step", ["to-number", ["get", "n_min"], -1e9], "#dbe9e8", 1, "#a9cfce", 5, "#1f7475",
    ]);
  });
  it("gives every outline its own layer", () => {
    expect(dashFilters(paint).map((each) => each.dash)).toEqual(["solid", "dashed", "dotted"]);
    expect(dashFilters({ dash: "dashed" })).toEqual([{ dash: "dashed", filter: null }]);
  });
  it("asks for a hatch only where the legend has one", () => {
    const hatched = layer({ legend: [{ label: "", color: "#000000", shape: "hatch" }] });
    expect(hatches([layer({}), hatched], "pale")).toEqual([{ name: "hatch:places", color: "#0b5f60" }]);
  });
  it("draws nothing for a raster it has no box of", () => {
    expect(drawn(layer({ geometry: "raster" }), "x", "pale")).toEqual([]);
  });

  it("lays a raster's image over its own box, lifted on a dark ground", () => {
    const raster = layer({ name: "surface", geometry: "raster", bbox: [14, 56, 15, 57] });
    const [pale] = drawn(raster, "data:surface", "pale");
    const [night] = drawn(raster, "data:surface", "night");
    expect(pale).toMatchObject({ id: "data:surface:image", type: "raster", source: "data:surface" });
    expect(JSON.stringify(pale)).not.toContain("brightness");
    expect(JSON.stringify(night)).toContain("brightness");
    expect(corners([14, 56, 15, 57])).toEqual([[14, 57], [15, 57], [15, 56], [14, 56]]);
  });
});

describe("the style", () => {
  it.each(["pale", "dark", "night"] as Ground[])("is valid on %s", (ground) => {
    const all = [
      ...base(ground),
      ...chosenLayers(ground, "p-1"),
      ...drawn(layer({}), "x", ground),
      ...drawn(layer({ name: "cells", paint: steps }), "x", ground),
      ...drawn(layer({ name: "lamps", geometry: "point", paint: { color: "#7a5200", fill: "#f2c14e" } }), "x", ground),
      ...names(ground),
      ...markLayers(ground, null),
    ];
    const sources = ["land", "water", "streets", "streets_base", "facilities", "land-names", "marks",
      "data:places", "data:lighting_checks", "data:place_types", "data:notices", "x"];
    expect(valid(all, sources)).toEqual([]);
    expect(new Set(all.map((each) => each.id)).size).toBe(all.length);
  });
});
