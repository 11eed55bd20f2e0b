import { progressLine } from './progress.ts';

/** A progress line for each of several things that are run one after the other. */
export function pointProgress() {
  let line: ReturnType<typeof progressLine> | undefined;
  let current = '';
  const clear = () => line?.clear();
  return {
    clear,
    update(what: string, run: number, share: number, runs: number): void {
      if (line === undefined || what !== current) {
        clear();
        line = progressLine(process.stderr, undefined, `${what} `);
        current = what;
      }
      line.update(run, share, runs);
    },
  };
}
