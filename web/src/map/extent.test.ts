import { describe, expect, it } from "vitest";
import { extent, middle, roundabout, union } from "./extent";

const square = [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]];

describe("boxes", () => {
  it("hold all boxes, and are none of none", () => {
    expect(union([[0, 0, 1, 1], [2, -1, 3, 0]])).toEqual([0, -1, 3, 1]);
    expect(union([])).toBeNull();
  });
  it("go round every kind of geometry", () => {
    expect(extent({ type: "Point", coordinates: [1, 2] })).toEqual([1, 2, 1, 2]);
    expect(extent({ type: "Polygon", coordinates: square })).toEqual([0, 0, 4, 2]);
    expect(extent({ type: "MultiPolygon", coordinates: [square] })).toEqual([0, 0, 4, 2]);
    expect(extent({ type: "LineString", coordinates: [[1, 1], [0, 3]] })).toEqual([0, 1, 1, 3]);
    expect(extent(null)).toBeNull();
  });
});

describe("the middle", () => {
  it("is the centroid of the largest part", () => {
    const small = [[[9, 9], [9.1, 9], [9.1, 9.1], [9, 9]]];
    const found = middle({ type: "MultiPolygon", coordinates: [small, square] });
    expect(found?.at[0]).toBeCloseTo(2);
    expect(found?.at[1]).toBeCloseTo(1);
    expect(found?.size).toBeCloseTo(8);
  });
  it("is none for what has no area", () => {
    expect(middle({ type: "Point", coordinates: [0, 0] })).toBeNull();
  });
});

describe("where a map may be moved", () => {
  it("leaves room for a wide municipality on a tall phone", () => {
    const [west, south, east, north] = [14.5, 57.0, 14.9, 57.1];
    const [, low, , high] = roundabout([west, south, east, north]);
    const across = (east - west) * Math.cos((57.05 * Math.PI) / 180);
    // 390 x 772, with 168 pixels beside what is shown: the height seen is 772/222 of the width.
    expect(high - low).toBeGreaterThan((772 / 222) * across);
  });
  it("has room round a point, and stays on the globe", () => {
    const [west, south, east, north] = roundabout([20, 84.99, 20, 84.99]);
    expect(east - west).toBeGreaterThan(0);
    expect([south < 84.99, north]).toEqual([true, 85]);
  });
});
