import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { batchAssumptions } from './assumptions.ts';
import { batch } from './batch-step.ts';
import { checkBatches } from './check.ts';
import { batchClosedForms } from './closed-form.ts';
import { groupBy } from './group-by-step.ts';
import { batchFamilies, batchScopes } from './metrics.ts';
import { BatchesModel, batchesSection } from './model.ts';

export const batches = defineKind<object>({
  section: batchesSection,
  noun: 'batch',
  about:
    'What operations put off and do once for many: lists in the memory of instances, and groups of records.',
  shape: 'implied',
  schema: z.strictObject({}),
  steps: [batch, groupBy],
  families: batchFamilies,
  scopes: (_name, _config, design) => batchScopes(design),
  check: (_name, _config, design) => checkBatches(design),
  assumptions: (_name, _config, design) => batchAssumptions(design),
  exact: (_name, _config, call, rate, design) => batchClosedForms(call, rate, design),
  build: (_name, _config, wiring) => new BatchesModel(wiring),
});
