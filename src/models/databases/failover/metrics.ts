import { meterSet } from '../../meters.ts';

/** Of databases with a failover. */
export const failoverMeters = meterSet({
  rpo: {
    kind: 'duration',
    unit: 'duration',
    better: 'lower',
    about:
      'Of the shard and failover that lost the most: from the commit of the oldest acknowledged write that was lost until the old history ended (its primary died, was fenced, or heard of its successor). 0 where none was lost.',
  },
  lostWrites: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Rows whose write had been acknowledged and that no copy has any more, whole run.',
  },
  discardedWrites: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Rows, acknowledged or not, that primaries of old had to undo before they followed the new one.',
  },
  splitBrainWrites: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Rows that an old primary accepted while there was a new one; all of them are lost when it returns.',
  },
  splitBrainReads: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Reads that an old primary and the replicas on its side of the cut answered while there was a new one, whole run.',
  },
  orphanedReads: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Of these, answers that show a row as a write left it that is undone when the old primary returns.',
  },
  failovers: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Times that a replica was made primary, whole run.',
  },
});
