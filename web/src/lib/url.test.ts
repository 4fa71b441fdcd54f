import { describe, expect, it } from "vitest";
import { type Address, readAddress, writeAddress } from "./url";

const plain: Address = {
  view: "presence", week: null, place: null, role: null, layers: null, lang: "sv",
};

describe("the address", () => {
  it("is empty at the start", () => {
    expect(writeAddress(plain)).toBe("");
    expect(readAddress("")).toEqual(plain);
  });

  it("comes back as it was written", () => {
    const full: Address = {
      view: "lighting", week: "2026-W47", place: "p 1&2", role: "forum", layers: ["lamps", "places"],
      lang: "en",
    };
    expect(readAddress(writeAddress(full))).toEqual(full);
  });

  it("tells no layers from the service's own choice", () => {
    expect(readAddress(writeAddress({ ...plain, layers: [] })).layers).toEqual([]);
    expect(readAddress("").layers).toBeNull();
  });

  it("leaves what it does not understand", () => {
    expect(readAddress("?vy=annat&sprak=de&x=1")).toEqual(plain);
  });
});
