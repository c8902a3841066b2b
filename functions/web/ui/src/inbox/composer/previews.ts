// Small pictures of files that are about to be sent, drawn from the file itself: the page's policy loads none by address.

/** CSS pixels of the longer side; twice as many are drawn. */
export const SIDE = 56;
/** The files of this page that a preview can be drawn from, by the key of their entry; a reload forgets them. */
const pictures = new Map<string, File>();

export function keepPreview(key: string, file: File): void {
  if (/^image\/(png|jpeg|gif|webp|bmp)$/.test(file.type)) pictures.set(key, file);
}

export function dropPreview(key: string): void {
  pictures.delete(key);
}

export function canPreview(key: string): boolean {
  return pictures.has(key);
}

/** Draw the picture onto `canvas`, to its size; what cannot be read leaves it empty. */
export async function drawPreview(key: string, canvas: HTMLCanvasElement): Promise<void> {
  const file = pictures.get(key);
  const bitmap = file && (await createImageBitmap(file).catch(() => null));
  if (!bitmap) return;
  const scale = Math.min(1, (SIDE * 2) / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
}
