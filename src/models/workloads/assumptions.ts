import { formatQuantity } from '../../units/index.ts';
import type { Assumption } from '../kind.ts';
import { type ArrivalsConfig, defaultBursts } from './arrivals-config.ts';
import type { WorkloadConfig } from './config.ts';

const secondsADay = 86_400;
/** Days of a month of 730 hours, five of seven of them trading days. */
const tradingDays = (730 / 24) * (5 / 7);

export function assumptions(name: string, { arrivals }: WorkloadConfig): Assumption[] {
  const about = `workloads.${name}`;
  return [...ofMarketDay(about, arrivals), ...ofBursts(about, arrivals), ...ofTrace(about, arrivals)];
}

function ofMarketDay(about: string, { rate, profile }: ArrivalsConfig): Assumption[] {
  if (profile.shape !== 'market-day') return [];
  const aDay = rate * secondsADay;
  const [perDay, perMonth] = [aDay, aDay * tradingDays].map((count) => formatQuantity(count, 'count'));
  return [
    {
      about: `${about}: arrivals of a trading day`,
      value: `${perDay}, ${perMonth} a month`,
      source: 'the rate is the mean over the 24 hours of a trading day; weekends and holidays have none',
    },
    {
      about: `${about}: how trading goes over the day`,
      value: '12.9% in the opening half hour, 17.1% in the closing one',
      source: 'volume of SPY by half hour, QuantConnect/Lean’s minute bars of October 2013 to 2014',
    },
  ];
}

function ofBursts(about: string, { process }: ArrivalsConfig): Assumption[] {
  if (process !== 'bursty') return [];
  const { dispersion, share } = defaultBursts();
  return [
    {
      about: `${about}: bursts`,
      value: `variance over mean of the arrivals of a second ${dispersion}; bursts of a second, ${formatQuantity(share, 'ratio')} of the time`,
      source:
        'dispersion: trades of IBM and AIG in QuantConnect/Lean’s bars of October 2013 to 2014, 10 to 17; length and share of the bursts: assumed',
    },
  ];
}

function ofTrace(about: string, { process, rate }: ArrivalsConfig): Assumption[] {
  if (typeof process !== 'object' || process.verb !== 'trace') return [];
  const recorded = process.options.rate;
  return [
    {
      about: `${about}: speed of the trace`,
      value: `${(rate / recorded).toPrecision(3)} × as recorded`,
      source: `recorded at ${formatQuantity(recorded, 'rate')}; the rate says how fast it is played, and it begins again at its end`,
    },
  ];
}
