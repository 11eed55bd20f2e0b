import { describe, expect, it } from 'vitest';
import { callRates, Load } from '../../src/models/load.ts';
import { designOf, runOf } from './harness.ts';

const instant = Date.UTC(2026, 0, 5) / 1000;

const twoRegions = `
name: two
regions: { us: us-east-1, eu: eu-west-1 }
origins: { US: us-east-2, EU: eu-central-1, AP: ap-southeast-1 }
workloads:
  visits:
    arrivals: { rate: 100/s }
    from: { US: 50%, EU: 30%, AP: 20% }
    call: web.show
services:
  web: { operations: { show: [repeat: { times: 3, do: [call: store.read]}, choose: [{ share: 10%, do: [call: mail.send]}]] } }
  store: { regions: [eu], operations: { read: [work: 1us] } }
  mail: { operations: { send: [call: store.read, async: [call: mail.log]], log: [wait: 1ms] } }
`;

describe('rates of calls from the scenario alone', () => {
  it('calls go to the nearest region, and from there to where the called service stands', () => {
    const rates = callRates(designOf(twoRegions), instant);
    // Singapore is 211 ms from us-east-1 and 174 ms from eu-west-1.
    expect(rates.get('web.show')).toEqual(
      new Map([
        ['us', 50],
        ['eu', 50],
      ]),
    );
    expect(rates.get('store.read')?.get('us')).toBeUndefined();
    expect(rates.get('store.read')?.get('eu')).toBeCloseTo(310, 9);
    expect(rates.get('mail.log')?.get('us')).toBeCloseTo(5, 9);
  });

  it('a run sees as many calls as were worked out, by region', () => {
    const yaml = `${twoRegions}run: { duration: 100s, warmUp: 10s }`;
    const rates = callRates(designOf(yaml), instant);
    const run = runOf(yaml);
    for (const region of ['us', 'eu']) {
      for (const service of ['web', 'store', 'mail']) {
        let expected = 0;
        for (const [operation, byRegion] of rates) {
          if (operation.startsWith(service)) expected += (byRegion.get(region) ?? 0) * 90;
        }
        if (expected === 0) continue;
        const counted = run.readings().get(`services.${service}.in.${region}.arrivals`)?.num ?? 0;
        // The calls of a visit come together, 3 or (10%) 4: E[N²] / E[N] = 3.13 times a Poisson's variance. 3.29σ: 99.9%.
        expect(Math.abs(counted - expected)).toBeLessThan(3.29 * Math.sqrt(3.13 * expected));
      }
    }
  });

  it('a session brings its calls, not one', () => {
    const design = designOf(`
name: chat
keys: { conversation: { each: session } }
workloads: { chats: { arrivals: { rate: 10/s }, keys: [conversation], session: { turns: 8, think: 1s }, call: web.say } }
services: { web: { operations: { say: [work: 1ms] } } }
`);
    expect(callRates(design, instant).get('web.say')?.get('region')).toBe(80);
    expect(new Load(design).callers[0].traffic.callsPerCaller).toBe(8);
  });

  it('the first call of a session may be another than the rest', () => {
    const design = designOf(`
name: chat
keys: { conversation: { each: session } }
workloads:
  chats:
    arrivals: { rate: 10/s }
    keys: [conversation]
    session: { open: web.open, turns: 8, think: 1s }
    call: web.say
services: { web: { operations: { open: [work: 1ms], say: [work: 1ms] } } }
`);
    expect(callRates(design, instant).get('web.open')?.get('region')).toBeCloseTo(10, 9);
    expect(callRates(design, instant).get('web.say')?.get('region')).toBeCloseTo(70, 9);
  });

  it('another routing can be handed in', () => {
    const rates = callRates(designOf(twoRegions), instant, () => ({ us: 0.25, eu: 0.75 }));
    expect(rates.get('web.show')?.get('us')).toBeCloseTo(25, 9);
  });
});
