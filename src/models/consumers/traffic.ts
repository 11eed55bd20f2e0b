import type { Design } from '../design.ts';
import { keyReach } from '../key-reach.ts';
import type { Traffic } from '../traffic.ts';
import { type Causes, causesOf, type Rates, sum } from './causes.ts';
import type { ConsumerConfig } from './config.ts';

/** An instant at which shares of regions are taken: publishers' shares hold at all hours. */
const anyInstant = Date.UTC(2026, 0, 5, 12) / 1000;

/**
 * The calls that a consumer makes: as many as records are published to its topic, in the regions where they are, with
 * the keys that all their publishers carry. Worked out when asked for: a consumer's load follows from everybody else's.
 */
export function traffic(name: string, config: ConsumerConfig, design: Design): Traffic {
  return {
    call: config.call.name,
    keys: carriedKeys(config, design),
    callsPerCaller: 1,
    get from() {
      const rates = ratesAt(causesOf(name, design), anyInstant);
      const total = sum(rates);
      return Object.fromEntries([...rates].map(([region, rate]) => [region, total > 0 ? rate / total : 0]));
    },
    rateAt: (instant) => sum(ratesAt(causesOf(name, design), instant)),
  };
}

/** Calls a second by region. */
function ratesAt(causes: readonly Causes[], instant: number): Rates {
  const rates = new Map<string, number>();
  for (const { rateAt, calls } of causes) {
    const rate = rateAt(instant);
    for (const [region, each] of calls) rates.set(region, (rates.get(region) ?? 0) + rate * each);
  }
  return rates;
}

/** Keys that every workload brings on whatever way it reaches the consumer's call. */
function carriedKeys(config: ConsumerConfig, design: Design): string[] {
  const reaches = keyReach(design).filter(({ operation }) => operation.name === config.call.name);
  const [first, ...others] = reaches.map(({ keys }) => keys);
  return first === undefined ? [] : [...first].filter((key) => others.every((keys) => keys.has(key)));
}
