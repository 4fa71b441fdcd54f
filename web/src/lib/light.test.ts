import type { FeatureCollection } from "geojson";
import { expect, it } from "vitest";
import { typedPlaces } from "./light";

const place = (type: string, name: string | null, n: number | null) => ({
  type: "Feature" as const,
  geometry: { type: "Point" as const, coordinates: [15, 58] },
  properties: { id: `t-${name}`, place_id: null, type, name, n, type_label: type, acts_label: "närvaro", sentence: "s" },
});

const collection = (...features: ReturnType<typeof place>[]): FeatureCollection => ({ type: "FeatureCollection", features });

it("lists what is both many and unsafe first, and leaves out what cannot be told", () => {
  const told = typedPlaces(collection(
    place("incidents", "B", 9), place("calm", "C", 1), place("both", "A", null),
    place("cannot_tell", "D", 40), place("incidents", "E", 12), place("felt_only", null, 2),
  ));
  expect(told.map((each) => each.name)).toEqual(["A", null, "E", "B"]);
  expect(told[0]).toMatchObject({ id: "t-A", acts: "närvaro" });
});

it("says nothing while the layer is on its way or refused", () => {
  for (const loaded of [undefined, "loading", "failed"] as const) expect(typedPlaces(loaded)).toEqual([]);
});
