// The document that shows one HTML mail inside a sandboxed frame: no scripts, our style sheet, only pictures allowed.

import type { Attachment } from "../../api/types";
import { destination, leadsElsewhere } from "./mail-links";

export interface MailOptions {
  /** Pictures that came with the mail are found here by their Content-ID. */
  attachments: readonly Attachment[];
  /** What the server listed: `<img data-remote="N">` stands for the address at N. */
  remoteImages: readonly string[];
  /** Whether the agent asked for the pictures of the internet. */
  showRemote: boolean;
  /** The absolute address of the style sheet for mail. */
  style: string;
}

/**
 * The whole document, for `srcdoc`. The HTML was made safe by the server, and nothing here relies on that: the frame
 * inherits the page's policy, and this one adds that nothing is fetched from the sender unless the agent asked.
 */
export function mailDocument(html: string, options: MailOptions): string {
  // A parsed document is inert: it runs nothing and fetches nothing.
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const picture of body.querySelectorAll("img")) showPicture(picture, options);
  for (const link of body.querySelectorAll("a")) showLink(link);
  return [
    "<!doctype html><html><head><meta charset='utf-8'>",
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policyFor(options))}">`,
    '<meta name="referrer" content="no-referrer">',
    `<link rel="stylesheet" href="${escaped(options.style)}"></head>`,
    `<body dir="auto" class="${bringsColours(html) ? "coloured" : "plain"}">${body.innerHTML}</body></html>`,
  ].join("");
}

function policyFor({ attachments, showRemote, style }: MailOptions): string {
  const ours = new Set(attachments.map(({ url }) => originOf(url)).filter(Boolean));
  const pictures = [...ours, ...(showRemote ? ["https:"] : [])];
  return [
    "default-src 'none'",
    `style-src ${originOf(style)}`,
    "style-src-attr 'unsafe-inline'",
    `img-src ${pictures.join(" ") || "'none'"}`,
    "form-action 'none'",
  ].join("; ");
}

/** Put in the address of a picture that may be seen (`cid:` is RFC 2392), and its words in place of any other. */
function showPicture(
  picture: HTMLImageElement,
  { attachments, remoteImages, showRemote }: MailOptions,
): void {
  const source = picture.getAttribute("src") ?? "";
  const number = picture.getAttribute("data-remote");
  const address = overHttps(remoteImages[Number(number)] ?? "");
  const attached = attachments.find(
    ({ content_id }) => content_id && content_id === source.replace(/^cid:/i, ""),
  );
  if (attached) picture.setAttribute("src", attached.url);
  else if (number === null || isTrackingPixel(picture)) picture.replaceWith(picture.alt);
  else if (showRemote && address) picture.setAttribute("src", address);
  else picture.removeAttribute("src");
}

/** Whether a picture can only report that the mail was read. */
function isTrackingPixel(picture: HTMLImageElement): boolean {
  const sides = ["width", "height"].map((side) => {
    const styled = new RegExp(`(?:^|;)\\s*${side}\\s*:\\s*([\\d.]+)px`).exec(
      picture.getAttribute("style") ?? "",
    );
    return Number.parseFloat(styled?.[1] ?? picture.getAttribute(side) ?? "");
  });
  return picture.hasAttribute("data-remote") && sides.some((pixels) => pixels <= 2);
}

/** The page is served over https, and browsers would do the same by themselves; anything else is no picture. */
function overHttps(address: string): string {
  const url = destination(address.replace(/^http:/i, "https:"));
  return url?.protocol === "https:" ? url.href : "";
}

function showLink(link: HTMLAnchorElement): void {
  const to = destination(link.getAttribute("href") ?? "");
  if (!to) {
    link.removeAttribute("href");
    return;
  }
  link.title = to.href;
  link.target = "_blank";
  link.rel = "noopener noreferrer nofollow";
  if (leadsElsewhere(link.textContent, to)) {
    const hint = link.ownerDocument.createElement("span");
    hint.className = "elsewhere";
    hint.textContent = `(leads to ${to.host})`;
    link.after(" ", hint);
  }
}

/** A mail that sets colours was written for a white page; any other takes the inbox's own, dark ones too. */
function bringsColours(html: string): boolean {
  return /color|background/i.test(html);
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "";
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
