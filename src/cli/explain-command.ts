import { Command } from 'commander';
import {
  type Explained,
  explanation,
  metricsNamed,
  metricsOf,
  nearestMetric,
} from '../reference/explain-metric.ts';
import { nearestProblem, problemCodes, problemsNamed } from '../reference/explain-problem.ts';
import {
  aboutStations,
  nearestStation,
  type StationUse,
  stationsNamed,
  stationUses,
} from '../reference/explain-station.ts';
import { wrap } from '../report/text/wrap.ts';
import { nearestWord } from '../scenario/index.ts';
import { boundsLoad } from '../study/bottlenecks.ts';
import { exitCode, Stop } from './exit.ts';
import { setOption } from './options.ts';
import { readScenario } from './read-scenario.ts';
import { stdoutLook } from './terminal.ts';

/** Explanations in full; of more, one line each. */
const most = 5;

/** `headroom explain metric|station|problem …`: what a thing means and where its number comes from. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('say what a metric, a station or a problem means, and where its number comes from')
    .addCommand(metricCommand())
    .addCommand(
      new Command('station')
        .description('what it is to be busy, and how it is worked out')
        .argument(
          '[station]',
          'a section, a station or a part of one: databases, databases.orders.shards.3, commit',
        )
        .action((text?: string) => print(stationText(text))),
    )
    .addCommand(
      new Command('problem')
        .description('what a mistake in a scenario means, and what mends it')
        .argument('[code]', 'as validate names it, or words of its message: unknown-key')
        .action((text?: string) => print(problemText(text))),
    );
}

const metricCommand = (): Command =>
  new Command('metric')
    .description('what is counted, and how the runs become one number')
    .argument('<id>', 'an id, with * for any one part, or a metric alone: workloads.*.latency.p95, rto')
    .option('--in <file>', 'only what this scenario has')
    .addOption(setOption())
    .action((text: string, options: { in?: string; set: string[] }) =>
      print(options.in === undefined ? anyMetricText(text) : metricTextIn(text, options.in, options.set)),
    );

/** Lines as wide as the terminal; what goes on hangs below what it is about. */
function print(lines: readonly string[]): void {
  const { columns } = stdoutLook();
  const folded = lines.flatMap((line) => {
    const [, indent, label] = /^( *)(\S+ {2,})?/.exec(line) as unknown as [
      string,
      string,
      string | undefined,
    ];
    return line.length <= columns ? [line] : fold(line, columns, indent.length + (label?.length ?? 0));
  });
  process.stdout.write(`${folded.join('\n')}\n`);
}

/** A line with its runs of spaces, broken between words. */
function fold(line: string, columns: number, hanging: number): string[] {
  const head = line.slice(0, hanging);
  const [first, ...rest] = wrap(line.slice(hanging), columns, { indent: hanging });
  return [head + first.slice(hanging), ...rest];
}

function anyMetricText(text: string): string[] {
  const found = metricsNamed(text);
  if (found.length === 0)
    throw unknown('metric', text, nearestMetric(text), 'docs/reference/metrics.md has all');
  return inFull(found);
}

function metricTextIn(text: string, file: string, set: readonly string[]): string[] {
  const { catalog } = readScenario(file, set);
  const whole = catalog.matching(text);
  const found = whole.length > 0 ? whole : catalog.all().filter(({ meter }) => isMeter(meter, text));
  if (found.length === 0)
    throw unknown(
      'metric',
      text,
      nearestWord(text, catalog.ids),
      `headroom validate ${file} --metrics has all`,
    );
  return inFull(metricsOf(found));
}

/** Whether a meter is what a text without view names: `workloads.*.latency`, or `latency` alone. */
function isMeter(meter: string, text: string): boolean {
  const [asked, parts] = [text.split('.'), meter.split('.')];
  if (asked.length === 1) return parts[parts.length - 1] === text;
  return asked.length === parts.length && asked.every((part, at) => part === '*' || part === parts[at]);
}

/** A few in full; many as a list, those that say the same together. */
function inFull(found: readonly Explained[]): string[] {
  const bySaying = new Map<string, Explained[]>();
  for (const one of found) {
    const saying = JSON.stringify([one.definition, one.views]);
    bySaying.set(saying, [...(bySaying.get(saying) ?? []), one]);
  }
  const groups = [...bySaying.values()];
  if (groups.length > most)
    return [
      ...found.map(({ id, definition }) => `${id}\n  ${definition.about}`),
      `${found.length} in all; name one for how it is measured`,
    ];
  return groups.flatMap(([first, ...others], at) => [
    ...(at === 0 ? [] : ['']),
    ...explanation(first),
    ...(others.length === 0 ? [] : [`  likewise  ${others.map(({ id }) => id).join('\n            ')}`]),
  ]);
}

function stationText(text: string | undefined): string[] {
  const found = text === undefined ? stationUses() : stationsNamed(text);
  if (found.length === 0)
    throw unknown('station', text ?? '', nearestStation(text ?? ''), 'headroom explain station lists all');
  return [...aboutStations, '', ...found.flatMap(useLines)];
}

const useLines = ({ of, part, metric, about, where, isStation }: StationUse): string[] => [
  `${of}${part === undefined ? '' : `, ${part}`}`,
  `  ${about}${where === undefined ? '' : ` There only ${where}.`}`,
  `  metric  ${of}.${metric}; ${isStation ? boundText(part) : 'room that is taken or reserved, not work: nothing waits for it'}`,
];

const boundText = (part: string | undefined): string =>
  boundsLoad(part) ? 'bounds the load, unless an autoscaler adds to it' : 'no bound to the load (†)';

function problemText(text: string | undefined): string[] {
  if (text === undefined) return problemCodes();
  const found = problemsNamed(text);
  if (found.length === 0)
    throw unknown('problem', text, nearestProblem(text), 'headroom explain problem lists all');
  return found.flatMap(([code, { means, mend }]) => [code, `  ${means}`, `  ${mend}`]);
}

function unknown(what: string, text: string, near: string | undefined, otherwise: string): Stop {
  const hint = near === undefined ? otherwise : `did you mean ${near}?`;
  return new Stop(exitCode.usage, `error: no ${what} is called ${text}; ${hint}`);
}
