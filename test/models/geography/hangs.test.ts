import { describe, expect, it } from 'vitest';
import { problemsOf, readingOf, runOf } from '../harness.ts';

/** Callers in b write to a primary in a, which is lost after a minute; a replica in b is promoted, by when is measured. */
const lost = (client: string, more = '') => `
run: { duration: 10m, warmUp: 0s }
regions: { a: {}, b: {} }
origins: { o: { location: nowhere } }
network: { links: [{ between: [a, b], roundTrip: 10ms }], jitter: 0%, preset: none }
workloads:
  w: { arrivals: { rate: 10/s, process: deterministic }, from: { o: 100% }, client: { timeout: 5s }, call: s.x }
services: { s: { regions: [b], threads: 100000, operations: { x: [write: d] } } }
databases:
  d: { primary: a, replicas: { b: 1 }, maxConnections: 100000, ${client} failover: { interval: 10s, failures: 3, promote: 10s } }
faults: { f: { fault: region-outage, region: a, at: 60s${more} } }
`;

const onset = 60;
/** Between two arrivals. */
const gap = 0.1;

const promotedAt = ({ timeline }: ReturnType<typeof runOf>): number =>
  timeline.occurrences.find(({ sort }) => sort === 'promoted')?.at ?? Number.NaN;

/** Within an arrival of when the first was sent, and one of when the last was. */
const expectHang = (assembly: ReturnType<typeof runOf>, patience: number) =>
  expect(
    Math.abs(readingOf(assembly, 'faults.f.hang') - (promotedAt(assembly) - onset + patience)),
  ).toBeLessThan(2 * gap);

const gaveUp = ({ timeline }: ReturnType<typeof runOf>) =>
  timeline.occurrences.filter(({ sort, what }) => sort === 'gave-up' && what.includes('gives up'));

describe('callers of a database that is silent', () => {
  it('hang until the last who asked before there was a new primary has waited as long as TCP repeats', () => {
    const assembly = runOf(lost(''));
    expectHang(assembly, 127);
    const [last] = gaveUp(assembly);
    expect(last.component).toBe('databases.d');
    expect(Math.abs(last.at - (promotedAt(assembly) + 127))).toBeLessThan(2 * gap);
    // Who has given up after 5 s leaves his request behind, which waits on.
    const callers = Math.round((promotedAt(assembly) - onset) / gap);
    const told = Number(/the last of ([\d,.k]+) callers/.exec(last.what)?.[1]);
    expect(Math.abs(told - callers)).toBeLessThanOrEqual(2);
    expect(last.what).toContain('as long as TCP repeats');
  });

  it.each([
    ['connectTimeout: 2s', 2],
    ['connectTimeout: 30s', 30],
    ['connectTimeout: 200s', 127],
  ])('with %s hang no longer than that, or TCP', (client, patience) => {
    expectHang(runOf(lost(`client: { ${client} },`)), patience);
  });

  it('hang still, as far as is known, when the run is over', () => {
    const assembly = runOf(lost('').replace('duration: 10m', 'duration: 100s'));
    // The run ends before the first has given up, and goes on until callers have recovered or twice its length.
    expect(assembly.readings().get('faults.f.hang')).toMatchObject({ censored: true });
  });

  it('are answered after all when it comes back, and hang until then', () => {
    const assembly = runOf(lost('client: { connectTimeout: 100s },', ', for: 20s'));
    const hang = readingOf(assembly, 'faults.f.hang');
    expect(gaveUp(assembly)).toEqual([]);
    expect(assembly.timeline.occurrences.map(({ what }) => what).join()).toContain(
      'callers who hung in its silence gets through after all',
    );
    // TCP repeats after 1, 3, 7, 15 and 31 s: the last to hear of it is who had waited for just over 15 of the 20 s.
    expect(Math.abs(hang - (20 - 15 + 31))).toBeLessThan(2 * gap);
  });

  it('are warned of where nothing but TCP ends their wait', () => {
    const message = /^whoever asks a node of d that f has made silent hangs for 127 s/;
    expect(problemsOf(lost('')).filter((each) => message.test(each))).toHaveLength(1);
    expect(problemsOf(lost('client: { tcpUserTimeout: 5s },'))).toEqual([]);
  });
});
