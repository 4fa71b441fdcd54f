import { describe, expect, it } from "vitest";
import { type Work, choices, chosen, whose } from "./worklist";

const row = (id: string, kind: string, owner: string, street: string): Work =>
  ({ id, kind, kind_label: kind.toUpperCase(), owner_label: owner, street_owner_label: street }) as Work;

const ROWS = [
  row("a", "lamp_repair", "Kommunen", "kommunen"),
  row("b", "lamp_repair", "okänd ägare", "Trafikverket"),
  row("c", "check", "", "kommunen"),
];

describe("worklist", () => {
  it("lays a row without lamps on whoever keeps the street", () => {
    expect(ROWS.map(whose)).toEqual(["Kommunen", "okänd ägare", "kommunen"]);
  });

  it("chooses by owner and kind, and takes all when nothing is chosen", () => {
    expect(chosen(ROWS, { owner: "", kind: "" })).toHaveLength(3);
    expect(chosen(ROWS, { owner: "Kommunen", kind: "lamp_repair" }).map((r) => r.id)).toEqual(["a"]);
    expect(chosen(ROWS, { owner: "Kommunen", kind: "check" })).toEqual([]);
  });

  it("offers each owner and kind once, in the order of the list", () => {
    expect(choices(ROWS)).toEqual({
      owners: ["Kommunen", "okänd ägare", "kommunen"],
      kinds: [{ code: "lamp_repair", label: "LAMP_REPAIR" }, { code: "check", label: "CHECK" }],
    });
  });
});
