import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { ProxyOptions } from "vite";
import { defineConfig } from "vitest/config";

// The server puts a fresh nonce in this word's place each time it serves the page.
const NONCE = "huimai-nonce";

/** The server behind `npm run dev`. It takes changes from its own pages alone, so the origin of this one is left out. */
function server(): ProxyOptions {
  return {
    target: process.env.HUIMAI_SERVER ?? "http://127.0.0.1:8000",
    changeOrigin: true,
    configure: (proxy) => void proxy.on("proxyReq", (request) => request.removeHeader("origin")),
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  html: { cspNonce: NONCE },
  build: { outDir: "../server/web", emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { proxy: { "/api": server(), "/static": server() } },
  test: {
    environment: "jsdom",
    // every file has a page of its own, but loads jsdom only once for all that share a worker
    pool: "vmThreads",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["./tests/setup.ts"],
    globals: false,
  },
});
