import { type Reference, reference } from '../../../scenario/index.ts';
import { quantity } from '../../../units/index.ts';
import { databasesSection } from '../../contracts/database.ts';
import type { Design } from '../../design.ts';
import { defineFault } from '../../fault.ts';
import type { Finding } from '../../kind.ts';
import type { DatabaseConfig } from '../config.ts';
import type { DatabaseModel } from '../model.ts';
import { usesOf } from '../uses.ts';

interface RelayCrashOptions {
  readonly database: Reference;
  readonly shard?: number;
}

export const relayCrash = defineFault<RelayCrashOptions>({
  fault: 'relay-crash',
  about:
    'The relay of an outbox dies: events wait until it is back, and those that it had published and not marked are published again.',
  shape: {
    database: reference(databasesSection, 'Whose outbox.'),
    shard: quantity('count', { integer: true, about: 'Of which shard. Default: of all.' }).optional(),
  },
  lasts: 'may',
  check,
  begin: ({ database, shard }, { wiring, length }) => {
    const model = wiring.find<DatabaseModel>(databasesSection, database.name);
    const restart = model.crashRelays(shard);
    if (length !== undefined) return restart;
    wiring.agenda().after(model.relaySettings.restart, { fire: restart });
    return undefined;
  },
});

function check({ database, shard }: RelayCrashOptions, design: Design): Finding[] {
  const config = design.entry<DatabaseConfig>(databasesSection, database.name);
  if (config === undefined) return [];
  if (usesOf(database.name, config, design).outboxes.size === 0) {
    const message = `no write to ${database.name} has an outbox, so there is no relay`;
    return [{ path: ['database'], message, expected: 'a database that is written with an outbox' }];
  }
  if (shard === undefined || shard < config.shards) return [];
  const message = `${database.name} has no shard ${shard}`;
  return [{ path: ['shard'], message, expected: `a number from 0 to ${config.shards - 1}` }];
}
