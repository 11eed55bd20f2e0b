import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { childIdentity } from '../../sim/random/childIdentity.ts';
import { type KeyPopulation, keysSection } from '../contracts/keys.ts';
import type { ServiceHost } from '../contracts/service.ts';
import { topicsSection } from '../contracts/topic.ts';
import type { Cursor } from '../cursor.ts';
import { defineStep, Step } from '../step.ts';
import type { KeyPartitions } from './key-partitions.ts';
import type { TopicModel } from './model.ts';
import { TopicRecord } from './record.ts';

const words = { high: 0, low: 0 };

/** Gives a record to the instance's producer and waits for what its acks say. */
class Publish extends Step {
  constructor(
    next: Step,
    private readonly topic: TopicModel,
    private readonly key: KeyPopulation | undefined,
    private readonly partitions: KeyPartitions | undefined,
    private readonly site: number,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const topic = this.topic.nearest(cursor.place);
    const { keys } = cursor.operation;
    const host = cursor.host as ServiceHost;
    const { place } = cursor;
    childIdentity(cursor.high, cursor.low, this.site, cursor.word, words);
    const record = new TopicRecord(words.high, words.low, keys, cursor.now);
    const partition =
      this.key === undefined ? -1 : (this.partitions as KeyPartitions).of(keys[this.key.slot]);
    if (this.topic.waitsForAnswer) {
      record.hold(cursor, this.next, topic.place);
      topic.publish(record, host, place, partition);
    } else {
      topic.publish(record, host, place, partition);
      topic.acknowledged(record);
      cursor.go(this.next);
    }
  }
}

export interface PublishOptions {
  readonly to: Reference;
  readonly key?: Reference;
}

export const publish = defineStep<PublishOptions>({
  verb: 'publish',
  about: 'Publishes a record to a topic and waits for the acknowledgement.',
  schema: z.strictObject({
    to: reference('topics', 'Where it is published.'),
    key: reference('keys', 'What the record is partitioned by. Default: the topic’s key.').optional(),
  }),
  short: 'to',
  publishes: ({ to }) => to.name,
  compile: ({ to, key }, { wiring, next, path }) => {
    const topic = wiring.find<TopicModel>(topicsSection, to.name);
    const name = (key ?? topic.config.key)?.name;
    const site = wiring.site(path);
    if (name === undefined) return new Publish(next, topic, undefined, undefined, site);
    const population = wiring.find<KeyPopulation>(keysSection, name);
    return new Publish(next, topic, population, topic.partitionsBy(population), site);
  },
});
