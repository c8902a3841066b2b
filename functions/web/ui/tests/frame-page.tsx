// The page of the browser test of hostile HTML (tests/e2e/test_hostile_html.py): shows a mail as the inbox does.

import { render } from "preact";
import { MailFrame } from "../src/inbox/thread/mail-frame";
import "../src/inbox/thread/message.css";

interface Mail {
  html: string;
  remoteImages: string[];
  showRemote: boolean;
}

/** Show one mail alone on the page; resolves with its document once that has loaded. */
async function show(mail: Mail): Promise<Document> {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  render(<MailFrame title="Mail" attachments={[]} {...mail} />, place);
  const frame = place.querySelector("iframe");
  if (!frame) throw new Error("there is no frame");
  await new Promise((loaded) => frame.addEventListener("load", loaded, { once: true }));
  if (!frame.contentDocument) throw new Error("the frame cannot be measured");
  return frame.contentDocument;
}

Object.assign(window, { show });
