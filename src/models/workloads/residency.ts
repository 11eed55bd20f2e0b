import { mayGoTo } from '../contracts/residency.ts';
import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import type { WorkloadConfig } from './config.ts';

/** What a service says of where it stands, as far as it matters here. */
interface Standing {
  readonly regions: 'all' | readonly { readonly name: string }[] | Readonly<Record<string, unknown>>;
}

function regionsOf(service: string, design: Design): readonly string[] {
  const regions = design.entry<Standing>('services', service)?.regions ?? 'all';
  if (regions === 'all') return design.regions;
  return Array.isArray(regions) ? regions.map(({ name }) => name) : Object.keys(regions);
}

export function checkResidency({ residency, call, session }: WorkloadConfig, design: Design): Finding[] {
  if (residency === undefined) return [];
  if ((residency.allow === undefined) === (residency.forbid === undefined)) {
    return [
      {
        path: ['residency'],
        message: 'it is not clear where the data may be',
        expected: 'either allow or forbid',
      },
    ];
  }
  const called = [call, ...(session?.open === undefined ? [] : [session.open])];
  return called.flatMap(({ name }): Finding[] => {
    const [service] = name.split('.');
    const regions = regionsOf(service, design);
    if (regions.some((region) => mayGoTo(residency, region))) return [];
    return [
      {
        path: ['residency'],
        message: `${service} stands in no region that the data may go to`,
        expected: `one of ${regions.join(', ')}`,
      },
    ];
  });
}
