export * from './baseline.ts';
export * from './calibration.ts';
export * from './check.ts';
export * from './comparison.ts';
export * from './limit.ts';
export * from './plan.ts';
export * from './purchase.ts';
export * from './result.ts';
export * from './roadmap.ts';
export {
  formatOf,
  readLimit,
  readPlan,
  readResult,
  readSweep,
  readUncertainty,
  type UnreadableResult,
  writeResult,
} from './serialize.ts';
export * from './survival.ts';
export * from './sweep.ts';
export * from './trace.ts';
export * from './uncertainty.ts';
