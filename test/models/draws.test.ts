import { describe, expect, test, vi } from 'vitest';
import { KeyedDraws } from '../../src/sim/random/keyedDraws.ts';
import { expectExact, runOf, simulate } from './harness.ts';

/** Every draw of a run by what it is for: (purpose, operation, word). Throws at the first that is made twice. */
function watchDraws(yaml: string): number {
  const purposes = new Map<KeyedDraws, number>();
  const seen = new Set<string>();
  const uniform = KeyedDraws.prototype.uniform;
  const spy = vi.spyOn(KeyedDraws.prototype, 'uniform').mockImplementation(function (
    this: KeyedDraws,
    high: number,
    low: number,
    word: number,
  ) {
    if (!purposes.has(this)) purposes.set(this, purposes.size);
    const identity = [purposes.get(this), high >>> 0, low >>> 0, word >>> 0].join(' ');
    if (seen.has(identity)) throw new Error(`drawn twice: ${identity}`);
    seen.add(identity);
    return uniform.call(this, high, low, word);
  });
  try {
    runOf(yaml);
  } finally {
    spy.mockRestore();
  }
  return seen.size;
}

describe('draws', () => {
  test('of two different things are never the same draw, however lists are nested, repeated, retried and called', () => {
    const drawn = watchDraws(`
name: nesting
run: { duration: 30s, warmUp: 0s }
regions: { near: eu-west-1, far: us-east-1 }
origins: { here: eu-central-1 }
workloads:
  calls:
    arrivals: { rate: 5/s }
    from: { here: 100% }
    client: { timeout: 250ms, retries: { max: 3 } }
    call: front.all
  chats:
    arrivals: { rate: 1/s }
    session: { turns: { uniform: { min: 1, max: 9 } }, think: { exponential: 2s } }
    call: front.twice
services:
  front:
    instances: 3
    operations:
      twice: [ call: back.one, call: back.one ]
      all:
        - repeat:
            times: { uniform: { min: 0, max: 3 } }
            do:
              - repeat: { times: 3, do: [ call: back.one, work: { exponential: 1ms } ] }
              - parallel:
                  - [ repeat: { times: 2, do: [ call: front.twice ] } ]
                  - [ call: back.one, call: back.one ]
              - choose: [ { share: 50%, do: [ async: [ repeat: { times: 2, do: [ call: back.one ] } ] ] } ]
        - call: front.twice
  back:
    instances: 3
    operations:
      one: [ work: { exponential: 3ms }, repeat: { times: 2, do: [ wait: { exponential: 1ms } ] } ]
`);
    expect(drawn).toBeGreaterThan(10_000);
  });

  test('of an operation that is called twice are independent: two exponentials make an Erlang', () => {
    const runs = simulate(`
name: called twice
run: { duration: 200s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 50/s }, call: front.x } }
services:
  front: { operations: { x: [ call: back.y, call: back.y ] } }
  back: { operations: { y: [ work: { exponential: 10ms } ] } }
`);
    // P(T > t) = e^(−t/10ms) (1 + t/10ms): 1% at 66.4 ms, 10% at 38.9 ms.
    expectExact(runs.estimate('workloads.w.latency.p99'), 0.0663835);
    expectExact(runs.estimate('workloads.w.latency.p90'), 0.0388972);
  });

  test('of a list that is repeated inside a repeated list are independent: four exponentials make an Erlang', () => {
    const runs = simulate(`
name: repeated inside
run: { duration: 200s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 50/s }, call: front.x } }
services:
  front:
    operations:
      x: [ repeat: { times: 2, do: [ repeat: { times: 2, do: [ work: { exponential: 10ms } ] } ] } ]
`);
    // Half the χ² quantile with 8 degrees of freedom: 10.0451 at 99%, 6.68078 at 90%.
    expectExact(runs.estimate('workloads.w.latency.p99'), 0.100451);
    expectExact(runs.estimate('workloads.w.latency.p90'), 0.0668078);
  });
});
