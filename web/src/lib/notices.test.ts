import type { FeatureCollection } from "geojson";
import { expect, test } from "vitest";
import { areaOf, moment, noticeAreas } from "./notices";

const told = (rows: Record<string, unknown>[]): FeatureCollection => ({
  type: "FeatureCollection",
  features: rows.map((properties) => ({
    type: "Feature", geometry: { type: "Point", coordinates: [0, 0] }, properties,
  })),
});

test("notices are gathered by area, newest first", () => {
  const areas = noticeAreas(told([
    { id: "a", area: "Ö", title: "t1", published_at: "2026-11-16T08:00:00Z" },
    { id: "b", area: "Å", title: "t2", published_at: "2026-11-18T08:00:00Z", occurred: "2026-11-17T20:00:00Z" },
    { id: "c", area: "Ö", title: "t3", published_at: "2026-11-17T08:00:00Z" },
    { id: "d", title: "without an area" },
  ]));
  expect(areas.map(({ name, notices }) => [name, notices.map(({ id }) => id)])).toEqual([["Å", ["b"]], ["Ö", ["c", "a"]]]);
  expect(areas[0]?.notices[0]?.occurred).toBe("2026-11-17T20:00:00Z");
  expect(areaOf(areas, "a")?.name).toBe("Ö");
  expect(areaOf(areas, "p-001")).toBeNull();
  expect(areaOf([], null)).toBeNull();
});

test("moments are told on the municipality's clock, in both halves of the year", () => {
  expect(moment("2026-11-20T20:05:00Z", "Europe/Stockholm", "sv")).toBe("fre 20\u00a0nov 21:05");
  expect(moment("2026-06-20T22:05:00Z", "Europe/Stockholm", "sv")).toBe("sön 21\u00a0juni 00:05");
  expect(moment("2026-11-20T20:05:00Z", "America/New_York", "en")).toBe("Fri 20\u00a0Nov 15:05");
  expect(moment("", "Europe/Stockholm", "sv")).toBe("");
});
