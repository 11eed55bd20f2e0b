import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { apart } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import { titleOf } from './find.ts';
import type { Page, Section } from './page.ts';

/** Title line, and the verdict in one line: load, needs, claims, the tightest station. */
export function verdictSection(result: Result, { style, columns }: Page): Section {
  const { simulated, runs } = result;
  const length = formatQuantity(simulated.seconds / runs, 'duration');
  const interval = runs > 1 ? ', 95% intervals' : ', no intervals';
  const right = `${runs} ${runs === 1 ? 'run' : 'runs'} of ${length}${interval}`;
  const paint = { stable: style.green, backlogged: style.yellow, overloaded: style.red }[result.load];
  const facts = [needs(result), claims(result), tightest(result)].filter((fact) => fact !== '');
  const state = result.load.toUpperCase();
  const [first, ...rest] = wrap(`${state}  ${facts.join(' · ')}`, columns, { hanging: state.length + 2 });
  return [
    apart(style.bold(result.scenario.name), style.dim(right), columns),
    style.bold(paint(state)) + first.slice(state.length),
    ...rest,
  ];
}

function needs({ targets }: Result): string {
  const all = targets.filter(({ level }) => level === 'fail');
  if (targets.length === 0) return 'no targets set';
  if (all.length === 0) return 'no needs set';
  const kept = all.filter(({ status }) => status === 'pass').length;
  const open = all.filter(({ status }) => status === 'inconclusive').length;
  return `${kept} of ${all.length} needs kept${open > 0 ? `, ${open} undecided` : ''}`;
}

function claims({ targets }: Result): string {
  const all = targets.filter(({ level }) => level === 'warn');
  if (all.length === 0) return '';
  const refuted = all.filter(({ status }) => status === 'warn').length;
  return refuted === 0 ? `${all.length} claims stand` : `${refuted} of ${all.length} claims refuted`;
}

function tightest({ bottlenecks }: Result): string {
  const [first] = bottlenecks;
  if (first === undefined) return '';
  const busy = `${titleOf(first.station)} is ${formatQuantity(first.utilization, 'ratio', { digits: 2 })} busy`;
  return first.utilization > 0 && first.utilization < 1
    ? `${busy} · at most ${(1 / first.utilization).toFixed(2)}× this load`
    : busy;
}
