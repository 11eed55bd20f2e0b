import type { Bottleneck } from '../../result/index.ts';
import type { Names } from './names.ts';

/** What of a thing a bottleneck is about: `shard 3`, `threads in us-east`; nothing where it is the whole. */
export function partOfStation({ station, of }: Bottleneck, names: Names): string {
  const [, part] = /^hottestShard([A-Z].*)$/.exec(of ?? '') ?? [];
  if (part !== undefined) return `${wordsOf(part[0].toLowerCase() + part.slice(1))}, hottest shard`;
  const what = of === undefined ? '' : wordsOf(of);
  return [what, names.part(station)].filter(Boolean).join(', ');
}

/** `hottestBroker` is `hottest broker`, `thread` is `threads`. */
const wordsOf = (name: string): string =>
  name === 'thread' ? 'threads' : name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
