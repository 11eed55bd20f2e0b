import { expect, test } from 'vitest';
import { callRates, Load } from '../../../src/models/load.ts';
import { designOf, readingOf, runOf } from '../harness.ts';

const instant = Date.UTC(2026, 0, 5) / 1000;

const yaml = `
name: traffic
run: { duration: 60s, warmUp: 5s }
regions: { us: us-east-1, eu: eu-west-1, ap: ap-southeast-1 }
origins: { US: us-east-2, EU: eu-central-1 }
keys: { id: { count: 100 }, other: { count: 10 } }
workloads:
  w: { arrivals: { rate: 60/s }, from: { US: 75%, EU: 25% }, keys: [id, other], call: a.go }
  v: { arrivals: { rate: 20/s }, from: { EU: 100% }, keys: [id], call: a.go }
services:
  a: { operations: { go: [ repeat: { times: 2, do: [ publish: t ] } ] } }
  b: { regions: [us, eu], operations: { take: [ publish: u ] } }
  d: { regions: [us], operations: { take: [ choose: [ { share: 50%, do: [ publish: t ] } ] ] } }
clusters: { c: { regions: [us, eu] } }
topics: { t: { cluster: c, key: id, partitions: 4 }, u: { cluster: c, key: id } }
consumers:
  first: { topic: t, call: b.take }
  second: { topic: u, call: d.take }
`;

test('a consumer calls as often as its topic is published to, in the regions where it is', () => {
  const rates = callRates(designOf(yaml), instant);
  // 45/s in us and 15 + 20 in eu, twice each. Each call publishes to u; d reads what is in us, and publishes half of it
  // to t again: 90 + x/2 = x.
  const first = rates.get('b.take');
  expect(first?.get('us')).toBeCloseTo(180, 6);
  expect(first?.get('eu')).toBeCloseTo(70, 9);
  expect(rates.get('d.take')?.get('us')).toBeCloseTo(180, 6);
});

test('and brings the keys that all who publish carry', () => {
  const callers = new Load(designOf(yaml)).callers.filter(({ section }) => section === 'consumers');
  expect(callers.map(({ name, traffic }) => [name, traffic.keys])).toEqual([
    ['first', ['id']],
    ['second', ['id']],
  ]);
});

test('a run calls as often', () => {
  const open = yaml.replace('choose: [ { share: 50%, do: [ publish: t ] } ]', 'wait: 1ms');
  const rates = callRates(designOf(open), instant);
  const run = runOf(open);
  for (const region of ['us', 'eu']) {
    const expected = (rates.get('b.take')?.get(region) ?? 0) * 55;
    const counted = run.readings().get(`services.b.in.${region}.arrivals`)?.num as number;
    // Two records come of each call: twice a Poisson's variance. 3.29 standard deviations: 99.9%.
    expect(Math.abs(counted - expected)).toBeLessThan(3.29 * Math.sqrt(2 * expected));
  }
  expect(readingOf(run, 'consumers.second.in.eu.consumed')).toBe(0);
});
