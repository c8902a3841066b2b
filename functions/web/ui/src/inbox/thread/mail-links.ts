// Where a mail's links really lead, and whether their words say something else.

const FOLLOWED = new Set(["http:", "https:", "mailto:", "tel:"]);
const ADDRESS = /^(?:https?:\/\/)?(?:[^\s/@]+@)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/:?#]\S*)?$/iu;

/** The parsed address of a link that may be followed, its host as the network spells it; else null. */
export function destination(href: string): URL | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  return url && FOLLOWED.has(url.protocol) ? url : null;
}

/** Whether `words` read as an address of one host while the link leads to another: how people are deceived. */
export function leadsElsewhere(words: string, to: URL): boolean {
  const named = ADDRESS.exec(words.trim())?.[1];
  if (!named || !to.host || !URL.canParse(`https://${named}`)) return false;
  const [said, real] = [bare(new URL(`https://${named}`).hostname), bare(to.hostname)];
  return said !== real && !real.endsWith(`.${said}`) && !said.endsWith(`.${real}`);
}

function bare(host: string): string {
  return host.replace(/^www\./, "");
}
