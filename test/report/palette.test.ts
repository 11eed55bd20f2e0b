import { describe, expect, it, test } from 'vitest';
import {
  contrast,
  heatColors,
  heatStep,
  heatSteps,
  luminance,
  seriesColors,
  textOn,
} from '../../src/report/palette.ts';

/**
 * What people see who lack one sort of cone, of severity 1: matrices on linear RGB from Machado, Oliveira and Fernandes,
 * "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009), as published with it.
 */
const eyes = {
  all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;
type Eye = keyof typeof eyes;
const sorts = Object.keys(eyes) as Eye[];

const linear = (color: string): number[] =>
  [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });

/** CIE L*a*b* (D65) of a colour as an eye sees it. */
function seen(color: string, eye: Eye): [number, number, number] {
  const rgb = linear(color);
  const matrix = eyes[eye];
  const [red, green, blue] = [0, 3, 6].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        rgb.reduce((sum, channel, at) => sum + matrix[row + at] * channel, 0),
      ),
    ),
  );
  const xyz = [
    (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
    0.2126 * red + 0.7152 * green + 0.0722 * blue,
    (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
  ].map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116));
  return [116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])];
}

/** Distance in L*a*b*: 2.3 is just noticeable. */
const distance = (one: string, other: string, eye: Eye): number =>
  Math.hypot(...seen(one, eye).map((value, at) => value - seen(other, eye)[at]));

const pages = { light: '#ffffff', dark: '#151c23' };
const themes = ['light', 'dark'] as const;

describe('the colours of how busy something is', () => {
  test.each(themes)('leave a %s page further and further, in lightness alone, for every eye', (theme) => {
    const away = theme === 'light' ? -1 : 1;
    for (const eye of sorts) {
      const lightness = heatColors[theme].map((color) => away * seen(color, eye)[0]);
      // Without hue: each step is four times what is just noticeable.
      for (let at = 1; at < lightness.length; at += 1)
        expect(lightness[at] - lightness[at - 1], `${eye}, step ${at}`).toBeGreaterThan(at === 1 ? 2.3 : 9);
    }
  });

  test.each(themes)('carry a figure that can be read on a %s page', (theme) => {
    for (const color of heatColors[theme])
      expect(contrast(textOn(color), color), color).toBeGreaterThanOrEqual(4.5);
  });

  it('are as many as the steps, and every utilization has one', () => {
    for (const theme of themes) expect(heatColors[theme]).toHaveLength(heatSteps.length);
    expect([-0.1, 0, 0.19, 0.2, 0.5, 0.74, 0.75, 0.9, 1, 1.3].map(heatStep)).toEqual([
      0, 0, 0, 1, 2, 3, 4, 5, 5, 5,
    ]);
  });
});

describe('the colours of lines', () => {
  test.each(themes)('stand out from a %s page by 3:1, and carry text', (theme) => {
    for (const color of seriesColors[theme]) {
      expect(contrast(color, pages[theme]), color).toBeGreaterThanOrEqual(3);
      expect(contrast(textOn(color), color), color).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(themes)('of the first four, on a %s page, are told apart by every eye', (theme) => {
    const four = seriesColors[theme].slice(0, 4);
    for (const eye of sorts)
      for (const [at, one] of four.entries())
        for (const other of four.slice(at + 1))
          expect(distance(one, other, eye), `${eye}: ${one} ${other}`).toBeGreaterThan(10);
  });
});

it('measures contrast as WCAG has it: black on white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(luminance('#ffffff')).toBeCloseTo(1, 6);
});
