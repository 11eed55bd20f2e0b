import { type Rule, type Source, sourcesOf } from './source.ts';

/** What each layer may import of the project, besides itself. */
const ARROWS: Record<string, readonly string[]> = {
  units: [],
  sim: [],
  algorithms: [],
  metrics: ['units'],
  scenario: ['units', 'metrics'],
  models: ['algorithms', 'sim', 'scenario', 'metrics', 'units'],
  reference: ['models', 'scenario', 'metrics', 'units'],
  result: ['metrics', 'units'],
  study: ['models', 'algorithms', 'sim', 'result', 'scenario', 'metrics', 'units'],
  report: ['result', 'metrics', 'units'],
  cli: [
    'report',
    'reference',
    'study',
    'result',
    'models',
    'algorithms',
    'scenario',
    'metrics',
    'units',
    'sim',
    'index',
  ],
  index: ['report', 'study', 'result', 'models', 'algorithms', 'scenario', 'metrics', 'units', 'sim'],
};

/** Packages that only one part may import, and why each stays there is in docs/decisions. */
const OWNED_PACKAGES: Record<string, string> = {
  'chartjs-node-canvas': 'src/report/png/',
  bullmq: 'src/study/queue/',
  commander: 'src/cli/',
  ioredis: 'src/study/queue/',
};

/** The only packages that the deterministic core may import: none of them reads a clock, a disk or a network. */
const CORE_PACKAGES: Record<string, readonly string[]> = {
  algorithms: ['node:crypto'],
  sim: ['node:crypto', 'seedrandom', 'simple-statistics'],
};

export const layerOf = (path: string): string => {
  if (path.startsWith('src/models/algorithms/')) return 'algorithms';
  return /^src\/([a-z]+)(\/|\.ts$)/.exec(path)?.[1] ?? path;
};

/** Imports between layers point one way. */
export const arrows: Rule = (texts) =>
  sourcesOf(texts).flatMap((source) => {
    const layer = layerOf(source.path);
    const allowed = ARROWS[layer];
    if (!allowed) return [`${source.path}:1 is in no layer that docs/ARCHITECTURE.md names`];
    return source.imports
      .filter(({ target, isOfProject }) => isOfProject && !isAllowed(layer, allowed, target))
      .map(
        ({ target, line }) => `${source.path}:${line} ${layer} may not import ${layerOf(target)}: ${target}`,
      );
  });

const isAllowed = (layer: string, allowed: readonly string[], target: string): boolean => {
  if (target === 'package.json') return layer === 'cli';
  return layerOf(target) === layer || allowed.includes(layerOf(target));
};

/** A package with one owner is imported by its owner alone, and the core imports next to nothing. */
export const packages: Rule = (texts) => sourcesOf(texts).flatMap(strangePackages);

function strangePackages(source: Source): string[] {
  const layer = layerOf(source.path);
  return source.imports.flatMap(({ target, isOfProject, line }) => {
    if (isOfProject) return [];
    const owner = OWNED_PACKAGES[target];
    const core = CORE_PACKAGES[layer];
    if (owner && !source.path.startsWith(owner))
      return [`${source.path}:${line} only ${owner} imports ${target}`];
    if (core && !core.includes(target)) return [`${source.path}:${line} ${layer} may not import ${target}`];
    return [];
  });
}
