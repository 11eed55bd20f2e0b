import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Names } from './names.ts';

/** Whether what is said to be busy is room that is taken, not work: neither way is better, as of the cores that pods reserve. */
export const isRoom = (id: string, { metrics }: Pick<Result, 'metrics'>): boolean =>
  metrics[`${id}.utilization`]?.better === 'neither';

/** `web: 63% of its room is taken, 77% in eu-west`: a line each, of what nobody waits for and is full nevertheless. */
export const takenTexts = (result: Result, names: Names): string[] =>
  result.topology.nodes.flatMap(({ id }) => {
    const taken = result.metrics[`${id}.utilization`]?.value;
    if (!isRoom(id, result) || !taken) return [];
    const [fullest] = result.topology.regions
      .map((region) => ({ region, share: result.metrics[`${id}.in.${region}.utilization`]?.value ?? 0 }))
      .sort((one, other) => other.share - one.share);
    const where = fullest?.share > taken ? `, ${percent(fullest.share)} in ${fullest.region}` : '';
    return [`${names.owner(id)}: ${percent(taken)} of its room is taken${where}`];
  });

const percent = (share: number): string => formatQuantity(share, 'ratio', { digits: 2 });
