/** What the service answers with; the page reads nothing beyond these shapes. */

export type Certainty = "well_supported" | "likely" | "possible" | "cannot_tell";
/** west, south, east, north in degrees (CRS84). */
export type Bounds = [number, number, number, number];

export interface WeekChoice {
  id: string;
  label: string;
  run_id?: string;
}

export interface Weeks {
  weeks: WeekChoice[];
  latest: string | null;
}

export interface Role {
  id: string;
  label: string;
  note?: string;
}

export interface Reason {
  code: string;
  text: string;
  value?: number | string | null;
  unit?: string | null;
  n?: number | null;
}

export interface Caveat {
  code: string;
  text: string;
}

export interface Slot {
  /** 0 is Monday, counted 06-06. */
  weekday: number;
  /** Hours of the clock; `to` is past 24 when the slot runs past midnight. */
  from: number;
  to: number;
  n: number | null;
}

export interface When {
  label: string;
  n: number | null;
  n_timed: number | null;
  slots: Slot[];
  certain: boolean;
}

export interface Light {
  state: "lit" | "unlit" | "not_inventoried" | "mixed";
  label: string;
  n_lamps: number | null;
  n_faulty: number | null;
  n_off_on_purpose: number | null;
}

export interface Place {
  place_id: string;
  name: string;
  rank: number;
  rank_low: number | null;
  rank_high: number | null;
  rank_label: string;
  certainty: Certainty;
  certainty_label: string;
  claim: string;
  claim_label: string;
  class: string | null;
  class_label: string | null;
  sentence: string;
  /** Null where the role may not see a small count. */
  n: number | null;
  expected: number | null;
  /** n over expected, with its 95 % interval. */
  rate: number | null;
  rate_low: number | null;
  rate_high: number | null;
  period_weeks: number;
  n_recent: number | null;
  n_before: number | null;
  change_label: string | null;
  when: When;
  /** Seven rows (Monday first) of 24 hours (06 first). */
  profile: number[][] | null;
  categories: { category: string; label: string; n: number }[];
  dark: { share: number | null; n_timed: number | null; label: string } | null;
  light: Light | null;
  /** What own staff found there, beside what was reported; null when nothing. */
  found_label?: string | null;
  reasons: Reason[];
  caveats: Caveat[];
  bbox: Bounds;
  point: [number, number];
  area_m2: number | null;
  street_m: number | null;
}

export interface LowerPlace {
  place_id: string;
  name: string;
  sentence: string;
}

export interface Recommendation {
  id: string;
  kind: string;
  kind_label: string;
  place_id: string | null;
  place_name: string | null;
  priority: number;
  window_label: string | null;
  sentence: string;
  reasons: Reason[];
  confidence: Certainty;
  confidence_label: string;
  caveat: string | null;
  rule: string;
  rule_label: string;
}

export type LegendShape = "fill" | "line" | "circle" | "ring" | "hatch" | "dash";

export interface LegendRow {
  label: string;
  color: string;
  shape: LegendShape;
  dash?: "solid" | "dashed" | "dotted";
}

export interface Style {
  color?: string;
  fill?: string | null;
  fill_opacity?: number;
  width?: number;
  radius?: number;
  dash?: string;
}

/** A base style, and what a property of the feature changes in it: by class, or by limits. */
export interface Paint extends Style {
  by?:
    | { property: string; values: Record<string, Style> }
    | { property: string; breaks: number[]; steps: Style[] };
  /** Property written beside the thing. */
  label?: string;
}

export interface Layer {
  name: string;
  title: string;
  group: string;
  geometry: "point" | "line" | "polygon" | "raster";
  href: string;
  visible: boolean;
  n: number | null;
  period_label: string | null;
  data_until_label: string | null;
  legend: LegendRow[];
  paint: Paint;
  note: string | null;
  /** Of a raster: where its image lies, and how much of the ground shows through. */
  bbox?: Bounds | null;
  opacity?: number;
}

