/**
 * How trading goes over a day, from 09:30 to 16:00 of the exchange's clock, in 78 stretches of five minutes: shares of
 * the session's trades that add up to 1.
 *
 * Source: volume of SPY by half hour, mean over days (minute bars that come with QuantConnect/Lean, October 2013 to
 * 2014): means add up to 100%. Medians over 40 symbol-days of the same bars say nearly the same of the opening half hour
 * (12.96%) and the closing one (17.64%), and add up to 93%, as medians may.
 * Rule between: straight lines, over the border of two half hours through the mean of both, broken in the middle of
 * each so that its share stays exactly what it is; the first and the last are one line each. Every five minutes have
 * the mean of their stretch of line.
 */
const halfHours = [12.9, 9.5, 8.0, 7.5, 7.5, 5.7, 4.3, 5.5, 4.9, 5.7, 4.3, 7.1, 17.1];

/** Seconds from midnight, of the exchange's clock. */
export const marketOpens = 9.5 * 3600;
export const marketCloses = 16 * 3600;
/** Seconds for which the rate stays the same. */
export const marketStretch = 300;

const perHalfHour = 1800 / marketStretch;

export const marketDay: readonly number[] = halfHours.flatMap((level, at) => {
  const last = halfHours.length - 1;
  const borderAfter = (before: number) => (halfHours[before] + halfHours[before + 1]) / 2;
  const start = at === 0 ? 2 * level - borderAfter(0) : borderAfter(at - 1);
  const end = at === last ? 2 * level - start : borderAfter(at);
  const middle = 2 * level - (start + end) / 2;
  const total = halfHours.reduce((sum, each) => sum + each, 0) * perHalfHour;
  return Array.from({ length: perHalfHour }, (_, stretch) => {
    // The lines break in the middle, where two stretches meet: the mean of a stretch is what stands in its middle.
    const place = (stretch + 0.5) / perHalfHour;
    const height =
      place < 0.5 ? start + (middle - start) * 2 * place : middle + (end - middle) * (2 * place - 1);
    return height / total;
  });
});
