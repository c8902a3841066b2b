// Who is signed in: tokens in memory only, renewed before they expire; a reload goes through the hosted login again.

import type { Tokens } from "../api/client";
import { Unreachable } from "../api/errors";
import type { Config } from "./config";
import { arrive, depart, logoutAddress, redirectUri } from "./redirect";

const RENEW_BEFORE_MS = 60_000;
/** A token refused this soon after signing in means a wrong deployment; another redirect would only turn in a circle. */
const FRESH_MS = 15_000;

interface Grant {
  access: string;
  refresh: string;
  /** Milliseconds since the epoch. */
  grantedAt: number;
  expiresAt: number;
}

interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  /** Seconds. */
  expires_in: number;
}

export interface Session extends Tokens {
  /** True when signed in; false when the browser is on its way to the login. Rejects when sign-in is refused. */
  start(): Promise<boolean>;
  signOut(): void;
}

/** The session of this page. `browser` is the window, or a stand-in for it. */
export function createSession(config: Config, browser: Window, now = Date.now): Session {
  return new BrowserSession(config, browser, now);
}

class BrowserSession implements Session {
  #grant: Grant | null = null;
  #renewing: Promise<string | null> | null = null;

  constructor(
    private readonly config: Config,
    private readonly browser: Window,
    private readonly now: () => number,
  ) {}

  async start(): Promise<boolean> {
    const { location, history, sessionStorage } = this.browser;
    const answer = arrive(location, sessionStorage);
    if (answer.kind === "none") {
      await this.#leave();
      return false;
    }
    history.replaceState(null, "", `/${answer.kind === "code" ? answer.route : ""}`);
    if (answer.kind === "refused") throw new Error(answer.reason);
    const { code, verifier: code_verifier } = answer;
    const redirect_uri = redirectUri(location);
    await this.#exchange({ grant_type: "authorization_code", code, code_verifier, redirect_uri });
    return true;
  }

  async current(): Promise<string | null> {
    const valid = this.#grant && this.now() < this.#grant.expiresAt - RENEW_BEFORE_MS;
    return valid && this.#grant ? this.#grant.access : this.renew();
  }

  /** Requests that are refused at the same time share one renewal. */
  renew(): Promise<string | null> {
    this.#renewing ??= this.#refreshed().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  signOut(): void {
    this.#grant = null;
    this.browser.location.assign(logoutAddress(this.config, this.browser.location));
  }

  async #refreshed(): Promise<string | null> {
    const refresh_token = this.#grant?.refresh;
    if (!refresh_token) return this.#leave();
    return this.#exchange({ grant_type: "refresh_token", refresh_token }).catch((error: unknown) => {
      if (error instanceof Unreachable) throw error;
      return this.#leave();
    });
  }

  async #exchange(form: Record<string, string>): Promise<string> {
    const body = new URLSearchParams({ client_id: this.config.client_id, ...form });
    const response = await this.browser
      .fetch(`${this.config.login_url}/oauth2/token`, { method: "POST", body })
      .catch(() => Promise.reject(new Unreachable()));
    if (!response.ok) throw new Error(`The sign-in service refused (${response.status}).`);
    this.#grant = granted(await response.json(), this.#grant?.refresh ?? "", this.now());
    return this.#grant.access;
  }

  async #leave(): Promise<null> {
    if (this.#grant && this.now() - this.#grant.grantedAt < FRESH_MS)
      throw new Error("You signed in, but Heartline does not accept the sign-in. Ask whoever runs it.");
    this.#grant = null;
    const { location, sessionStorage } = this.browser;
    location.assign(await depart(this.config, location, sessionStorage));
    return null;
  }
}

function granted(answer: TokenAnswer, refresh: string, at: number): Grant {
  return {
    access: answer.access_token,
    refresh: answer.refresh_token ?? refresh,
    grantedAt: at,
    expiresAt: at + answer.expires_in * 1000,
  };
}
