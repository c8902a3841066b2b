// The document that shows one HTML mail inside a sandboxed frame: no scripts, our style, our pictures only.

import type { Attachment } from "../../api/types";

interface Mail {
  /** Already sanitised by the server; nothing here relies on that. */
  html: string;
  attachments: readonly Attachment[];
  /** The absolute address of the style sheet for mail. */
  style: string;
}

/** The frame inherits the page's policy; this one adds that nothing at all is fetched from the sender. */
export function mailDocument({ html, attachments, style }: Mail): string {
  const pictures = new Set(attachments.map(({ url }) => originOf(url)).filter(Boolean));
  const policy = [
    "default-src 'none'",
    `style-src ${originOf(style)}`,
    `img-src data: ${[...pictures].join(" ")}`,
    "form-action 'none'",
  ].join("; ");
  return [
    "<!doctype html><html><head><meta charset='utf-8'>",
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">`,
    `<meta name="referrer" content="no-referrer"><base target="_blank">`,
    `<link rel="stylesheet" href="${escaped(style)}"></head>`,
    `<body>${withPictures(html, attachments)}</body></html>`,
  ].join("");
}

/** Whether the mail asks for pictures that the frame will not fetch. */
export function wantsRemotePictures(html: string): boolean {
  return /<img\b[^>]*\bsrc\s*=\s*["']?\s*(https?:)?\/\//i.test(html);
}

/** A picture that came with the mail is named by its Content-ID (RFC 2392). */
function withPictures(html: string, attachments: readonly Attachment[]): string {
  const urls = new Map(attachments.map((attachment) => [attachment.content_id, attachment.url]));
  return html.replace(/cid:([^"'\s>)]+)/gi, (whole, id: string) => {
    const url = urls.get(id);
    return url ? escaped(url) : whole;
  });
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "";
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
