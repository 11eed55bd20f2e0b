/**
 * Which keys an operation's callers bring along: what is sharded, partitioned or cached by a key needs every caller to
 * carry it.
 *
 * Rule: a workload's operations carry the workload's keys through every call; a record carries the keys of the operation
 * that published it to whatever its consumers call. Pure, over the design: nothing has run. Cost: steps × workloads.
 */
import { collectReferences, type Reference } from '../scenario/index.ts';
import { topicsSection } from './contracts/topic.ts';
import type { Design } from './design.ts';
import type { StepConfig } from './step.ts';
import { walkSteps } from './steps.ts';

/** An operation of a service, as the scenario has it. */
export interface DesignedOperation {
  /** `trade-service.create` */
  readonly name: string;
  readonly steps: readonly StepConfig[];
}

/** One way in which an operation is reached: from whom, carrying what. */
export interface Reach {
  readonly operation: DesignedOperation;
  /** The workload at the start: `trades`. */
  readonly workload: string;
  readonly keys: ReadonlySet<string>;
}

/** A step that some caller reaches without a key that the step needs. */
export interface MissingKey {
  readonly operation: string;
  readonly step: StepConfig;
  readonly workload: string;
  readonly key: string;
}

/** All operations of all services, in the order of the file. */
export function designedOperations(design: Design): DesignedOperation[] {
  type Steps = readonly StepConfig[] | { readonly steps: readonly StepConfig[] };
  return design
    .entries<{ operations: Readonly<Record<string, Steps>> }>('services')
    .flatMap(([service, { operations }]) =>
      Object.entries(operations).map(([name, steps]) => ({
        name: `${service}.${name}`,
        steps: 'steps' in steps ? steps.steps : steps,
      })),
    );
}

/** Every operation with every workload that reaches it, directly, through other operations, or through topics. */
export function keyReach(design: Design): Reach[] {
  const operations = new Map(designedOperations(design).map((operation) => [operation.name, operation]));
  const consumed = consumedTopics(design);
  const callees = new Map([...operations].map(([name, { steps }]) => [name, calleesOf(steps, consumed)]));
  return design.entries<{ keys?: readonly Reference[] }>('workloads').flatMap(([workload, config]) => {
    const keys = new Set(config.keys?.map((key) => key.name));
    return [...reachable(calledBy(config), callees)].flatMap((name) => {
      const operation = operations.get(name);
      return operation === undefined ? [] : [{ operation, workload, keys }];
    });
  });
}

/**
 * Steps that are reached without a key that they need; each step, key and workload once.
 *
 * @param needs names of the keys that a step needs; none for a step that is none of the asker's
 */
export function missingKeys(design: Design, needs: (step: StepConfig) => readonly string[]): MissingKey[] {
  return keyReach(design).flatMap(({ operation, workload, keys }) =>
    [...walkSteps(operation.steps)].flatMap(({ step }) =>
      [...new Set(needs(step))]
        .filter((key) => !keys.has(key))
        .map((key) => ({ operation: operation.name, step, workload, key })),
    ),
  );
}

/** A consumer, as much of it as says where keys go. */
interface DesignedConsumer {
  readonly topic?: Reference;
  readonly call?: Reference;
  readonly deadLetter?: Reference;
}

/** Names of the operations that each topic's consumers call, and those of the topics where their failures go. */
function consumedTopics(design: Design): ReadonlyMap<string, readonly string[]> {
  const consumers = design.entries<DesignedConsumer>('consumers').map(([, consumer]) => consumer);
  const consumed = new Map<string, Set<string>>();
  for (const { topic } of consumers) if (topic !== undefined) consumed.set(topic.name, new Set());
  // A dead letter may become one again: as often as there are consumers at most.
  for (const _ of consumers) {
    for (const { topic, call, deadLetter } of consumers) {
      const operations = topic === undefined ? undefined : consumed.get(topic.name);
      if (call !== undefined) operations?.add(call.name);
      for (const further of consumed.get(deadLetter?.name ?? '') ?? []) operations?.add(further);
    }
  }
  return new Map([...consumed].map(([topic, operations]) => [topic, [...operations]]));
}

/** Operations that a part of the design names. */
const calledBy = (part: unknown): string[] =>
  collectReferences(part).flatMap(({ section, name }) => (section === 'operations' ? [name] : []));

function calleesOf(
  steps: readonly StepConfig[],
  consumed: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const topics = collectReferences(steps).filter(({ section }) => section === topicsSection);
  return [...calledBy(steps), ...topics.flatMap(({ name }) => consumed.get(name) ?? [])];
}

function reachable(
  starts: readonly string[],
  callees: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...starts];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...(callees.get(name) ?? []));
  }
  return reached;
}
