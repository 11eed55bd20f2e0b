import { progressLine } from './progress.ts';

/** Columns of a bar that has a title before it. */
const barColumns = 12;

/**
 * A progress line for each of several things that are run one after the other; where it is known about how many are to come,
 * with the time that they will take by the mean of those that are done.
 */
export function pointProgress(now = () => performance.now()) {
  let line: ReturnType<typeof progressLine> | undefined;
  let current = '';
  let done = -1;
  const started = now();
  const clear = () => line?.clear();
  return {
    clear,
    update(what: string, run: number, share: number, runs: number, left?: number): void {
      if (line === undefined || what !== current) {
        clear();
        done += 1;
        const title = left === undefined ? `${what} ` : `${done + 1} of about ${done + 1 + left}: ${what} `;
        const rest = done === 0 || left === undefined ? undefined : ((now() - started) / done) * left;
        line = progressLine(process.stderr, undefined, { title, barColumns, rest });
        current = what;
      }
      line.update(run, share, runs);
    },
  };
}
