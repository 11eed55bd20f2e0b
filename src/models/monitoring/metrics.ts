import { meterSet } from '../meters.ts';

export const monitoringMeters = meterSet({
  alerts: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Looks at a region that gave an alert; whenever in the run.',
  },
  alertDelay: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From the beginning of what is amiss to its first alert.',
  },
});
