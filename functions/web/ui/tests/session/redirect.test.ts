// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { challengeOf, randomSecret } from "../../src/session/pkce";
import { arrive, depart, logoutAddress } from "../../src/session/redirect";

const config = {
  login_url: "https://login.example.com",
  client_id: "web",
  socket_url: "",
  scopes: "openid email",
};

function at(url: string): Location {
  return new URL(url) as unknown as Location;
}

describe("the proof key", () => {
  it("is hashed as in appendix B of RFC 7636", async () => {
    const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    expect(await challengeOf(verifier)).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });

  it("is long, safe in an address, and never the same", () => {
    expect(randomSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(randomSecret()).not.toBe(randomSecret());
  });
});

describe("the way to the login and back", () => {
  beforeEach(() => sessionStorage.clear());

  async function departed(): Promise<URLSearchParams> {
    return new URL(await depart(config, at("https://inbox.example.com/#/mine/c1"), sessionStorage))
      .searchParams;
  }

  it("asks for a code with a challenge, and never shows the verifier", async () => {
    const asked = await departed();
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: "code",
      client_id: "web",
      redirect_uri: "https://inbox.example.com/",
      scope: "openid email",
      code_challenge_method: "S256",
    });
    const { verifier } = JSON.parse(sessionStorage.getItem("heartline.signin") ?? "{}");
    expect(asked.toString()).not.toContain(verifier);
    expect(asked.get("code_challenge")).toBe(await challengeOf(verifier));
  });

  it("returns to the place where the agent was", async () => {
    const state = (await departed()).get("state");
    const answer = arrive(at(`https://inbox.example.com/?code=abc&state=${state}`), sessionStorage);
    expect(answer).toMatchObject({ kind: "code", code: "abc", route: "#/mine/c1" });
  });

  it("forgets state and verifier on the way back", async () => {
    const state = (await departed()).get("state");
    arrive(at(`https://inbox.example.com/?code=abc&state=${state}`), sessionStorage);
    expect(sessionStorage.length).toBe(0);
  });

  it("refuses a code that somebody else asked for", async () => {
    await departed();
    expect(arrive(at("https://inbox.example.com/?code=abc&state=forged"), sessionStorage).kind).toBe(
      "refused",
    );
    expect(arrive(at("https://inbox.example.com/?code=abc&state=forged"), sessionStorage).kind).toBe(
      "refused",
    );
  });

  it("says why the login refused", () => {
    const answer = arrive(
      at("https://inbox.example.com/?error=access_denied&error_description=No"),
      sessionStorage,
    );
    expect(answer).toEqual({ kind: "refused", reason: "No" });
  });

  it("ends the session at the login as well", () => {
    expect(logoutAddress(config, at("https://inbox.example.com/#/mine"))).toBe(
      "https://login.example.com/logout?client_id=web&logout_uri=https%3A%2F%2Finbox.example.com%2F",
    );
  });
});
