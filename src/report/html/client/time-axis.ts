import { timeText, timeTicks } from '../../reading/axis-text.ts';
import type { TimelineData } from '../page-data.ts';
import type { Axis } from './line-chart.ts';
import { change, view, watch } from './view.ts';

/** Simulated time: hovering marks an instant in all charts, a click moves the drawing there. */
export function timeAxis({ bucket, buckets, faults, warmUp }: TimelineData): Axis {
  const whole = [0, bucket * buckets] as const;
  const length = whole[1];
  const bucketOf = (x: number) => Math.min(buckets - 1, Math.max(0, Math.round(x / bucket - 0.5)));
  return {
    whole,
    shown: () => view().zoom ?? whole,
    ticks: timeTicks,
    text: timeText,
    hover: () => view().hover,
    setHover: (x) => change({ hover: x }),
    pin: () => {
      const at = view().bucket;
      return at === null ? null : (at + 0.5) * bucket;
    },
    setPin: (x) => change({ bucket: x === null ? null : bucketOf(x) }),
    zoom: (range) => change({ zoom: range === null || range[1] - range[0] < 2 * bucket ? null : range }),
    step: bucket,
    bands: [
      ...(warmUp > 0 ? [{ from: 0, to: warmUp, isFault: false }] : []),
      ...new Map(
        faults.map(({ at, until = length }) => [`${at} ${until}`, { from: at, to: until, isFault: true }]),
      ).values(),
    ],
    watch: (changed) =>
      watch((now, before) => {
        if (now.hover !== before.hover || now.bucket !== before.bucket || now.zoom !== before.zoom) changed();
      }),
  };
}
