/** `npm run bench`: speed, each beside a figure that says whether the answer is right. Nothing here is a test. */
import { formatQuantity } from '../src/units/index.ts';
import { hold } from './event-queue.ts';
import { falseAlarms } from './false-alarms.ts';
import { againstClosedForms, type Timed, timeRun } from './scenario.ts';
import { timeSweep } from './sweep.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

say('Event queue, one pop and one push');
for (const pending of [100, 1000, 10_000, 100_000, 1_000_000]) {
  const { nanoseconds, isOrdered } = hold(pending, 1_000_000);
  say(
    `  ${String(pending).padStart(9)} pending  ${nanoseconds.toFixed(0).padStart(5)} ns  ${isOrdered ? 'in order' : 'OUT OF ORDER'}`,
  );
}

function report(title: string, timed: Timed, checks: readonly string[]): void {
  const { events, operations } = timed.record;
  say('');
  say(title);
  say(
    `  ${formatQuantity(operations / timed.seconds, 'count')} operations/s, ${formatQuantity(events / timed.seconds, 'count')} events/s`,
  );
  say(
    `  ${((timed.seconds * 1e9) / operations).toFixed(0)} ns an operation, ${(events / operations).toFixed(1)} events each`,
  );
  for (const check of checks) say(`  ${check}`);
}

for (const [title, file] of [
  ['One queue (M/M/1)', '../scenarios/01-one-queue.yaml'],
  ['One queue, 32 servers', 'scenarios/many-servers.yaml'],
]) {
  timeRun(file); // warms the compiler up
  const timed = timeRun(file);
  report(title, timed, againstClosedForms(timed));
}

const path = timeRun('scenarios/path.yaml');
const hits = path.record.readings['caches.accounts.hitRatio'];
const partition = path.record.readings['workloads.trades.goodputRatio'];
report('The path of a request (bench/scenarios/path.yaml)', path, [
  `${((partition.num / partition.den) * 100).toFixed(2)}% succeeded, cache hit ratio ${((hits.num / hits.den) * 100).toFixed(1)}%`,
]);

const peak = timeRun('../scenarios/conversations-100m.yaml');
const { utilization } = { utilization: peak.record.readings['databases.conversations.utilization'] };
report('A peak hour of 100M conversations a month', peak, [
  `${peak.seconds.toFixed(1)} s for ${(peak.record.seconds / 60).toFixed(0)} simulated minutes; database ${((utilization.num / utilization.den) * 100).toFixed(1)}% busy`,
  `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident`,
]);

const open = timeRun('scenarios/trades-open.yaml');
const published = open.record.readings['topics.trade-events.records'].num;
const consumed = ['positions', 'ledger'].map(
  (group) =>
    `${group} ${((open.record.readings[`consumers.${group}.consumed`].num / published) * 100).toFixed(2)}%`,
);
report('The open of a day of ten million trades (bench/scenarios/trades-open.yaml)', open, [
  `${formatQuantity(published, 'count')} trades published, of which consumed in the same time: ${consumed.join(', ')}`,
  `a day of ten million would take ${formatQuantity((open.seconds / open.record.operations) * 1e7, 'duration')}`,
  `${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident`,
]);

say('');
say('False alarms of headroom check: 2,000 small checks of one design, each against another seed');
for (const relative of [0.02, 0]) {
  const { checks, alarms } = falseAlarms(2000, relative);
  say(
    `  tolerance ${formatQuantity(relative, 'ratio')}  ${alarms} of ${checks}, ${formatQuantity(alarms / checks, 'ratio')}; at most 1% ${alarms <= checks / 100 ? 'as it must be' : 'IS EXCEEDED'}`,
  );
}

say('');
say('A sweep of six points with two runs each');
const alone = await timeSweep(1);
const both = await timeSweep(2);
say(
  `  ${alone.seconds.toFixed(1)} s on one core, ${both.seconds.toFixed(1)} s on two: ${(alone.seconds / both.seconds).toFixed(2)} times as fast`,
);
say(`  ${alone.printed === both.printed ? 'the same bytes' : 'OTHER BYTES'}`);
