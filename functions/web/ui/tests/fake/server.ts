// Lets the development server answer like a deployment: sign-in, the HTTP API and the live socket, all from memory.

import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Plugin } from "vite";
import { FakeApi } from "./api";
import { message } from "./company";
import { HELD, letters, PLAN } from "./letters";
import { morning } from "./morning";
import { telephone } from "./telephone";
import { addTexts } from "./texts";

/** RFC 6455, section 1.3. */
const WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

export function fakeBackend(): Plugin {
  const api = new FakeApi();
  const { conversations, messages } = morning(Date.now());
  for (const conversation of conversations)
    api.add(conversation, greeting(conversation.id, conversation.preview));
  api.messages = [...api.messages.filter(({ conversation }) => conversation !== "c1"), ...messages];
  const mails = letters(Date.now());
  for (const conversation of mails.conversations) api.add(conversation);
  api.messages.push(...mails.messages);
  addTexts(api, Date.now());
  api.held = HELD;
  api.plan = PLAN;
  for (const [id, minutes] of [
    ["c4", 35],
    ["c6", -8],
  ] as const)
    api.phone.planned(id, new Date(Date.now() + minutes * 60_000).toISOString());
  const sockets = new Set<Duplex>();
  return {
    name: "fake-backend",
    configureServer(server) {
      server.httpServer?.on("upgrade", (request, socket) => {
        if (request.url?.startsWith("/fake-socket")) sockets.add(accept(request, socket));
      });
      server.middlewares.use((request, response, next) => {
        void serve(api, sockets, request, response).then((served) => served || next());
      });
    },
  };
}

function greeting(id: string, text: string) {
  return message({
    id: `${id}-m1`,
    conversation: id,
    text,
    at: new Date(Date.now() - 600_000).toISOString(),
  });
}

async function serve(api: FakeApi, sockets: Set<Duplex>, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  if (url.pathname === "/config.json") return json(response, 200, configuration(url));
  if (url.pathname === "/fake-login/oauth2/token")
    return json(response, 200, { access_token: "fake", refresh_token: "fake", expires_in: 3600 });
  if (url.pathname === "/nowhere") return json(response, 200, {});
  if (url.pathname.startsWith("/fake-login/")) return redirect(response, url);
  const ours = /^\/(api|fake)\//.exec(url.pathname)?.[1];
  if (!ours) return false;
  const said = await text(request);
  const { status, body } =
    ours === "fake"
      ? telephone(api, url.pathname, said)
      : api.answer(request.method ?? "GET", url.href, said);
  for (const socket of sockets) if (request.method !== "GET") hint(socket, String(api.changes.length));
  return json(response, status, body);
}

function configuration({ host, origin }: URL) {
  const scopes = "openid profile email";
  return {
    login_url: `${origin}/fake-login`,
    client_id: "fake",
    socket_url: `ws://${host}/fake-socket`,
    scopes,
    voice_sdk: "/tests/fake/browser-phone.ts",
  };
}

function redirect(response: ServerResponse, { searchParams }: URL): true {
  const answer = new URLSearchParams({ code: "fake", state: searchParams.get("state") ?? "" });
  const signedOut = searchParams.get("logout_uri");
  response.writeHead(302, { Location: signedOut ?? `${searchParams.get("redirect_uri")}?${answer}` }).end();
  return true;
}

function json(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
  return true;
}

async function text(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length ? Buffer.concat(chunks).toString() : null;
}

function accept(request: IncomingMessage, socket: Duplex): Duplex {
  const key = request.headers["sec-websocket-key"];
  const proof = createHash("sha1").update(`${key}${WEBSOCKET_GUID}`).digest("base64");
  socket.on("error", () => socket.destroy());
  socket.write(
    [
      "HTTP/1.1 101 Switching Protocols",
      "Upgrade: websocket",
      "Connection: Upgrade",
      `Sec-WebSocket-Accept: ${proof}`,
    ]
      .concat("", "")
      .join("\r\n"),
  );
  return socket;
}

/** One unmasked text frame; the payload is far below the 125 bytes of the short form. */
function hint(socket: Duplex, after: string): void {
  const payload = Buffer.from(JSON.stringify({ after }));
  if (socket.writable) socket.write(Buffer.concat([Buffer.from([0x81, payload.length]), payload]));
}
