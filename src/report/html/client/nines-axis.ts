import { shareText } from '../../reading/axis-text.ts';
import type { Axis } from './line-chart.ts';
import { change, view, watch } from './view.ts';

/** Shares of all operations by their nines: 0 is none of them, 1 is 90%, 2 is 99%. */
export function ninesAxis(most: number): Axis {
  let range: readonly [number, number] | null = null;
  const zoomed: (() => void)[] = [];
  const whole = [0, most] as const;
  return {
    whole,
    shown: () => range ?? whole,
    ticks: (from, to) => {
      const known = [0, 1 - Math.log10(5), 1, 2, 3, 4, 5, 6, 7, 8];
      return known.filter((nines) => nines >= from - 1e-9 && nines <= to + 1e-9);
    },
    text: shareText,
    hover: () => view().nines,
    setHover: (x) => change({ nines: x }),
    pin: () => null,
    setPin: (x) => change({ nines: x }),
    zoom: (next) => {
      range = next;
      for (const changed of zoomed) changed();
    },
    step: 0.05,
    bands: [],
    watch: (changed) => {
      zoomed.push(changed);
      watch((now, before) => {
        if (now.nines !== before.nines) changed();
      });
    },
  };
}
