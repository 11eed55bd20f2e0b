import type { Result } from '../../../result/index.ts';
import { estimateText } from '../../reading/estimate-text.ts';
import { feltText } from '../../reading/felt-text.ts';
import { hasSeen } from '../../reading/find.ts';
import type { Compared } from '../compared.ts';
import { type Coming, comingsThrough, needsOf } from '../survival.ts';
import type { FaultLine } from './compare-data.ts';

/** A line a fault of any design, by its name: how each of them came through it. */
export function faultLines({ results }: Compared): FaultLine[] {
  const comings = results.map(
    (result) => new Map(comingsThrough(result).map((each) => [each.fault.name, each])),
  );
  const names = [...new Set(comings.flatMap((each) => [...each.keys()]))];
  return names.map((name) => ({
    name,
    sort: comings.flatMap((each) => each.get(name)?.fault.fault ?? [])[0],
    cells: comings.map((each, at) => {
      const coming = each.get(name);
      return coming === undefined ? null : cellOf(coming, results[at]);
    }),
  }));
}

function cellOf({ fault, isRecovered }: Coming, result: Result): FaultLine['cells'][number] {
  const metric = (name: string) => result.metrics[`faults.${fault.name}.${name}`];
  const fact = (what: string, name: string): [string, string][] =>
    hasSeen(metric(name)) ? [[what, estimateText(metric(name))]] : [];
  const { all, kept, broken, undecided } = needsOf(result);
  const needs = undecided > 0 ? `${kept} of ${all}, ${undecided} undecided` : `${kept} of ${all}`;
  return {
    ...stateOf(isRecovered, broken),
    facts: [
      ['callers felt it', feltText(metric('rto'))],
      ...fact('RPO', 'rpo'),
      ...fact('unanswered', 'unanswered'),
      ...fact('lost writes', 'lostWrites'),
      ...(all === 0 ? [] : [['needs kept in the run', needs] as const]),
    ],
  };
}

function stateOf(isRecovered: boolean | undefined, broken: number) {
  if (isRecovered === undefined) return { status: 'none', word: 'not measured' } as const;
  if (!isRecovered) return { status: 'fail', word: 'not recovered' } as const;
  return broken > 0
    ? ({ status: 'warn', word: 'recovered, needs broken' } as const)
    : ({ status: 'pass', word: 'recovered' } as const);
}
