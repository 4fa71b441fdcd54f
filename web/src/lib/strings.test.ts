import { describe, expect, it } from "vitest";
import { type Key, catalogue, say } from "./strings";

const slots = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "").sort();

describe("the catalogue", () => {
  const keys = Object.keys(catalogue.sv) as Key[];

  it.each(keys)("says %s in both languages, with the same slots", (key) => {
    expect(catalogue.en[key]).not.toBe("");
    expect(slots(catalogue.en[key])).toEqual(slots(catalogue.sv[key]));
  });

  it("says one in the form for one", () => {
    expect(say("sv", "table_rows", { n: 1 })).toBe("1 rad");
    expect(say("sv", "events", { n: "1" })).toBe("1 händelse");
    expect(say("sv", "events", { n: "21" })).toBe("21 händelser");
    expect(say("en", "period", { n: 1 })).toBe("1 week");
  });

  it("fills slots and leaves unknown ones to be seen", () => {
    expect(say("sv", "rank_of", { rank: "1–2", n: 5 })).toBe("Plats 1–2 av 5");
    expect(say("sv", "rank_of", { rank: 1 })).toContain("{n}");
  });

  it.each(["hotspot", "patrull", "minskar brott", "utsatt område"])("never says %s", (word) => {
    const said = Object.values(catalogue.sv).join(" ").toLowerCase();
    expect(said).not.toContain(word);
  });
});
