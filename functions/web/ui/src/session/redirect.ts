// The way to the hosted login and back: what leaves, what must come back, and where the agent was.

import type { Config } from "./config";
import { challengeOf, randomSecret } from "./pkce";

const KEPT = "heartline.signin";

interface Departure {
  state: string;
  verifier: string;
  /** The hash route to return to. */
  route: string;
}

/** What the hosted login's answer means. */
export type Return =
  | { kind: "none" }
  | { kind: "refused"; reason: string }
  | { kind: "code"; code: string; verifier: string; route: string };

/** Keep state and verifier for the length of the redirect, and answer the address to go to. */
export async function depart(config: Config, here: Location, kept: Storage): Promise<string> {
  const departure: Departure = { state: randomSecret(), verifier: randomSecret(), route: here.hash };
  kept.setItem(KEPT, JSON.stringify(departure));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: config.client_id,
    redirect_uri: redirectUri(here),
    scope: config.scopes,
    state: departure.state,
    code_challenge: await challengeOf(departure.verifier),
    code_challenge_method: "S256",
  });
  return `${config.login_url}/oauth2/authorize?${query}`;
}

/** Read the answer from the address; what was kept is forgotten whatever the answer is. */
export function arrive(here: Location, kept: Storage): Return {
  const answer = new URLSearchParams(here.search);
  const departure = forget(kept);
  const error = answer.get("error");
  if (error) return { kind: "refused", reason: answer.get("error_description") || error };
  const code = answer.get("code");
  if (!code) return { kind: "none" };
  if (!departure || departure.state !== answer.get("state"))
    return { kind: "refused", reason: "The sign-in was started in another window, or too long ago." };
  return { kind: "code", code, verifier: departure.verifier, route: departure.route };
}

/** Where the hosted login ends its own session; it then returns here. */
export function logoutAddress(config: Config, here: Location): string {
  const query = new URLSearchParams({ client_id: config.client_id, logout_uri: redirectUri(here) });
  return `${config.login_url}/logout?${query}`;
}

export function redirectUri(here: Location): string {
  return `${here.origin}/`;
}

function forget(kept: Storage): Departure | null {
  const stored = kept.getItem(KEPT);
  kept.removeItem(KEPT);
  return stored ? JSON.parse(stored) : null;
}
