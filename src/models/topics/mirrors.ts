import { type Network, networkSection } from '../contracts/network.ts';
import type { RecoveryPoint } from '../recovery-point.ts';
import type { Wiring } from '../wiring.ts';
import { mirrorsOf, replicationOf, type TopicConfig } from './config.ts';
import { type MirrorMeters, mirrorMeters } from './metrics.ts';
import { Mirror, type MirrorWiring } from './mirror.ts';
import { MirroredHere } from './mirrored.ts';
import type { TopicInRegion } from './region.ts';

/** What one mirror leaves for the result: records of the whole run. */
export interface MirrorTally {
  readonly from: string;
  readonly to: string;
  readonly copied: number;
  readonly readable: number;
}

/** All copies of a topic between regions: each region's records, to each of the others. */
export class Mirrors {
  private readonly mirrors: Mirror[] = [];
  private readonly whole: MirrorMeters;
  private readonly byTarget = new Map<string, MirrorMeters>();

  constructor(
    private readonly name: string,
    private readonly config: TopicConfig,
    private readonly brokers: number,
    regions: readonly TopicInRegion[],
    private readonly wiring: Wiring,
  ) {
    const mirrored = mirrorsOf(config, wiring.design);
    const network = wiring.find<Network>(networkSection);
    const agenda = wiring.agenda();
    this.whole = wiring.meters(['topics', name], mirrorMeters);
    const there = regions.filter(({ region }) => mirrored.includes(region));
    for (const target of there) {
      this.byTarget.set(target.region, wiring.meters(['topics', name, 'in', target.region], mirrorMeters));
      for (const source of there) {
        if (source === target) continue;
        const path = `topics.${name}.mirrors.${source.region}.${target.region}`;
        const { simulation } = wiring;
        const draws = wiring.draws(path);
        const site = wiring.site(path);
        this.connect(source, target, { simulation, agenda, network, draws, site });
      }
    }
  }

  private connect(source: TopicInRegion, target: TopicInRegion, mirrorWiring: MirrorWiring): void {
    const { brokers, config, name, wiring } = this;
    const path = ['topics', name, 'in', target.region, 'from', source.region];
    const place = wiring.stream(`topics.${name}.in.${target.region}.from.${source.region}.placement`);
    const broker = () => Math.floor(place() * brokers);
    const outline = {
      partitions: config.partitions,
      replicationFactor: replicationOf(config, wiring.design),
      brokers,
      // MirrorMaker leaves these two to the defaults of the cluster that it copies to.
      setting: {
        minInSyncReplicas: 1,
        uncleanElection: false,
        recordSize: config.recordSize,
        retention: config.retention,
      },
      firstIndex: target.logs.length * (1 + target.mirrors.length),
    };
    const meters = wiring.meters(path, mirrorMeters);
    const isMeasured = () => wiring.window.open;
    const here = new MirroredHere(source.region, target.clusters, outline, broker, meters, isMeasured);
    target.mirrors.push(here);
    this.mirrors.push(new Mirror(source, here, mirrorWiring));
  }

  /** What would be lost with a region's disks now: acknowledged, and on its way to no other region. */
  notCopied(region: string): RecoveryPoint {
    const now = this.wiring.simulation.now / 1e9;
    const mirrors = this.mirrors.filter(({ source }) => source.region === region);
    let [seconds, lost] = [0, 0];
    for (const log of mirrors[0]?.source.logs ?? []) {
      const copied = Math.max(...mirrors.map((mirror) => mirror.position(log.index)));
      if (copied >= log.end) continue;
      lost += log.end - copied;
      seconds = Math.max(seconds, now - log.at(copied).visibleAt / 1e9);
    }
    return { fault: this.wiring.milestones.cause?.fault, seconds, lost };
  }

  /** Bytes of copies in the measured window, in a region. */
  bytesIn(region: string): number {
    const here = this.mirrors.filter(({ target }) => target.region === region);
    return here.reduce((sum, { target }) => sum + target.bytesInWindow, 0);
  }

  closeWindow(): void {
    for (const { target } of this.mirrors) {
      const region = this.byTarget.get(target.region) as MirrorMeters;
      for (const { mirrorLag, mirroredRecords } of [region, this.whole]) {
        mirrorLag.give(target.meters.mirrorLag);
        mirroredRecords.give(target.meters.mirroredRecords.read().num);
      }
    }
  }

  record(): MirrorTally[] {
    return this.mirrors.map(({ source, target }) => ({
      from: source.region,
      to: target.region,
      copied: target.copied,
      readable: target.logs.reduce((sum, { end }) => sum + end, 0),
    }));
  }
}
