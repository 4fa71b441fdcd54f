// Copies Leaflet into the map room's assets, where the one-file map inlines it.
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const from = join(here, "..", "node_modules", "leaflet");
const to = join(here, "..", "..", "geo", "maps", "assets", "vendor");
const files = [
  ["dist/leaflet.js", "leaflet.js"],
  ["dist/leaflet.css", "leaflet.css"],
  ["LICENSE", "leaflet.LICENSE"],
];

await mkdir(to, { recursive: true });
for (const [source, name] of files) await copyFile(join(from, source), join(to, name));
