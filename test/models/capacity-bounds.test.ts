import { describe, expect, it } from 'vitest';
import { loadBounds } from '../../src/models/capacity-bounds.ts';
import { designOf } from './harness.ts';

const boundsOf = (yaml: string) =>
  Object.fromEntries(
    loadBounds(designOf(yaml)).map(({ station, of, atMost }) => [`${station} ${of}`, atMost]),
  );

describe('bounds of the load', () => {
  it('are servers over the work that is asked of them, in all regions and instances', () => {
    expect(
      boundsOf(`
regions: { east: us-east-1, west: us-west-2 }
workloads: { w: { arrivals: { rate: 60/s }, call: a.x } }
services:
  a: { threads: 4, instances: 3, operations: { x: [ work: { exponential: 40ms }, call: b.y ] } }
  b: { cpu: { cores: 2 }, regions: { east: { instances: 1 } }, operations: { y: [ work: 5ms, work: 5ms ] } }
`),
    ).toEqual({
      'services.a thread': expect.closeTo((2 * 3 * 4) / (60 * 0.04)),
      'services.b core': expect.closeTo(2 / (60 * 0.01)),
    });
  });

  it('take every cache to hit, and choices by their shares', () => {
    expect(
      boundsOf(`
keys: { k: { count: 100 } }
caches: { c: { entries: 10 } }
databases: { d: { cpu: 2, write: { constant: 10ms } } }
workloads: { w: { arrivals: { rate: 50/s }, keys: [k], call: a.x } }
services:
  a:
    threads: 1
    operations:
      x:
        - get: { from: c, key: k, miss: [ work: 1s, write: d ] }
        - choose: [ { share: 25%, do: [ write: d ] }, { share: 75%, do: [ work: 4ms ] } ]
`),
    ).toEqual({
      'databases.d primary': expect.closeTo(2 / (50 * 0.25 * 0.01)),
      'services.a thread': expect.closeTo(1 / (50 * 0.75 * 0.004)),
    });
  });

  it('count what sessions call, and as many instances as an autoscaler may have', () => {
    expect(
      boundsOf(`
workloads: { w: { arrivals: { rate: 2/s }, session: { turns: { constant: 5 }, think: 1s }, call: a.x } }
services:
  a:
    cpu: { cores: 1 }
    autoscale:
      manifest: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: { maxReplicas: 7 } }
    operations: { x: [ work: 100ms ] }
`),
    ).toEqual({ 'services.a core': expect.closeTo(7) });
  });
});
