import { formatQuantity } from '../../../units/format.ts';

/** A share in percent, short enough for a box. */
export const percentText = (share: number): string =>
  share > 0 && share < 0.0005 ? '<0.1%' : formatQuantity(share, 'ratio', { digits: share < 0.1 ? 2 : 3 });

export const marks: Record<string, string> = {
  pass: '✓',
  fail: '✗',
  'no-data': '✗',
  warn: '!',
  inconclusive: '?',
  none: '·',
};

export const statusWords: Record<string, string> = {
  pass: 'kept',
  fail: 'broken',
  'no-data': 'no data',
  warn: 'refuted',
  inconclusive: 'undecided',
  none: '',
};

export const changeMarks: Record<string, string> = {
  better: '✓',
  worse: '✗',
  differs: '≠',
  'no change': '=',
  unclear: '~',
};

/** A change in words; `~` alone would be read out as nothing. */
export const changeWords: Record<string, string> = {
  better: 'better',
  worse: 'worse',
  differs: 'differs',
  'no change': 'no change',
  unclear: 'the runs cannot tell',
};
