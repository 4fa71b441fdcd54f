/** What the page is looking at: the address, the week's picture, and how its fetching goes. */
import { BARE_LAYERS, LIGHTING_LAYERS, type Place, type Role, type Situation, type WeekChoice } from "./contract";
import { isBase } from "./layers.svelte";
import { Problem, fetchRoles, fetchSituation, fetchWeeks } from "./service";
import { type Key, type Lang, say } from "./strings";
import { type Address, type View, readAddress, writeAddress } from "./url";

export type Phase = "loading" | "ready" | "none" | "error";
export type Theme = "light" | "dark";

const THEME_KEY = "lagesbild-theme";

export class Desk {
  address = $state<Address>(readAddress(location.search));
  phase = $state<Phase>("loading");
  situation = $state.raw<Situation | null>(null);
  /** The municipality last heard of; it stays in the header when a week cannot be shown. */
  town = $state.raw<Pick<Situation["municipality"], "name" | "made_up"> | null>(null);
  problem = $state.raw<Problem | null>(null);
  weeks = $state.raw<WeekChoice[]>([]);
  roles = $state.raw<Role[]>([]);
  theme = $state<Theme>("light");
  /** Grows when a selection should take the keyboard to its details. */
  focusDetails = $state(0);
  #running: AbortController | null = null;

  constructor() {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const kept = localStorage.getItem(THEME_KEY);
    this.theme = kept === "dark" || kept === "light" ? kept : dark.matches ? "dark" : "light";
    dark.addEventListener("change", (event) => {
      if (localStorage.getItem(THEME_KEY) === null) this.theme = event.matches ? "dark" : "light";
    });
    addEventListener("popstate", () => this.#arrive());
  }

  get lang(): Lang {
    return this.address.lang;
  }

  get selected(): Place | null {
    return this.situation?.places.find((place) => place.place_id === this.address.place) ?? null;
  }

  /** Names of the layers that are on: the reader's own choice, else what suits the view. */
  get layersOn(): string[] {
    if (this.address.layers) return this.address.layers;
    const layers = this.situation?.layers ?? [];
    const lit = this.address.view === "lighting";
    const suits = layers.filter((layer) => {
      const light = LIGHTING_LAYERS.has(layer.name);
      if (lit && BARE_LAYERS.has(layer.name)) return layer.visible;
      if (lit && layer.name === "lamps") return !layers.some((each) => each.name === "lamp_spacing" && each.visible);
      if (lit) return light || layer.name === "places";
      // Lamps to mend are worth a glance on any night's round.
      return layer.name === "outages" || (layer.visible && !light && !isBase(layer));
    });
    // A role that gets no places is shown the counts its sentence speaks of.
    const counts = layers.filter((layer) => layer.name === "incidents");
    return (suits.length > 0 ? suits : counts).map((layer) => layer.name);
  }

  say(key: Key, slots: Record<string, string | number> = {}): string {
    return say(this.lang, key, slots);
  }

  /** The address that a change would lead to, for links. */
  href(change: Partial<Address>): string {
    return location.pathname + writeAddress({ ...$state.snapshot(this.address), ...change });
  }

  /** Go somewhere; selections and layers do not refetch the picture. */
  go(change: Partial<Address>, { replace = false } = {}): void {
    const before = writeAddress(this.address);
    const former = $state.snapshot(this.address);
    this.address = { ...former, ...change };
    const refetch = asksAnew(former, this.address);
    const after = writeAddress(this.address);
    if (after !== before) {
      history[replace ? "replaceState" : "pushState"](null, "", location.pathname + after);
    }
    if (refetch) void this.load();
  }

  view(view: View): void {
    this.go({ view, layers: null });
  }

  select(place: string | null, { byKeyboard = false } = {}): void {
    this.go({ place });
    if (place && byKeyboard) this.focusDetails += 1;
  }

  toggleLayer(name: string): void {
    const on = this.layersOn;
    const layers = on.includes(name) ? on.filter((each) => each !== name) : [...on, name];
    this.go({ layers }, { replace: true });
  }

  toggleTheme(): void {
    this.theme = this.theme === "dark" ? "light" : "dark";
    localStorage.setItem(THEME_KEY, this.theme);
  }

  /** Fetch the picture of the address; the former one stays on screen until the new is here. */
  async load(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const how = { role: this.address.role, lang: this.address.lang, signal: running.signal };
    this.phase = "loading";
    try {
      const { weeks, latest } = await fetchWeeks(how);
      this.weeks = weeks;
      if (weeks.length === 0 && latest === null) {
        this.situation = null;
        this.phase = "none";
        return;
      }
      this.situation = await fetchSituation(this.address.week, how);
      this.town = this.situation.municipality;
      this.problem = null;
      this.phase = "ready";
    } catch (error) {
      if (running.signal.aborted) return;
      this.problem = error instanceof Problem ? error : new Problem(null, null, "shape");
      this.situation = null;
      this.phase = "error";
    }
  }

  /** Fetch the roles of the demo; where there are none the switch is not shown. */
  async loadRoles(): Promise<void> {
    try {
      this.roles = await fetchRoles({ role: null });
    } catch {
      this.roles = [];
    }
  }

  #arrive(): void {
    const next = readAddress(location.search);
    const refetch = asksAnew(this.address, next);
    this.address = next;
    if (refetch) void this.load();
  }
}

/** Tell whether going from one address to another needs another picture. */
function asksAnew(from: Address, to: Address): boolean {
  return from.week !== to.week || from.role !== to.role || from.lang !== to.lang;
}
