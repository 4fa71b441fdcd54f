import { describe, expect, it } from "vitest";
import { clockHour, count, number, duration } from "./format";

describe("numbers", () => {
  it("have a decimal comma and a thin space in thousands in Swedish", () => {
    expect(number(1234567.25, "sv", 1)).toBe("1\u202f234\u202f567,3");
  });
  it("have a decimal point in English", () => {
    expect(number(8.4, "en", 1)).toBe("8.4");
  });
  it("write minus as minus, and no minus before zero", () => {
    expect(number(-3, "sv")).toBe("−3");
    expect(number(-0.01, "sv", 1)).toBe("0,0");
  });
});

describe("counts", () => {
  it("are whole when they are whole, else with one decimal", () => {
    expect([count(7, "sv"), count(6.5, "sv"), count(6.98, "sv")]).toEqual(["7", "6,5", "7"]);
  });
});

describe("hours of the operational day", () => {
  it("begin at six and pass midnight", () => {
    expect([0, 17, 18, 23, 24].map(clockHour)).toEqual(["06", "23", "00", "05", "06"]);
  });
});

describe("duration", () => {
  it("writes whole days, and hours below one", () => {
    expect([1 / 24, 0.042, 0.125, 1, 3].map((days) => duration(days, "sv"))).toEqual([
      "1 timme", "1 timme", "3 timmar", "1 dygn", "3 dygn",
    ]);
    expect([1 / 24, 0.5, 1, 30].map((days) => duration(days, "en"))).toEqual(["1 hour", "12 hours", "1 day", "30 days"]);
  });
});
