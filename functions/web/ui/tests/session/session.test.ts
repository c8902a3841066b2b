// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Unreachable } from "../../src/api/errors";
import { createSession, type Session } from "../../src/session/session";

const config = { login_url: "https://login.example.com", client_id: "web", socket_url: "", scopes: "openid" };
const KEPT = JSON.stringify({ state: "s1", verifier: "v1", route: "#/mine/c1" });

let clock = 0;
let answers: (() => Promise<Response>)[] = [];
let session: Session;
const assign = vi.fn();
const replaceState = vi.fn();
const fetch = vi.fn((_url: string, _init: RequestInit) => (answers.shift() ?? refused)());

const granted = (token: string) => async () =>
  Response.json({ access_token: token, refresh_token: "refresh", expires_in: 3600 });
const refused = async () => new Response("{}", { status: 400 });
const unreachable = () => Promise.reject(new TypeError("offline"));

function open(search: string): Session {
  const location = { origin: "https://inbox.example.com", search, hash: "", assign };
  const browser = { location, history: { replaceState }, sessionStorage, fetch };
  session = createSession(config, browser as unknown as Window, () => clock);
  return session;
}

async function signedIn(): Promise<Session> {
  sessionStorage.setItem("heartline.signin", KEPT);
  answers = [granted("first")];
  await open("?code=abc&state=s1").start();
  return session;
}

const formOf = (call: number) => Object.fromEntries(fetch.mock.calls[call]?.[1].body as URLSearchParams);

beforeEach(() => {
  vi.clearAllMocks();
  sessionStorage.clear();
  localStorage.clear();
  clock = 0;
});

describe("signing in", () => {
  it("goes to the login when there is no code", async () => {
    expect(await open("").start()).toBe(false);
    expect(assign.mock.calls[0]?.[0]).toContain("https://login.example.com/oauth2/authorize?");
  });

  it("exchanges the code with the verifier and returns to the place", async () => {
    await signedIn();
    expect(formOf(0)).toMatchObject({ grant_type: "authorization_code", code: "abc", code_verifier: "v1" });
    expect(replaceState).toHaveBeenCalledWith(null, "", "/#/mine/c1");
    expect(await session.current()).toBe("first");
  });

  it("keeps no token in any storage", async () => {
    await signedIn();
    expect([sessionStorage.length, localStorage.length]).toEqual([0, 0]);
  });

  it("says so when the exchange is refused, instead of turning in a circle", async () => {
    sessionStorage.setItem("heartline.signin", KEPT);
    answers = [refused];
    await expect(open("?code=abc&state=s1").start()).rejects.toThrow("refused (400)");
    expect(assign).not.toHaveBeenCalled();
  });
});

describe("staying signed in", () => {
  it("renews before the token expires", async () => {
    await signedIn();
    clock = 3_541_000;
    answers = [granted("second")];
    expect(await session.current()).toBe("second");
    expect(formOf(1)).toMatchObject({ grant_type: "refresh_token", refresh_token: "refresh" });
  });

  it("renews once for many requests at the same time", async () => {
    await signedIn();
    answers = [granted("second")];
    expect(await Promise.all([session.renew(), session.renew(), session.renew()])).toEqual(
      Array(3).fill("second"),
    );
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("goes back to the login when the session has ended", async () => {
    await signedIn();
    clock = 9_000_000;
    answers = [refused];
    expect(await session.current()).toBeNull();
    expect(assign).toHaveBeenCalledOnce();
  });

  it("stays where it is while there is no connection", async () => {
    await signedIn();
    clock = 9_000_000;
    answers = [unreachable];
    await expect(session.current()).rejects.toBeInstanceOf(Unreachable);
    expect(assign).not.toHaveBeenCalled();
  });

  it("does not redirect for ever when a fresh sign-in is not accepted", async () => {
    await signedIn();
    answers = [refused];
    await expect(session.renew()).rejects.toThrow("does not accept");
    expect(assign).not.toHaveBeenCalled();
  });
});
