/** One of several parts of a work, each done by a process of its own. */
export interface Shard {
  /** From 1 to `of`. */
  readonly number: number;
  readonly of: number;
}

/** Why there is no shard. */
export interface NoShard {
  readonly problem: string;
  readonly hint: string;
}

/** Environment variables, as whoever starts processes sets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `2/5`; or `auto`, `auto/5`: what the scheduler says in its index variables, and how many there are if it does not. */
export function readShard(text: string, environment: Environment): Shard | NoShard {
  const plain = /^(\d+)\/(\d+)$/.exec(text);
  if (plain !== null) return checked(Number(plain[1]), Number(plain[2]), `--shard ${text}`);
  const auto = /^auto(?:\/(\d+))?$/.exec(text);
  if (auto === null) return { problem: `--shard ${text} is no shard`, hint: '2/5, or auto' };
  const place = placeOf(environment);
  if (place === undefined)
    return {
      problem: `--shard ${text}: no scheduler has set its index variable`,
      hint: 'JOB_COMPLETION_INDEX of a Kubernetes Indexed Job, SLURM_ARRAY_TASK_ID, or AWS_BATCH_JOB_ARRAY_INDEX; else --shard 2/5',
    };
  const { variable, index, count = auto[1] } = place;
  if (count === undefined)
    return {
      problem: `--shard ${text}: ${variable} says which shard this is, but not of how many`,
      hint: 'write --shard auto/5, as many as the job has completions',
    };
  if (auto[1] !== undefined && Number(auto[1]) !== Number(count))
    return { problem: `--shard ${text}: ${variable} is one of ${count}`, hint: 'write --shard auto' };
  return checked(index + 1, Number(count), variable);
}

/**
 * The place in the row that a scheduler says: from 0, and of how many where it says that.
 *
 * Kubernetes: Job, completion mode Indexed; it has no variable for the count. Slurm: sbatch, "output environment
 * variables"; the first index and the step are what `--array` asked for. AWS Batch: "job environment variables".
 */
function placeOf(
  environment: Environment,
): { readonly variable: string; readonly index: number; readonly count?: string } | undefined {
  const {
    JOB_COMPLETION_INDEX: kubernetes,
    SLURM_ARRAY_TASK_ID: slurm,
    AWS_BATCH_JOB_ARRAY_INDEX: batch,
  } = environment;
  if (kubernetes !== undefined) return { variable: 'JOB_COMPLETION_INDEX', index: wholeOf(kubernetes) };
  if (slurm !== undefined) {
    const first = wholeOf(environment.SLURM_ARRAY_TASK_MIN ?? '0');
    const step = wholeOf(environment.SLURM_ARRAY_TASK_STEP ?? '1');
    const count = environment.SLURM_ARRAY_TASK_COUNT;
    return { variable: 'SLURM_ARRAY_TASK_ID', index: (wholeOf(slurm) - first) / step, count };
  }
  if (batch !== undefined) {
    const count = environment.AWS_BATCH_JOB_ARRAY_SIZE;
    return { variable: 'AWS_BATCH_JOB_ARRAY_INDEX', index: wholeOf(batch), count };
  }
  return undefined;
}

const wholeOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

function checked(number: number, of: number, what: string): Shard | NoShard {
  if (Number.isInteger(number) && Number.isInteger(of) && number >= 1 && number <= of) return { number, of };
  const hint = what.startsWith('SLURM')
    ? 'indices without gaps, --array=0-4; else --shard 2/5'
    : 'from 1/5 to 5/5';
  return { problem: `${what} gives shard ${number} of ${of}, which there is not`, hint };
}

/** Whether a shard does the item at this place. Neighbours go to different shards, since they take about as long. */
export const isOf = ({ number, of }: Shard, at: number): boolean => at % of === number - 1;
