/** A service in `home` that writes to a database with its primary there and copies in `near` (80 ms) and `far` (200 ms). */
export const failingOver = (parts: {
  faults: string;
  failover?: string;
  replication?: string;
  rate?: string;
  duration?: string;
  write?: string;
  database?: string;
  from?: string;
}) => `
run: { duration: ${parts.duration ?? '5m'}, warmUp: 0s }
regions: { home: {}, near: {}, far: {} }
origins: { o: { location: nowhere } }
network: { preset: none, jitter: 0%, sameRegion: 0s, links: [ { between: [home, near], roundTrip: 80ms }, { between: [home, far], roundTrip: 200ms }, { between: [near, far], roundTrip: 200ms } ] }
keys: { id: { count: 1000 } }
workloads: { w: { arrivals: { rate: ${parts.rate ?? '100/s'} }, keys: [id], from: { o: 100% }, client: { timeout: 1s }, call: s.x } }
services: { s: { regions: [${parts.from ?? 'home'}], operations: { x: [ write: ${parts.write ?? 'd'} ] } } }
databases:
  d:
    primary: home
    replicas: { near: 1, far: 1 }
    cpu: 64
    write: 0ms
    commit: 0ms
    replication: { apply: 0ms, flush: 0ms${parts.replication ?? ''} }
    ${parts.failover === undefined ? 'failover: {}' : parts.failover}
    ${parts.database ?? ''}
faults: { ${parts.faults} }
`;

export const primaryDies = 'f: { fault: primary-crash, database: d, at: 60s, settle: 10s }';
