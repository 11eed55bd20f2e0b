import { Assembly, startOf } from '../models/assemble.ts';
import type { NodeNeed } from '../models/contracts/node-need.ts';
import type { CostRow } from '../models/cost.ts';
import type { MeterReading } from '../models/meters.ts';
import type { Scenario } from '../models/parse.ts';
import type { Segment } from '../models/segments.ts';
import type { Occurrence, SeriesKind } from '../models/timeline.ts';
import type { Topology } from '../models/topology.ts';
import { type HistogramJson, histogramToJson } from '../sim/statistics/histogramText.ts';

/** A meter's reading on its way between threads: plain data. */
export interface Reading {
  readonly num: number;
  readonly den: number;
  readonly n: number;
  readonly max?: number;
  readonly hist?: HistogramJson;
  /** The run ended before what was timed did. */
  readonly censored?: boolean;
}

/** All that is kept of one run. */
export interface RunRecord {
  readonly run: number;
  readonly fingerprint: string;
  readonly events: number;
  /** Warm-up and drain included. */
  readonly operations: number;
  /** Those that came in the measured window. */
  readonly arrived: number;
  readonly seconds: number;
  readonly startAt: number;
  readonly warmUp: number;
  readonly readings: Record<string, Reading>;
  /** Of steady times alone, for the meters of targets that ask for it; absent where that cannot be told apart. */
  readonly steady: Record<string, Reading>;
  readonly records: Record<string, unknown>;
  readonly segments: readonly Segment[];
  readonly topology: readonly Topology[];
  readonly costs: readonly CostRow[];
  readonly nodeNeeds: readonly NodeNeed[];
  readonly backlogs: Record<string, number[]>;
  readonly timeline: {
    readonly bucketSeconds: number;
    readonly series: Record<string, { unit: string; of: SeriesKind; values: number[] }>;
    readonly occurrences: readonly Occurrence[];
  };
}

/** One run of a scenario: a pure function of (scenario, seed, run). */
export function simulateRun(
  scenario: Scenario,
  seed: number,
  run: number,
  progress?: (share: number) => void,
): RunRecord {
  const { design } = scenario;
  const assembly = new Assembly(design, seed, run);
  assembly.run(progress);
  const { simulation, timeline, window } = assembly;
  const readings = [...assembly.readings()].map(([id, reading]) => [id, plain(reading)]);
  const asked = scenario.targets
    .filter(({ during }) => during === 'steady')
    .flatMap(({ resolved }) => resolved.map(({ entry }) => entry.meter));
  const steady = [...new Set(asked)].flatMap((id) => {
    const reading = assembly.steadyReading(id);
    return reading === undefined ? [] : [[id, plain(reading)] as const];
  });
  return {
    run,
    fingerprint: simulation.fingerprint,
    events: simulation.events,
    operations: assembly.operations,
    arrived: assembly.arrived,
    seconds: window.to / 1e9,
    startAt: startOf(design),
    warmUp: window.from / 1e9,
    readings: Object.fromEntries(readings),
    steady: Object.fromEntries(steady),
    records: assembly.records(),
    segments: assembly.segmentList,
    topology: assembly.topology,
    costs: assembly.costs,
    nodeNeeds: assembly.nodeNeeds,
    backlogs: assembly.backlogs,
    timeline: {
      bucketSeconds: timeline.bucketSeconds,
      series: Object.fromEntries(
        [...timeline.series].map(([name, { unit, of, values }]) => [
          name,
          { unit, of, values: Array.from(values) },
        ]),
      ),
      occurrences: timeline.occurrences,
    },
  };
}

const plain = ({ hist, ...reading }: MeterReading): Reading =>
  hist === undefined ? reading : { ...reading, hist: histogramToJson(hist) };
