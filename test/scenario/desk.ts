/** A small scenario language, with one of everything that the real one is made of, and files in memory. */

import { z } from 'zod';
import {
  checkAgainst,
  checkReferences,
  keyedBy,
  type LoadOptions,
  loadScenario,
  named,
  oneKey,
  type Problem,
  reference,
  renderProblems,
  shares,
} from '../../src/scenario/index.ts';
import { quantity } from '../../src/units/index.ts';

export const distribution: z.ZodType = oneKey(
  () => ({
    constant: {
      schema: z.strictObject({ value: quantity('duration') }),
      about: 'Always the same.',
      short: 'value',
    },
    exponential: {
      schema: z.strictObject({ mean: quantity('duration') }),
      about: 'Memoryless.',
      short: 'mean',
    },
    lognormal: {
      schema: z.strictObject({ mean: quantity('duration'), cv: quantity('factor') }),
      about: 'A long tail.',
    },
  }),
  'distribution',
  { key: 'name', several: 'keep one', scalar: 'constant', about: 'A time that varies.' },
);

export const step: z.ZodType = oneKey(
  () => ({
    write: {
      schema: z.strictObject({
        to: reference('databases'),
        waitFor: z.strictObject({ replicas: quantity('count') }).optional(),
      }),
      about: 'Writes to a database.',
      short: 'to',
    },
    read: {
      schema: z.strictObject({ from: reference('databases') }),
      about: 'Reads from a database.',
      short: 'from',
    },
    work: {
      schema: z.strictObject({ time: distribution }),
      about: 'Works on a core.',
      short: (value: unknown) =>
        typeof value === 'object' && value !== null && 'time' in value ? undefined : { time: value },
    },
    parallel: {
      schema: z.strictObject({ branches: z.array(z.array(step)) }),
      about: 'All at once.',
      short: 'branches',
    },
    flush: { schema: z.strictObject({}), about: 'Sends what waits.' },
  }),
  'step',
  { about: 'One thing that an operation does.' },
);

export const scenario = z.strictObject({
  name: z.string().optional(),
  regions: named(
    z.union([
      z.string(),
      z.strictObject({ location: z.string(), zones: quantity('count', { integer: true }) }),
    ]),
  ).optional(),
  origins: named(z.string()).optional(),
  workloads: named(
    z.strictObject({
      arrivals: z.strictObject({ rate: quantity('rate', { positive: true }) }),
      from: shares({ of: 'origins' }).optional(),
      call: reference('operations'),
    }),
  ),
  services: named(
    z.strictObject({
      threads: z
        .union([quantity('count', { integer: true, min: 1 }), z.literal('unbounded')])
        .prefault('unbounded'),
      regions: z
        .union([
          z.literal('all'),
          z.array(reference('regions')),
          keyedBy('regions', z.strictObject({ instances: quantity('count') })),
        ])
        .optional(),
      target: quantity('ratio').optional(),
      balancer: z.enum(['round-robin', 'least-request']).optional(),
      tags: z.array(z.string()).min(1).optional(),
      manifest: z.strictObject({ maxReplicas: quantity('count') }).optional(),
      operations: named(z.array(step)),
    }),
  ).optional(),
  databases: named(
    z.strictObject({
      replication: z
        .discriminatedUnion('mode', [
          z.strictObject({ mode: z.literal('async'), lagAlert: quantity('duration').optional() }),
          z.strictObject({ mode: z.literal('sync'), replicas: quantity('count') }),
        ])
        .optional(),
    }),
  ).optional(),
});

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Reads from a map of files, and fails as Node does. */
export function reading(files: Files): (path: string) => string | Uint8Array {
  return (path) => {
    if (Object.hasOwn(files, path)) return files[path];
    const isDirectory = Object.keys(files).some((file) => file.startsWith(`${path}/`));
    throw Object.assign(new Error(path), { code: isDirectory ? 'EISDIR' : 'ENOENT' });
  };
}

export function load(files: Files | string, options: Partial<LoadOptions> & { file?: string } = {}) {
  const content: Files = typeof files === 'string' ? { 'desk.yaml': files } : files;
  return loadScenario(options.file ?? Object.keys(content)[0], {
    read: reading(content),
    oneKeyVerbs: new Set(['constant', 'exponential', 'lognormal']),
    files: ['services.*.manifest'],
    ...options,
  });
}

/** Everything that is wrong with a scenario: reading, shape, references. */
export function check(files: Files | string, options: Parameters<typeof load>[1] = {}) {
  const { document, problems, sources } = load(files, options);
  if (!document) return { problems, sources };
  const checked = checkAgainst(scenario, document);
  const value = checked.value as z.output<typeof scenario> | undefined;
  const keysOf = (section?: object) => Object.keys(section ?? {});
  const operations = Object.entries(value?.services ?? {}).flatMap(([service, { operations }]) =>
    keysOf(operations).map((operation) => `${service}.${operation}`),
  );
  const sections = {
    operations,
    databases: keysOf(value?.databases),
    origins: keysOf(value?.origins),
    regions: keysOf(value?.regions),
  };
  const dangling: Problem[] = value === undefined ? [] : checkReferences(value, sections, document);
  return { document, value, problems: [...problems, ...checked.problems, ...dangling], sources };
}

/** What a user sees. */
export function shown(files: Files | string, options: Parameters<typeof load>[1] = {}): string {
  const { problems, sources } = check(files, options);
  return renderProblems(problems, { sources });
}
