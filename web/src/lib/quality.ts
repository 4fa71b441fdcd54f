/** The answer of GET /quality, and the words of its page. */
import type { Lang } from "./strings";

export interface Share {
  n: number | null;
  share: number | null;
  label: string;
}

export interface Said {
  code: string;
  label: string;
  n: number;
}

export interface Load {
  batch_id: string;
  file: string;
  at_label: string;
  n_read: number;
  n_new: number;
  n_changed: number;
  n_unchanged: number;
  n_rejected: number;
  n_refused: number;
  rejected: Said[];
  refused: Said[];
  undone: boolean;
  undo: string | null;
}

export interface Pace {
  code: string;
  sentence: string;
  n?: number;
  usual?: number | null;
  low?: number | null;
  high?: number | null;
  weeks_before?: number;
}

export interface Source {
  frame: string;
  frame_label: string;
  source: string;
  actor: string | null;
  n: number | null;
  located: Share | null;
  last_label: string | null;
  pace: Pace | null;
  timed?: Share | null;
  n_repeated?: number;
  flagged?: Said[];
  other?: { word: string; n: number }[];
  personal_label?: string;
  weekly?: { id: string; label: string; n: number }[];
  loads?: Load[];
}

export interface Attention {
  code: string;
  level: "warn" | "note";
  source: string | null;
  title: string;
  sentence: string;
  fix: string;
}

export interface Quality {
  municipality: { name: string; made_up: boolean };
  role: { id: string; label: string };
  detail: "full" | "summary" | "line";
  week: { id: string; label: string; whole: boolean } | null;
  sentence: string;
  fix: string | null;
  attention: Attention[];
  reporting: { n: number; of: number; sentence: string } | null;
  sources: Source[];
  stocks: Source[];
}

const sv = {
  loading: "Hämtar underlaget",
  look: "Att se efter",
  warn: "Se efter",
  note: "Bra att veta",
  missing: "Saknas",
  few_level: "Kan saknas",
  sources: "Källor, vecka för vecka",
  sources_key: "Staplarna är antal per vecka, 26 veckor. Bandet är det vanliga (99 av 100 veckor ligger i det), den sista stapeln är {week}.",
  going_on: "Veckan ({week}) pågår ännu",
  c_source: "Källa",
  c_week: "Veckan",
  c_rows: "Rader",
  c_located: "På kartan",
  c_last: "Senast",
  c_file: "Fil",
  c_loaded: "Inläst",
  stocks: "Kartlager och listor",
  stocks_key: "De byts som helhet och har ingen veckorytm.",
  details: "Mer om {name}",
  timed: "Med känt klockslag",
  repeated: "Berättar om en händelse som en annan källa också berättat om",
  repeated_n: "{n} rader, räknas en gång",
  repeated_n_one: "{n} rad, räknas en gång",
  none: "inga",
  doubts: "Tveksamma rader",
  personal: "Personuppgifter i texten",
  words: "Ord utan kategori",
  loads: "Inläsningar",
  n_read: "Lästa",
  n_new: "Nya",
  n_changed: "Ändrade",
  n_unchanged: "Oförändrade",
  n_rejected: "Avvisade",
  n_refused: "Tas inte emot",
  undone: "ångrad",
  undo: "Ångra",
  undo_how: "Kör kommandot så blir allt som före inläsningen.",
  copy: "Kopiera kommandot",
  copied: "Kopierat",
  few: "färre än 5",
  as_text: "Samma siffror som text",
  chart: "{name}: antal per vecka. {sentence}",
  start: "Börja så här",
  begin_streets: "vägnätet: det säger vad man kan vänta sig av en plats",
  begin_incidents: "händelserna; utan mappningsfil föreslås en",
  begin_analyse: "veckan räknas, och kartan fylls",
  printed: "Underlag för lägesbilden, {week}. Visat som {role}.",
  summary: "Sammanfattat för din roll: antal under fem visas inte.",
};

const en: typeof sv = {
  loading: "Fetching the data quality",
  look: "To look into",
  warn: "Look into",
  note: "Good to know",
  missing: "Missing",
  few_level: "May be missing",
  sources: "Sources, week by week",
  sources_key: "Bars are rows a week, 26 weeks. The band is what is usual (99 weeks of 100 lie in it), the last bar is {week}.",
  going_on: "The week ({week}) is not over yet",
  c_source: "Source",
  c_week: "The week",
  c_rows: "Rows",
  c_located: "On the map",
  c_last: "Latest",
  c_file: "File",
  c_loaded: "Loaded",
  stocks: "Map layers and lists",
  stocks_key: "They are replaced as a whole and have no weekly rhythm.",
  details: "More about {name}",
  timed: "With a known time of day",
  repeated: "Tells of an incident that another source also told of",
  repeated_n: "{n} rows, counted once",
  repeated_n_one: "{n} row, counted once",
  none: "none",
  doubts: "Doubtful rows",
  personal: "Personal data in texts",
  words: "Words without a category",
  loads: "Loads",
  n_read: "Read",
  n_new: "New",
  n_changed: "Changed",
  n_unchanged: "Unchanged",
  n_rejected: "Rejected",
  n_refused: "Not taken",
  undone: "undone",
  undo: "Undo",
  undo_how: "Run the command and all is as before the load.",
  copy: "Copy the command",
  copied: "Copied",
  few: "fewer than 5",
  as_text: "The same numbers as text",
  chart: "{name}: rows a week. {sentence}",
  start: "Begin like this",
  begin_streets: "the streets: they tell what to expect of a place",
  begin_incidents: "the incidents; without a mapping file one is proposed",
  begin_analyse: "the week is counted, and the map fills",
  printed: "Basis of the situation, {week}. Shown as {role}.",
  summary: "Summarised for your role: counts below five are not shown.",
};

const WORDS: Record<Lang, typeof sv> = { sv, en };

/** Say a phrase of this page, its {slots} filled; of one, in the form for one where it has such. */
export function tell(lang: Lang, key: keyof typeof sv, slots: Record<string, string> = {}): string {
  const one = `${key}_one` as keyof typeof sv;
  const form = slots["n"] === "1" && one in WORDS[lang] ? one : key;
  return WORDS[lang][form].replace(/\{(\w+)\}/g, (whole, name: string) => slots[name] ?? whole);
}

/** What a source is called in a list. */
export function sourceTitle(source: Source): string {
  if (source.actor === null || source.frame === "assessments") return source.frame_label;
  return source.actor.charAt(0).toUpperCase() + source.actor.slice(1);
}

/** What kind of thing an item is, in a word or two. */
export function levelOf(item: Attention, lang: Lang): string {
  if (item.code === "missing" || item.code === "silent") return tell(lang, "missing");
  return tell(lang, item.code === "few" ? "few_level" : item.level);
}

/** Bars and band of a source's weeks in a box of the given size; heights from a zero line. */
export function weekBars(
  source: Source, width: number, height: number,
): { bars: { x: number; y: number; w: number; h: number; last: boolean }[]; band: { y: number; h: number } | null } {
  const weeks = source.weekly ?? [];
  const { low = null, high = null } = source.pace ?? {};
  const most = Math.max(1, high ?? 0, ...weeks.map((week) => week.n));
  const step = width / Math.max(26, weeks.length);
  const start = width - step * weeks.length;
  const at = (n: number): number => height - (n / most) * height;
  return {
    bars: weeks.map((week, i) => ({
      x: start + i * step + 0.5,
      y: at(week.n),
      w: step - 1,
      h: height - at(week.n),
      last: i === weeks.length - 1,
    })),
    band: low === null || high === null ? null : { y: at(high), h: at(low) - at(high) },
  };
}
