import type {
  Bottleneck,
  LostPlaceResult,
  RerouteResult,
  Result,
  SurvivalCase,
  SurvivalStatus,
  TargetResult,
} from '../../result/index.ts';
import { verdictOf } from '../judge.ts';
import { faultName, type LostPlace, placeName } from './lost-place.ts';
import type { Reroute } from './re-route.ts';

/** What a result says of the survivors of a loss; without one, of everything. */
export function caseOf(result: Result, reroute?: Reroute): SurvivalCase {
  const lost = reroute?.lost;
  const targets = result.targets.filter(({ metric }) => lost === undefined || !isAbout(metric, lost));
  const stations = result.bottlenecks.filter(
    ({ station, utilization }) => utilization > 0 && (lost === undefined || !isAbout(station, lost)),
  );
  const [tightest] = stations;
  const bound = stations.find(({ atMost }) => atMost !== undefined);
  const worst = worstNeed(targets);
  return {
    ...(lost === undefined ? {} : { lost: placeResult(lost) }),
    ...(reroute === undefined ? {} : { reroute: rerouteResult(reroute) }),
    status: statusOf(result, targets),
    load: result.load,
    loadReasons: result.loadReasons,
    targets,
    ...named('tightest', tightest),
    ...named('bound', bound),
    ...(worst === undefined ? {} : { worst }),
    ...(lost === undefined ? {} : feltBy(result, faultName(lost))),
    failures: result.failures,
    runs: result.runs,
    fingerprint: result.fingerprint,
  };
}

const named = <K extends string>(name: K, station: Bottleneck | undefined) =>
  (station === undefined ? {} : { [name]: station }) as { readonly [N in K]?: Bottleneck };

/** Whether a metric or a station is of the region that is lost: there is nobody there to keep a need. */
const isAbout = (id: string, { region, zone }: LostPlace): boolean =>
  zone === undefined && /\.(in|from)\.([^.]+)/.test(id) && partsOf(id).includes(region);

/** The regions that an id names: of `topics.t.in.eu-west.from.us-east.mirrorLag` both. */
const partsOf = (id: string): string[] => [...id.matchAll(/\.(?:in|from)\.([^.]+)/g)].map(([, name]) => name);

/** Survivors that the load outgrows do not hold, whatever was asked of them. */
function statusOf({ load }: Result, targets: readonly TargetResult[]): SurvivalStatus {
  if (verdictOf(targets) === 'fail' || load === 'overloaded') return 'fails';
  const isOpen = targets.some(({ level, status }) => level === 'fail' && status === 'inconclusive');
  return isOpen ? 'undecided' : 'holds';
}

/** The need with the least room, broken ones first. */
function worstNeed(targets: readonly TargetResult[]): TargetResult | undefined {
  const needs = targets.filter(({ level }) => level === 'fail');
  const room = ({ margin, status }: TargetResult) =>
    margin ?? (status === 'pass' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
  return [...needs].sort((a, b) => rank(a) - rank(b) || room(a) - room(b))[0];
}

const rank = ({ status }: TargetResult): number =>
  ['fail', 'no-data', 'inconclusive', 'warn', 'pass'].indexOf(status);

function feltBy({ metrics }: Result, fault: string): Pick<SurvivalCase, 'rto' | 'unanswered'> {
  const rto = metrics[`faults.${fault}.rto`];
  const censored = rto.runs.filter((run) => run.censored).length;
  const longest = Math.max(...rto.runs.map(({ num }) => num ?? Number.POSITIVE_INFINITY));
  return {
    rto: { median: rto.value, worst: censored > 0 ? null : longest, censored },
    unanswered: metrics[`faults.${fault}.unanswered`].value ?? 0,
  };
}

const placeResult = (place: LostPlace): LostPlaceResult => ({ name: placeName(place), ...place });

const rerouteResult = ({ takers, stranded, stops, tightest }: Reroute): RerouteResult => ({
  takers,
  stranded,
  stops,
  ...(tightest === undefined
    ? {}
    : {
        tightest: {
          ...tightest,
          utilization: Number.isFinite(tightest.utilization) ? tightest.utilization : null,
        },
      }),
});
