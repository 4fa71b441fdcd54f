/** Keeps the worklist of the picture on screen; the former one stays until the new is here. */
import type { Situation } from "./contract";
import { fetchWorklist } from "./service";
import type { Lang } from "./strings";
import type { Worklist } from "./worklist";

export class WorkShelf {
  list = $state.raw<Worklist | null>(null);
  phase = $state<"loading" | "ready" | "refused">("loading");
  #key = "";

  /** See to it that the worklist of a picture is here or on its way. */
  want(situation: Situation, role: string | null, lang: Lang): void {
    const key = [situation.run_id, situation.week.id, role ?? "", lang].join("|");
    if (key === this.#key) return;
    this.#key = key;
    this.phase = "loading";
    fetchWorklist(situation.week.id, { role, lang }).then(
      (list) => {
        if (key !== this.#key) return;
        this.list = list;
        this.phase = "ready";
      },
      () => {
        if (key !== this.#key) return;
        this.list = null;
        this.phase = "refused";
      },
    );
  }
}

/** Whether the reader asked for the worklist as a table, and is to be shown it there. */
export const atTable = { wanted: false };
