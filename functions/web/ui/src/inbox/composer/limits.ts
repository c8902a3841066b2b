// How many files a message of each channel takes, how large, and of which types; the server holds to the same.

import type { ReplyChannel } from "../../api/types";
import { sizeOf } from "../../ui/size";

const MB = 1024 * 1024;
const KB = 1024;

export interface Limits {
  /** What carries the files, in words. */
  what: string;
  count: number;
  /** Bytes of all files together. */
  total: number;
  words: string;
  /** The most bytes of one file of a type, or 0 for a type that does not go. */
  most: (type: string) => number;
}

const FITTED = /^image\/(jpeg|png|gif)$/;
const AS_IT_IS =
  /^(application\/(pdf|vcard)|audio\/(3gpp|amr|mp4|mpeg|ogg|vnd\.wave)|image\/(bmp|hei[cf]|tiff)|text\/(calendar|csv|x?-?vcard)|video\/(3gpp|mp4|mpeg|quicktime|webm))$/;
const WHATSAPP_PICTURES = /^image\/(jpeg|png)$/;
const WHATSAPP_FILES =
  /^(application\/(pdf|msword|vnd\.ms-(excel|powerpoint)|vnd\.openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation))|audio\/(aac|amr|mp4|mpeg|ogg)|text\/vcard|video\/mp4)$/;

/** `layers/shared/python/heartline/domain/enclosures.py` names the sources. */
export const LIMITS: Record<ReplyChannel, Limits> = {
  email: {
    what: "One mail",
    count: 20,
    total: 10 * MB,
    words: "20 files, 10 MB together",
    most: () => Infinity,
  },
  sms: {
    what: "A text",
    count: 10,
    total: 5 * MB,
    words: "10 files, 5 MB together",
    most: (type) => (FITTED.test(type) ? 5 * MB : AS_IT_IS.test(type) ? 500 * KB : 0),
  },
  whatsapp: {
    what: "A WhatsApp message",
    count: 1,
    total: 16 * MB,
    words: "one file, up to 16 MB",
    most: (type) => (WHATSAPP_PICTURES.test(type) ? 5 * MB : WHATSAPP_FILES.test(type) ? 16 * MB : 0),
  },
};

interface Sized {
  name: string;
  type: string;
  /** Bytes. */
  size: number;
}

/** Why one file cannot go, whatever else goes with it; empty when it can. */
export function whyNotThis({ what, most }: Limits, { name, type, size }: Sized): string {
  const limit = most(type);
  if (limit === 0) return `${what} cannot carry ${name}: send it by mail, or as a picture.`;
  const words = limit < MB ? `${limit / KB} KB` : `${limit / MB} MB`;
  return size > limit
    ? `${name} has ${sizeOf(size)}; ${what.toLowerCase()} takes ${words} of this kind.`
    : "";
}
