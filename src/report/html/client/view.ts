/** What is looked at, by all charts together. */
export interface View {
  /** Id of the box whose charts are shown; null for all. */
  readonly box: string | null;
  /** Bucket of the timeline that the drawing shows; null for the whole run. */
  readonly bucket: number | null;
  /** Seconds that timelines show; null for all of the run. */
  readonly zoom: readonly [from: number, to: number] | null;
  /** Where the pointer is: seconds on timelines. */
  readonly hover: number | null;
  /** Where the pointer is: nines on latency curves. */
  readonly nines: number | null;
}

type Listener = (view: View, before: View) => void;

let current: View = { box: null, bucket: null, zoom: null, hover: null, nines: null };
const listeners: Listener[] = [];

export const view = (): View => current;

/** Calls back when something of the view changes. */
export const watch = (listener: Listener): void => {
  listeners.push(listener);
};

export function change(part: Partial<View>): void {
  const before = current;
  current = { ...current, ...part };
  if ((Object.keys(part) as (keyof View)[]).every((key) => before[key] === current[key])) return;
  for (const listener of listeners) listener(current, before);
  if (before.hover === current.hover && before.nines === current.nines) writeSoon();
}

/** Milliseconds between two changes of the address: browsers refuse more than a few a second. */
const pace = 250;
let isPending = false;

function writeSoon(): void {
  if (isPending) return;
  isPending = true;
  setTimeout(() => {
    isPending = false;
    writeHash();
  }, pace);
}

/** What of the view is in the address, so that a link shows the same: `#box=databases.orders&at=40&zoom=10-60`. */
function writeHash(): void {
  const words = new URLSearchParams();
  if (current.box !== null) words.set('box', current.box);
  if (current.bucket !== null) words.set('at', String(current.bucket));
  if (current.zoom !== null) words.set('zoom', current.zoom.map((seconds) => seconds.toFixed(1)).join('-'));
  const text = words.toString();
  const hash = text === '' ? '' : `#${text}`;
  if (location.hash !== hash)
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
}

/** Takes the view from the address; what makes no sense is left out. */
export function readHash(boxes: ReadonlySet<string>, buckets: number, length: number): void {
  const words = new URLSearchParams(location.hash.slice(1));
  const box = words.get('box');
  const at = Number(words.get('at') ?? Number.NaN);
  const [from, to] = (words.get('zoom') ?? '').split('-').map(Number);
  change({
    box: box !== null && boxes.has(box) ? box : null,
    bucket: Number.isInteger(at) && at >= 0 && at < buckets ? at : null,
    zoom: from >= 0 && to > from && to <= length + 1 ? [from, to] : null,
  });
}
