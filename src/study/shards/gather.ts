import { type FoundManifest, manifestsIn, type SweepAsked } from './manifest.ts';

/** Why shards cannot be merged: everything that is wrong, a line each. */
export class Unmergeable extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

export interface Gathered {
  readonly asked: SweepAsked;
  readonly shards: readonly FoundManifest[];
  /** Numbers of those that are not there. */
  readonly missing: readonly number[];
}

/**
 * The shards in some folders, which must all be parts of one work, done by this version.
 * @throws Unmergeable
 */
export function gather(folders: readonly string[], version: string): Gathered {
  const found = folders.flatMap(manifestsIn);
  const problems = found.flatMap((each) => ('problem' in each ? [each.problem] : []));
  const shards = found.filter((each): each is FoundManifest => 'manifest' in each);
  const [first] = shards;
  for (const { file, manifest } of shards) {
    if (manifest.version !== version)
      problems.push(`${file}: made by headroom ${manifest.version}, and this is ${version}`);
    const other = differenceOf(manifest, first.manifest);
    if (other !== undefined) problems.push(`${file} and ${first.file} are parts of different work: ${other}`);
  }
  if (problems.length > 0) throw new Unmergeable(problems);
  const there = new Set(shards.map(({ manifest }) => manifest.shard.number));
  const { shard, sweep: asked } = first.manifest;
  const missing = Array.from({ length: shard.of }, (_, at) => at + 1).filter((number) => !there.has(number));
  return { asked, shards, missing };
}

type Manifest = FoundManifest['manifest'];

const askedNames: Readonly<Record<keyof SweepAsked, string>> = {
  hash: 'scenario hash',
  scenario: 'scenario text',
  file: 'file',
  sets: '--set',
  seed: '--seed',
  runs: '--runs',
  maxRuns: '--max-runs',
  metrics: '--metric',
  variables: '--vary',
  where: '--where',
  leftOut: 'points left out',
  points: 'points',
  uncertain: 'draws of uncertain inputs',
};

function differenceOf(a: Manifest, b: Manifest): string | undefined {
  if (a.shard.of !== b.shard.of) return `one of ${a.shard.of} shards, and one of ${b.shard.of}`;
  const keys = Object.keys(askedNames) as (keyof SweepAsked)[];
  const key = keys.find((each) => JSON.stringify(a.sweep[each]) !== JSON.stringify(b.sweep[each]));
  return key === undefined
    ? undefined
    : `${askedNames[key]} ${said(a.sweep[key])}, and ${said(b.sweep[key])}`;
}

function said(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
