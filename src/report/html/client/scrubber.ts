import { timeText } from '../../reading/axis-text.ts';
import type { FaultBar, PageData, TimelineData } from '../page-data.ts';
import { button, make } from './element.ts';
import { change, view, watch } from './view.ts';

/** Milliseconds a bucket while it plays: the run in a quarter of a minute. */
const pace = 60;

/** Moves the drawing and the charts' cursor through the run. */
export function scrubber({ timeline }: PageData): HTMLElement | null {
  const { buckets } = timeline;
  if (buckets < 2) return null;
  const range = make('input', {
    type: 'range',
    min: 0,
    max: buckets - 1,
    step: 1,
    value: 0,
    class: 'scrub',
    'aria-label': 'Time in the run',
  });
  const said = make('output', { class: 'scrub-time' });
  const whole = button('Whole run', { class: 'quiet' }, () => change({ bucket: null }));
  const play = button('Play', { class: 'quiet' }, () => (timer === undefined ? start() : stop()));
  let timer: number | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = 'Play';
  };
  const start = () => {
    if (view().bucket === null || view().bucket === buckets - 1) change({ bucket: 0 });
    timer = setInterval(() => {
      const { bucket } = view();
      if (bucket === null || bucket >= buckets - 1) stop();
      else change({ bucket: bucket + 1 });
    }, pace);
    play.textContent = 'Pause';
  };
  range.addEventListener('input', () => change({ bucket: Number(range.value) }));
  range.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') change({ bucket: null });
  });
  const show = () => {
    const { bucket } = view();
    const text = bucket === null ? 'whole run, on the mean' : instantText(bucket, timeline);
    said.textContent = text;
    range.setAttribute('aria-valuetext', text);
    range.classList.toggle('idle', bucket === null);
    whole.disabled = bucket === null;
    if (bucket !== null) range.value = String(bucket);
  };
  watch(show);
  show();
  return make(
    'div',
    { class: 'scrubber', role: 'group', 'aria-label': 'Time' },
    play,
    make('div', { class: 'track' }, marksOf(timeline), range),
    said,
    whole,
  );
}

/** Warm-up and faults below the track. */
function marksOf({ faults, warmUp, bucket, buckets }: TimelineData): HTMLElement {
  const length = bucket * buckets;
  const band = (kind: string, from: number, to: number, title: string) => {
    const made = make('span', { class: `mark-band ${kind}`, title });
    made.style.left = `${(100 * from) / length}%`;
    made.style.width = `${Math.max(0.4, (100 * (to - from)) / length)}%`;
    return made;
  };
  return make(
    'div',
    { class: 'track-marks', 'aria-hidden': 'true' },
    warmUp > 0 ? band('warm', 0, warmUp, 'warm-up') : null,
    ...faults.map(({ name, at, until = length }) => band('fault', at, until, name)),
  );
}

/** `21 m 40 s, 1 m 40 s into lose-us-east`. */
function instantText(at: number, { bucket, faults, warmUp }: TimelineData): string {
  const seconds = (at + 1) * bucket;
  const inside = faults.filter((fault) => isInside(fault, seconds));
  const notes = inside.map(({ name, at: from }) => `${timeText(seconds - from)} into ${name}`);
  return [timeText(seconds), ...(seconds <= warmUp ? ['warm-up'] : []), ...notes].join(', ');
}

const isInside = ({ at, until = Number.POSITIVE_INFINITY }: FaultBar, seconds: number): boolean =>
  at <= seconds && seconds <= until;
