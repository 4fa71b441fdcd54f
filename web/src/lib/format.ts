/** Numbers as they are written in the page's language. */
import type { Lang } from "./strings";

const NARROW = "\u202f";

/** Write a number with a thin space in thousands and the language's decimal mark. */
export function number(value: number, lang: Lang, digits = 0): string {
  const [whole = "0", part] = Math.abs(value).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, NARROW);
  const sign = value < 0 && Number(value.toFixed(digits)) !== 0 ? "−" : "";
  return sign + grouped + (part ? (lang === "sv" ? "," : ".") + part : "");
}

/** Write a count that may be a weighted sum: whole when it is whole, else one decimal. */
export function count(value: number, lang: Lang): string {
  return number(value, lang, Number.isInteger(Math.round(value * 10) / 10) ? 0 : 1);
}

/** Write a target: whole days, or hours where it is less than one, as the command line does. */
export function duration(days: number, lang: Lang): string {
  const hours = Math.max(1, Math.round(24 * days));
  if (days >= 1) return `${number(Math.floor(days), lang)} ${lang === "sv" ? "dygn" : days < 2 ? "day" : "days"}`;
  return `${hours} ${lang === "sv" ? (hours === 1 ? "timme" : "timmar") : hours === 1 ? "hour" : "hours"}`;
}

/** Write an hour counted from 06 (0 is 06-07, 23 is 05-06) as the clock says it. */
export function clockHour(index: number): string {
  return String((index + 6) % 24).padStart(2, "0");
}
