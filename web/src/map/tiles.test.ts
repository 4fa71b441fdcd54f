import { describe, expect, it } from "vitest";
import type { Layer } from "../lib/contract";
import { isTiled, tileAddress, withinTiles } from "./tiles";

const lamps = { name: "lamps", href: "/collections/lamps/items?week=2026-W47",
  paint: { color: "#7a5200", by: { property: "state", values: {} } } } as unknown as Layer;

describe("layers drawn from tiles", () => {
  it("are those of thousands of things that nobody chooses one of", () => {
    expect(["lamps", "street_light", "places", "outages"].filter((name) => isTiled({ name }))).toEqual(["lamps", "street_light"]);
  });
  it("are asked for row before column, for the week and the reader, with the braces kept", () => {
    expect(tileAddress(lamps, "planner", "http://127.0.0.1:8000")).toBe(
      "http://127.0.0.1:8000/collections/lamps/tiles/WebMercatorQuad/{z}/{y}/{x}?week=2026-W47&role=planner&properties=state,flux_lm",
    );
    expect(tileAddress({ ...lamps, name: "street_light", href: "/x" }, null, "http://a")).toBe(
      "http://a/collections/street_light/tiles/WebMercatorQuad/{z}/{y}/{x}?properties=state",
    );
  });
  it("are found by the layer's own name in a tile", () => {
    const circle = { id: "x", type: "circle" as const, source: "data:lamps" };
    expect(withinTiles(circle, "lamps")).toEqual({ ...circle, "source-layer": "lamps" });
  });
});
