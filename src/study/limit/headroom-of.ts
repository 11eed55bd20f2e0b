import type { Limit, ResultHeadroom } from '../../result/index.ts';

/** What the report of a run says of a limit. */
export function headroomOf({ breaks, headroom }: Limit): ResultHeadroom {
  if (breaks === undefined) return headroom;
  const { full, loadReasons, station, targets } = breaks;
  const growing = loadReasons
    .filter(({ what }) => what === 'grows')
    .map(({ component }) => `${component} keeps up`);
  if (full !== undefined && growing.length === 0) growing.push(`${full.station} keeps up`);
  return {
    ...headroom,
    breaks: {
      targets: targets.length > 0 ? targets.map(({ target }) => target) : growing,
      ...(station === undefined ? {} : { station: station.station }),
    },
  };
}
