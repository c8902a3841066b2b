// Reads the token that the inbox got for its phone.

import { TOKEN_EXPIRED, TOKEN_INVALID, VoiceError } from "./events.js";

/** The payload of a token; whether it is good is for the simulator to say. */
export function claimsOf(token) {
  try {
    const payload = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
    const claims = JSON.parse(atob(payload));
    if (claims.exp * 1000 <= Date.now()) throw new VoiceError(TOKEN_EXPIRED, "AccessTokenExpired (20104)");
    if (claims.grants.identity) return claims;
  } catch (error) {
    if (error instanceof VoiceError) throw error;
  }
  throw new VoiceError(TOKEN_INVALID, "AccessTokenInvalid (20101)");
}
