import { z } from 'zod';
import { Catalog, parseTarget, type ResolvedTarget, resolveTarget } from '../metrics/index.ts';
import {
  checkAgainst,
  checkReferences,
  type LocatedNode,
  loadScenario,
  named,
  nearestWord,
  nodeAt,
  type Problem,
  problemIn,
  type ReadFile,
  resolvedText,
  scenarioHash,
} from '../scenario/index.ts';
import { Design, type TargetSetting } from './design.ts';
import { distributionNames } from './distribution.ts';
import type { Assumption, Kind } from './kind.ts';
import { kinds } from './kinds.ts';
import { type RunSettings, runSettingsSchema, warmUpOf } from './run-settings.ts';

/** A scenario that stands: typed, checked, its metrics known. */
export interface Scenario {
  readonly design: Design;
  readonly catalog: Catalog;
  readonly targets: readonly Target[];
  readonly assumptions: readonly Assumption[];
  /** The scenario in one piece: `extends` and `--set` merged, files inlined. Loads to the same scenario. */
  readonly text: string;
  readonly hash: string;
}

export interface Target extends TargetSetting {
  readonly resolved: readonly ResolvedTarget[];
}

export interface ParsedScenario {
  readonly scenario?: Scenario;
  readonly problems: readonly Problem[];
  /** Text by file, for showing where a problem stands. */
  readonly sources: ReadonlyMap<string, string>;
}

const target = z.union([
  z.string().transform((text): TargetSetting => ({ target: text, level: 'fail', during: 'all' })),
  z.strictObject({
    target: z.string().describe('metric operator limit: workloads.trades.latency.p95 < 100ms'),
    level: z
      .enum(['fail', 'warn'])
      .default('fail')
      .describe('fail: a need. warn: a claim that is put to the test.'),
    during: z
      .enum(['all', 'steady'])
      .default('all')
      .describe('steady: leaves out faults, from onset to recovery.'),
    because: z.string().optional().describe('Who says so, and where.'),
  }),
]);

/** The schema of a whole scenario, out of the list of kinds. */
export const scenarioSchema = z.strictObject({
  name: z.string().describe('What this scenario is called in reports.'),
  title: z.string().optional().describe('One line about it.'),
  run: runSettingsSchema.prefault({} as never),
  ...Object.fromEntries(kinds.map((kind) => [kind.section, sectionSchema(kind)])),
  targets: z.array(target).default([]).describe('Needs and claims that a run is held against.'),
});

function sectionSchema(kind: Kind): z.ZodType {
  if (kind.shape === 'single') return kind.schema.prefault({}).describe(kind.about);
  return named(kind.schema, kind.about).default({});
}

/** What `loadScenario` must know of the language. */
const language = {
  oneKeyVerbs: new Set(distributionNames),
  files: kinds.flatMap((kind) => (kind.files ?? []).map((path) => `${kind.section}.*.${path}`)),
};

/** Reads and checks a scenario; every mistake is a problem, and all are found at once. */
export function parseScenario(file: string, read: ReadFile, sets: readonly string[] = []): ParsedScenario {
  const { document, problems, sources } = loadScenario(file, { read, sets, ...language });
  if (document === undefined || problems.some(isError)) return { problems, sources };
  const checked = checkAgainst(scenarioSchema, document);
  if (checked.value === undefined) return { problems: [...problems, ...checked.problems], sources };
  const design = designOf(checked.value as ScenarioValue);
  const found = [
    ...checkReferences(checked.value, sectionNames(design), document),
    ...checkRun(design, document),
  ];
  if (!found.some(isError)) found.push(...checkKinds(design, document));
  if (found.some(isError)) return { problems: [...problems, ...found], sources };
  const catalog = new Catalog(scopesOf(design));
  const { targets, problems: targetProblems } = checkTargets(design, catalog, document);
  const all = [...problems, ...found, ...targetProblems];
  if (all.some(isError)) return { problems: all, sources };
  const assumptions = eachEntry(design).flatMap(
    ({ kind, name, config }) => kind.assumptions?.(name, config, design) ?? [],
  );
  return {
    scenario: {
      design,
      catalog,
      targets,
      assumptions,
      text: resolvedText(document),
      hash: scenarioHash(document),
    },
    problems: all,
    sources,
  };
}

