/** What is known about the light at a place, in a phrase. */
import type { Place } from "./contract";
import type { Desk } from "./desk.svelte";
import { number } from "./format";
import type { Loaded } from "./layers.svelte";

/** Say state and outages; empty when nothing is known. */
export function lightText(desk: Desk, place: Place): string {
  const light = place.light;
  if (!light) return "";
  const lamps = light.n_lamps ?? 0;
  const said = { lamps: number(lamps, desk.lang) };
  return [
    light.label,
    lamps > 0 && light.n_faulty
      ? desk.say("lamps_out", { ...said, faulty: number(light.n_faulty, desk.lang) })
      : "",
    light.n_off_on_purpose
      ? desk.say("lamps_off", { off: number(light.n_off_on_purpose, desk.lang) })
      : "",
  ].filter(Boolean).join(", ");
}

export interface TypedPlace {
  id: string;
  name: string | null;
  type: string;
  acts: string;
  sentence: string;
}

/** Kinds of place, those with most to do first; calm ones and those that cannot be told are not listed. */
const LISTED = ["both", "incidents_only", "felt_only", "incidents", "felt"];

/** Places by incidents, how they are felt and light, as the list tells them. */
export function typedPlaces(loaded: Loaded | undefined): TypedPlace[] {
  if (typeof loaded !== "object") return [];
  return loaded.features
    .map(({ properties }) => (properties ?? {}) as Record<string, unknown>)
    .filter((each) => LISTED.includes(String(each["type"])))
    .toSorted(
      (a, b) =>
        LISTED.indexOf(String(a["type"])) - LISTED.indexOf(String(b["type"])) ||
        Number(b["n"] ?? 0) - Number(a["n"] ?? 0) ||
        String(a["name"] ?? "").localeCompare(String(b["name"] ?? ""), "sv"),
    )
    .map((each) => ({
      id: String(each["place_id"] ?? each["id"]),
      name: typeof each["name"] === "string" && each["name"] !== "" ? each["name"] : null,
      type: String(each["type_label"] ?? ""),
      acts: String(each["acts_label"] ?? ""),
      sentence: String(each["sentence"] ?? ""),
    }));
}
