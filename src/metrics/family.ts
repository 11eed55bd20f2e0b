import type { MeterDefinition } from './metric.ts';

/** Meters that all things of one sort have: what scopes are of one scenario, this is of all of them. */
export interface MeterFamily {
  /** The path with what varies in angle brackets: `databases.<database>.in.<region>`. */
  readonly of: string;
  readonly meters: readonly MeterDefinition[];
  /** Where only some of them have these: `where it has replicas`. */
  readonly where?: string;
}

/** Whether a path is one of a family's: `databases.main.in.eu-west` of `databases.<database>.in.<region>`. */
export function isOfFamily(path: readonly string[], { of }: MeterFamily): boolean {
  const parts = of.split('.');
  return parts.length === path.length && parts.every((part, at) => part.startsWith('<') || part === path[at]);
}
