import { Chosen, collectReferences, nearestWord, type Path } from '../../scenario/index.ts';
import { keysSection } from '../contracts/keys.ts';
import type { Design } from '../design.ts';
import { missingKeys } from '../key-reach.ts';
import type { Finding } from '../kind.ts';
import { Load, sharesOfCalls } from '../load.ts';
import type { StepConfig } from '../step.ts';
import { walkSteps } from '../steps.ts';
import type { BatchOptions, GroupByOptions } from './config.ts';
import { batchesOf, groupingsOf, type Placed } from './uses.ts';

/** What is wrong with the batches and groupings of a design beyond their shape. Paths count from the top of the file. */
export function checkBatches(design: Design): Finding[] {
  const batches = batchesOf(design);
  const groupings = groupingsOf(design);
  return [
    ...checkNames([...batches, ...groupings]),
    ...batches.flatMap((batch) => [
      ...checkTimer(batch),
      ...checkBounds(batch),
      ...checkFlush(batch, design),
    ]),
    ...groupings.flatMap((grouping) => [
      ...checkPlace(grouping),
      ...checkCallers(grouping, design),
      ...checkKeys(grouping, design),
    ]),
  ];
}

function checkNames(placed: readonly Placed<{ readonly name?: string }>[]): Finding[] {
  const known = new Map<string, string>();
  return placed.flatMap(({ operation, options: { name }, path }) => {
    if (name === undefined) return [];
    const first = known.get(name);
    known.set(name, first ?? operation);
    if (first === undefined) return [];
    const message = `${name} is a batch in ${first} already`;
    return [{ path: [...path, 'name'], message, expected: 'a name of its own in the scenario' }];
  });
}

function checkTimer({ options: { maxAge, tick }, path }: Placed<BatchOptions>): Finding[] {
  if ((tick === undefined) !== (maxAge === undefined)) return [];
  const expected = 'tick, a timer an instance, or maxAge, a timer a batch';
  if (tick === undefined) {
    const message = 'a batch that is never full would never be flushed';
    return [{ path: [...path], message, expected, hint: 'maxAge: 5s' }];
  }
  return [
    {
      path: [...path, 'maxAge'],
      message: 'tick and maxAge are both given',
      expected: `${expected}, not both`,
    },
  ];
}

function checkBounds({ options, path }: Placed<BatchOptions>): Finding[] {
  const { capacity, locking, overlap, size } = options;
  const findings: Finding[] = [];
  if (capacity !== undefined && capacity < size) {
    const message = `a batch of ${size} is never full where an instance has room for ${capacity} entries`;
    findings.push({ path: [...path, 'capacity'], message, expected: `${size} or more` });
  }
  for (const [option, value] of Object.entries({ capacity, overlap })) {
    if (locking !== 'none' || value === undefined) continue;
    const message = `nothing guards the list, so nothing keeps ${option === 'overlap' ? 'flushes' : 'entries'} waiting`;
    findings.push({ path: [...path, option], message, expected: `locking: swap, or no ${option}` });
  }
  return findings;
}

/** The steps of a flush: its entries have different keys, so nothing but a write may need one. */
function checkFlush({ options, path }: Placed<BatchOptions>, design: Design): Finding[] {
  return [...walkSteps(options.do)].flatMap(({ step }): Finding[] => {
    if (step.verb === 'batch' || step.verb === 'groupBy') {
      const message = `a ${step.verb} inside of a batch: a flush is no record and belongs to no poll`;
      return [{ path: [...path, 'do'], message, expected: `the ${step.verb} in an operation’s own steps` }];
    }
    const [key] = step.verb === 'write' ? [] : keysNeeded(step, design);
    if (key === undefined) return [];
    const message = `the ${step.verb} needs one value of ${key}, and a flush has as many as it has entries`;
    return [{ path: [...path, 'do'], message, expected: 'steps that need no key, or write' }];
  });
}

/** Each record of a poll must come by: the last one’s coming is what runs the groups. */
function checkPlace({ inside, path }: Placed<GroupByOptions>): Finding[] {
  if (inside.length === 0 || inside.includes('batch')) return [];
  const message = `groupBy inside of ${inside[inside.length - 1]}: not every record of a poll comes by, or not once`;
  return [{ path: [...path], message, expected: 'groupBy among an operation’s own steps' }];
}

/** Only who polls has records to group. */
function checkCallers({ operation, path }: Placed<GroupByOptions>, design: Design): Finding[] {
  const callers = new Load(design).callers.flatMap(({ section, name, traffic }) =>
    section !== 'consumers' && sharesOfCalls(traffic).some(([called]) => called === operation)
      ? [`${section}.${name}`]
      : [],
  );
  const operations = design
    .entries<{ operations: object }>('services')
    .flatMap(([service, config]) =>
      Object.entries(config.operations).flatMap(([name, steps]) =>
        collectReferences(steps).some((found) => found.section === 'operations' && found.name === operation)
          ? [`${service}.${name}`]
          : [],
      ),
    );
  return [...callers, ...operations].map((caller) => ({
    path: [...path],
    message: `groupBy needs a poll, and ${caller} calls ${operation} without one`,
    expected: 'consumers as its only callers',
  }));
}

function checkKeys(grouping: Placed<GroupByOptions>, design: Design): Finding[] {
  const { operation, options, path } = grouping;
  const keys = options.keys.map(({ name }) => name);
  const unreached = missingKeys(design, (step) => (step.options === options ? keys : [])).map(
    ({ key, workload }): Finding => ({
      path: [...path, 'keys', keys.indexOf(key)],
      message: `groupBy in ${operation} needs ${key}, which operations of workloads.${workload} do not carry`,
      expected: `${key} among the keys of every workload that gets there`,
      hint: `add it to workloads.${workload}.keys`,
    }),
  );
  const wanted = [...walkSteps(options.do)].flatMap(({ step }) =>
    keysNeeded(step, design)
      .filter((key) => !keys.includes(key))
      .map((key): Finding => {
        const near = nearestWord(key, keys);
        return {
          path: [...path, 'do'] satisfies Path,
          message: `the ${step.verb} needs ${key}, of which the records of a group may have many values`,
          expected: `steps that need no other keys than ${keys.join(', ')}`,
          hint: near === undefined ? `add ${key} to the keys of groupBy` : `did you mean ${near}?`,
        };
      }),
  );
  return [...unreached, ...wanted];
}

/**
 * Names of the keys that a step may need: those that it names, and, unless it names the key itself, those by which what
 * it is about is divided. What a kind needs a key for is its own affair.
 */
function keysNeeded({ options }: StepConfig, design: Design): string[] {
  const found = collectReferences(ownOptions(options));
  const isKey = ({ section }: { section: string }) => section === keysSection;
  const things = hasKey(options)
    ? []
    : found.flatMap(({ section, name }) =>
        section === 'operations' ? [] : [design.entry<object>(section, name)],
      );
  const theirs = things.flatMap((thing) => collectReferences(thing));
  return [...new Set([...found, ...theirs].filter(isKey).map(({ name }) => name))];
}

const hasKey = (options: unknown): boolean =>
  typeof options === 'object' && options !== null && 'key' in options && options.key !== undefined;

/** A step's options without the steps below it, which are looked at by themselves. */
function ownOptions(options: unknown): unknown {
  if (options instanceof Chosen) return [];
  if (Array.isArray(options)) return options.map(ownOptions);
  if (typeof options !== 'object' || options === null) return options;
  if (Object.getPrototypeOf(options) !== Object.prototype) return options;
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, ownOptions(value)]));
}
