import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Shard } from './shard.ts';

const manifestFormat = 'headroom.shard/1';

const sweepAsked = z.strictObject({
  file: z.string(),
  /** Of the scenario as it is, at no point. */
  hash: z.string(),
  /** SHA-256 of its text, which lies in the folder. */
  scenario: z.string(),
  sets: z.array(z.string()),
  seed: z.number().optional(),
  runs: z.number().optional(),
  maxRuns: z.number().optional(),
  metrics: z.array(z.string()),
  variables: z.array(z.strictObject({ path: z.string(), values: z.array(z.string()) })),
  where: z.array(z.string()),
  leftOut: z.number(),
  /** Points of all shards. */
  points: z.number(),
  /** Absent in a sweep: the points are draws of uncertain inputs, and what tells which of these matters. */
  uncertain: z
    .strictObject({
      draws: z.number(),
      inputs: z.array(
        z.strictObject({ path: z.string(), low: z.string(), mid: z.string(), high: z.string() }),
      ),
    })
    .optional(),
});

const manifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  version: z.string(),
  shard: z.strictObject({ number: z.number(), of: z.number() }),
  sweep: sweepAsked,
  /** Its own points: their places among all, the SHA-256 of the text of the scenario at each, and how many runs that had. */
  points: z.array(
    z.strictObject({
      at: z.number(),
      values: z.array(z.string()),
      scenario: z.string(),
      runs: z.number(),
    }),
  ),
});

/** What was asked, of which a shard is a part: the same for all shards. */
export type SweepAsked = z.infer<typeof sweepAsked>;

/** What a shard says of itself when all of it is finished. */
export type ShardManifest = z.infer<typeof manifestSchema>;

const prefix = 'shard-';
const fileOf = ({ number, of }: Shard): string => `${prefix}${number}-of-${of}.json`;

/** Written last, and whole: whoever finds it finds all units of the shard. */
export function writeManifest(folder: string, manifest: Omit<ShardManifest, 'format'>): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, fileOf(manifest.shard));
  const from = `${file}.${process.pid}.tmp`;
  writeFileSync(from, `${JSON.stringify({ format: manifestFormat, ...manifest })}\n`);
  renameSync(from, file);
  return file;
}

export interface FoundManifest {
  readonly folder: string;
  readonly file: string;
  readonly manifest: ShardManifest;
}

/** All finished shards that a folder has; what cannot be read is a problem that names its file. */
export function manifestsIn(folder: string): (FoundManifest | { readonly problem: string })[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    return [{ problem: `${folder}: cannot be read: ${(error as NodeJS.ErrnoException).code}` }];
  }
  const found = names.filter((name) => name.startsWith(prefix) && name.endsWith('.json')).sort();
  if (found.length === 0)
    return [
      {
        problem: `${folder}: no finished shard of a sweep is in it (shards of a plan need no merge: headroom plan FILE --resume --keep ${folder})`,
      },
    ];
  return found.map((name) => readManifest(folder, join(folder, name)));
}

function readManifest(folder: string, file: string): FoundManifest | { readonly problem: string } {
  try {
    const read = manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (read.success) return { folder, file, manifest: read.data };
    const [{ path, message }] = read.error.issues;
    return { problem: `${file}: not what a shard says of itself: ${path.join('/') || 'it'}: ${message}` };
  } catch (error) {
    return {
      problem: `${file}: corrupt: ${error instanceof SyntaxError ? 'no whole JSON' : (error as Error).message}`,
    };
  }
}
