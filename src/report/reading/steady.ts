import type { Result } from '../../result/index.ts';

/** What is written beside the figures of a workload that are not those of a steady state; nothing where they are. */
export function unsteadyNote({ loadReasons, warmUps }: Result, workload: string): string | undefined {
  // Waits behind a growing backlog depend on how long the run is.
  if (loadReasons.some(({ what }) => what === 'grows')) return 'not steady';
  const isCold = warmUps.some((warmUp) => warmUp.workload === workload && warmUp.state !== 'settled');
  return isCold ? 'not warmed up' : undefined;
}
