export * from './baseline.ts';
export * from './calibration.ts';
export * from './check.ts';
export * from './comparison.ts';
export * from './limit.ts';
export * from './result.ts';
export {
  formatOf,
  readLimit,
  readResult,
  readSweep,
  type UnreadableResult,
  writeResult,
} from './serialize.ts';
export * from './survival.ts';
export * from './sweep.ts';
export * from './trace.ts';
