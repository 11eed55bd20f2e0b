import { z } from 'zod';
import { Catalog, parseTarget, type ResolvedTarget, resolveTarget } from '../metrics/index.ts';
import {
  checkAgainst,
  checkReferences,
  collectReferences,
  type LocatedNode,
  loadScenario,
  named,
  nearestWord,
  nobodyNames,
  nodeAt,
  type Problem,
  plainValue,
  problemIn,
  type ReadFile,
  resolvedText,
  scenarioHash,
  type UncertainInput,
} from '../scenario/index.ts';
import {
  type CheckSettings,
  checkCheckRun,
  checkSettingsSchema,
  type Gate,
  gatesOf,
} from './check-settings.ts';
import { Design, type TargetSetting } from './design.ts';
import { distributionNames } from './distribution.ts';
import type { Assumption, Kind } from './kind.ts';
import { kinds } from './kinds.ts';
import { type PlanSettings, planSettingsSchema } from './plan-settings.ts';
import {
  checkRoadmap,
  type GrowthSettings,
  growthSchema,
  type PhaseSettings,
  phasesBy,
  phasesSchema,
  type Roadmap,
  waitingFor,
} from './roadmap-settings.ts';
import { type RunSettings, runSettingsSchema, warmUpOf } from './run-settings.ts';
import { uncertainAssumptions, uncertainOf, withDecided } from './uncertain.ts';

/** A scenario that stands: typed, checked, its metrics known. */
export interface Scenario {
  readonly design: Design;
  readonly catalog: Catalog;
  readonly targets: readonly Target[];
  /** How CI holds it against its baseline, and the metrics that must not get worse. */
  readonly check: CheckSettings;
  readonly gates: readonly Gate[];
  /** What may be changed to find the cheapest design, where the scenario says. */
  readonly plan?: PlanSettings;
  /** What is to come: growth, and phases that change it. */
  readonly roadmap: Roadmap;
  /** Quantities that are not known well; the design has their mids. */
  readonly uncertain: readonly UncertainInput[];
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
  /** Where everything stands that the scenario says, of one that stands. */
  readonly document?: LocatedNode;
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
  name: z.string().optional().describe('What this scenario is called in reports. Default: the file’s name.'),
  title: z.string().optional().describe('One line about it.'),
  run: runSettingsSchema.prefault({} as never),
  ...Object.fromEntries(
    kinds.flatMap((kind) => (kind.shape === 'implied' ? [] : [[kind.section, sectionSchema(kind)]])),
  ),
  targets: z.array(target).default([]).describe('Needs and claims that a run is held against.'),
  check: checkSettingsSchema.prefault({} as never),
  plan: planSettingsSchema.optional(),
  growth: growthSchema.optional(),
  phases: phasesSchema,
});

function sectionSchema(kind: Kind): z.ZodType {
  if (kind.shape === 'single') return kind.schema.prefault({}).describe(kind.about);
  return named(kind.schema, kind.about).default({});
}

/** What `loadScenario` must know of the language. */
export const language = {
  oneKeyVerbs: new Set(distributionNames),
  files: kinds.flatMap((kind) =>
    (kind.files ?? []).flatMap((path) => [
      `${kind.section}.*.${path}`,
      `phases.*.changes.${kind.section}.*.${path}`,
    ]),
  ),
};

/**
 * Reads and checks a scenario; every mistake is a problem, and all are found at once.
 * @param phases the scenario once these have come, without growth or phases of its own
 */
