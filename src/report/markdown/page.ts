import type { Result, TargetResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { amountText, billOf } from '../reading/bill.ts';
import { dollars } from '../reading/dollars.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { replaysOf } from '../reading/examples.ts';
import { faultNotes } from '../reading/fault-notes.ts';
import { type Incident, incidentsOf } from '../reading/incident.ts';
import { marginText } from '../reading/margin-text.ts';
import { Names } from '../reading/names.ts';
import { againWords } from '../reading/next-steps.ts';
import { sinceText } from '../reading/since.ts';
import { partOfStation } from '../reading/station-part.ts';
import { takenTexts } from '../reading/taken-room.ts';
import {
  askedText,
  measuredBy,
  starParts,
  type TargetGroup,
  targetGroups,
} from '../reading/target-groups.ts';
import {
  headroomFacts,
  reasonText,
  runsText,
  targetFacts,
  tightestFacts,
  verdictWord,
  warmUpTexts,
} from '../reading/verdict-facts.ts';
import { besideTarget } from '../reading/within.ts';
import { yearlyTexts } from '../reading/yearly.ts';
import { code, markdownTable, plain } from './table.ts';

const mostStations = 8;
const views = ['p50', 'p95', 'p99'] as const;

/** The report as Markdown: verdict and targets in the open, what is behind them folded away. */
export function markdownOf(result: Result): string {
  const names = new Names(result);
  const { scenario, loadReasons, fingerprint } = result;
  const again = againWords(result).join(' ');
  const blocks = [
    `## ${plain(scenario.name)}`,
    ...(scenario.title === undefined ? [] : [plain(scenario.title)]),
    verdictLine(result, names),
    [...loadReasons.map((reason) => reasonText(reason, names)), ...warmUpTexts(result, names)]
      .map((text) => `- ${plain(text)}`)
      .join('\n'),
    targetTable(result),
    latencyTable(result, names),
    yearlyTable(result, names),
    folded('Where the time goes', timeTables(result, names)),
    folded('Tightest stations', stationTable(result, names)),
    ...incidentsOf(result, names).map((incident) =>
      folded(`After ${incident.fault.name} (first run)`, incidentText(incident, result, names)),
    ),
    folded(costTitle(result), costTable(result, names)),
    folded('Requests to look at', replayTable(result)),
    `${code(again)} · ${plain(runsText(result))} · \`#${fingerprint}\``,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function verdictLine(result: Result, names: Names): string {
  const facts = [...headroomFacts(result, names), ...targetFacts(result), ...tightestFacts(result, names)]
    .map(plain)
    .join(' · ');
  return `**${verdictWord(result)}** ${facts}`;
}

const marks: Record<TargetResult['status'], string> = {
  pass: '✅ kept',
  fail: '❌ broken',
  'no-data': '❌ no data',
  warn: '⚠️ refuted',
  inconclusive: '❔ undecided',
};

function targetTable(result: Result): string {
  if (result.targets.length === 0) return '';
  return markdownTable(
    [
      { header: 'target' },
      { header: '' },
      { header: 'measured', align: 'right' },
      { header: 'margin', align: 'right' },
    ],
    targetGroups(result.targets).flatMap((group) => targetRows(group, result)),
  );
}

/** Of a target held against many metrics: each that is not kept, and the tightest of the kept. */
function targetRows({ pattern, targets, level }: TargetGroup, result: Result): string[][] {
  const kept = targets.filter(({ status }) => status === 'pass');
  const shown = [...targets.filter((target) => !kept.includes(target)), ...kept.slice(0, 1)];
  return shown.map((target) => {
    const { metric, status, reason, because } = target;
    const text = askedText(target, pattern, result);
    const part = targets.length === 1 ? '' : ` (${plain(starParts(pattern, metric))})`;
    const open = status === 'pass' ? [] : [reason, because === undefined ? undefined : `because ${because}`];
    const notes = [besideTarget(target, result), ...open];
    const why = notes.filter((note) => note !== undefined).map((note) => `<br><sub>${plain(note)}</sub>`);
    const claim = level === 'warn' && status === 'pass' ? ' (claim)' : '';
    return [
      `${code(text)}${part}${why.join('')}`,
      `${marks[status]}${claim}`,
      plain(estimateText(measuredBy(target, result))),
      plain(marginText(target)),
    ];
  });
}

function latencyTable({ callers, metrics }: Result, names: Names): string {
  const shown = callers.filter(({ id }) => `${id}.latency.p50` in metrics);
  if (shown.length === 0) return '';
  return markdownTable(
    [
      { header: 'workload' },
      { header: 'throughput', align: 'right' },
      ...views.map((view) => ({ header: view, align: 'right' as const })),
    ],
    shown.map(({ id }) => [
      plain(names.owner(id)),
      ...['throughput', ...views.map((view) => `latency.${view}`)].map((name) =>
        plain(estimateText(metrics[`${id}.${name}`])),
      ),
    ]),
  );
}

function yearlyTable(result: Result, names: Names): string {
  const rows = yearlyTexts(result).map(({ id, share, downtime }) =>
    [names.owner(id), share, downtime].map(plain),
  );
  if (rows.length === 0) return '';
  const right = (header: string) => ({ header, align: 'right' as const });
  return markdownTable([{ header: 'over a year' }, right('available'), right('down')], rows);
}

const ms = (seconds: number): string => formatQuantity(seconds, 'duration');

function timeTables({ waterfalls }: Result, names: Names): string {
  return waterfalls
    .map(({ workload, parts, mean, p99 }) => {
      const sorted = [...parts].sort((a, b) => b.mean - a.mean);
      const rows = sorted.map((part) => [
        plain(`${names.of(part.station)} ${part.phase}`),
        ms(part.mean),
        ms(part.p99),
      ]);
      return markdownTable(
        [
          { header: plain(workload) },
          { header: 'mean', align: 'right' },
          { header: 'near p99', align: 'right' },
        ],
        [...rows, ['**all**', `**${ms(mean)}**`, `**${ms(p99)}**`]],
      );
    })
    .join('\n\n');
}

function replayTable(result: Result): string {
  const replays = replaysOf(result);
  if (replays.length === 0) return '';
  return markdownTable(
    [{ header: 'request' }, { header: 'what happened to it' }],
    replays.map(({ what, words }) => [plain(what), code(words.join(' '))]),
  );
}

function stationTable(result: Result, names: Names): string {
  const { bottlenecks } = result;
  const shown = bottlenecks.filter(({ utilization }) => utilization > 0).slice(0, mostStations);
  if (shown.length === 0) return '';
  const stations = markdownTable(
    [{ header: 'station' }, { header: 'busy', align: 'right' }, { header: 'full at', align: 'right' }],
    shown.map((each) => [
      plain([names.owner(each.station), partOfStation(each, names)].filter(Boolean).join(', ')),
      formatQuantity(each.utilization, 'ratio', { digits: 2 }),
      each.atMost === undefined ? '' : formatQuantity(each.atMost, 'factor'),
    ]),
  );
  return [stations, ...takenTexts(result, names).map(plain)].join('\n\n');
}

/** What is to be said of a fault, and what happened after it by the time since its onset. */
function incidentText({ fault, lines }: Incident, result: Result, names: Names): string {
  const notes = faultNotes(fault, result, names);
  const rows = lines.map(({ at, text }) => [`T+${sinceText(at - fault.at)}`, plain(text)]);
  const told =
    rows.length === 0
      ? []
      : [markdownTable([{ header: 'since', align: 'right' }, { header: 'what happened' }], rows)];
  return [...notes.map((note) => `- ${plain(note)}`), ...(notes.length > 0 ? [''] : []), ...told].join('\n');
}

const costTitle = ({ cost }: Result): string => `Cost: $${dollars(cost.month ?? 0, 0)} a month`;

function costTable({ cost }: Result, names: Names): string {
  if (cost.rows.length === 0) return '';
  const rows = billOf(cost).flatMap(({ component, items }) =>
    items.map(({ item, amount, unit, month }) => [
      plain(component.includes('.') ? names.owner(component) : component),
      plain(item),
      plain(amountText({ amount, unit })),
      dollars(month, 2),
    ]),
  );
  const unpriced = [...new Set(cost.unpriced)].map(
    (what) => `\n\nNo price known, not in the sum: ${plain(what)}`,
  );
  return (
    markdownTable(
      [
        { header: '' },
        { header: 'item' },
        { header: 'amount', align: 'right' },
        { header: '$ a month', align: 'right' },
      ],
      rows,
    ) + unpriced.join('')
  );
}

const folded = (title: string, content: string): string =>
  content === '' ? '' : `<details><summary>${plain(title)}</summary>\n\n${content}\n\n</details>`;
