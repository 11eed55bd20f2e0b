import type { Reference } from '../../scenario/index.ts';
import type { Design } from '../design.ts';
import { keyReach } from '../key-reach.ts';
import { Load } from '../load.ts';
import type { StepConfig } from '../step.ts';
import { walkSteps } from '../steps.ts';
import type { Traffic } from '../traffic.ts';
import type { ConsumerConfig } from './config.ts';
import { groupsOf } from './placement.ts';

/** An instant at which regions' shares are taken: records follow their publishers, whose shares hold at all hours. */
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
      return sharesOf(publishedRates(config, design, anyInstant, [name]));
    },
    rateAt: (instant) => sum(publishedRates(config, design, instant, [name])),
  };
}

/** Keys that every workload brings on whatever way it reaches the consumer's call. */
function carriedKeys(config: ConsumerConfig, design: Design): string[] {
  const reaches = keyReach(design).filter(({ operation }) => operation.name === config.call.name);
  const [first, ...others] = reaches.map(({ keys }) => keys);
  return first === undefined ? [] : [...first].filter((key) => others.every((keys) => keys.has(key)));
}

/**
 * Records a second that a consumer gets, by region of the topic's cluster.
 * @param inside consumers whose own records are not followed again: a record that causes itself is followed once
 */
function publishedRates(
  config: ConsumerConfig,
  design: Design,
  instant: number,
  inside: readonly string[],
): Map<string, number> {
  const load = new Load(design);
  const read = groupsOf(config, design).filter(({ homes }) => homes.length > 0);
  const regions = groupsOf(config, design).map(({ region }) => region);
  const rates = new Map(read.map(({ region }) => [region, 0]));
  for (const { section, name, traffic: caller } of load.callers) {
    if (section === 'consumers' && inside.includes(name)) continue;
    const own = section === 'consumers' ? upstream(name, caller, design, instant, inside) : caller;
    const rate = own.rateAt(instant);
    for (const pass of load.passes(own)) {
      const region = load.nearest(pass.region, regions);
      const known = region === undefined ? undefined : rates.get(region);
      if (region === undefined || known === undefined) continue;
      const records = recordsPerPass(config.topic.name, load.callable(pass.operation)?.steps ?? []);
      rates.set(region, known + rate * pass.times * records);
    }
  }
  return rates;
}

/** Another consumer's calls, without those that come round in a circle. */
function upstream(
  name: string,
  traffic: Traffic,
  design: Design,
  instant: number,
  inside: readonly string[],
): Traffic {
  const config = design.entry<ConsumerConfig>('consumers', name) as ConsumerConfig;
  const rates = publishedRates(config, design, instant, [...inside, name]);
  const { call, keys } = traffic;
  return { call, keys, callsPerCaller: 1, from: sharesOf(rates), rateAt: () => sum(rates) };
}

/** Records that one pass through an operation publishes to a topic. */
function recordsPerPass(topic: string, steps: readonly StepConfig[]): number {
  let records = 0;
  for (const { step, times } of walkSteps(steps)) {
    if (step.verb === 'publish' && (step.options as { to: Reference }).to.name === topic) records += times;
  }
  return records;
}

const sum = (rates: ReadonlyMap<string, number>): number =>
  [...rates.values()].reduce((total, each) => total + each, 0);

function sharesOf(rates: ReadonlyMap<string, number>): Record<string, number> {
  const total = sum(rates);
  return Object.fromEntries([...rates].map(([region, rate]) => [region, total > 0 ? rate / total : 0]));
}
