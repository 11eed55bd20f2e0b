import { nearestWord, type Reference } from '../../scenario/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import { type PoolConfig, poolIn, poolRegions } from './config.ts';
import { nodeFamilies } from './node-types.ts';
import { requestOf } from './region-nodes.ts';
import { coresOf, settingsOf } from './settings.ts';

/** As much of a service as matters for its nodes. */
interface Tenant {
  readonly pool?: Reference;
  readonly cpu?: { readonly cores: number; readonly request?: number };
  readonly regions: 'all' | readonly Reference[] | Readonly<Record<string, unknown>>;
}

export function checkPool(name: string, config: PoolConfig, design: Design): Finding[] {
  if (coresOf(config) === undefined) return [unknownType(config.node as string)];
  const tenants = design.entries<Tenant>('services').filter(([, { pool }]) => pool?.name === name);
  return [
    ...checkNumbers(config),
    ...checkRegionSizes(config, design),
    ...tenants.flatMap(([service, tenant]) => checkTenant(service, tenant, config, design)),
  ];
}

function unknownType(type: string): Finding {
  const sizes = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge'];
  const near = nearestWord(
    type,
    nodeFamilies.flatMap((family) => sizes.map((size) => `${family}.${size}`)),
  );
  return {
    path: ['node'],
    message: `no type of node is called "${type}"`,
    expected: 'a type of EC2 such as m6i.xlarge, or { name, cores }',
    ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
  };
}

function checkNumbers({ nodes: { min, max }, size }: PoolConfig): Finding[] {
  const findings: Finding[] = [];
  const over = (path: string[], message: string) =>
    findings.push({ path, message, expected: `at most ${max}` });
  if (max !== undefined && min > max) over(['nodes', 'min'], 'more nodes are kept than there may be');
  if (max !== undefined && size !== undefined && size > max)
    over(['size'], 'the mix divides more nodes than there may be');
  return findings;
}

/** Sizes that regions have of their own. */
function checkRegionSizes(config: PoolConfig, design: Design): Finding[] {
  const { max = Number.POSITIVE_INFINITY } = config.nodes;
  return poolRegions(config, design.regions).flatMap((region): Finding[] => {
    const { size = 0 } = poolIn(config, region);
    if (size === config.size || size <= max) return [];
    return [
      {
        path: ['regions', region, 'size'],
        message: 'the mix divides more nodes than there may be',
        expected: `at most ${max}`,
      },
    ];
  });
}

function checkTenant(service: string, tenant: Tenant, config: PoolConfig, design: Design): Finding[] {
  const findings: Finding[] = [];
  const { room, node } = settingsOf(config);
  const cores = tenant.cpu?.request ?? tenant.cpu?.cores ?? 1;
  const show = (value: number) => formatQuantity(value, 'cores', { digits: 4 });
  if (requestOf(cores) > room) {
    findings.push({
      path: ['node'],
      message: `an instance of ${service} requests ${show(cores)} cores, and a ${node} has ${show(room / 1000)} for instances`,
      expected: `nodes with ${show(cores)} cores to spare`,
      hint: `take a larger node, or set cpu.request of ${service}`,
    });
  }
  const there = poolRegions(config, design.regions);
  const missing = regionsOf(tenant, design).filter((region) => !there.includes(region));
  if (missing.length > 0) {
    findings.push({
      path: ['regions'],
      message: `${service} stands in ${missing.join(', ')}, where this pool has no nodes`,
      expected: 'every region of the services that name this pool',
    });
  }
  return findings;
}

function regionsOf({ regions }: Tenant, design: Design): readonly string[] {
  if (regions === 'all') return design.regions;
  return Array.isArray(regions) ? regions.map(({ name }: Reference) => name) : Object.keys(regions);
}
