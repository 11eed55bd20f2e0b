import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it, test } from 'vitest';
import { pngReporter } from '../../../src/report/png/index.ts';
import type { Result } from '../../../src/result/index.ts';
import { outage } from '../html/outage.ts';
import { everything } from '../terminal/everything.ts';
import { simulated } from '../terminal/results.ts';
import { oneQueue, overloaded, silent } from '../terminal/scenarios.ts';

const draw = (result: Result, path = 'charts') =>
  pngReporter.render([result], { path, color: false, columns: 80 });

/** Colours of a picture that cover at least one pixel in a thousand. */
async function coloursOf(png: Uint8Array): Promise<Set<number>> {
  const image = await loadImage(Buffer.from(png));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return new Set(
    [...counts].filter(([, count]) => count * 1000 > image.width * image.height).map(([colour]) => colour),
  );
}

describe('charts for slides', () => {
  test.each([
    ['an outage', outage(), ['cost', 'latency', 'timeline', 'utilization']],
    ['one queue', simulated(oneQueue, { runs: 1 }), ['latency', 'timeline', 'utilization']],
    ['too much load', simulated(overloaded, { runs: 1 }), ['latency', 'timeline', 'utilization']],
    ['everything without a timeline', everything, ['cost', 'utilization']],
    ['nothing at all', simulated(silent, { runs: 1 }), []],
  ] as const)(
    'of %s are those that have something to show, in the folder named',
    async (_, result, names) => {
      const drawn = await draw(result);
      expect(drawn.map(({ path }) => path).sort()).toEqual(names.map((name) => `charts/${name}.png`));
      for (const { path, content } of drawn) {
        // Paper, ink, and at least one line or bar.
        expect((await coloursOf(content as Uint8Array)).size, path).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it('have the same bytes for the same result, and are small enough for a repository', async () => {
    const [first, second] = [await draw(outage()), await draw(outage())];
    for (const [at, { content }] of first.entries()) {
      expect(Buffer.from(content).equals(Buffer.from(second[at].content))).toBe(true);
      expect(content.length).toBeLessThan(150_000);
    }
  });

  it('of several results lie in a folder each', async () => {
    const drawn = await pngReporter.render([everything, everything], {
      path: 'charts',
      color: false,
      columns: 80,
    });
    expect(drawn.map(({ path }) => path)).toContain('charts/2/cost.png');
  });
});
