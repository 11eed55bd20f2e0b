import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { Design } from '../design.ts';
import { defineFault, type FaultContext, type FaultDefinition } from '../fault.ts';
import type { Finding, Place } from '../kind.ts';
import type { Loss } from '../loss.ts';
import { stoppedBy } from '../stopped-by.ts';

interface OutageOptions {
  readonly region: Reference;
  readonly data: 'kept' | 'destroyed';
}

interface ZoneOutageOptions extends OutageOptions {
  /** From 1. */
  readonly zone: number;
}

const common = {
  region: reference('regions', 'Which region.'),
  data: z
    .enum(['kept', 'destroyed'])
    .default('kept')
    .describe('Whether disks have their contents when they come back. Memory is lost in either case.'),
};

const zonesOf = (region: string, design: Design): number =>
  design.entry<{ zones: number }>('regions', region)?.zones ?? 1;

/** All components lose what they have there, the network first; given back in the reverse order. */
function lose({ region, data }: OutageOptions, zone: number | undefined, { wiring }: FaultContext) {
  const loss: Loss = {
    place: wiring.find<Network>(networkSection).placeOf(region.name),
    zones: zonesOf(region.name, wiring.design),
    data,
    ...(zone === undefined ? {} : { zone }),
  };
  const all = wiring.all.filter((component) => component.lose !== undefined);
  for (const component of all) component.lose?.(loss);
  return () => {
    for (const component of all.toReversed()) component.restore?.(loss);
  };
}

const warnings = (lost: Place, design: Design): Finding[] =>
  stoppedBy(design, lost).map((message) => ({ path: ['region'], message, severity: 'warning' }));

export const regionFaults: readonly FaultDefinition[] = [
  defineFault<OutageOptions>({
    fault: 'region-outage',
    about: 'A region is lost with all that stands there: nothing answers from it, not even with an error.',
    lasts: 'may',
    silences: true,
    shape: common,
    takes: ({ region }) => region.name,
    // Of outages at the same time their targets tell.
    where: () => undefined,
    targets: ({ region }, design) =>
      Array.from({ length: zonesOf(region.name, design) }, (_, zone) => zoneWords(region, zone + 1)),
    check: ({ region }, design) => warnings({ region: region.name }, design),
    begin: (options, context) => lose(options, undefined, context),
  }),
  defineFault<ZoneOutageOptions>({
    fault: 'zone-outage',
    about:
      'An availability zone is lost with every copy that stands in it; copies are spread over the zones in turn.',
    lasts: 'may',
    silences: true,
    shape: { ...common, zone: quantity('count', { integer: true, min: 1, about: 'Which zone, from 1.' }) },
    where: () => undefined,
    targets: ({ region, zone }) => [zoneWords(region, zone)],
    check: ({ region, zone }, design) =>
      zone <= zonesOf(region.name, design)
        ? []
        : [
            {
              path: ['zone'],
              message: `${region.name} has no zone ${zone}`,
              expected: `1 to ${zonesOf(region.name, design)}`,
            },
          ],
    begin: (options, context) => lose(options, options.zone - 1, context),
  }),
];

const zoneWords = ({ name }: Reference, zone: number): string => `zone ${zone} of ${name}`;
