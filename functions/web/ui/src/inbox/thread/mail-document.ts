// The document that shows one HTML mail inside a sandboxed frame: no scripts, our style, our pictures only.

import type { Attachment } from "../../api/types";

interface Mail {
  /** Already sanitised by the server; nothing here relies on that. */
  html: string;
  attachments: readonly Attachment[];
  /** The absolute address of the style sheet for mail. */
  style: string;
}

export interface MailDocument {
  source: string;
  /** How many pictures of the internet were left out. */
  leftOut: number;
}

/** The frame inherits the page's policy; this one adds that nothing at all is fetched from the sender. */
export function mailDocument({ html, attachments, style }: Mail): MailDocument {
  const { body, leftOut } = withPictures(html, attachments);
  const pictures = new Set(attachments.map(({ url }) => originOf(url)).filter(Boolean));
  const policy = [
    "default-src 'none'",
    `style-src ${originOf(style)}`,
    `img-src data: ${[...pictures].join(" ")}`,
    "form-action 'none'",
  ].join("; ");
  const source = [
    "<!doctype html><html><head><meta charset='utf-8'>",
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">`,
    `<meta name="referrer" content="no-referrer"><base target="_blank">`,
    `<link rel="stylesheet" href="${escaped(style)}"></head>`,
    `<body>${body}</body></html>`,
  ].join("");
  return { source, leftOut };
}

/** Show the pictures that came with the mail (`cid:`, RFC 2392), and put the words in place of all others. */
function withPictures(html: string, attachments: readonly Attachment[]): { body: string; leftOut: number } {
  const urls = new Map(attachments.map(({ content_id, url }) => [content_id, url]));
  // A parsed document is inert: it runs nothing and fetches nothing.
  const { body } = new DOMParser().parseFromString(html, "text/html");
  let leftOut = 0;
  for (const picture of body.querySelectorAll("img")) {
    const source = picture.getAttribute("src") ?? "";
    const url = urls.get(source.replace(/^cid:/i, ""));
    if (url) picture.setAttribute("src", url);
    else if (!source.startsWith("data:")) {
      leftOut += 1;
      picture.replaceWith(picture.alt);
    }
  }
  return { body: body.innerHTML, leftOut };
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "";
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
