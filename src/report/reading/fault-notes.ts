import type { FaultResult, Result } from '../../result/index.ts';
import { aftermathTexts, holdTexts } from './aftermath.ts';
import type { Names } from './names.ts';
import { awayTexts, phaseTexts, togetherText } from './way-back.ts';

/** What is to be said of a fault in a line each: how long its phases took, who is not back, whether it is over, what holds the system down. */
export function faultNotes(fault: FaultResult, result: Result, names: Names): string[] {
  const phases = phaseTexts(fault, result);
  const together = togetherText(fault, result);
  return [
    ...(together === undefined ? [] : [together]),
    ...(phases.length === 0 ? [] : [`Phases, which overlap: ${phases.join(' · ')}`]),
    ...awayTexts(fault, result),
    ...aftermathTexts(fault),
    ...holdTexts(fault, names),
  ];
}
