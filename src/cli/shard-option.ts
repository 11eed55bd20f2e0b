import { Option } from 'commander';
import { readShard, type Shard } from '../study/shards/shard.ts';
import { exitCode, Stop } from './exit.ts';

export interface ShardOptions {
  readonly shard?: Shard;
}

/** `--shard i/n`. */
export const shardOption = (): Option =>
  new Option(
    '--shard <i/n>',
    'do only this part, for headroom merge: 2/5, or auto (auto/5) by the index variable of Kubernetes, Slurm or AWS Batch',
  ).argParser((text: string): Shard => {
    const shard = readShard(text, process.env);
    if ('problem' in shard) throw new Stop(exitCode.usage, `error: ${shard.problem} (${shard.hint})`);
    return shard;
  });
