import { z } from 'zod';
import { dimensions } from '../units/index.ts';
import { type Result, resultFormat } from './result.ts';

/**
 * The shape of a saved result, as far as a reader would stumble without it. What it does not name may be there, so that a
 * newer writer's additions pass. Infinite numbers are null in JSON.
 */
const number = z.number();
const orInfinite = z.number().nullable();
const text = z.string();
const list = <T extends z.ZodType>(item: T) => z.array(item);
const byName = <T extends z.ZodType>(item: T) => z.record(z.string(), item);
const dimension = z.enum(dimensions);

const metric = z.object({
  value: orInfinite,
  unit: dimension,
  better: z.enum(['lower', 'higher', 'neither']),
  low: orInfinite.optional(),
  high: orInfinite.optional(),
  kind: z.enum(['mean', 'ratio', 'share', 'quantile', 'max', 'count', 'duration', 'exact']),
  data: z.enum(['ok', 'thin', 'none', 'unbounded']),
  runs: list(
    z.object({
      num: orInfinite,
      den: number,
      n: number,
      censored: z.boolean().optional(),
      max: orInfinite.optional(),
    }),
  ),
  exact: z.object({ value: number, model: text }).optional(),
  why: text.optional(),
});

const target = z.object({
  target: text,
  metric: text,
  operator: z.enum(['<', '<=', '>', '>=']),
  level: z.enum(['fail', 'warn']),
  status: z.enum(['pass', 'fail', 'warn', 'inconclusive', 'no-data']),
  value: orInfinite,
  limit: number,
  margin: orInfinite,
  because: text.optional(),
  reason: text.optional(),
});

const waterfall = z.object({
  workload: text,
  count: number,
  mean: number,
  p99: number,
  parts: list(z.object({ station: text, phase: text, waits: z.boolean(), mean: number, p99: number })),
});

const costRow = z.object({
  component: text,
  item: text,
  region: text.optional(),
  quantity: number,
  unit: text,
  price: number.optional(),
  per: z.enum(['hour', 'each']).optional(),
  hour: number.optional(),
  month: number.optional(),
  basis: z.enum(['fixed', 'measured', 'extrapolated']),
  monthOnDemand: number.optional(),
});

const phase = z.object({
  name: z.enum([
    'detect',
    'decide',
    'dns',
    'routes',
    'promote',
    'hang',
    'catchUp',
    'ramp',
    'failBack',
    'warmUp',
    'drain',
  ]),
  after: z.enum(['onset', 'end']),
  at: number,
  until: number,
  seconds: number,
  isOpen: z.literal(true).optional(),
  parts: number,
  last: z.object({ component: text, part: text.optional() }),
});

const aftermath = z.object({
  runs: list(z.enum(['recovered', 'settling', 'stuck', 'lasts', 'amiss-before'])),
  stuck: number,
  holds: list(
    z.object({
      sign: z.enum(['retries', 'in-vain', 'misses', 'waiting', 'lag']),
      of: text,
      before: number,
      after: number,
      grows: z.literal(true).optional(),
    }),
  ),
});

const timeline = z.object({
  at: list(number),
  warmUp: number,
  series: byName(z.object({ unit: text, of: z.enum(['count', 'level', 'seen']), values: list(orInfinite) })),
  occurrences: list(
    z.object({
      at: number,
      component: text,
      what: text,
      sort: z
        .enum([
          'fault',
          'alert',
          'health',
          'routes',
          'judged',
          'promoted',
          'quorum',
          'old-primary',
          'gave-up',
          'caught-up',
          'ramp',
          'scaling',
        ])
        .optional(),
      as: text.optional(),
      of: number.optional(),
      change: z.tuple([number, number]).readonly().optional(),
    }),
  ),
});

const node = z.object({
  id: text,
  kind: text,
  title: text,
  regions: byName(
    z.object({ count: number, utilization: number.nullable().optional(), role: text.optional() }),
  ),
  calls: list(text),
  cells: list(z.object({ name: text, share: number })).optional(),
});

export const resultSchema = z.object({
  format: z.literal(resultFormat),
  version: text,
  scenario: z.object({
    name: text,
    title: text.optional(),
    file: text,
    hash: text,
    text,
    sets: list(text).optional(),
  }),
  seed: number,
  runs: number,
  fingerprint: text,
  simulated: z.object({ seconds: number, operations: number, warmUp: number, startAt: number }),
  verdict: z.enum(['pass', 'warn', 'fail']),
  load: z.enum(['stable', 'backlogged', 'overloaded']),
  loadReasons: list(
    z.object({
      component: text,
      what: z.enum(['grows', 'turns-away', 'no-quorum']),
      count: number,
      share: number,
    }),
  ),
  warmUps: list(
    z.object({
      workload: text,
      state: z.enum(['settled', 'late', 'unsettled']),
      cut: number,
      warmUp: number,
    }),
  ),
  callers: list(z.object({ id: text, call: text, opens: text.optional() })),
  metrics: byName(metric),
  targets: list(target),
  headroom: z
    .object({
      value: number,
      low: number,
      high: orInfinite,
      breaks: z.object({ targets: list(text), station: text.optional() }).optional(),
    })
    .optional(),
  bottlenecks: list(
    z.object({
      station: text,
      of: text.optional(),
      utilization: number,
      waitShare: number,
      atMost: number.optional(),
    }),
  ),
  waterfalls: list(waterfall),
  distributions: byName(
    z.object({
      unit: dimension,
      count: number,
      curve: list(z.tuple([number, orInfinite])),
      runs: list(z.unknown()),
    }),
  ),
  timeline,
  faults: list(
    z.object({
      name: text,
      fault: text,
      at: number,
      until: number.optional(),
      recoveredAt: number.optional(),
      occurrences: list(z.object({ at: number, until: number.optional() })).optional(),
      phases: list(phase).optional(),
      recoveries: list(
        z.object({ workload: text, origin: text.optional(), at: number.optional() }),
      ).optional(),
      aftermath: aftermath.optional(),
      away: list(
        z.object({
          workload: text,
          origin: text.optional(),
          home: text,
          returned: number,
          to: text,
          why: text,
        }),
      ).optional(),
    }),
  ),
  failures: list(z.object({ workload: text, reason: text, count: number, means: text })),
  examples: list(
    z.object({
      workload: text,
      run: number,
      operation: text,
      latency: orInfinite,
      outcome: z.enum(['answered', 'failed', 'unfinished']),
      reason: text,
    }),
  ).optional(),
  topology: z.object({ regions: list(text), nodes: list(node) }),
  cost: z.object({ month: orInfinite, rows: list(costRow), unpriced: list(text) }),
  assumptions: list(
    z.object({ about: text, value: text, source: text, uncertain: z.literal(true).optional() }),
  ),
});

type Fixed<T> = T extends object ? { readonly [K in keyof T]: Fixed<T[K]> } : T;

/** Compiles only while whatever a writer writes is what the schema lets pass. */
export const writerFitsSchema: Result extends Fixed<z.input<typeof resultSchema>> ? true : never = true;
