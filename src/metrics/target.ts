import { type Dimension, parseQuantity } from '../units/index.ts';
import type { Catalog, CatalogEntry } from './catalog.ts';

export type Operator = '<' | '<=' | '>' | '>=';

/** `metric operator limit`, as an author writes it, before it is held against a catalog. */
export interface TargetText {
  readonly pattern: string;
  readonly operator: Operator;
  readonly limit: string;
}

/** A target that a catalog knows: one metric, one limit in SI units. */
export interface ResolvedTarget {
  readonly entry: CatalogEntry;
  readonly operator: Operator;
  readonly limit: number;
}

/** Why a target does not stand; the caller adds file and line, and the nearest word for `unknown`. */
export type TargetMistake =
  | { kind: 'grammar'; message: string; hint: string }
  | { kind: 'unknown'; message: string; word: string }
  | { kind: 'limit'; message: string; hint?: string };

const grammar = /^\s*([A-Za-z0-9_.*-]+)\s*(<=|>=|<|>)\s*(\S.*?)\s*$/;

/** Reads `workloads.trades.latency.p95 < 100ms`. */
export function parseTarget(text: string): TargetText | TargetMistake {
  const match = grammar.exec(text);
  if (match === null) {
    return {
      kind: 'grammar',
      message: `"${text}" is not a target`,
      hint: 'write a metric, one of < <= > >=, and a limit: workloads.trades.latency.p95 < 100ms',
    };
  }
  return { pattern: match[1], operator: match[2] as Operator, limit: match[3] };
}

/** Holds a target against the catalog: every metric that its pattern names, with the limit in the metric's unit. */
export function resolveTarget(target: TargetText, catalog: Catalog): ResolvedTarget[] | TargetMistake {
  const entries = catalog.matching(target.pattern);
  if (entries.length === 0) {
    return { kind: 'unknown', message: `no metric is called ${target.pattern}`, word: target.pattern };
  }
  const resolved: ResolvedTarget[] = [];
  for (const entry of entries) {
    const limit = parseQuantity(target.limit, entry.unit);
    if ('problem' in limit) {
      return {
        kind: 'limit',
        message: `${entry.id} is a ${entry.unit}: ${limit.problem}`,
        ...(limit.hint === undefined ? {} : { hint: limit.hint }),
      };
    }
    if (limit.value > 1 && isPartOfWhole(entry)) {
      return {
        kind: 'limit',
        message: `${entry.id} is never above 100%`,
        hint: `a limit of 100% or less, such as ${entry.id} ${target.operator} 95%`,
      };
    }
    resolved.push({ entry, operator: target.operator, limit: limit.value });
  }
  return resolved;
}

/** Whether a metric is a part over a whole, by the way in which it is metered. */
const isPartOfWhole = ({ definition: { kind }, unit }: CatalogEntry): boolean =>
  unit === 'ratio' && (kind === 'ratio' || kind === 'share');

/** Whether a value keeps the limit. */
export const keeps = (value: number, operator: Operator, limit: number): boolean =>
  operator === '<'
    ? value < limit
    : operator === '<='
      ? value <= limit
      : operator === '>'
        ? value > limit
        : value >= limit;

/**
 * How far inside the limit a value is, as a share of the limit; negative when broken. Of a ratio that must be high it is a
 * share of the rest, where that is less than the limit: at an availability of at least 99.9%, 99.95% uses half of what may
 * fail, and is 50% inside.
 */
export function margin(value: number, operator: Operator, limit: number, unit: Dimension): number {
  const isHigh = operator.startsWith('>') && unit === 'ratio' && limit < 1;
  const room = operator.startsWith('<') ? limit - value : value - limit;
  const whole = isHigh ? Math.min(Math.abs(limit), 1 - limit) : Math.abs(limit);
  return whole === 0 ? (room === 0 ? 0 : Math.sign(room) * Infinity) : room / whole;
}
