/** Police notices, by the area they name: one outline holds all of its notices. */
import type { FeatureCollection } from "geojson";
import type { Lang } from "./strings";

export const NOTICES = "notices";

export interface Notice {
  id: string;
  title: string;
  type: string;
  published: string;
  occurred: string | null;
}

export interface NoticeArea {
  name: string;
  /** Newest first. */
  notices: Notice[];
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Gather notices by area; the area with the newest notice comes first. */
export function noticeAreas(features: FeatureCollection): NoticeArea[] {
  const areas = new Map<string, Notice[]>();
  for (const { properties } of features.features) {
    const { id, area } = properties ?? {};
    if (typeof id !== "string" || typeof area !== "string") continue;
    const notice = {
      id,
      title: text(properties?.["title"]),
      type: text(properties?.["type"]),
      published: text(properties?.["published_at"]),
      occurred: text(properties?.["occurred"]) || null,
    };
    areas.set(area, [...(areas.get(area) ?? []), notice]);
  }
  const newest = (one: NoticeArea): string => one.notices[0]?.published ?? "";
  return [...areas]
    .map(([name, notices]) => ({
      name,
      notices: notices.toSorted((a, b) => b.published.localeCompare(a.published)),
    }))
    .toSorted((a, b) => newest(b).localeCompare(newest(a)) || a.name.localeCompare(b.name));
}

/** The area that holds a notice. */
export function areaOf(areas: NoticeArea[], id: string | null): NoticeArea | null {
  return areas.find(({ notices }) => notices.some((each) => each.id === id)) ?? null;
}

const MONTHS: Record<Lang, string> = {
  sv: "jan feb mars april maj juni juli aug sep okt nov dec",
  en: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
};
const DAYS: Record<Lang, string> = { sv: "sön mån tis ons tor fre lör", en: "Sun Mon Tue Wed Thu Fri Sat" };
const ENGLISH_DAYS = DAYS.en.split(" ");

/** Write a moment on the municipality's own clock: fre 20 nov 21:05. */
export function moment(iso: string, timezone: string, lang: Lang): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone, weekday: "short", day: "numeric", month: "numeric",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(at);
  const get = (kind: string): string => parts.find(({ type }) => type === kind)?.value ?? "";
  const day = DAYS[lang].split(" ")[ENGLISH_DAYS.indexOf(get("weekday"))];
  const month = MONTHS[lang].split(" ")[Number(get("month")) - 1];
  return `${day} ${get("day")}\u00a0${month} ${get("hour")}:${get("minute")}`;
}