/** One comparison of a clock hour in the dark with the same hour in daylight. */
export interface DarkHoursTest {
  area_id: string | null;
  area: string;
  group: string;
  group_label: string;
  finding: "more_in_dark" | "fewer_in_dark" | "cannot_tell" | "too_few";
  finding_label: string;
  sentence: string;
}

export interface DarkHours {
  sentence: string;
  period_label: string | null;
  hours_label: string | null;
  tests: DarkHoursTest[];
  note: string;
}

/** The row of a list that tests it: places where no staff were. Null is a count too small to tell. */
export interface Untended {
  n_places: number;
  hits: number | null;
  hit_rate?: number | null;
  hit_rate_low?: number | null;
  hit_rate_high?: number | null;
  pai?: number | null;
  pai_low?: number | null;
  pai_high?: number | null;
  naive_hits?: number | null;
}

export interface ScoredWeek {
  week: string;
  week_label: string;
  scored_week: string;
  scored_week_label: string;
  state: "waiting" | "empty" | "scored";
  seal: "holds" | "broken" | "none";
  n: number | null;
  not_visited: Untended | null;
  /** Where staff were: no verdict. */
  visited: { n_places: number; hits: number | null } | null;
  sentence: string;
}

/** How earlier lists did; what the numbers mean is to be read before them. */
export interface Score {
  before_the_number: string;
  sentence: string;
  pooled: { weeks: number; sentence: string } | null;
  weeks: ScoredWeek[];
}

/** One alarm, or one zone where the risk is raised until and including `last_day`. */
export interface Signal {
  kind: "alarm" | "unsure" | "near_repeat";
  name: string;
  /** The name, and its place in the list where it is listed. */
  label: string;
  place_id: string | null;
  rank: number | null;
  n: number;
  last_day: string;
  sentence: string;
}

/** What is raised just now, and what was tried, found or not. */
export interface JustNow {
  sentence: string;
  alarms: Signal[];
  unsure: Signal[];
  zones: Signal[];
  tested: { category: string; verdict: "raised" | "not_raised" | "cannot_tell"; sentence: string }[];
  /** Why a role is not told where. */
  withheld: string | null;
  note: string;
}

export interface Source {
  source: string;
  actor_label: string | null;
  n: number;
  last: string | null;
  last_label: string | null;
}

export interface Situation {
  municipality: {
    name: string;
    made_up: boolean;
    timezone: string;
    bbox: Bounds;
    center: [number, number];
  };
  week: { id: string; label: string; from: string; to: string; from_label: string; to_label: string };
  weeks: WeekChoice[];
  run_id: string;
  role: { id: string; label: string };
  method: { name: string; sentence: string; version: string };
  sentence: string;
  basis: {
    sentence: string;
    n: number;
    n_located: number;
    located_share: number | null;
    period_from: string;
    period_to: string;
    period_weeks: number;
    data_until: string | null;
    data_until_label: string | null;
    sources: Source[];
  };
  places: Place[];
  lower: LowerPlace[];
  /** Null for a role that sees no findings, and for a run that did not look. */
  just_now?: JustNow | null;
  /** Null for a role that sees no places, and before any list has been tried. */
  score?: Score | null;
  recommendations: Recommendation[];
  layers: Layer[];
  /** Null for a role that sees no findings. */
  dark_hours?: DarkHours | null;
  notes: string[];
}

/** Layers of the lighting view, whatever their group is called in the reader's language. */
export const LIGHTING_LAYERS = new Set([
  "lamps", "lighting_checks", "outages", "dark_stretches", "street_light", "place_types",
  "lamp_spacing", "lit_streets",
]);

/** Of the register alone: the lighting view opens with them where the service says that little else is known. */
export const BARE_LAYERS = new Set(["lamp_spacing", "lit_streets"]);

/** The kinds that the service draws as lighting to look at; the rest are about presence or talk. */
const LIGHTING_KINDS = new Set(["lamp_repair", "lamp_new", "lamp_adjust", "vegetation", "check"]);

/** Tell whether a recommendation belongs in the lighting view. */
export function isLighting(item: Recommendation): boolean {
  return LIGHTING_KINDS.has(item.kind);
}
