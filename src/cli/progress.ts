import type { Speed } from '../study/run-scenario.ts';
import { formatQuantity } from '../units/index.ts';

/** Milliseconds after which silence would worry, and between two looks. */
const [patience, pause] = [1000, 100];
/** Share of all work after which the rest can be told from it. */
const enough = 0.02;
const eraseLine = '\r\u001b[2K';

/** Where progress goes to: stderr. */
export interface ProgressScreen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * A line on a terminal for what takes longer than a second, gone when it is over; and, wherever stderr goes to, how fast
 * it went.
 *
 * @param now milliseconds of a clock that only goes forward
 * @param rest milliseconds that will be needed for what comes after this line's runs, where that is known
 */
export function progressLine(
  screen: ProgressScreen = process.stderr,
  now = () => performance.now(),
  { title = '', barColumns = 30, rest }: { title?: string; barColumns?: number; rest?: number } = {},
) {
  const started = now();
  const shares = new Map<number, number>();
  let shownAt = Number.NEGATIVE_INFINITY;
  let isShown = false;
  /** When the first run had begun, and how much was done by then: starting threads says nothing about their speed. */
  let first: { at: number; done: number } | undefined;
  const clear = () => {
    if (isShown) screen.write(eraseLine);
    isShown = false;
  };
  return {
    clear,
    /** @param share of run number `run`, of `runs`, that is done */
    update(run: number, share: number, runs: number): void {
      shares.set(run, Math.min(1, share));
      const at = now();
      const done = [...shares.values()].reduce((sum, each) => sum + each, 0) / runs;
      first ??= { at, done };
      if (screen.isTTY !== true || at - started < patience || at - shownAt < pause) return;
      shownAt = at;
      const left =
        done - first.done > enough ? ((at - first.at) * (1 - done)) / (done - first.done) : undefined;
      const wait =
        rest !== undefined
          ? `, all in about ${timeText(rest + (left ?? 0))}`
          : left === undefined
            ? ''
            : `, about ${timeText(left)} left`;
      const text = `${title}${barText(done, barColumns)} of ${runsText(runs)}${wait}`;
      screen.write(eraseLine + text.slice(0, (screen.columns ?? 80) - 1));
      isShown = true;
    },
    end(speed: Speed): void {
      clear();
      screen.write(`${speedText(speed, (now() - started) / 1000)}\n`);
    },
  };
}

function barText(done: number, columns: number): string {
  const filled = Math.round(done * columns);
  const bar = '█'.repeat(filled) + '░'.repeat(columns - filled);
  return `${bar} ${`${Math.floor(done * 100)}`.padStart(3)}%`;
}

const timeText = (milliseconds: number): string => duration(Math.max(1, Math.round(milliseconds / 1000)));

/** `5 runs, 5 h simulated, in 17 s: 84k operations/s, 235k events/s`. */
function speedText({ runs, simulatedSeconds, operations, events }: Speed, seconds: number): string {
  const rate = (count: number) => formatQuantity(count / seconds, 'count', { digits: 3 });
  return (
    `${runsText(runs)}, ${duration(simulatedSeconds)} simulated, in ${duration(seconds)}: ` +
    `${rate(operations)} operations/s, ${rate(events)} events/s`
  );
}

const runsText = (runs: number): string => `${runs} ${runs === 1 ? 'run' : 'runs'}`;
const duration = (seconds: number): string => formatQuantity(seconds, 'duration', { digits: 2 });
