import type { ChangeVerdict, ComparedMetric, ComparedValue } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';

/** As people read a verdict; `~` where the runs cannot tell. */
export const verdictWords: Readonly<Record<ChangeVerdict, string>> = {
  better: 'better',
  worse: 'worse',
  differs: 'differs',
  'no change': 'no change',
  unclear: '~',
};

/**
 * How a value differs from the reference's: `-72.3 ± 0.4%`; of ratios in points, `+0.2 ± 0.1 pp`; in the unit where the
 * reference is zero. Empty of the reference.
 */
export function changeText(
  { unit }: ComparedMetric,
  value: ComparedValue,
  reference: ComparedValue | null,
): string {
  const { difference } = value;
  if (difference === undefined) return '';
  if (difference.value === null) {
    if (value.value !== null) return 'from ∞';
    return reference?.value === null ? 'both ∞' : '→ ∞';
  }
  const half = difference.low === undefined ? 0 : ((difference.high as number) - difference.low) / 2;
  if (difference.value === 0) return 'same';
  const base = reference?.value ?? 0;
  if (unit === 'ratio') return `${signed(difference.value * 100, half * 100)} pp`;
  if (base === 0) return signOf(difference.value) + formatQuantity(Math.abs(difference.value), unit);
  return `${signed((difference.value / Math.abs(base)) * 100, (half / Math.abs(base)) * 100)}%`;
}

const signOf = (value: number): string => (value < 0 ? '-' : '+');

/** A number with its half-width, with as many decimals as the half-width has something to say about, at most two. */
function signed(value: number, half: number): string {
  const size = half > 0 ? half : Math.abs(value);
  const decimals = Math.min(2, Math.max(0, 1 - Math.floor(Math.log10(size || 1)) - (half > 0 ? 1 : 0)));
  const digits = Math.abs(value).toFixed(decimals);
  const text = `${Number(digits) === 0 ? '' : signOf(value)}${digits}`;
  if (half === 0) return text;
  const width = half.toFixed(decimals);
  return Number(width) === 0 ? text : `${text} ± ${width}`;
}
