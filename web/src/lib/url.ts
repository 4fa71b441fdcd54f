/** The address bar holds what is looked at, so that a link shows a colleague the same thing. */
import type { Lang } from "./strings";

export type View = "presence" | "lighting" | "table" | "quality";

export interface Address {
  view: View;
  /** A week id, or null for the latest. */
  week: string | null;
  place: string | null;
  role: string | null;
  /** Names of layers turned on; null leaves the service's own choice. */
  layers: string[] | null;
  lang: Lang;
}

const VIEW_WORDS: Record<View, string> = { presence: "narvaro", lighting: "belysning", table: "tabell", quality: "underlag" };

/** Read an address from a query string; what is not understood is left at its default. */
export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const word = query.get("vy");
  const view = (Object.keys(VIEW_WORDS) as View[]).find((name) => VIEW_WORDS[name] === word);
  const layers = query.get("lager");
  return {
    view: view ?? "presence",
    week: query.get("vecka") || null,
    place: query.get("plats") || null,
    role: query.get("roll") || null,
    layers: layers === null ? null : layers.split(",").filter(Boolean),
    lang: query.get("sprak") === "en" ? "en" : "sv",
  };
}

/** Write an address as a query string; defaults are left out. */
export function writeAddress(address: Address): string {
  const query = new URLSearchParams();
  if (address.view !== "presence") query.set("vy", VIEW_WORDS[address.view]);
  if (address.week) query.set("vecka", address.week);
  if (address.place) query.set("plats", address.place);
  if (address.layers) query.set("lager", address.layers.join(","));
  if (address.role) query.set("roll", address.role);
  if (address.lang !== "sv") query.set("sprak", address.lang);
  const text = query.toString().replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}
