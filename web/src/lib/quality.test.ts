import { describe, expect, it } from "vitest";
import { type Attention, type Source, levelOf, sourceTitle, tell, weekBars } from "./quality";

const source = (change: Partial<Source> = {}): Source => ({
  frame: "incidents", frame_label: "Händelser", source: "polisen-handelser", actor: "polisen", n: 10,
  located: null, last_label: null, pace: null, ...change,
});

describe("the words of the data quality page", () => {
  it("names a source by its organisation, else by what it tells of", () => {
    expect(sourceTitle(source())).toBe("Polisen");
    expect(sourceTitle(source({ actor: null, frame_label: "Felanmälningar" }))).toBe("Felanmälningar");
  });
  it("says that something may be missing where none can be chance, and missing where it cannot", () => {
    const item = (code: string, level: Attention["level"]): Attention => ({
      code, level, source: null, title: "", sentence: "", fix: "",
    });
    expect(levelOf(item("few", "note"), "sv")).toBe("Kan saknas");
    expect(levelOf(item("silent", "warn"), "sv")).toBe("Saknas");
    expect(levelOf(item("rejected", "warn"), "sv")).toBe("Se efter");
    expect(levelOf(item("other", "note"), "en")).toBe(tell("en", "note"));
  });
  it("fills slots and leaves what it does not know", () => {
    expect(tell("sv", "going_on", { week: "v. 47" })).toBe("Veckan (v. 47) pågår ännu");
    expect(tell("en", "going_on")).toBe("The week ({week}) is not over yet");
  });
});

describe("the weeks as bars", () => {
  const weekly = [4, 0, 8].map((n, i) => ({ id: `w${i}`, label: "", n }));
  it("stand on a zero line, the last one marked", () => {
    const { bars } = weekBars(source({ weekly }), 260, 40);
    expect(bars.map((bar) => bar.h)).toEqual([20, 0, 40]);
    expect(bars.map((bar) => bar.last)).toEqual([false, false, true]);
    expect(bars[2]!.x + bars[2]!.w).toBeLessThanOrEqual(260);
  });
  it("keep the band in the box when a week before was larger", () => {
    const pace = { code: "as_usual", sentence: "", low: 2, high: 16 };
    const { bars, band } = weekBars(source({ weekly, pace }), 260, 40);
    expect(band).toEqual({ y: 0, h: 35 });
    expect(bars[2]!.h).toBe(20);
  });
  it("have no band where nothing is usual yet", () => {
    expect(weekBars(source({ weekly }), 260, 40).band).toBeNull();
    expect(weekBars(source(), 260, 40).bars).toEqual([]);
  });
});
