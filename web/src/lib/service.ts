/** Talks to the service on this page's own host, and to nothing else. */
import type { FeatureCollection } from "geojson";
import type { Role, Situation, Weeks } from "./contract";
import type { Quality } from "./quality";
import type { Lang } from "./strings";
import type { Worklist } from "./worklist";

/** What went wrong and what to do, as the service says it (RFC 9457) or as the page must. */
export class Problem extends Error {
  constructor(
    readonly title: string | null,
    readonly fix: string | null,
    readonly kind: "network" | "shape" | "answer",
    readonly status = 0,
  ) {
    super(title ?? kind);
  }
}

export interface Ask {
  role: string | null;
  lang?: Lang;
  signal?: AbortSignal;
}

/** A path in the reader's language; Swedish is the service's own. */
function worded(path: string, lang: Lang | undefined): string {
  return lang === "en" ? `${path}${path.includes("?") ? "&" : "?"}lang=en` : path;
}

async function ask(path: string, { role, lang, signal }: Ask): Promise<unknown> {
  const headers: Record<string, string> = {
    Accept: "application/json, application/geo+json",
    "Accept-Language": lang ?? "sv",
  };
  if (role) headers["X-Lagesbild-Role"] = role;
  let answer: Response;
  try {
    answer = await fetch(path, { headers, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(null, null, "network");
  }
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const said = (body ?? {}) as { title?: string; fix?: string };
    throw new Problem(said.title ?? null, said.fix ?? null, "answer", answer.status);
  }
  if (body === null) throw new Problem(null, null, "shape", answer.status);
  return body;
}

function demand(holds: boolean): void {
  if (!holds) throw new Problem(null, null, "shape");
}

/** Weeks that have an analysis, newest first. */
export async function fetchWeeks(how: Ask): Promise<Weeks> {
  const body = (await ask("/situations", how)) as Weeks;
  demand(Array.isArray(body.weeks));
  return body;
}

/** The whole picture of one week, or of the latest. */
export async function fetchSituation(week: string | null, how: Ask): Promise<Situation> {
  const path = worded(`/situations/${encodeURIComponent(week ?? "latest")}`, how.lang);
  const body = (await ask(path, how)) as Situation;
  demand(Array.isArray(body.places) && Array.isArray(body.layers) && Boolean(body.week?.id));
  return body;
}

/** What to do about the light in a week, in order. */
export async function fetchWorklist(week: string, how: Ask): Promise<Worklist> {
  const path = worded(`/worklist?week=${encodeURIComponent(week)}`, how.lang);
  const body = (await ask(path, how)) as Worklist;
  demand(Array.isArray(body.rows) && Array.isArray(body.rounds));
  return body;
}

/** What the picture rests on, source by source; of the latest week when none is named. */
export async function fetchQuality(week: string | null, how: Ask): Promise<Quality> {
  const path = worded(`/quality?week=${encodeURIComponent(week ?? "latest")}`, how.lang);
  const body = (await ask(path, how)) as Quality;
  demand(Array.isArray(body.sources) && Array.isArray(body.attention));
  return body;
}

/** Roles the demo can be viewed as; none where the service has a sign-in. */
export async function fetchRoles(how: Ask): Promise<Role[]> {
  const body = await ask("/roles", how);
  return Array.isArray(body) ? (body as Role[]) : [];
}

interface Page extends FeatureCollection {
  links?: { rel: string; href: string }[];
}

const PAGE_SIZE = "10000";

/** Every feature of a layer, page after page, kept to this host whatever a link says. */
export async function fetchFeatures(href: string, how: Ask): Promise<FeatureCollection> {
  const first = new URL(href, location.origin);
  if (!first.searchParams.has("limit")) first.searchParams.set("limit", PAGE_SIZE);
  const all: FeatureCollection = { type: "FeatureCollection", features: [] };
  let next: string | null = first.pathname + first.search;
  const seen = new Set<string>();
  while (next !== null && !seen.has(next)) {
    seen.add(next);
    const page: Page = (await ask(next, how)) as Page;
    demand(Array.isArray(page.features));
    all.features.push(...page.features);
    const link: string | undefined = page.links?.find((each) => each.rel === "next")?.href;
    const target: URL | null = link ? new URL(link, location.origin) : null;
    next = target && page.features.length > 0 ? target.pathname + target.search : null;
  }
  return all;
}

/** Names of the collections there are. */
export async function fetchCollectionIds(how: Ask): Promise<string[]> {
  const body = (await ask("/collections", how)) as { collections?: { id: string }[] };
  const list = Array.isArray(body) ? (body as { id: string }[]) : (body.collections ?? []);
  return list.map((each) => each.id);
}
