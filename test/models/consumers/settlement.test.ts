import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ConsumerTally } from '../../../src/models/consumers/model.ts';
import { putsOff } from '../../../src/models/consumers/puts-off.ts';
import type { Cursor } from '../../../src/models/cursor.ts';
import { verbs } from '../../../src/models/kinds.ts';
import type { Operation, Settlement } from '../../../src/models/operation.ts';
import { defineStep, Step } from '../../../src/models/step.ts';
import { registerVerbs } from '../../../src/models/steps.ts';
import { designOf, readingOf, runOf } from '../harness.ts';

/** What a step of this test sees: one entry an operation. */
const seen: Operation[] = [];
const polls: Operation[][] = [];

/** Collects the operations of a poll; the last one settles all of them, or loses or fails them as told. */
class Collect extends Step {
  constructor(
    next: Step,
    private readonly fate: string,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const { operation } = cursor;
    const { poll, settlement } = operation;
    seen.push(operation);
    if (poll !== undefined && settlement !== undefined) {
      const kept = poll.kept(this, () => new Kept(this.fate));
      kept.operations.push(operation);
      settlement.hold();
    }
    cursor.go(this.next);
  }
}

class Kept {
  readonly operations: Operation[] = [];

  constructor(private readonly fate: string) {}

  pollEnded(): void {
    polls.push(this.operations);
    for (const { settlement } of this.operations) this.end(settlement as Settlement);
  }

  private end(settlement: Settlement): void {
    if (this.fate === 'lose') settlement.lose();
    else settlement.settle(this.fate === 'settle' ? null : this.fate);
  }
}

const collect = defineStep<string>({
  verb: 'collect',
  about: 'A step of this test that puts off what it does.',
  schema: z.string(),
  putsOff: true,
  compile: (fate, { next }) => new Collect(next, fate),
});
// The list that `Wiring` compiles from is the same array.
(verbs as (typeof collect)[]).push(collect as never);
registerVerbs([collect as never]);

const yaml = (steps: string): string => `
name: polls
run: { duration: 20s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 100/s }, call: a.go } }
services:
  a: { operations: { go: [ publish: t ] } }
  b: { operations: { take: [ ${steps} ], far: [ call: d.take ], plain: [ work: 1ms ] } }
  d: { operations: { take: [ repeat: { times: 1, do: [ collect: settle ] } ] } }
clusters: { c: { brokers: 1 } }
topics: { t: { cluster: c, partitions: 2 } }
consumers: { g: { topic: t, call: b.take, maxPoll: 7 } }
`;

function run(steps: string) {
  seen.length = 0;
  polls.length = 0;
  return runOf(yaml(steps));
}

test('only operations with steps that ask for it pay for a poll and a settlement, called ones and nested ones too', () => {
  const design = designOf(yaml('collect: settle'));
  expect(putsOff('b.take', design)).toBe(true);
  expect(putsOff('b.far', design)).toBe(true);
  expect(putsOff('b.plain', design)).toBe(false);
});

test('a poll knows its last operation, and what is kept for it is kept for it alone', () => {
  // 12 ms a record, 10 ms between two: polls are full.
  run('collect: settle, work: 12ms');
  expect(polls.length).toBeGreaterThan(100);
  expect(Math.max(...polls.map((operations) => operations.length))).toBe(7);
  expect(polls.flat()).toEqual(seen.slice(0, polls.flat().length));
  for (const operations of polls) {
    const last = operations.map((operation) => operation.poll?.isLast(operation));
    expect(last).toEqual(operations.map((_, at) => at === operations.length - 1));
    expect(new Set(operations.map(({ poll }) => poll)).size).toBe(1);
  }
});

test('a record whose effects settle well is neither failed nor lost, however late they do', () => {
  const { failed, lost, consumed } = run('collect: settle').records()['consumers.g'] as ConsumerTally;
  expect([failed, lost]).toEqual([0, 0]);
  expect(consumed).toBeGreaterThan(1000);
});

test('a record is failed once where its effects fail in the end', () => {
  const { failed, lost, consumed } = run('collect: refused').records()['consumers.g'] as ConsumerTally;
  expect(failed).toBe(consumed);
  expect(lost).toBe(0);
});

test('a record whose effects died in memory is lost, and its topic is not accurate', () => {
  const assembly = run('collect: lose');
  const { failed, lost, consumed } = assembly.records()['consumers.g'] as ConsumerTally;
  expect([failed, consumed]).toEqual([0, 0]);
  expect(lost).toBeGreaterThan(1000);
  expect(readingOf(assembly, 'topics.t.accuracy')).toBeLessThan(0.01);
});