export function parseScenario(
  file: string,
  read: ReadFile,
  sets: readonly string[] = [],
  phases?: readonly string[],
): ParsedScenario {
  const { document, problems, sources } = loadScenario(file, { read, sets, ...language, phases });
  if (document === undefined || problems.some(isError)) return { problems, sources };
  const checked = checkAgainst(scenarioSchema, document);
  if (checked.value === undefined) {
    const found = withDecided(document, [...checked.problems, ...checkWhatParses(document)]);
    return { problems: [...problems, ...found], sources };
  }
  const { check, growth, phases: allPhases, plan } = checked.value as ScenarioValue;
  const roadmap: Roadmap = { growth, phases: allPhases };
  const design = designOf(checked.value as ScenarioValue, file);
  const found = [
    ...checkReferences(checked.value, sectionNames(document), document),
    ...checkRun(design, document),
    ...checkCheckRun(check, design.run, document),
    ...checkUse(design, checked.value, document),
    ...checkRoadmap(roadmap, document),
  ];
  const stands = !found.some(isError);
  if (stands) found.push(...checkKinds(design, document));
  const catalog = catalogOf(design, stands);
  const { targets, problems: targetProblems } = checkTargets(design.targets, catalog, document);
  const { gates, problems: gateProblems } = gatesOf(check, targets, catalog, document);
  const now = withDecided(document, [...problems, ...found, ...targetProblems, ...gateProblems]);
  const toCome = now.some(isError)
    ? []
    : checkPhases(roadmap, (names) => parseScenario(file, read, sets, names).problems);
  const all = [...now, ...toCome];
  if (catalog === undefined || all.some(isError)) return { problems: all, sources };
  const uncertain = uncertainOf(document, (other) => checkAgainst(scenarioSchema, other).value !== undefined);
  const assumptions = [
    ...eachEntry(design).flatMap(({ kind, name, config }) => kind.assumptions?.(name, config, design) ?? []),
    ...uncertainAssumptions(uncertain),
  ];
  return {
    scenario: {
      design,
      catalog,
      targets,
      check,
      gates,
      ...(plan === undefined ? {} : { plan }),
      roadmap,
      uncertain,
      assumptions,
      text: resolvedText(document),
      hash: scenarioHash(document),
    },
    document,
    problems: all,
    sources,
  };
}

const isError = ({ severity }: Problem): boolean => severity === 'error';

type ScenarioValue = {
  name?: string;
  title?: string;
  run: RunSettings;
  check: CheckSettings;
  plan?: PlanSettings;
  targets: TargetSetting[];
  growth?: GrowthSettings;
  phases: Record<string, PhaseSettings>;
} & Record<string, unknown>;

/** Mistakes of the scenario at each of its phases, and without each with those that wait for it: each mistake once. */
function checkPhases(
  roadmap: Roadmap,
  problemsOf: (phases: readonly string[]) => readonly Problem[],
): Problem[] {
  const names = phasesBy(roadmap, Number.POSITIVE_INFINITY);
  const stages = [
    ...names.map((_, at) => names.slice(0, at + 1)),
    ...names.map((name) => names.filter((other) => !waitingFor(roadmap, name).has(other))),
  ];
  const found = new Map<string, Problem>();
  for (const stage of stages) {
    for (const problem of problemsOf(stage)) {
      const { file, line, column, message } = problem;
      const key = `${file}\n${line}\n${column}\n${message}`;
      if (isError(problem) && !found.has(key)) found.set(key, problem);
    }
  }
  return [...found.values()];
}

/** The catalog; of a design with broken references only where it can be worked out all the same. */
function catalogOf(design: Design, stands: boolean): Catalog | undefined {
  try {
    return new Catalog(scopesOf(design));
  } catch (error) {
    if (stands) throw error;
    return undefined;
  }
}

/** Mistakes in the parts of a scenario that can be read although others cannot: references, and the form of targets. */
function checkWhatParses(document: LocatedNode): Problem[] {
  const names = sectionNames(document);
  const value = plainValue(document) as Record<string, unknown>;
  const references = kinds.flatMap((kind) => {
    const section = kind.shape === 'implied' ? undefined : value[kind.section];
    if (typeof section !== 'object' || section === null) return [];
    const entries: [string[], unknown][] =
      kind.shape === 'single'
        ? [[[kind.section], section]]
        : Object.entries(section).map(([name, entry]) => [[kind.section, name], entry]);
    return entries.flatMap(([path, entry]) => {
      const parsed = kind.schema.safeParse(entry);
      return parsed.success ? checkReferences(parsed.data, names, document, path) : [];
    });
  });
  const targets = z.array(target).safeParse(value.targets ?? []);
  const forms = targets.success ? checkTargets(targets.data, undefined, document).problems : [];
  return [...references, ...forms];
}

function designOf(value: ScenarioValue, file: string): Design {
  const sections = new Map<string, Map<string, unknown>>();
  for (const { section, shape } of kinds) {
    const entries =
      shape === 'named' ? (value[section] as Record<string, unknown>) : { '': value[section] ?? {} };
    sections.set(section, new Map(Object.entries(entries)));
  }
  const regions = sections.get('regions');
  if (regions?.size === 0) regions.set(onlyRegion, { zones: 3 });
  return new Design(value.name ?? nameOf(file), value.title, value.run, value.targets, sections);
}

