import { knownLocations } from '../models/locations.ts';
import { nearestWord } from '../scenario/index.ts';
import { formatQuantity, parseQuantity } from '../units/index.ts';

/** What somebody says of a system in a minute. */
export interface FirstAnswers {
  readonly name: string;
  /** Requests, as written: `100/s`. */
  readonly rate: string;
  /** Locations, at least one. */
  readonly regions: readonly string[];
  /** What 95% of the requests must be answered within, as written. */
  readonly within: string;
}

export const firstDefaults: FirstAnswers = {
  name: 'My service',
  rate: '100/s',
  regions: ['us-east-1'],
  within: '200ms',
};

/** An answer as read, or why it cannot be taken. */
export type Read<Value> = { readonly value: Value } | { readonly problem: string };

export const readRate = (text: string): Read<string> => readPositive(text, 'rate');
export const readWithin = (text: string): Read<string> => readPositive(text, 'duration');

function readPositive(text: string, dimension: 'rate' | 'duration'): Read<string> {
  const parsed = parseQuantity(text, dimension);
  if ('problem' in parsed) return { problem: [parsed.problem, parsed.hint].filter(Boolean).join('; ') };
  return parsed.value > 0 ? { value: text.trim() } : { problem: `expected a ${dimension} above 0` };
}

/** A name goes into a line of YAML: without line breaks. */
export const readName = (text: string): Read<string> =>
  /^[^\p{Cc}]{1,80}$/u.test(text.trim())
    ? { value: text.trim() }
    : { problem: 'expected a name of 1 to 80 characters' };

/** AWS regions, by commas or spaces. */
export function readRegions(text: string): Read<readonly string[]> {
  const names = [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
  if (names.length === 0) return { problem: 'expected one region or more, by commas' };
  const strange = names.find((name) => !knownLocations.includes(name));
  if (strange === undefined) return { value: names };
  const near = nearestWord(strange, knownLocations);
  const hint = near === undefined ? `known are ${knownLocations.join(', ')}` : `did you mean ${near}?`;
  return { problem: `no region ${strange}; ${hint}` };
}

/** Seconds of a core that a request takes here, cores of an instance, and how busy it is meant to be. */
const [work, cores, busy] = [0.005, 2, 0.5];
/** Requests a run that make a first look quick, and still leave tails to look at. */
const enoughRequests = 60_000;

/**
 * A scenario to begin with: it stands, runs in seconds, and says of every number what it is.
 *
 * @param schema how the file names its schema
 */
export function firstScenario({ name, rate, regions, within }: FirstAnswers, schema: string): string {
  const perSecond = inBaseUnits(rate, 'rate');
  const instances = Math.max(2, Math.ceil((perSecond * work) / cores / busy / regions.length));
  return `# yaml-language-server: $schema=${schema}
#
# A design to begin with. Every number here is a guess until you replace it: with what you measured, or what you were told.
# Every key: docs/reference of Headroom. What is wrong: headroom validate FILE. What it does: headroom run FILE
name: ${JSON.stringify(name)}

# How long to simulate, warm-up included, and how often: more runs make intervals narrower.
run: { duration: ${durationFor(perSecond)}, runs: 5, seed: 1 }

# Where things stand. Round trips between AWS regions are built in.
regions: { ${regions.map((region) => `${region}: ${region}`).join(', ')} }

# Where callers are: beside each region, until you know better.
origins: { ${regions.map((region) => `near-${region}: ${region}`).join(', ')} }

# What data is sharded and cached by: how many values there are, and how unevenly they are used.
keys:
  customerId: { count: 100k, skew: { zipf: 0.8 } }

# Who calls, how often, and how long they wait.
workloads:
  customers:
    arrivals: { rate: ${rate} }                    # add a profile for days and weeks: { shape: week, peak: 500/s }
    from: { ${sharesOf(regions)} }
    keys: [customerId]
    client: { timeout: 2s, retries: { max: 1 } }
    call: web.order

# What does the work. An operation is a list of steps.
services:
  web:
    instances: ${instances}                                  # in each region: ${busyText(perSecond / instances / regions.length)} at this rate
    threads: 50
    cpu: { cores: ${cores} }
    connections: { orders: 20 }
    operations:
      order:
        - work: { lognormal: { mean: ${work * 1000}ms, cv: 0.7 } }
        - read: orders
        - choose: [{ share: 20%, do: [write: orders] }]

# What keeps the rows: primaries in the first region, a replica of each shard in every region.
databases:
  orders:
    shards: 1
    shardBy: { key: customerId, function: murmur3 }
    replicas: { ${regions.map((region) => `${region}: 1`).join(', ')} }

# What must hold. headroom validate FILE --metrics lists all that can be asked for.
targets:
  - workloads.customers.latency.p95 < ${within}
  - { target: workloads.customers.availability >= 99.9%, because: who asked for it }

# What goes wrong. Without faults nothing does:
# faults:
#   crash: { fault: instance-crash, service: web, at: 2m }
`;
}

const inBaseUnits = (text: string, dimension: 'rate' | 'duration'): number => {
  const parsed = parseQuantity(text, dimension);
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem}`);
  return parsed.value;
};

/** @param perSecond requests of an instance */
function busyText(perSecond: number): string {
  const percent = Math.round((100 * perSecond * work) / cores);
  return percent === 0 ? 'nearly idle' : `about ${percent}% busy`;
}

/** Between a minute and an hour. */
function durationFor(perSecond: number): string {
  const seconds = Math.min(3600, Math.max(60, enoughRequests / perSecond));
  return formatQuantity(Math.ceil(seconds / 60) * 60, 'duration').replaceAll(' ', '');
}

/** `near-us-east-1: 34%, near-eu-west-1: rest` */
function sharesOf(regions: readonly string[]): string {
  const share = Math.floor(100 / regions.length);
  const last = regions.length - 1;
  return regions.map((region, at) => `near-${region}: ${at === last ? 'rest' : `${share}%`}`).join(', ');
}
