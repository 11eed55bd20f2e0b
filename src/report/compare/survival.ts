import type { FaultResult, Result } from '../../result/index.ts';
import { targetGroups } from '../reading/target-groups.ts';
import type { Compared } from './compared.ts';

/** The fault in which a whole region goes. */
const regionLoss = 'region-outage';

/** How a design came through a fault of its scenario. */
export interface Coming {
  readonly fault: FaultResult;
  /** In every run, while that was looked at; undefined where nothing was measured of it. */
  readonly isRecovered: boolean | undefined;
}

/** Faults by name, with whether the design was itself again afterwards. */
export const comingsThrough = (result: Result): Coming[] =>
  result.faults.map((fault) => ({ fault, isRecovered: isRecovered(fault, result) }));

function isRecovered({ name }: FaultResult, { metrics }: Result): boolean | undefined {
  const rto = metrics[`faults.${name}.rto`];
  if (rto === undefined || rto.data === 'none') return undefined;
  return rto.value !== null && !rto.runs.some(({ censored }) => censored);
}

export const isRegionLoss = ({ fault }: FaultResult): boolean => fault === regionLoss;

/**
 * Whether a design outlives the loss of a region: every run was itself again after every such fault, and no need was broken
 * in a run that had it. Undefined where its scenario loses no region, or the runs cannot tell.
 */
export function survivesRegion(result: Result): boolean | undefined {
  const losses = comingsThrough(result).filter(({ fault }) => isRegionLoss(fault));
  if (losses.length === 0) return undefined;
  const needs = needsOf(result);
  if (needs.broken > 0 || losses.some((loss) => loss.isRecovered === false)) return false;
  return needs.undecided > 0 || losses.some((loss) => loss.isRecovered === undefined) ? undefined : true;
}

/** How many needs a design keeps, as their author wrote them. */
export interface Needs {
  readonly all: number;
  readonly kept: number;
  readonly broken: number;
  readonly undecided: number;
}

export function needsOf({ targets }: Result): Needs {
  const needs = targetGroups(targets).filter(({ level }) => level === 'fail');
  const count = (...wanted: string[]) => needs.filter(({ status }) => wanted.includes(status)).length;
  return {
    all: needs.length,
    kept: count('pass'),
    broken: count('fail', 'no-data'),
    undecided: count('inconclusive'),
  };
}

/** Whether the runs do not decide if a design does what is asked of it: nothing is broken, something undecided. */
export const isOpen = (result: Result): boolean => {
  const { broken, undecided } = needsOf(result);
  return broken === 0 && undecided > 0 && result.load !== 'overloaded';
};

/** Whether a design does all that is asked of it, as far as anybody asks: nothing broken or undecided, and the load is borne. */
export const holds = (result: Result): boolean => {
  const { broken, undecided } = needsOf(result);
  return broken === 0 && undecided === 0 && result.load !== 'overloaded';
};

/** Whether a scenario loses a region at all. */
export const losesRegion = ({ faults }: Result): boolean => faults.some(isRegionLoss);

/** `survives losing a region: three (not one)`; nothing where no scenario loses one. */
export function survivalText({ comparison, results }: Compared): string | undefined {
  const outcomes = results.map(survivesRegion);
  const labels = (wanted: boolean) =>
    comparison.designs.flatMap(({ label }, at) => (outcomes[at] === wanted ? [label] : []));
  const [alive, dead] = [labels(true), labels(false)];
  const open = comparison.designs.flatMap(({ label }, at) =>
    outcomes[at] === undefined && losesRegion(results[at]) ? [label] : [],
  );
  if (alive.length + dead.length + open.length === 0) return undefined;
  const notes = [
    ...(dead.length > 0 && alive.length > 0 ? [`not ${dead.join(', ')}`] : []),
    ...(open.length > 0 && alive.length + dead.length > 0 ? [`undecided ${open.join(', ')}`] : []),
  ];
  const who = alive.join(', ') || (dead.length > 0 ? 'none' : undecidedText);
  return `survives losing a region: ${who}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}

/** A region that is lost is lost once a run. */
export const undecidedText = 'undecided, more runs would tell (--runs)';