const isError = ({ severity }: Problem): boolean => severity === 'error';

type ScenarioValue = { name: string; title?: string; run: RunSettings; targets: TargetSetting[] } & Record<
  string,
  unknown
>;

function designOf(value: ScenarioValue): Design {
  const sections = new Map<string, Map<string, unknown>>();
  for (const { section, shape } of kinds) {
    const entries = shape === 'single' ? { '': value[section] } : (value[section] as Record<string, unknown>);
    sections.set(section, new Map(Object.entries(entries)));
  }
  const regions = sections.get('regions');
  // One region without network delay, where the scenario names none.
  if (regions?.size === 0) regions.set('region', { zones: 3 });
  return new Design(value.name, value.title, value.run, value.targets, sections);
}

function sectionNames(design: Design): Record<string, string[]> {
  const names = Object.fromEntries(kinds.map(({ section }) => [section, design.names(section)]));
  const operations = design
    .entries<{ operations: Record<string, unknown> }>('services')
    .flatMap(([service, { operations }]) =>
      Object.keys(operations).map((operation) => `${service}.${operation}`),
    );
  return { ...names, operations };
}

const eachEntry = (design: Design) =>
  kinds.flatMap((kind) => design.entries(kind.section).map(([name, config]) => ({ kind, name, config })));

/** The catalog's places: every kind's, for every entry. */
export const scopesOf = (design: Design) =>
  eachEntry(design).flatMap(({ kind, name, config }) => kind.scopes(name, config, design));

function checkRun(design: Design, document: LocatedNode): Problem[] {
  const problems: Problem[] = [];
  if (design.names('workloads').length === 0) {
    problems.push(
      problemIn(document, ['workloads'], {
        code: 'no-load',
        message: 'the scenario has no load',
        expected: 'at least one entry under workloads',
        hint: 'workloads: { customers: { arrivals: { rate: 80/s }, call: desk.serve } }',
      }),
    );
  }
  if (warmUpOf(design.run) >= design.run.duration) {
    problems.push(
      problemIn(document, ['run', 'warmUp'], {
        code: 'warm-up-too-long',
        message: 'the warm-up leaves nothing to measure',
        expected: 'less than run.duration, which counts from the start of the warm-up',
      }),
    );
  }
  return problems;
}

function checkKinds(design: Design, document: LocatedNode): Problem[] {
  return eachEntry(design).flatMap(({ kind, name, config }) =>
    (kind.check?.(name, config, design) ?? []).map(({ path, severity, message, expected, hint }) => {
      const base = kind.shape === 'single' ? [kind.section] : [kind.section, name];
      return problemIn(
        document,
        [...base, ...path],
        { code: `${kind.noun}`, message, expected, hint },
        { severity: severity ?? 'error' },
      );
    }),
  );
}

function checkTargets(design: Design, catalog: Catalog, document: LocatedNode) {
  const targets: Target[] = [];
  const problems: Problem[] = [];
  design.targets.forEach((setting, index) => {
    const path =
      nodeAt(document, ['targets', index, 'target']) === undefined
        ? ['targets', index]
        : ['targets', index, 'target'];
    const text = parseTarget(setting.target);
    const resolved = 'kind' in text ? text : resolveTarget(text, catalog);
    if (Array.isArray(resolved)) {
      targets.push({ ...setting, resolved });
      return;
    }
    const mistake = resolved as Exclude<typeof resolved, readonly ResolvedTarget[]>;
    const near = 'word' in mistake ? nearestWord(mistake.word, catalog.ids) : undefined;
    const hint =
      near === undefined ? ('hint' in mistake ? mistake.hint : undefined) : `did you mean ${near}?`;
    problems.push(
      problemIn(document, path, {
        code: 'target',
        message: mistake.message,
        ...(hint === undefined ? {} : { hint }),
      }),
    );
  });
  return { targets, problems };
}
