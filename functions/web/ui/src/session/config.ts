// What this deployment tells the browser: where to sign in and where the live socket is.

export interface Config {
  /** Base of the hosted login, without a trailing slash. */
  login_url: string;
  client_id: string;
  socket_url: string;
  scopes: string;
  /** Path of a module of this origin that stands in for Twilio's voice SDK, or empty. */
  voice_sdk?: string;
}

export async function readConfig(): Promise<Config> {
  const response = await fetch("/config.json");
  if (!response.ok) throw new Error(`The configuration could not be read (${response.status}).`);
  return response.json();
}
