import { ownerOf } from '../metrics/index.ts';
import type { Result } from '../result/index.ts';
import { formatQuantity } from '../units/index.ts';

type Metrics = Result['metrics'];

/** Phases without which nobody is answered again, in the order in which they come, with their words. */
const phases = {
  detect: 'detection',
  decide: 'decision',
  dns: 'DNS',
  routes: 'routes',
  promote: 'promotion',
} as const;

const duration = (seconds: number): string => formatQuantity(seconds, 'duration');
const count = (value: number): string => formatQuantity(value, 'count');
const share = (value: number): string => formatQuantity(value, 'ratio', { digits: 2 });

/** Why a recovery took so long: for whom, how the others fared, and where the time went. */
export function recoveryReason(id: string, metrics: Metrics): string | undefined {
  const [, fault] = /^faults\.([^.]+)\.rto(?:9[05])?$/.exec(id) ?? [];
  if (fault === undefined) return undefined;
  const callers = longestFelt(fault, metrics);
  if (callers === undefined) return undefined;
  const [workload, , origin] = callers.path.split('.');
  const who = `by ${workload}${origin === undefined ? '' : ` from ${origin}`}`;
  const most = valueAt(metrics, `faults.${fault}.workload.${callers.path}.rto90`);
  const soon =
    most !== undefined && most < callers.seconds / 2
      ? `, of whom 90% were answered after ${duration(most)}`
      : '';
  const took = Object.entries(phases).flatMap(([phase, word]) => {
    const seconds = valueAt(metrics, `faults.${fault}.${phase}`) ?? 0;
    return seconds > 0 ? [`${word} took ${duration(seconds)}`] : [];
  });
  const hung = valueAt(metrics, `faults.${fault}.hang`) ?? 0;
  // Some hang on when most are answered again: those did not make it longer.
  if (hung > 0)
    took.push(
      `callers hung on what was silent${hung <= callers.seconds ? ` for up to ${duration(hung)}` : ', some to the end and beyond'}`,
    );
  const stale = valueAt(metrics, 'routing.staleAnswers') ?? 0;
  const strays =
    stale >= 0.001 ? [`${share(stale)} of the attempts went where nobody new was sent any more`] : [];
  return [`felt longest ${who}${soon}`, ...took, ...quorums(metrics), ...strays].join('; ');
}

/** Why callers are not back although their region is: whose they are, the most first. What keeps them is told of the fault. */
export function returnReason(id: string, metrics: Metrics): string | undefined {
  const [, fault] = /^faults\.([^.]+)\.(?:returned|failBack)$/.exec(id) ?? [];
  if (fault === undefined) return undefined;
  const away = new RegExp(`^faults\\.${fault}\\.workload\\.([^.]+)(?:\\.from\\.([^.]+))?\\.returned$`);
  const all = Object.entries(metrics).flatMap(([each, { value }]) => {
    const [, workload, origin] = away.exec(each) ?? [];
    return workload === undefined || value === null || value >= 0.99 ? [] : [{ workload, origin, value }];
  });
  const parts = all.filter(({ origin }) => origin !== undefined);
  const [least] = (parts.length > 0 ? parts : all).sort((one, other) => one.value - other.value);
  if (least === undefined) return undefined;
  const { origin, value, workload } = least;
  const who = origin === undefined ? workload : `${workload} from ${origin}`;
  return `${share(1 - value)} of ${who} still go elsewhere in the end`;
}

/** Databases that had a primary and acknowledged nothing. */
const quorums = (metrics: Metrics): string[] =>
  Object.entries(metrics)
    .filter(([id, { value }]) => id.endsWith('.withoutQuorum') && (value ?? 0) > 0)
    .map(([id, { value }]) => `${ownerOf(id)} had no quorum for ${duration(value ?? 0)}`);

/** Whoever felt a fault longest; a recovery that was never seen is longer than any. */
function longestFelt(fault: string, metrics: Metrics): { path: string; seconds: number } | undefined {
  const start = `faults.${fault}.workload.`;
  const all = Object.entries(metrics)
    .filter(([id]) => id.startsWith(start) && id.endsWith('.rto'))
    .map(([id, { value }]) => ({
      path: id.slice(start.length, -'.rto'.length),
      seconds: value ?? Number.POSITIVE_INFINITY,
    }));
  const origins = all.filter(({ path }) => path.includes('.from.'));
  return (origins.length > 0 ? origins : all).sort((one, other) => other.seconds - one.seconds)[0];
}

/** Why acknowledged writes are gone: how many, and how many of them a second primary accepted. */
export function lossReason(id: string, metrics: Metrics): string | undefined {
  const [, fault] = /^faults\.([^.]+)\.(?:rpo|lostWrites)$/.exec(id) ?? [];
  const [, store] = /^(databases\.[^.]+)\.(?:rpo|lostWrites\.total|splitBrainWrites\.total)$/.exec(id) ?? [];
  if (fault === undefined && store === undefined) return undefined;
  const lost = valueAt(
    metrics,
    fault === undefined ? `${store}.lostWrites.total` : `faults.${fault}.lostWrites`,
  );
  if (lost === undefined || lost === 0) return undefined;
  const split = Object.entries(metrics)
    .filter(([each]) => /^databases\.[^.]+\.splitBrainWrites\.total$/.test(each))
    .filter(([each]) => store === undefined || each.startsWith(`${store}.`))
    .reduce((sum, [, { value }]) => sum + (value ?? 0), 0);
  const all = `${count(lost)} acknowledged writes a run were lost`;
  // Of several faults it is not known whose second primary it was.
  if (split > lost) return all;
  return split === 0
    ? `${all}: the new primary had not received them`
    : `${all}; ${count(split)} were accepted by an old primary while there was a new one`;
}

/** Why replicas are behind although callers are well: copies still get what they lacked. */
export function lagReason(id: string, metrics: Metrics): string | undefined {
  if (!/^databases\..*\.replicationLag\.\w+$/.test(id)) return undefined;
  const [longest] = Object.entries(metrics)
    .flatMap(([each, { value }]) => {
      const [, fault] = /^faults\.([^.]+)\.catchUp$/.exec(each) ?? [];
      return fault === undefined || value === null ? [] : [{ fault, seconds: value }];
    })
    .sort((one, other) => other.seconds - one.seconds);
  if (longest === undefined || longest.seconds === 0) return undefined;
  return `copies needed up to ${duration(longest.seconds)} to catch up after ${longest.fault}`;
}

const valueAt = (metrics: Metrics, id: string): number | undefined => metrics[id]?.value ?? undefined;
