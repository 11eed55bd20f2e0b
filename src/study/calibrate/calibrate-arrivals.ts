import { type ArrivalsCalibration, type CalibrationSource, calibrationFormat } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { type Arrivals, type Dispersion, dispersionWithin, poissonTail } from './dispersion-of-counts.ts';
import { type BurstFit, fitBursts } from './fit-bursts.ts';
import { fitProfile, type ProfileFit } from './fit-profile.ts';
import { quantityText } from './yaml-of.ts';

export interface ArrivalsToCalibrate {
  /** In order. */
  readonly arrivals: Arrivals;
  readonly isUnixTime: boolean;
  readonly timezone: string;
  readonly sources: readonly CalibrationSource[];
  readonly version: string;
  readonly warnings: readonly string[];
}

/** Lengths of the stretches in which arrivals are counted, seconds. */
const lengths = [0.01, 0.1, 1, 2, 5, 10, 30, 60, 300, 900];

/** Counts are kept in memory: of longer recordings only longer stretches are looked at. */
const mostStretches = 2e6;

/** Rate, process and profile of the arrivals, as `arrivals` takes them. */
export function calibrateArrivals(input: ArrivalsToCalibrate): ArrivalsCalibration {
  const { arrivals, sources, version, timezone } = input;
  const { instants, weights } = arrivals;
  const observations = weights.reduce((sum, weight) => sum + weight, 0);
  const step = stepOf(instants);
  const isCounted = weights.some((weight) => weight !== 1);
  const seconds = instants[instants.length - 1] - instants[0] + (isCounted ? step : 0);
  const measured = lengths
    .filter((within) => within >= step * 0.999 && seconds / within <= mostStretches)
    .flatMap((within) => dispersionWithin(arrivals, within) ?? []);
  const longest = measured.at(-1);
  const profile = input.isUnixTime ? fitProfile(arrivals, timezone, longest?.index ?? 1) : undefined;
  const rate = profile?.rate ?? (isCounted ? observations : observations - 1) / seconds;
  const process = processOf(measured, arrivals, isCounted);
  const bursts = process === 'bursty' ? fitBursts(measured, rate) : undefined;
  return {
    format: calibrationFormat,
    version,
    what: 'arrivals',
    sources,
    observations,
    seconds,
    // Over long times counts vary by the largest index seen.
    rate: {
      value: rate,
      standardError: rate * Math.sqrt(Math.max(1, ...measured.map(({ index }) => index)) / observations),
    },
    process,
    dispersion: measured.map(({ within, index, standardError, stretches }) => ({
      within,
      measured: index,
      standardError,
      fitted: bursts?.index(within) ?? (process === 'deterministic' ? 0 : 1),
      stretches,
    })),
    profile: profile === undefined ? null : { hours: profile.hours, peakToMean: Math.max(...profile.hours) },
    yaml: yamlOf(rate, process, bursts, profile, timezone),
    warnings: [...input.warnings, ...warningsOf(input, seconds, measured, process, bursts, profile)],
  };
}

/** The least time between two different instants, where all are multiples of some such time; else 0. */
function stepOf(instants: readonly number[]): number {
  const whole = [60, 1, 0.1, 0.01].find((step) =>
    instants.every((instant) => Math.abs(instant / step - Math.round(instant / step)) < 1e-6),
  );
  if (whole === undefined) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < instants.length; i++) {
    if (instants[i] > instants[i - 1]) least = Math.min(least, instants[i] - instants[i - 1]);
  }
  return Math.max(whole, Number(least.toPrecision(6)));
}

/** Bursty only where one Poisson process in a thousand would look so: several lengths are looked at. */
function processOf(
  measured: readonly Dispersion[],
  { instants }: Arrivals,
  isCounted: boolean,
): ArrivalsCalibration['process'] {
  const isBursty = measured.some((each) => poissonTail(each) < 0.001);
  if (isBursty) return 'bursty';
  return !isCounted && variationOfGaps(instants) < 0.05 ? 'deterministic' : 'poisson';
}

/** Standard deviation over mean of the times between arrivals; 1 of a Poisson process. */
function variationOfGaps(instants: readonly number[]): number {
  const count = instants.length - 1;
  const mean = (instants[count] - instants[0]) / count;
  let squares = 0;
  for (let i = 1; i <= count; i++) squares += (instants[i] - instants[i - 1] - mean) ** 2;
  return Math.sqrt(squares / count) / mean;
}

function yamlOf(
  rate: number,
  process: ArrivalsCalibration['process'],
  bursts: BurstFit | undefined,
  profile: ProfileFit | undefined,
  timezone: string,
): string {
  const lines = ['arrivals:', `  rate: ${quantityText(rate, 'rate')}`];
  if (bursts !== undefined) {
    const { dispersion, within, share, last } = bursts.bursts;
    lines.push(
      `  process: { bursty: { dispersion: ${quantityText(dispersion, 'factor')}, within: ${quantityText(within, 'duration')}, share: ${quantityText(share, 'ratio')}, last: ${quantityText(last, 'duration')} } }`,
    );
  } else lines.push(`  process: ${process}`);
  if (profile !== undefined) {
    lines.push('  profile:', '    shape: hours', `    timezone: ${timezone}`, '    factors:');
    for (let day = 0; day < profile.hours.length; day += 24)
      lines.push(
        ...(day === 0 ? ['      ['] : []),
        `        ${profile.hours
          .slice(day, day + 24)
          .map((factor) => Number(factor.toPrecision(3)))
          .join(', ')},`,
      );
    lines.push('      ]');
  }
  return lines.join('\n');
}

function warningsOf(
  { isUnixTime, arrivals }: ArrivalsToCalibrate,
  seconds: number,
  measured: readonly Dispersion[],
  process: ArrivalsCalibration['process'],
  bursts: BurstFit | undefined,
  profile: ProfileFit | undefined,
): string[] {
  const warnings: string[] = [];
  const span = formatQuantity(seconds, 'duration');
  if (!isUnixTime)
    warnings.push('instants are no Unix time: no hour of the day is known, and no profile is fitted');
  else if (seconds < 23.5 * 3600)
    warnings.push(
      `${span} say nothing of how the rate goes over a day: the profile is flat until you know better`,
    );
  else if (seconds < 167.5 * 3600) warnings.push(`${span} say nothing of how days of the week differ`);
  if (profile?.hours.includes(0)) warnings.push('nobody came in some hour: its factor is 0');
  if (measured.length === 0)
    warnings.push('too few stretches of time to tell bursts from independent callers: poisson is assumed');
  const longest = measured.at(-1);
  if (bursts !== undefined && longest !== undefined) {
    warnings.push(
      `how counts vary does not tell which share of the time is bursts: ${quantityText(bursts.bursts.share, 'ratio')} is assumed, and the height of a burst follows from it`,
    );
    if (bursts.bursts.last > longest.within)
      warnings.push(
        `counts still vary more the longer one counts, up to ${formatQuantity(longest.within, 'duration')}: the length of a burst is extrapolated`,
      );
  }
  const shortest = measured[0];
  if (process === 'poisson' && shortest !== undefined && poissonTail(shortest) > 0.999)
    warnings.push(
      `arrivals are more even than independent callers (dispersion ${shortest.index.toPrecision(2)} within ${formatQuantity(shortest.within, 'duration')}), and not as even as a clock: no process of the language has that but a trace`,
    );
  if (arrivals.instants.length < 1000 && process === 'poisson')
    warnings.push('with fewer than a thousand arrivals only strong bursts would show');
  return warnings;
}
