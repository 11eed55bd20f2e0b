import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { drawChart } from '../../../src/report/png/chart.ts';
import { latencyCurve } from './latency-curve.ts';

const SIZE = { width: 320, height: 200, scale: 1 };

/** How many pixels of the topmost rows, where the title stands, are not background. */
async function inkOfTitle(png: Buffer): Promise<number> {
  const rows = 30;
  const image = await loadImage(png);
  const context = createCanvas(image.width, rows).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, rows);
  let ink = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] < 200) ink++;
  return ink;
}

const drawInOwnProcess = (environment: Record<string, string>): Buffer => {
  const script = fileURLToPath(new URL('./print-latency-curve.ts', import.meta.url));
  const run = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    env: { ...process.env, ...environment },
    maxBuffer: 1 << 24,
  });
  expect(run.stderr.toString()).toBe('');
  return run.stdout;
};

describe('a chart', () => {
  it('is a PNG of width × scale by height × scale pixels', async () => {
    for (const scale of [1, 2, 1.5]) {
      const png = await drawChart(latencyCurve('latency'), { ...SIZE, scale });
      expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      expect(png.readUInt32BE(16)).toBe(320 * scale);
      expect(png.readUInt32BE(20)).toBe(200 * scale);
    }
  });

  it('carries its text as ink', async () => {
    expect(await inkOfTitle(await drawChart(latencyCurve(' '), SIZE))).toBe(0);
    expect(await inkOfTitle(await drawChart(latencyCurve('latency over load'), SIZE))).toBeGreaterThan(300);
  });

  it('has a glyph of its own for every symbol that reports use', async () => {
    const symbols = [...'λµρ×±≤≥≈→–…·∞'];
    const drawn = await Promise.all(symbols.map((symbol) => drawChart(latencyCurve(symbol), SIZE)));
    expect(new Set(drawn.map((png) => png.toString('base64'))).size).toBe(symbols.length);
  });

  it('writes titles in a bold face, not a second copy of the regular one', async () => {
    const regular = latencyCurve('latency over load');
    regular.options!.plugins!.title!.font = { weight: 'normal' };
    const bold = await drawChart(latencyCurve('latency over load'), SIZE);
    expect(await inkOfTitle(bold)).toBeGreaterThan(1.2 * (await inkOfTitle(await drawChart(regular, SIZE))));
  });

  it('is drawn with the same bytes twice, also from the same configuration and at once', async () => {
    const curve = latencyCurve('twice');
    const [first, second] = await Promise.all([drawChart(curve, SIZE), drawChart(curve, SIZE)]);
    const third = await drawChart(latencyCurve('twice'), SIZE);
    expect(second.equals(first)).toBe(true);
    expect(third.equals(first)).toBe(true);
  });

  it('is drawn with the same bytes whatever the fonts and the language of the machine', async () => {
    const here = await drawChart(latencyCurve('λ ≤ 90/s'), SIZE);
    const bare = drawInOwnProcess({ DISABLE_SYSTEM_FONTS_LOAD: '1', LC_ALL: 'de_DE.UTF-8' });
    expect(bare.equals(here)).toBe(true);
  });

  it('leaves the configuration as it was', async () => {
    const curve = latencyCurve('same');
    await drawChart(curve, SIZE);
    expect(curve).toEqual(latencyCurve('same'));
  });

  it('refuses a size without a whole number of pixels', async () => {
    for (const wrong of [
      { width: 0 },
      { height: -1 },
      { width: 0.5 },
      { scale: 1.001 },
      { scale: Number.NaN },
    ]) {
      await expect(drawChart(latencyCurve('size'), { ...SIZE, ...wrong })).rejects.toThrow(RangeError);
    }
  });
});
