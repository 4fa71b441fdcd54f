import { describe, expect, it } from "vitest";
import { INKS } from "./base";
import { GROUND, contrast, onGround, readHex } from "./colour";

const DATA = ["#0b5f60", "#a86400", "#9b3a2a", "#6f6860", "#2f2b27", "#f2c14e"];
const RAMP = ["#dbe9e8", "#a9cfce", "#62a6a5", "#1f7475"];

describe("colours", () => {
  it("are read in both lengths, and refused otherwise", () => {
    expect(readHex("#fff")).toEqual([255, 255, 255]);
    expect(readHex("#0b5f60")).toEqual([11, 95, 96]);
    expect(readHex("teal")).toBeNull();
  });
  it("have the contrast WCAG gives black on white", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  });
  it("are kept on the pale ground", () => {
    expect(onGround("#0b5f60", "pale")).toBe("#0b5f60");
  });
  it.each(DATA)("lift %s to 3:1 on both dark grounds", (colour) => {
    for (const ground of ["dark", "night"] as const) {
      expect(contrast(onGround(colour, ground), GROUND[ground])).toBeGreaterThanOrEqual(3);
    }
  });
  it("keep a ramp in order, the most furthest from the ground", () => {
    for (const ground of ["dark", "night"] as const) {
      const steps = RAMP.map((step) => contrast(onGround(step, ground, "area"), GROUND[ground]));
      expect(steps).toEqual([...steps].sort((a, b) => a - b));
      expect(new Set(steps).size).toBe(RAMP.length);
    }
  });
  it("read white as the ground and nothing as nothing", () => {
    expect(onGround("#ffffff", "night")).toBe(GROUND.night);
    expect(onGround("none", "dark")).toBe("rgba(0,0,0,0)");
  });
});

describe("names on the map", () => {
  it.each(["pale", "dark", "night"] as const)("are legible on %s", (ground) => {
    const ink = INKS[ground];
    for (const under of [ink.land, ink.green, ink.built, ink.industry, ink.halo]) {
      expect(contrast(ink.text, under)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ink.placeText, under)).toBeGreaterThanOrEqual(4.5);
    }
  });
  it.each(["pale", "dark", "night"] as const)("share the ground of %s", (ground) => {
    expect(INKS[ground].land).toBe(GROUND[ground]);
  });
});
