// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import { AppContext } from "../../src/app-context";
import { loadThread } from "../../src/inbox/loading";
import { ThreadPane } from "../../src/inbox/thread/thread";
import { type Bench, bench } from "../app";
import { message } from "../fake/company";

let { app, fake }: Bench = bench();
const find = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector);
const field = () => find<HTMLTextAreaElement>("textarea");

beforeEach(async () => {
  ({ app, fake } = bench());
  await loadThread(app, "c1");
  await act(() =>
    render(
      <AppContext.Provider value={app}>
        <ThreadPane id="c1" />
      </AppContext.Provider>,
      document.body,
    ),
  );
});

afterEach(() => render(null, document.body));

async function type(text: string): Promise<void> {
  const area = field();
  if (!area) throw new Error("There is no composer.");
  await act(() => {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

async function press(key: string, options: KeyboardEventInit = {}): Promise<void> {
  await act(async () => {
    field()?.dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }),
    );
    await new Promise((resolve) => setTimeout(resolve));
  });
}

it("sends with Ctrl + Enter and empties the field", async () => {
  await type("Tomorrow");
  await press("Enter", { ctrlKey: true });
  expect(document.body.textContent).toContain("Tomorrow");
  expect(field()?.value).toBe("");
});

it("does not send with Enter alone", async () => {
  await type("Tomorrow");
  await press("Enter");
  expect(fake.requests.filter((request) => request.startsWith("POST"))).toEqual([]);
  expect(field()?.value).toBe("Tomorrow");
});

it("counts the texts while the agent writes", async () => {
  await type("It’s ready");
  expect(find(".segments")?.textContent).toContain("1 text, 60 left");
  expect(find(".culprit")?.textContent).toContain("’");
});

it("keeps reply and note apart, and the note looks like one", async () => {
  await type("Dear Maria");
  await act(() => find("[data-key=n]")?.click());
  expect(find(".composer")?.classList).toContain("note");
  expect(field()?.value).toBe("");
  await act(() => find("[data-key=r]")?.click());
  expect(field()?.value).toBe("Dear Maria");
});

it("says that a newer message came, shows it, and keeps the text", async () => {
  fake.receive(message({ id: "m2", at: "2026-03-02T09:10:00Z", text: "Never mind" }));
  await type("Tomorrow");
  await press("Enter", { metaKey: true });
  expect(find("[role=alert]")?.textContent).toContain("Nothing was sent");
  expect(find(".timeline")?.textContent).toContain("Never mind");
  expect(field()?.value).toBe("Tomorrow");
});

it("shows what a customer writes as text, whatever it looks like", async () => {
  const hostile = `<img src=x onerror="document.title='broken in'"> https://example.com/a?b=1.`;
  await act(async () => {
    fake.receive(message({ id: "m3", at: "2026-03-02T09:11:00Z", text: hostile }));
    await loadThread(app, "c1");
  });
  expect(find(".timeline")?.textContent).toContain(hostile);
  expect(find(".timeline img")).toBeNull();
  expect(find<HTMLAnchorElement>(".text a")?.href).toBe("https://example.com/a?b=1");
});
