/** The week's hours: where the most is, and how to say it without a picture. */
import type { Slot } from "./contract";
import { clockHour } from "./format";

export interface Cell {
  weekday: number;
  hour: number;
  value: number;
}

/** Every cell of a 7 x 24 profile, in reading order. */
export function cells(profile: number[][]): Cell[] {
  return profile.flatMap((row, weekday) => row.map((value, hour) => ({ weekday, hour, value })));
}

/** The cell with most; the first of equals; null when all are zero. */
export function peak(profile: number[][]): Cell | null {
  const best = cells(profile).reduce<Cell | null>(
    (top, cell) => (cell.value > (top?.value ?? 0) ? cell : top),
    null,
  );
  return best;
}

/** Columns of a slot in the grid (0 is 06-07); a slot may run past midnight. */
export function slotColumns(slot: Slot): { start: number; length: number } {
  const start = (slot.from - 6 + 24) % 24;
  const length = (slot.to - slot.from + 24) % 24 || 24; // "to" may be 2 or 26
  return { start, length: Math.min(length, 24 - start) };
}

/** One line a weekday: its busy hours joined to spans, with their counts. */
export function dayLines(profile: number[][]): { weekday: number; spans: { label: string; n: number }[] }[] {
  return profile.map((row, weekday) => {
    const spans: { label: string; n: number }[] = [];
    let from = -1;
    let n = 0;
    for (let hour = 0; hour <= row.length; hour += 1) {
      const value = row[hour] ?? 0;
      if (value > 0) {
        if (from < 0) from = hour;
        n += value;
      } else if (from >= 0) {
        spans.push({ label: `${clockHour(from)}–${clockHour(hour)}`, n });
        from = -1;
        n = 0;
      }
    }
    return { weekday, spans };
  });
}
