import type { Design } from '../design.ts';
import { instanceType } from '../instance-type.ts';
import { designedOperations, missingKeys } from '../key-reach.ts';
import type { Finding } from '../kind.ts';
import { Load } from '../load.ts';
import type { StepConfig } from '../step.ts';
import { walkSteps } from '../steps.ts';
import { strayData } from '../stray-data.ts';
import { asksRemote, type CacheConfig, keyNames, placements } from './config.ts';
import { type CacheReference, referencesOf, useOf, withMisses } from './references.ts';

/** What the schema cannot see. */
export function checkCache(name: string, config: CacheConfig, design: Design): Finding[] {
  return [
    ...checkRoom(config, design),
    ...checkClass(config),
    ...checkFilling(name, design),
    ...checkLookups(config, design),
    ...checkReferences(name, config, design),
    ...checkSingleFlight(name, config, design),
    ...checkResidency(name, config, design),
  ];
}

function checkRoom(config: CacheConfig, design: Design): Finding[] {
  const findings: Finding[] = [];
  if (config.policy === 'ttl' && config.ttl === undefined) {
    findings.push({
      path: ['policy'],
      message: 'entries leave by their time to live, but the cache has none',
      expected: 'ttl: a duration',
      hint: 'ttl: 1h',
    });
  }
  for (const { region, entries, nodes } of placements(config, design.regions)) {
    if (config.policy !== 'ttl' && entries === Number.POSITIVE_INFINITY) {
      findings.push({
        path: [],
        message: `the cache has no bound in ${region}`,
        expected: 'entries: how many it holds in a region',
        hint: 'entries: 2M, or policy: ttl where only time removes entries',
      });
      break;
    }
    if (entries < nodes) {
      findings.push({
        path: ['entries'],
        message: `${entries} entries do not go round ${nodes} nodes in ${region}`,
        expected: 'at least one entry a node',
      });
    }
  }
  return findings;
}

/** A class is what a bill says: one that is no type of any cloud has no price and no memory. */
function checkClass({ class: name }: CacheConfig): Finding[] {
  if (name === undefined) return [];
  const [, type] = /^cache\.(.+)$/.exec(name) ?? [];
  if (type !== undefined && instanceType(type) !== undefined) return [];
  return [
    {
      path: ['class'],
      message: `${name} is no class of a cache node`,
      expected: 'cache., a family and a size',
      hint: 'cache.r7g.large',
    },
  ];
}

/** Whether anything ever comes into the cache. */
function checkFilling(name: string, design: Design): Finding[] {
  const uses = designedOperations(design).flatMap(({ name: operation, steps }) =>
    [...walkSteps(steps)].flatMap(({ step }) => {
      const use = useOf(step);
      return use?.cache === name ? [{ operation, ...use }] : [];
    }),
  );
  if (uses.some(({ miss, writes }) => miss.length > 0 || writes === 'here' || writes === 'everywhere'))
    return [];
  const asking = uses.filter(({ writes }) => writes === undefined).map(({ operation }) => operation);
  return [...new Set(asking)].map((operation) => ({
    path: [],
    message: `${operation} looks up what nobody ever puts into the cache`,
    expected: 'miss: the steps that load an entry, or a put somewhere',
    hint: `get: { from: ${name}, miss: [ read: … ] }`,
  }));
}

function checkLookups(config: CacheConfig, design: Design): Finding[] {
  if (!asksRemote(config) || placements(config, design.regions).length > 1) return [];
  return [
    {
      path: ['lookup'],
      message: 'there is no other region to ask: the cache stands in one region only',
      severity: 'warning',
    },
  ];
}

/** Each lookup and write of the cache must know its key, and its callers must carry it. */
function checkReferences(name: string, config: CacheConfig, design: Design): Finding[] {
  const unnamed = new Set<string>();
  for (const { name: operation, steps } of designedOperations(design)) {
    for (const { step } of walkSteps(steps)) {
      const use = useOf(step);
      if (use?.cache === name && keyNames(use.key, config) === undefined) unnamed.add(operation);
    }
  }
  const missing = missingKeys(design, (step) => {
    const use = useOf(step);
    return use?.cache === name ? (keyNames(use.key, config) ?? []) : [];
  });
  return [
    ...[...unnamed].map((operation) => withoutKey(name, operation)),
    ...missing.map(({ operation, key, workload }) => notCarried(operation, key, workload)),
  ];
}

/** Under single flight a lookup must not come up again while it is being loaded. */
function checkSingleFlight(name: string, config: CacheConfig, design: Design): Finding[] {
  if (!config.singleFlight) return [];
  const load = new Load(design);
  const operations = load.callers.flatMap(({ traffic }) =>
    [...load.passes(traffic)].flatMap(({ operation, region }) =>
      insideItself(name, referencesOf(load, design, operation, region)),
    ),
  );
  return [...new Set(operations.map(({ operation }) => operation))].map(waitsForItself);
}

const withoutKey = (name: string, operation: string): Finding => ({
  path: [],
  message: `${operation} uses the cache without saying by which key`,
  expected: 'a key at the step, or one for the whole cache',
  hint: `key: accountId, here or as { from: ${name}, key: accountId }`,
});

const notCarried = (operation: string, key: string, workload: string): Finding => ({
  path: [],
  message: `${operation} uses the cache by ${key}, which the calls of ${workload} do not carry`,
  expected: `workloads.${workload}.keys with ${key} in it`,
});

const waitsForItself = (operation: string): Finding => ({
  path: ['singleFlight'],
  message: `${operation} looks the same entry up again while it loads it, and would wait for itself`,
  expected: 'no lookup of this cache by the same key under its own miss',
});

/** Lookups of a cache that run while the same entry is being loaded. */
function insideItself(name: string, references: readonly CacheReference[]): CacheReference[] {
  return references.flatMap((outer) => {
    const deeper = insideItself(name, outer.misses);
    if (outer.cache !== name) return deeper;
    const same = [...withMisses(outer.misses)].filter(
      ({ cache, writes, keys }) =>
        cache === name && writes === undefined && keys?.join() === outer.keys?.join(),
    );
    return [...same, ...deeper];
  });
}

/** Entries that are written everywhere at once stand in regions, too, to which the data of their workload may not go. */
function checkResidency(name: string, config: CacheConfig, design: Design): Finding[] {
  const isEverywhere = ({ verb, options }: StepConfig) => {
    const { everywhere, to } = options as { to?: { readonly name: string }; everywhere?: boolean };
    return verb === 'put' && everywhere === true && to?.name === name;
  };
  const regions = placements(config, design.regions).map(({ region }) => region);
  return strayData(design, isEverywhere, regions, () => []);
}
