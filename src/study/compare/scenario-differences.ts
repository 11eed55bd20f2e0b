import { parse, stringify } from 'yaml';
import type { ScenarioDifference } from '../../result/index.ts';

/** Keys that only say what a scenario is called. */
const names = new Set(['name', 'title']);

/**
 * Where two resolved scenarios say something else, deepest places first found in the order of the texts. Lists of the
 * same length are compared item by item, others as a whole.
 */
export function scenarioDifferences(from: string, to: string): ScenarioDifference[] {
  const found: ScenarioDifference[] = [];
  compare(parse(from), parse(to), '', found);
  return found.filter(({ path }) => !names.has(path));
}

function compare(from: unknown, to: unknown, path: string, found: ScenarioDifference[]): void {
  if (isMap(from) && isMap(to)) {
    for (const key of new Set([...Object.keys(from), ...Object.keys(to)]))
      compare(from[key], to[key], path === '' ? key : `${path}.${key}`, found);
  } else if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    for (const [at, item] of from.entries()) compare(item, to[at], `${path}[${at}]`, found);
  } else if (onOneLine(from) !== onOneLine(to)) {
    found.push({
      path,
      ...(from === undefined ? {} : { from: onOneLine(from) }),
      ...(to === undefined ? {} : { to: onOneLine(to) }),
    });
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const onOneLine = (value: unknown): string =>
  value === undefined
    ? ''
    : stringify(value, {
        collectionStyle: 'flow',
        lineWidth: 0,
        aliasDuplicateObjects: false,
        flowCollectionPadding: true,
      })
        .replace(/\s*\n\s*/g, ' ')
        .trim();