/** The one region, without network delay, of a scenario that names none. */
const onlyRegion = 'region';

/** Names that references may use, by section, as the document has them: also of entries that are not right. */
function sectionNames(document: LocatedNode): Record<string, string[]> {
  const value = plainValue(document) as Record<string, unknown>;
  const keysOf = (map: unknown): string[] =>
    typeof map === 'object' && map !== null ? Object.keys(map) : [];
  const names = Object.fromEntries(kinds.map(({ section }) => [section, keysOf(value[section])]));
  const services = (value.services ?? {}) as Record<
    string,
    { operations?: unknown; executors?: unknown } | null
  >;
  const operations = keysOf(services).flatMap((service) =>
    keysOf(services[service]?.operations).map((operation) => `${service}.${operation}`),
  );
  const executors = keysOf(services).flatMap((service) => keysOf(services[service]?.executors));
  if (names.regions?.length === 0) names.regions = [onlyRegion];
  return { ...names, operations, executors };
}

/** `trades-10m` of `scenarios/trades-10m.yaml`. */
const nameOf = (file: string): string => (file.split('/').pop() ?? file).replace(/\.ya?ml$/, '');

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

/** A warning for each entry that does nothing because nobody names it. */
function checkUse(design: Design, value: unknown, document: LocatedNode): Problem[] {
  const used = new Set(collectReferences(value).map(({ section, name }) => `${section}.${name}`));
  return kinds
    .filter(({ waitsToBeNamed }) => waitsToBeNamed)
    .flatMap(({ section }) =>
      design
        .names(section)
        .filter((name) => !used.has(`${section}.${name}`))
        .map((name) =>
          problemIn(document, [section, name], nobodyNames(section, name), {
            at: 'key',
            severity: 'warning',
          }),
        ),
    );
}

function checkKinds(design: Design, document: LocatedNode): Problem[] {
  return eachEntry(design).flatMap(({ kind, name, config }) =>
    (kind.check?.(name, config, design) ?? []).map(({ path, severity, message, expected, hint }) => {
      const base = { named: [kind.section, name], single: [kind.section], implied: [] }[kind.shape];
      return problemIn(
        document,
        [...base, ...path],
        { code: `${kind.noun}`, message, expected, hint },
        { severity: severity ?? 'error' },
      );
    }),
  );
}

/** What is one number a run, or the largest of all times, has no part that is of steady times. */
const hasNoSteadyPart = ({ entry: { definition, suffix } }: ResolvedTarget): boolean =>
  ['value', 'duration', 'exact'].includes(definition.kind) ||
  (definition.kind === 'level' && suffix === 'max');

const noSteady = ({ entry: { id } }: ResolvedTarget) => ({
  code: 'target',
  message: `${id} has no part that is of steady times`,
  expected: 'a metric of operations, or of something over time; or no during',
});

/** What somebody may have meant: who left off the last words of an id is given those that go on so, the shortest first. */
function nearMetrics(word: string, ids: readonly string[]): string | undefined {
  const longer = ids.filter((id) => id.startsWith(`${word}.`));
  const parts = (id: string) => id.split('.').length;
  const least = Math.min(...longer.map(parts));
  const shortest = longer.filter((id) => parts(id) === least).slice(0, 3);
  return shortest.length > 0 ? shortest.join(', ') : nearestWord(word, ids);
}

function checkTargets(
  settings: readonly TargetSetting[],
  catalog: Catalog | undefined,
  document: LocatedNode,
) {
  const targets: Target[] = [];
  const problems: Problem[] = [];
  settings.forEach((setting, index) => {
    const path =
      nodeAt(document, ['targets', index, 'target']) === undefined
        ? ['targets', index]
        : ['targets', index, 'target'];
    const text = parseTarget(setting.target);
    if (catalog === undefined && !('kind' in text)) return;
    const resolved = 'kind' in text ? text : resolveTarget(text, catalog as Catalog);
    if (Array.isArray(resolved)) {
      const whole = setting.during === 'steady' ? resolved.find(hasNoSteadyPart) : undefined;
      if (whole !== undefined)
        problems.push(problemIn(document, ['targets', index, 'during'], noSteady(whole)));
      targets.push({ ...setting, resolved });
      return;
    }
    const mistake = resolved as Exclude<typeof resolved, readonly ResolvedTarget[]>;
    const near = 'word' in mistake ? nearMetrics(mistake.word, (catalog as Catalog).ids) : undefined;
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
