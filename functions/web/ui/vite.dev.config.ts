// `npm run dev`: the inbox on a backend that lives in memory, with a small company on an ordinary morning.

import { defineConfig } from "vite";
import { fakeBackend } from "./tests/fake/server";

export default defineConfig({
  plugins: [fakeBackend()],
  server: { host: "127.0.0.1", port: 4640 },
});
