/** What is known about the light at a place, in a phrase. */
import type { Place } from "./contract";
import type { Desk } from "./desk.svelte";
import { number } from "./format";

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
