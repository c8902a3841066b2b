// Builds the inbox into functions/web/static, where app.py serves it from; `npm run dev` runs it on a fake backend.

import { defineConfig } from "vitest/config";
import { fakeBackend } from "./tests/fake/server";

export default defineConfig(({ mode }) => ({
  plugins: mode === "fake" ? [fakeBackend()] : [],
  server: { host: "127.0.0.1", port: 4640 },
  build: {
    outDir: "../static",
    emptyOutDir: true,
    target: "es2022",
    // The policy allows no data: styles or scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.{ts,tsx}"] },
}));
