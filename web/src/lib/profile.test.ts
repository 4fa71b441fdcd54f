import { describe, expect, it } from "vitest";
import { cells, dayLines, peak, slotColumns } from "./profile";

const empty = (): number[][] => Array.from({ length: 7 }, () => new Array<number>(24).fill(0));

describe("the week's hours", () => {
  it("have no peak when nothing has happened", () => {
    expect(peak(empty())).toBeNull();
  });
  it("find the first of equal peaks", () => {
    const profile = empty();
    profile[4]![15] = 3;
    profile[5]![16] = 3;
    expect(peak(profile)).toEqual({ weekday: 4, hour: 15, value: 3 });
  });
  it("are all there, in reading order", () => {
    expect(cells(empty())).toHaveLength(168);
  });
  it("join busy hours to spans whose counts add up", () => {
    const profile = empty();
    profile[4]![15] = 2;
    profile[4]![16] = 1;
    profile[4]![23] = 4;
    expect(dayLines(profile)[4]?.spans).toEqual([
      { label: "21–23", n: 3 },
      { label: "05–06", n: 4 },
    ]);
    expect(dayLines(profile)[0]?.spans).toEqual([]);
  });
});

describe("a slot in the grid", () => {
  it("runs past midnight, whether its end is 2 or 26", () => {
    const slot = { weekday: 4, from: 22, n: 3 };
    expect(slotColumns({ ...slot, to: 2 })).toEqual({ start: 16, length: 4 });
    expect(slotColumns({ ...slot, to: 26 })).toEqual({ start: 16, length: 4 });
  });
  it("never leaves its own day", () => {
    expect(slotColumns({ weekday: 0, from: 4, to: 9, n: 1 })).toEqual({ start: 22, length: 2 });
  });
});
