import type { FaultDefinition } from '../../fault.ts';
import type { Finding } from '../../kind.ts';
import type { FaultConfig } from '../config.ts';
import type { RandomTimes } from './config.ts';
import { publishedModel, publishedModels } from './published.ts';

/** Whether a fault whose times are drawn says what is needed for that, and nothing twice. */
export function checkRandom(
  { fault, lasts, heals = false }: FaultDefinition,
  { at, for: length }: FaultConfig,
  { mtbf, mttr, model }: RandomTimes,
): Finding[] {
  const findings: Finding[] = [];
  const wrong = (path: string[], message: string, expected: string) =>
    findings.push({ path, message, expected });
  if (at !== undefined) wrong(['at'], `${fault} begins at random times`, 'at, or random, not both');
  if (length !== undefined)
    wrong(['for'], `how long ${fault} lasts is drawn`, 'random.mttr, which may be constant');
  if (mtbf === undefined && model === undefined)
    wrong(['random'], `${fault} does not say how often it happens`, 'mtbf: 30d, or a model');
  if (mtbf !== undefined && model !== undefined)
    wrong(['random', 'model'], 'how often it happens is said twice', 'mtbf, or a model');
  if (mtbf !== undefined && !(mtbf.quantile(0.5) > 0))
    wrong(['random', 'mtbf'], 'it would happen without pause', 'more than 0 s');
  if (model !== undefined && !publishedModel(model).faults.includes(fault))
    wrong(['random', 'model'], `${model} is not about ${fault}`, modelsFor(fault));
  const hasEnd = mttr !== undefined || (model !== undefined && publishedModel(model).mttr !== undefined);
  if (lasts === 'never' && mttr !== undefined)
    wrong(['random', 'mttr'], `${fault} is over at once`, 'no mttr: what follows is up to the design');
  if (lasts !== 'never' && !heals && !hasEnd)
    wrong(['random'], `${fault} has no end, and could happen only once`, 'mttr: how long it lasts');
  return findings;
}

function modelsFor(fault: string): string {
  const names = Object.entries(publishedModels)
    .filter(([, { faults }]) => (faults as readonly string[]).includes(fault))
    .map(([name]) => name);
  return names.length === 0 ? 'mtbf: no model is about it' : names.join(' or ');
}
