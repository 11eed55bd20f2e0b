/** Three regions whose policy is written down, one service of one core each, callers of 50/s. */
export const threeRegions = ({ routing = '', more = '', faults = '', targets = '[]' } = {}) => `
name: Three
run: { duration: 12m, warmUp: 2m, runs: 2 }
regions: { east: us-east-1, west: eu-west-1, south: ap-southeast-1 }
origins: { US: us-east-2, EU: eu-central-1, AP: ap-northeast-1 }
routing: ${routing || '{ policy: geo, map: { US: east, EU: west, AP: south }, secondary: { US: west, EU: east, AP: east }, dns: { ttl: 30s } }'}
workloads:
  trades:
    arrivals: { rate: 50/s }
    from: { US: 60%, EU: 30%, AP: 10% }
    client: { timeout: 2s, connectTimeout: 1s, retries: { max: 1 } }
    call: shop.buy
services: { shop: { cpu: { cores: 1 }, operations: { buy: [work: { exponential: 20ms }] } } }
${more}
faults: { ${faults} }
targets: ${targets}
`;
