import type { SweepVariable } from '../../result/index.ts';
import { nearestWord } from '../../scenario/index.ts';
import { type Dimension, dimensions, parseQuantity } from '../../units/index.ts';
import type { BadVary } from './vary.ts';

/** Whether a combination of values is one that is asked for. */
export type Constraint = (values: readonly string[]) => boolean;

const comparisons: Readonly<Record<string, (a: number | string, b: number | string) => boolean>> = {
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '!=': (a, b) => a !== b,
  '==': (a, b) => a === b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '=': (a, b) => a === b,
};

/**
 * Reads a constraint: two sides and a comparison, `services.a.threads <= services.b.threads`. A side is a variable (its
 * path, or as much of its end as tells it from the others), a value, or products of these: `threads * instances <= 64`.
 */
export function parseWhere(text: string, variables: readonly SweepVariable[]): Constraint | BadVary {
  const [, left, operator, right] = /^(.+?)\s*(<=|>=|!=|==|<|>|=)\s*(.+)$/.exec(text.trim()) ?? [];
  if (left === undefined || right === undefined)
    return {
      problem: `--where ${text} compares nothing`,
      hint: "write --where 'services.a.threads <= services.b.threads'",
    };
  const sides = [left, right].map((side) => sideOf(side, variables));
  const bad = sides.find((side) => 'problem' in side) as BadVary | undefined;
  if (bad !== undefined) return { ...bad, problem: `--where ${text}: ${bad.problem}` };
  const [first, second] = sides as ((values: readonly string[]) => string)[];
  if (!sides.some((side) => 'isVaried' in side && side.isVaried))
    return {
      problem: `--where ${text} names nothing that is varied`,
      hint: `varied: ${variables.map(({ path }) => path).join(', ')}`,
    };
  return (values) => {
    const [a, b] = comparable(first(values), second(values));
    return comparisons[operator](a, b);
  };
}

/** A value, or a product of values, of a combination. */
export type Side = ((values: readonly string[]) => string) & { readonly isVaried: boolean };

/** Reads a variable, a value, or a product of these: `threads * instances`. */
export function sideOf(text: string, variables: readonly SweepVariable[]): Side | BadVary {
  const factors = text.split(/\s*\*\s*/).map((factor) => factorOf(factor.trim(), variables));
  const bad = factors.find((factor) => 'problem' in factor);
  if (bad !== undefined) return bad as BadVary;
  const read = factors as Side[];
  const side = (values: readonly string[]) =>
    read.length === 1
      ? read[0](values)
      : String(read.reduce((product, factor) => product * Number(factor(values)), 1));
  return Object.assign(side, { isVaried: read.some(({ isVaried }) => isVaried) });
}

function factorOf(text: string, variables: readonly SweepVariable[]): Side | BadVary {
  const at = variables.findIndex(({ path }) => path === text);
  const ending = variables.flatMap(({ path }, index) => (path.endsWith(`.${text}`) ? [index] : []));
  if (ending.length > 1 && at < 0)
    return { problem: `${text} may be ${ending.map((index) => variables[index].path).join(' or ')}` };
  const found = at >= 0 ? at : ending[0];
  if (found !== undefined)
    return Object.assign((values: readonly string[]) => values[found], { isVaried: true });
  if (/^[A-Za-z_][\w-]*\./.test(text)) {
    const near = nearestWord(
      text,
      variables.map(({ path }) => path),
    );
    return {
      problem: `${text} is not varied`,
      hint:
        near === undefined
          ? `varied: ${variables.map(({ path }) => path).join(', ')}`
          : `did you mean ${near}?`,
    };
  }
  return Object.assign(() => text, { isVaried: false });
}

/** Two values as numbers of one dimension where they are, else as they are written. */
function comparable(a: string, b: string): [number, number] | [string, string] {
  for (const dimension of orders) {
    const [one, other] = [a, b].map((text) => parseQuantity(text, dimension));
    if (one.problem === undefined && other.problem === undefined) return [one.value, other.value];
  }
  return [a, b];
}

/** Counts before ratios and cores: a plain number is one. */
const orders: readonly Dimension[] = [
  'count',
  ...dimensions.filter((each) => each !== 'count' && each !== 'instant'),
];
