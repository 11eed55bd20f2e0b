import type { FaultResult, MetricResult, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { aftermathTexts, holdTexts } from '../reading/aftermath.ts';
import { clock } from '../reading/clock.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { feltText } from '../reading/felt-text.ts';
import { awayTexts, phaseTexts, togetherText } from '../reading/way-back.ts';
import { type Row, table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

/** `15 m`; nothing of what happened at an instant, at random times, or has no end. */
const lengthText = ({ at, until, occurrences }: FaultResult): string =>
  until === undefined || until === at || occurrences !== undefined
    ? '–'
    : formatQuantity(until - at, 'duration');

/** What went wrong, when, and how long it was felt: the recovery time to 99% of those who come, and who got nothing. */
export function faultSection(result: Result, { names, style, columns }: Page): Section {
  const { faults } = result;
  if (faults.length === 0) return [];
  const rows = faults.map(
    (fault): Row => [
      `  ${fault.name}`,
      fault.fault,
      fault.occurrences === undefined ? clock(fault.at) : timesText(fault, result),
      lengthText(fault),
      feltText(of(fault, 'rto', result)),
      estimateText(of(fault, 'unanswered', result)),
    ],
  );
  const right = (header: string) => ({ header, align: 'right' as const });
  return [
    ...table(
      [
        { header: 'Faults', minimum: 10, wraps: true },
        { minimum: 10, wraps: true },
        right('at'),
        right('lasts'),
        right('callers felt it'),
        { header: 'unanswered', align: 'interval' },
      ],
      rows,
      { columns, paintHeader: style.bold },
    ),
    ...faults.flatMap((fault) => [
      ...worstText(fault, result, columns),
      ...otherText(fault, result, columns),
      ...lossText(fault, result, columns),
      ...phaseText(fault, result, columns),
      ...awayTexts(fault, result).flatMap((text) =>
        wrap(`${fault.name}: ${style.bold(text)}`, columns, { indent: 4, hanging: 6 }),
      ),
      ...aftermathTexts(fault).flatMap((text) =>
        wrap(`${fault.name}: ${style.bold(text)}`, columns, { indent: 4, hanging: 6 }),
      ),
      ...holdTexts(fault, names).flatMap((text) => wrap(text, columns, { indent: 6, hanging: 8 })),
    ]),
  ];
}

const of = ({ name }: FaultResult, metric: string, { metrics }: Result): MetricResult | undefined =>
  metrics[`faults.${name}.${metric}`];

/** Of one that comes at random: how often in a run. */
function timesText(fault: FaultResult, result: Result): string {
  const times = of(fault, 'occurrences', result)?.value ?? 0;
  return `${formatQuantity(times, 'count')} a run`;
}

/** What of acknowledged writes is gone. */
function lossText(fault: FaultResult, result: Result, columns: number): string[] {
  const lost = of(fault, 'lostWrites', result);
  if (lost === undefined || lost.data === 'none' || lost.value === 0) return [];
  const rpo = of(fault, 'rpo', result);
  const worst = Math.max(0, ...(rpo?.runs ?? []).map(({ num }) => num ?? Number.POSITIVE_INFINITY));
  const time =
    rpo?.value == null
      ? ''
      : `, RPO ${formatQuantity(rpo.value, 'duration')}${worst > rpo.value ? `, worst ${formatQuantity(worst, 'duration')}` : ''}`;
  const text = `${fault.name}: ${estimateText(lost)} acknowledged ${lost.value === 1 && lost.low === undefined ? 'write' : 'writes'} lost${time}`;
  return wrap(text, columns, { indent: 4, hanging: 6 });
}

/** Which other faults it cannot be told apart from. */
function otherText(fault: FaultResult, result: Result, columns: number): string[] {
  const text = togetherText(fault, result);
  return text === undefined ? [] : wrap(`${fault.name}: ${text}`, columns, { indent: 4, hanging: 6 });
}

/** Where the time of the way back went: its parts overlap. */
function phaseText(fault: FaultResult, result: Result, columns: number): string[] {
  const phases = phaseTexts(fault, result);
  if (phases.length === 0) return [];
  return wrap(`${fault.name}: ${phases.join(' · ')}`, columns, { indent: 4, hanging: 6 });
}

/** Who felt it longest, where several could. */
function worstText(fault: FaultResult, result: Result, columns: number): string[] {
  const start = `faults.${fault.name}.workload.`;
  const callers = Object.entries(result.metrics)
    .filter(([id, { value }]) => id.startsWith(start) && id.endsWith('.rto') && value !== 0)
    .map(([id, { value }]) => ({ path: id.slice(start.length, -'.rto'.length), value: value ?? Infinity }));
  const parts = callers.filter(({ path }) => path.includes('.from.'));
  const [worst] = (parts.length > 0 ? parts : callers).sort((a, b) => b.value - a.value);
  if (worst === undefined || callers.length < 2) return [];
  const [workload, , origin] = worst.path.split('.');
  const who = origin === undefined ? workload : `${workload} from ${origin}`;
  return wrap(`${fault.name}: longest by ${who}`, columns, { indent: 4, hanging: 6 });
}
