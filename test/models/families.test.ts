import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isOfFamily, type MeterDefinition } from '../../src/metrics/index.ts';
import { kinds } from '../../src/models/kinds.ts';
import { definitionsOf, type MeterSet } from '../../src/models/meters.ts';
import { parseScenario } from '../../src/models/parse.ts';

const scenarios = readdirSync('scenarios').filter((file) => file.endsWith('.yaml'));

/** What a family says of a meter: two of the same name are told apart by what they count. */
const saying = ({ metric, kind, unit, better, about }: MeterDefinition) =>
  JSON.stringify([metric, kind, unit, better, about]);

describe('families of meters', () => {
  test.each(scenarios)('every metric of %s belongs to a family of its kind', (file) => {
    const { scenario } = parseScenario(`scenarios/${file}`, (path) => readFileSync(path));
    const design = scenario!.design;
    for (const kind of kinds) {
      for (const [name, config] of design.entries(kind.section)) {
        for (const { path, meters } of kind.scopes(name, config, design)) {
          const families = kind.families.filter((family) => isOfFamily(path, family));
          const known = new Set(families.flatMap((family) => family.meters.map(saying)));
          const strange = meters.filter((meter) => !known.has(saying(meter))).map(({ metric }) => metric);
          expect(strange, path.join('.')).toEqual([]);
        }
      }
    }
  });

  test('every set of meters that a kind exports is in a family', async () => {
    const files = readdirSync('src/models', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('metrics.ts'))
      .map((file) => resolve('src/models', file));
    const inFamilies = new Set(
      kinds.flatMap(({ families }) => families.flatMap(({ meters }) => meters.map(saying))),
    );
    const sets: { name: string; set: MeterSet }[] = [];
    for (const file of files) {
      const exported: Record<string, unknown> = await import(file);
      for (const [name, value] of Object.entries(exported))
        if (isMeterSet(value)) sets.push({ name: `${file} ${name}`, set: value });
    }
    expect(sets.length).toBeGreaterThan(30);
    const missing = sets.flatMap(({ name, set }) =>
      definitionsOf(set)
        .filter((meter) => !inFamilies.has(saying(meter)))
        .map(({ metric }) => `${name}.${metric}`),
    );
    expect(missing).toEqual([]);
  });

  test('an id has one meaning: no family has a meter twice, nor two families of the same things', () => {
    for (const { families } of kinds) {
      const byPlace = new Map<string, Set<string>>();
      for (const { of, meters } of families) {
        const seen = byPlace.get(of) ?? new Set();
        byPlace.set(of, seen);
        for (const { metric } of meters) {
          expect(seen, of).not.toContain(metric);
          seen.add(metric);
        }
      }
    }
  });
});

const isMeterSet = (value: unknown): value is MeterSet =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).length > 0 &&
  Object.values(value).every(
    (each) => typeof each === 'object' && each !== null && 'better' in each && 'unit' in each,
  );
