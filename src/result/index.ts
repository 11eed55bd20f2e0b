export * from './baseline.ts';
export * from './check.ts';
export * from './comparison.ts';
export * from './limit.ts';
export * from './result.ts';
export { readResult, type UnreadableResult, writeResult } from './serialize.ts';
export * from './sweep.ts';
