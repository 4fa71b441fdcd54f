/// <reference types="vitest/config" />
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The service answers the page at /karta and everything else at the root.
const service = "http://127.0.0.1:8000";
const doors = ["/situations", "/collections", "/exports", "/roles", "/methods", "/quality", "/healthz"];

export default defineConfig({
  base: "/karta/",
  plugins: [svelte()],
  build: { target: "es2022", assetsDir: "assets", chunkSizeWarningLimit: 1400 },
  server: { proxy: Object.fromEntries(doors.map((door) => [door, service])) },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
