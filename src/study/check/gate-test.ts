import type { Better } from '../../metrics/index.ts';
import {
  type Difference,
  differenceOf,
  fisherTail,
  rankSumTail,
  type Spread,
  signedRankTail,
  tailAbove,
} from '../../sim/statistics/index.ts';

/** How likely what was found would be by chance, if the truth lay just inside the tolerance. */
export interface GateTest {
  readonly difference: Difference;
  /** Of so much of a worsening; of a metric of which neither way is better, of so large a move. */
  readonly worse: number;
  /** Of so much of an improvement; 1 where neither way is better. */
  readonly better: number;
}

/**
 * Tests a metric's runs against its baseline's, one-sided: "no worse than the tolerance". Two tests must agree: Student's t,
 * which knows the value of all runs together, and ranks of the runs' own values. The tail of a latency is made by a few
 * busy runs, and there t alone raises false alarms (measured: 1.3% of checks where 1% was asked for). Where runs are infinite there is
 * no mean to test: then it is tested whether more of them are.
 */
export function gateTest(
  expected: Spread,
  found: Spread,
  { tolerance, better, isPaired }: { tolerance: number; better: Better; isPaired: boolean },
): GateTest {
  const difference = differenceOf(expected, found, isPaired);
  const [up, down] =
    countInfinite(expected) + countInfinite(found) > 0
      ? [moreInfinite(expected, found), moreInfinite(found, expected)]
      : [1, -1].map((sign) => {
          const [first, second] = [signed(expected, sign), signed(found, sign)];
          return tailOf(first, second, tolerance, isPaired);
        });
  if (better === 'neither') return { difference, worse: Math.min(1, 2 * Math.min(up, down)), better: 1 };
  return better === 'lower'
    ? { difference, worse: up, better: down }
    : { difference, worse: down, better: up };
}

/** That the second lies so far more than the tolerance above the first. */
function tailOf(first: Spread, second: Spread, tolerance: number, isPaired: boolean): number {
  const difference = differenceOf(first, second, isPaired);
  const byMean = tailAbove(difference, tolerance);
  // Exact metrics have neither spread nor ranks.
  if (difference.standardError === 0) return byMean;
  const byRank = isPaired
    ? signedRankTail(second.perRun.map((own, run) => own - first.perRun[run] - tolerance))
    : rankSumTail(
        first.perRun,
        second.perRun.map((own) => own - tolerance),
      );
  return Math.max(byMean, byRank);
}

const signed = ({ value, perRun }: Spread, sign: number): Spread => ({
  value: value * sign,
  perRun: perRun.map((own) => own * sign),
});

const present = ({ perRun }: Spread): number[] => perRun.filter((own) => !Number.isNaN(own));
const countInfinite = (spread: Spread): number =>
  present(spread).filter((own) => own === Number.POSITIVE_INFINITY).length;

function moreInfinite(first: Spread, second: Spread): number {
  return fisherTail(
    countInfinite(first),
    present(first).length,
    countInfinite(second),
    present(second).length,
  );
}
