import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { calibrateReporters } from '../report/calibrate/reporters.ts';
import type { Calibration } from '../result/index.ts';
import { version } from '../result/version.ts';
import { nearestWord, type Problem, renderProblems } from '../scenario/index.ts';
import { calibrateArrivals } from '../study/calibrate/calibrate-arrivals.ts';
import { calibrateDistribution, leastObservations } from '../study/calibrate/calibrate-distribution.ts';
import { pooledArrivals, pooledSample } from '../study/calibrate/pool-readings.ts';
import type { Format, Reading, ReadOptions } from '../study/calibrate/read/reading.ts';
import { unitOf } from '../study/calibrate/read/unit.ts';
import { correlationWarnings } from '../study/calibrate/serial-correlation.ts';
import { isTimeZone } from '../units/index.ts';
import { exitCode, Stop } from './exit.ts';
import { collect } from './options.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';
import { stderrLook } from './terminal.ts';

interface CalibrateOptions extends ReportingOptions {
  readonly arrivals?: boolean;
  readonly format?: string;
  readonly column?: string;
  readonly count?: string;
  readonly metric?: string;
  readonly tag?: string;
  readonly label: string[];
  readonly unit?: string;
  readonly timezone: string;
  readonly openLoop?: boolean;
}

/** By name, for help; what reads them is loaded when it is needed. */
const formatNames = ['csv', 'k6', 'hdr', 'prometheus', 'pgbench'];

/** `headroom calibrate FILE…`: the distribution, or the arrivals, that measurements speak for. */
export function calibrateCommand(): Command {
  return new Command('calibrate')
    .description('fit a distribution, or arrivals, to what was measured, as YAML to paste')
    .argument('<files...>', 'CSV, k6 JSON, HdrHistogram log, Prometheus text or pgbench log; - for stdin')
    .option('--arrivals', 'fit how callers arrive: rate, bursts, profile')
    .addOption(new Option('--format <name>', 'of the files; recognised unless told').choices(formatNames))
    .option('--column <name>', 'column of a CSV file, by heading or number')
    .option('--count <name>', 'column with how many arrived at each instant, for --arrivals')
    .option('--metric <name>', 'metric of k6 (default: http_req_duration) or Prometheus')
    .option('--tag <name>', 'tag of an HdrHistogram log')
    .addOption(
      new Option('--label <name=value>', 'only series of Prometheus with this label (repeatable)')
        .argParser(collect)
        .default([], 'all'),
    )
    .option('--unit <unit>', 'of numbers that do not say it: ns, us, ms, s; B, KiB; count')
    .option('--timezone <zone>', 'whose clock the hours of a profile are of', 'UTC')
    .option('--open-loop', 'requests were sent at set times, whatever the answers')
    .option('--json', 'print the calibration as a document')
    .addOption(reporterOption(calibrateReporters))
    .addHelpText(
      'after',
      `\nExamples:\n  headroom calibrate latencies.csv --column latency_ms\n  headroom calibrate --arrivals access.csv --column time --timezone Europe/Berlin\n  curl -s localhost:9090/metrics | headroom calibrate - --metric http_request_duration_seconds`,
    )
    .action(async (files: string[], options: CalibrateOptions) => {
      const reporting = new Reporting<Calibration>(options, calibrateReporters);
      const asked = readOptions(options);
      const { formats } = await import('../study/calibrate/read/formats.ts');
      const readings = readAll(files, asked, formats, options.format);
      await reporting.report([options.arrivals ? arrivalsOf(readings, options) : distributionOf(readings)]);
    });
}

const usage = (message: string): Stop => new Stop(exitCode.usage, `error: ${message}`);

function readOptions(options: CalibrateOptions): ReadOptions {
  const { arrivals = false, openLoop = false, column, count, metric, tag, unit, timezone } = options;
  if (unit !== undefined && unitOf(unit) === undefined) {
    const near = nearestWord(unit, ['ns', 'us', 'ms', 's', 'm', 'h', 'B', 'KiB', 'MiB', 'count']);
    throw usage(
      `--unit ${unit} is none; expected ns, us, ms, s, B, KiB or count${near === undefined ? '' : ` (did you mean ${near}?)`}`,
    );
  }
  if (!isTimeZone(timezone))
    throw usage(`--timezone ${timezone}: no such time zone; expected an IANA name such as America/New_York`);
  if (count !== undefined && !arrivals) throw usage('--count belongs to --arrivals');
  const labels = options.label.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw usage(`--label ${text} is not name=value`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
  return { arrivals, openLoop, column, count, metric, tag, unit, labels: Object.fromEntries(labels) };
}

/** Reads all files, or ends with everything that is wrong with any of them. */
function readAll(
  files: readonly string[],
  options: ReadOptions,
  formats: readonly Format[],
  name: string | undefined,
): Reading[] {
  const sources = new Map<string, string>();
  const readings: Reading[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const shown = file === '-' ? 'stdin' : file;
    if (sources.has(shown)) throw usage(`${shown} is given twice`);
    const text = textOf(file);
    sources.set(shown, text);
    const format = formats.find((each) =>
      name === undefined ? each.recognises(text) : each.name === name,
    ) as Format;
    const read = format.read(shown, text, options);
    if (Array.isArray(read)) problems.push(...read);
    else readings.push(read as Reading);
  }
  if (problems.length > 0)
    throw new Stop(exitCode.usage, renderProblems(problems, { sources, ...stderrLook() }).trimEnd());
  return readings;
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw usage(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

const warningsIn = (readings: readonly Reading[]): string[] => [
  ...new Set(readings.flatMap(({ warnings }) => warnings)),
];

const tooFew = (count: number): Stop =>
  usage(`${count} observations are too few to fit anything to: ${leastObservations} at least`);

function distributionOf(readings: readonly Reading[]): Calibration {
  const sample = pooledSample(readings);
  if (typeof sample === 'string') throw usage(sample);
  if (sample.count < leastObservations) throw tooFew(sample.count);
  if (sample.cells.length === 1 && sample.isBinned)
    throw usage('all observations lie in one bucket: nothing is known but its bounds');
  return calibrateDistribution({
    sample,
    dimension: readings[0].dimension,
    sources: readings.map(({ source }) => source),
    version,
    warnings: [
      ...warningsIn(readings),
      ...readings.flatMap(({ values }) => correlationWarnings(values?.values ?? [])),
    ],
  });
}

function arrivalsOf(readings: readonly Reading[], { timezone }: CalibrateOptions): Calibration {
  const arrivals = pooledArrivals(readings);
  const count = arrivals.weights.reduce((sum, weight) => sum + weight, 0);
  if (count < leastObservations) throw tooFew(count);
  const { instants } = arrivals;
  if (!(instants[instants.length - 1] > instants[0])) throw usage('all arrivals are at one instant');
  return calibrateArrivals({
    arrivals,
    isUnixTime: readings.every(({ times }) => times?.isUnixTime),
    timezone,
    sources: readings.map(({ source }) => source),
    version,
    warnings: warningsIn(readings),
  });
}
