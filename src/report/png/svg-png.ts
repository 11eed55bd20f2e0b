import { createRequire } from 'node:module';
import { fontFamily } from '../svg/drawing.ts';

let isReady = false;

/** Draws a picture of ours (src/report/svg) as a PNG. Nothing of the drawing library is loaded before the first call. */
export async function pngOfSvg(svg: string): Promise<Uint8Array> {
  const { createCanvas, GlobalFonts, loadImage } = await import('@napi-rs/canvas');
  if (!isReady) {
    const { resolve } = createRequire(import.meta.url);
    const [family] = fontFamily.split(',');
    for (const weight of [400, 700])
      GlobalFonts.registerFromPath(
        resolve(`@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`),
        family,
      );
    isReady = true;
  }
  const image = await loadImage(Buffer.from(svg));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toBuffer('image/png');
}
