import type { Speed } from '../study/run-scenario.ts';
import { formatQuantity } from '../units/index.ts';

const patience = 1000;

/** A line on stderr, on a terminal only, for what takes longer than a second; and at the end how fast it went. */
export function progressLine() {
  const started = performance.now();
  const isTerminal = process.stderr.isTTY === true;
  const shares = new Map<number, number>();
  let isShown = false;
  const clear = () => {
    if (isShown) process.stderr.write('\r\u001b[2K');
    isShown = false;
  };
  return {
    clear,
    update(run: number, share: number, runs: number): void {
      shares.set(run, Math.min(1, share));
      const elapsed = performance.now() - started;
      if (!isTerminal || elapsed < patience) return;
      const done = [...shares.values()].reduce((sum, each) => sum + each, 0) / runs;
      const left = done > 0 ? (elapsed / done - elapsed) / 1000 : 0;
      const filled = Math.round(done * 30);
      process.stderr.write(
        `\r\u001b[2K${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${Math.round(done * 100)}%  ${runs} runs, about ${formatQuantity(left, 'duration', { digits: 2 })} left`,
      );
      isShown = true;
    },
    end(speed: Speed): void {
      clear();
      const seconds = (performance.now() - started) / 1000;
      const per = (count: number) => formatQuantity(count / seconds, 'rate', { digits: 3 });
      process.stderr.write(
        `${speed.runs} runs, ${formatQuantity(speed.simulatedSeconds, 'duration')} simulated, in ${formatQuantity(seconds, 'duration')}: ` +
          `${per(speed.operations)} operations, ${per(speed.events)} events\n`,
      );
    },
  };
}
