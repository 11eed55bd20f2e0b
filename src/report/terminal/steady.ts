import type { Result } from '../../result/index.ts';

/** Whether waits do not depend on how long the run is. */
export const isSteady = ({ loadReasons }: Result): boolean =>
  !loadReasons.some(({ what }) => what === 'grows');

/** What is written beside figures that are not. */
export const steadyNote = 'not steady';
