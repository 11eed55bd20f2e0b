/** What `--set path=value` changes in a tree. It touches what it names and nothing else. */

import type { Grafts } from './graft.ts';
import type { Origin } from './locate-yaml.ts';
import { entryOf, type LocatedNode, type Location, type MapEntry, type Path } from './located-node.ts';
import { isDeleted, merge } from './merge.ts';
import { describe } from './nested-schema.ts';
import { type Problem, problemAt } from './problem.ts';
import { badSet, setIntoScalar, setOutsideList } from './problems.ts';
import { readYaml } from './read-yaml.ts';
import { rangeOf } from './uncertain.ts';

/** The name under which the command line's settings stand in locations: line 1 is the first of them. */
export const setFile = '--set';

export interface Setting {
  readonly keys: readonly string[];
  readonly value: LocatedNode;
  /** The path's place on the command line. */
  readonly at: Location;
}

/** A setting as `--set` takes it: `services.desk.threads=2`. */
export const settingText = (keys: readonly string[], value: string | number): string =>
  `${keys.join('.')}=${value}`;

export interface ReadSettings {
  readonly settings: readonly Setting[];
  readonly problems: readonly Problem[];
  /** What `line` and `offset` of the locations count in. */
  readonly text: string;
}

/** Reads all `--set` of a command line. A value is YAML: `64`, `40ms`, `{ mode: sync }`, `~`. */
export function readSettings(sets: readonly string[]): ReadSettings {
  const settings: Setting[] = [];
  const problems: Problem[] = [];
  let origin: Origin = { file: setFile, offset: 0, line: 1, column: 1 };
  for (const set of sets) {
    const read = readSetting(set, origin);
    problems.push(...read.problems);
    if (read.setting) settings.push(read.setting);
    origin = {
      ...origin,
      offset: origin.offset + set.length + 1,
      line: origin.line + set.split('\n').length,
    };
  }
  return { settings, problems, text: sets.join('\n') };
}

function readSetting(set: string, origin: Origin): { setting?: Setting; problems: readonly Problem[] } {
  const equals = set.indexOf('=');
  const path = equals < 0 ? set : set.slice(0, equals);
  const at: Location = { ...origin, length: Math.max(1, path.length) };
  const keys = path.trim().split('.');
  const wrong = (expected: string) => ({ problems: [problemAt(at, [], badSet(expected, set))] });
  if (equals < 0) return wrong('an = between path and value');
  if (keys.some((key) => key === '')) return wrong('keys parted by single dots');
  if (set.slice(equals + 1).trim() === '') return wrong('a value behind the =, or ~ to take it away');
  const valueOrigin = { ...origin, offset: origin.offset + equals + 1, column: origin.column + equals + 1 };
  const { document, problems } = readYaml(set.slice(equals + 1), setFile, valueOrigin);
  if (problems.length > 0 || !document) return { problems };
  return { setting: { keys, value: document, at }, problems };
}

/** The tree with a setting in it, or the problem why not. Maps on the way that are not there are made. */
export function applySetting(
  root: LocatedNode,
  { keys, value, at }: Setting,
  oneKeyVerbs: ReadonlySet<string>,
  grafts: Grafts,
): LocatedNode | Problem {
  const steps: Step = { value, at, oneKeyVerbs, grafts };
  return setBelow(root, keys, [], steps);
}

interface Step {
  readonly value: LocatedNode;
  readonly at: Location;
  readonly oneKeyVerbs: ReadonlySet<string>;
  readonly grafts: Grafts;
}

function setBelow(
  written: LocatedNode,
  keys: readonly string[],
  path: Path,
  step: Step,
): LocatedNode | Problem {
  const { value, at, oneKeyVerbs, grafts } = step;
  if (keys.length === 0) return merge(written, value, oneKeyVerbs);
  const node = grafts.resolve(written, path);
  if (node.kind === 'list') return setInList(node, keys, path, step);
  if (node.kind === 'scalar' && node.value !== null) {
    return problemAt(at, path, setIntoScalar(path.join('.') || 'the scenario', describe(node.value)));
  }
  const [key, ...rest] = keys;
  const entries = node.kind === 'map' ? node.entries : [];
  const known = entryOf(node, key);
  const below = setBelow(known?.value ?? emptyMap(at), rest, [...path, key], step);
  if (isProblem(below)) return below;
  const changed: MapEntry = { key, keyAt: known?.keyAt ?? at, value: below };
  // Another verb in a map of one verb, or in a range, is another distribution, not a second one.
  const isDistribution =
    node.kind === 'map' &&
    (rangeOf(node) !== undefined || (entries.length === 1 && oneKeyVerbs.has(entries[0].key)));
  const isOtherVerb = !known && isDistribution && oneKeyVerbs.has(key);
  const others = isOtherVerb ? [] : entries;
  return {
    kind: 'map',
    at: node.kind === 'map' ? node.at : at,
    entries: known ? others.map((entry) => (entry === known ? changed : entry)) : [...others, changed],
  };
}

function setInList(
  list: LocatedNode & { kind: 'list' },
  keys: readonly string[],
  path: Path,
  step: Step,
): LocatedNode | Problem {
  const [key, ...rest] = keys;
  const index = /^\d+$/.test(key) ? Number(key) : Number.NaN;
  if (!(index <= list.items.length))
    return problemAt(step.at, path, setOutsideList(path.join('.'), list.items.length, key));
  if (rest.length === 0 && isDeleted(step.value)) return { ...list, items: list.items.toSpliced(index, 1) };
  const below = setBelow(list.items[index] ?? emptyMap(step.at), rest, [...path, index], step);
  if (isProblem(below)) return below;
  return {
    ...list,
    items: index === list.items.length ? [...list.items, below] : list.items.with(index, below),
  };
}

function emptyMap(at: Location): LocatedNode {
  return { kind: 'map', entries: [], at };
}

export function isProblem(result: LocatedNode | Problem): result is Problem {
  return 'severity' in result;
}
