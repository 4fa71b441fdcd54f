import { describe, expect, it } from "vitest";
import { type Row, asText, filtered, sorted } from "./table";

const row = (id: string, name: string, n: number | null): Row => ({
  id,
  cells: { name: { text: name, by: name }, n: { text: n === null ? "" : String(n), by: n } },
});
const rows = [row("a", "Östra", 9), row("b", "Ängen", null), row("c", "Åsen", 14)];
const ids = (found: Row[]): string => found.map((each) => each.id).join("");

describe("a table", () => {
  it("sorts Swedish letters as Swedish does", () => {
    expect(ids(sorted(rows, { key: "name", down: false }, "sv"))).toBe("cba");
  });
  it("puts what is unknown last, whichever way", () => {
    expect(ids(sorted(rows, { key: "n", down: false }, "sv"))).toBe("acb");
    expect(ids(sorted(rows, { key: "n", down: true }, "sv"))).toBe("cab");
  });
  it("leaves the order it was given alone", () => {
    sorted(rows, { key: "n", down: true }, "sv");
    expect(ids(rows)).toBe("abc");
    expect(ids(sorted(rows, null, "sv"))).toBe("abc");
  });
  it("filters by every word, whatever the case", () => {
    expect(ids(filtered(rows, "  östra 9"))).toBe("a");
    expect(ids(filtered(rows, "östra 14"))).toBe("");
    expect(ids(filtered(rows, ""))).toBe("abc");
  });
  it("copies as tab-separated lines, no cell breaking its row", () => {
    const columns = [{ key: "name", title: "Namn" }, { key: "n", title: "n" }];
    expect(asText(columns, [row("d", "två\trader\nhär", 2)])).toBe("Namn\tn\ntvå rader här\t2");
  });
});
