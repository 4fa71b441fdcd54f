/** The planner's worklist as the service gives it: one row is one thing to do about the light. */
import type { Bounds, Certainty } from "./contract";

export interface Cost {
  low: number;
  high: number;
  n: number;
  label: string;
  basis: string;
}

export interface Work {
  id: string;
  rank: number;
  /** 1 mend, 2 trim, 3 adjust, 4 check, 5 new lighting. */
  step: number;
  kind: string;
  kind_label: string;
  place_id: string | null;
  place: string | null;
  work: string;
  why: string[];
  confidence: Certainty;
  confidence_label: string;
  caveat: string | null;
  grade: string;
  basis: string;
  follow_up_weeks: number[];
  n_lamps: number;
  pole_refs: string[];
  owners: string[];
  /** Empty where no lamp is there to be owned. */
  owner_label: string;
  street_owner_label: string;
  days_open: number | null;
  target_days: number | null;
  late: boolean | null;
  open_label: string;
  cost: Cost | null;
  bbox: Bounds | null;
}

export interface Round {
  id: string;
  work: string;
  owner_label: string;
  n_lamps: number;
  n_late: number;
  target_days: number;
  pole_refs: string[];
}

export interface Calm {
  id: string;
  place_id: string | null;
  place: string | null;
  sentence: string;
  why: string[];
  confidence: Certainty;
  confidence_label: string;
  caveat: string | null;
}

export interface Worklist {
  /** The headline, and what comes after it. */
  first: string;
  rest: string;
  order: string;
  promise: string;
  numbers: { n_lamps: number; n_out: number; n_state_unknown: number; n_faults?: number; n_off_on_purpose: number; dark_m: Record<string, number> };
  rows: Work[];
  rounds: Round[];
  not_light: Calm[];
  cannot_tell: Calm[];
  notes: string[];
}

/** Whose move a row is: the lamps' owner, else whoever keeps the street. */
export function whose(row: Work): string {
  return row.owner_label || row.street_owner_label;
}

export interface Choice {
  owner: string;
  kind: string;
}

/** Rows of one owner and one kind of work; an empty choice takes them all. */
export function chosen(rows: Work[], { owner, kind }: Choice): Work[] {
  return rows.filter(
    (row) => (owner === "" || whose(row) === owner) && (kind === "" || row.kind === kind),
  );
}

/** What can be chosen among, in the order of the list. */
export function choices(rows: Work[]): { owners: string[]; kinds: { code: string; label: string }[] } {
  return {
    owners: [...new Set(rows.map(whose))].filter(Boolean),
    kinds: [...new Map(rows.map((row) => [row.kind, row.kind_label]))].map(([code, label]) => ({ code, label })),
  };
}
