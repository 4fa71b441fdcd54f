/** A table that sorts, filters and copies; values and what is written for them are kept apart. */

export interface Cell {
  text: string;
  /** What sorting goes by; null sorts last either way. */
  by: number | string | null;
}

export interface Column {
  key: string;
  title: string;
  numeric?: boolean;
  /** Kept on one line. */
  short?: boolean;
  /** Holds whole sentences. */
  wide?: boolean;
}

export interface Row {
  id: string;
  cells: Record<string, Cell>;
}

export interface Order {
  key: string;
  down: boolean;
}

/** Rows in an order, leaving the given rows as they are. */
export function sorted(rows: Row[], order: Order | null, lang: string): Row[] {
  if (order === null) return rows;
  const compare = new Intl.Collator(lang, { numeric: true }).compare;
  const sign = order.down ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [one.cells[order.key]?.by ?? null, other.cells[order.key]?.by ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * compare(String(a), String(b));
  });
}

/** Rows that hold every word of the search, in any cell. */
export function filtered(rows: Row[], search: string): Row[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = Object.values(row.cells).map((cell) => cell.text).join(" ").toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The table as tab-separated text, as a spreadsheet takes it. */
export function asText(columns: Column[], rows: Row[]): string {
  const clean = (text: string): string => text.replace(/[\t\r\n]+/g, " ");
  const lines = [
    columns.map((column) => clean(column.title)),
    ...rows.map((row) => columns.map((column) => clean(row.cells[column.key]?.text ?? ""))),
  ];
  return lines.map((line) => line.join("\t")).join("\n");
}
