// The linter's rules: the strict sets of ESLint and typescript-eslint, and the sizes that the project promises.

import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  js.configs.recommended,
  tseslint.configs.strict,
  {
    rules: {
      "max-lines": ["error", 200],
      "max-lines-per-function": ["error", 40],
      eqeqeq: "error",
      // An answer without a body is void, and that is what the type parameter says.
      "@typescript-eslint/no-invalid-void-type": "off",
      // A leading underscore says that an argument is there for its place only.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  { files: ["tests/**"], rules: { "max-lines-per-function": "off" } },
);
