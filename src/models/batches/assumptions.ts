import type { Design } from '../design.ts';
import type { Assumption } from '../kind.ts';
import type { BatchOptions } from './config.ts';
import { batchesOf, groupingsOf, type Placed } from './uses.ts';

/** What the scenario leaves open about its batches. */
export function batchAssumptions(design: Design): Assumption[] {
  return [
    ...batchesOf(design).flatMap(ofBatch),
    ...groupingsOf(design).map(({ operation, options }) => ({
      about: `batches.${options.name ?? operation}: a group’s steps`,
      value: 'run after the poll’s last record has come there, in that record’s thread',
      source: 'assumed: a batch listener that loops over its groups',
    })),
  ];
}

function ofBatch({ operation, options }: Placed<BatchOptions>): Assumption[] {
  const about = `batches.${options.name ?? operation}`;
  const { locking, overlap, tick } = options;
  return [
    {
      about: `${about}: who fills a batch`,
      value: 'runs the flush in its own thread and waits for it, and fails if it fails',
      source: 'assumed: the flush is a plain call',
    },
    ...(tick === undefined
      ? []
      : [
          {
            about: `${about}: the timers of its instances`,
            value: 'stand anywhere in their interval when a run begins',
            source: 'assumed: instances began at any time',
          },
        ]),
    ...(locking === 'none'
      ? [
          {
            about: `${about}: a list that nothing guards`,
            value:
              'a flush writes what is in it and is not being written, then clears it; changing it while it is read does no harm; a flush that fails leaves it as it is, and ends the timer if it was the timer’s',
            source:
              'ArrayList.clear removes all there is; ScheduledExecutorService.scheduleAtFixedRate stops after an exception. A ConcurrentModificationException, which a real one may throw, is left out',
          },
        ]
      : [
          {
            about: `${about}: flushes of one instance`,
            value: overlap === undefined ? 'one after the other' : `at most ${overlap} at once`,
            source: overlap === undefined ? 'assumed: a lock around the flush' : 'the scenario',
          },
        ]),
  ].filter(({ source }) => source !== 'the scenario');
}
