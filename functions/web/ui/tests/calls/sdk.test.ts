import { expect, it } from "vitest";
import { loadSdk } from "../../src/calls/phone/sdk";

it("a program that cannot be loaded is told in plain words", async () => {
  await expect(loadSdk("/nowhere/voice-sdk.js")).rejects.toThrow(
    "The program of the phone could not be loaded.",
  );
});

it("another origin's program is never loaded in its place", async () => {
  for (const path of ["https://elsewhere.example/sdk.js", "//elsewhere.example/sdk.js"])
    await expect(loadSdk(path)).resolves.toHaveProperty("Device");
});
