import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem, fetchFeatures, fetchSituation, fetchWeeks } from "./service";

const answer = (body: unknown, status = 200): Response =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), { status });
const asked: { path: string; headers: Record<string, string> }[] = [];

function serve(...answers: (Response | Error)[]): void {
  vi.stubGlobal("fetch", async (path: string, how: { headers: Record<string, string> }) => {
    asked.push({ path, headers: how.headers });
    const next = answers.shift();
    if (next instanceof Response) return next;
    throw next ?? new Error("nothing left to answer");
  });
}

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("location", { origin: "http://127.0.0.1:8000" });
});
afterEach(() => vi.unstubAllGlobals());

describe("the service", () => {
  it("is told the role, and the language when it is not Swedish", async () => {
    serve(answer({ places: [], layers: [], week: { id: "2026-W47" } }));
    await fetchSituation(null, { role: "forum", lang: "en" });
    expect(asked[0]?.path).toBe("/situations/latest?lang=en");
    expect(asked[0]?.headers["X-Lagesbild-Role"]).toBe("forum");
    expect(asked[0]?.headers["Accept-Language"]).toBe("en");
  });

  it("is asked to say its errors in Swedish when nothing else is wanted", async () => {
    serve(answer({ weeks: [] }));
    await fetchWeeks({ role: null });
    expect(asked[0]?.headers["Accept-Language"]).toBe("sv");
  });

  it("passes on the fix of a refusal", async () => {
    serve(answer({ title: "nej", fix: "byt roll", status: 403 }, 403));
    const refusal = await fetchWeeks({ role: null }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({ title: "nej", fix: "byt roll", kind: "answer", status: 403 });
  });

  it("tells silence from nonsense", async () => {
    serve(new TypeError("no route"));
    await expect(fetchWeeks({ role: null })).rejects.toMatchObject({ kind: "network" });
    serve(answer("<html>"));
    await expect(fetchWeeks({ role: null })).rejects.toMatchObject({ kind: "shape" });
    serve(answer({ weeks: 3 }));
    await expect(fetchWeeks({ role: null })).rejects.toMatchObject({ kind: "shape" });
  });

  it("follows pages on its own host only, and stops when they go round", async () => {
    const page = (id: string, next: string): Response =>
      answer({
        type: "FeatureCollection",
        features: [{ type: "Feature", id, geometry: null, properties: {} }],
        links: [{ rel: "next", href: next }],
      });
    const first = "/collections/lamps/items?week=2026-W47&limit=10000";
    serve(page("a", "http://elsewhere.example/collections/lamps/items?offset=1"), page("b", first));
    const all = await fetchFeatures("/collections/lamps/items?week=2026-W47", { role: null });
    expect(all.features.map((each) => each.id)).toEqual(["a", "b"]);
    expect(asked.map((each) => each.path)).toEqual([first, "/collections/lamps/items?offset=1"]);
  });
});
