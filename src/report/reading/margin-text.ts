import type { TargetResult } from '../../result/index.ts';

/** How far inside or outside its limit a target is: `35% inside`, `12× outside`, `at the limit`. */
export function marginText({ margin, status }: TargetResult): string {
  if (status === 'no-data') return '';
  if (margin === null) return status === 'pass' ? 'inside' : 'outside';
  if (margin === 0) return 'at the limit';
  const percent = Math.abs(margin) * 100;
  if (margin >= 0) return `${percentText(percent)} inside`;
  return percent < 1000 ? `${percentText(percent)} outside` : `${Math.round(percent / 100)}× outside`;
}

function percentText(percent: number): string {
  if (percent > 99 && percent < 100) return '>99%';
  return `${Number(percent.toPrecision(percent < 10 ? 1 : 2))}%`;
}
