import { describe, expect, it, vi } from "vitest";
import { createApi } from "../../src/api/client";
import { ApiError, explain, SignedOut, Unreachable } from "../../src/api/errors";
import { message } from "../fake/company";

function apiThat(...answers: (Response | Error)[]) {
  const fetcher = vi.fn(async (_url: string, _init: RequestInit) => {
    const answer = answers.shift() ?? new Response("{}");
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const renew = vi.fn(async (): Promise<string | null> => "renewed");
  return { api: createApi({ current: async () => "token", renew }, fetcher), fetcher, renew };
}

const headerOf = (call: [string, RequestInit] | undefined) => new Headers(call?.[1].headers);
const body = (status: number, content: unknown) => new Response(JSON.stringify(content), { status });

describe("a request", () => {
  it("carries the access token and keeps ids from breaking out of the path", async () => {
    const { api, fetcher } = apiThat();
    await api.conversation("a/../b");
    expect(fetcher.mock.calls[0]?.[0]).toBe("/api/conversations/a%2F..%2Fb");
    expect(headerOf(fetcher.mock.calls[0]).get("Authorization")).toBe("Bearer token");
  });

  it("is made again once with a renewed token", async () => {
    const { api, fetcher } = apiThat(body(401, {}), body(200, { id: "ana" }));
    expect(await api.me()).toEqual({ id: "ana" });
    expect(headerOf(fetcher.mock.calls[1]).get("Authorization")).toBe("Bearer renewed");
  });

  it("is not made for ever when the token stays refused", async () => {
    const { api, fetcher } = apiThat(body(401, {}), body(401, {}));
    await expect(api.me()).rejects.toMatchObject({ status: 401 });
    expect(fetcher).toHaveBeenCalledTimes(2);
  });

  it("is not repeated when nobody is signed in any more", async () => {
    const { api, renew } = apiThat(body(401, {}));
    renew.mockResolvedValueOnce(null);
    await expect(api.me()).rejects.toBeInstanceOf(SignedOut);
  });

  it("leaves out a cursor that is not there", async () => {
    const { api, fetcher } = apiThat();
    await api.conversations("mine");
    expect(fetcher.mock.calls[0]?.[0]).toBe("/api/conversations?view=mine&limit=50");
  });
});

describe("a failure", () => {
  it("of the connection says so", async () => {
    await expect(apiThat(new TypeError("failed")).api.me()).rejects.toBeInstanceOf(Unreachable);
  });

  it("has the server's own words, and what the agent had not seen", async () => {
    const newer = [message({ id: "m2" })];
    const { api } = apiThat(
      body(409, { error: { code: "conflict", message: "Newer.", request_id: "r1" }, newer }),
    );
    const failure = api.reply("c1", { request_id: "q", channel: "sms", text: "Hi", seen: "m1" });
    await expect(failure).rejects.toMatchObject({ code: "conflict", message: "Newer.", newer });
  });

  it("without a readable body still has words", async () => {
    await expect(apiThat(new Response("<html>", { status: 404 })).api.me()).rejects.toThrow("no longer here");
  });

  it("of ours can be looked up by its request id", () => {
    expect(explain(new ApiError(503, "unavailable", "Try later.", "req-1"))).toBe(
      "Try later. (request req-1)",
    );
    expect(explain(new ApiError(404, "not_found", "Gone.", "req-1"))).toBe("Gone.");
  });
});
