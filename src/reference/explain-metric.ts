import { type CatalogEntry, isOfFamily, type MeterDefinition, type View, viewsOf } from '../metrics/index.ts';
import { kinds } from '../models/kinds.ts';
import { nearestWord } from '../scenario/index.ts';
import { estimated, metered } from './how-measured.ts';

/** A metric that is explained: its id, or a pattern of ids. */
export interface Explained {
  readonly id: string;
  readonly where?: string;
  readonly definition: MeterDefinition;
  readonly views: readonly View[];
}

/**
 * Metrics that any scenario may have and that a text names: an id, `workloads.trades.latency.p95`, with `*` or a placeholder
 * for any part, or a metric alone, `latency`.
 */
export function metricsNamed(text: string): Explained[] {
  const parts = text.split('.');
  return families().flatMap(({ family, definition }) => {
    const views = viewsOf(definition.kind);
    const found = (named: readonly View[]): Explained[] => [
      {
        id: `${family.of}.${definition.metric}`,
        ...(family.where === undefined ? {} : { where: family.where }),
        definition,
        views: named,
      },
    ];
    if (parts.length <= 2 && isSame(parts[0], definition.metric)) {
      const named = parts.length === 1 ? views : views.filter(({ suffix }) => isSame(parts[1], suffix));
      if (named.length > 0) return found(named);
    }
    const place = family.of.split('.').length;
    if (!isOf(parts.slice(0, place), family.of) || !isSame(parts[place] ?? '', definition.metric)) return [];
    const rest = parts.slice(place + 1);
    const named =
      rest.length === 0 ? views : views.filter(({ suffix }) => rest.length === 1 && isSame(rest[0], suffix));
    return named.length === 0 ? [] : found(named);
  });
}

/** The metrics of one scenario that a pattern names, a meter with all its views once. */
export const metricsOf = (entries: readonly CatalogEntry[]): Explained[] => {
  const byMeter = new Map<string, Explained>();
  for (const { meter, definition, suffix } of entries) {
    const views = viewsOf(definition.kind).filter((view) => view.suffix === suffix);
    const known = byMeter.get(meter)?.views ?? [];
    byMeter.set(meter, { id: meter, definition, views: [...known, ...views] });
  }
  return [...byMeter.values()];
};

/** The metric, or the id, that somebody most likely meant. */
export function nearestMetric(text: string): string | undefined {
  const parts = text.split('.');
  const byMetric = new Set(families().map(({ definition }) => definition.metric));
  if (parts.length === 1) return nearestWord(text, byMetric);
  const owners = families().filter(({ family }) =>
    isOf(parts.slice(0, family.of.split('.').length), family.of),
  );
  const ids = (owners.length > 0 ? owners : families()).flatMap(({ family, definition }) => {
    const place = owners.length > 0 ? parts.slice(0, family.of.split('.').length).join('.') : family.of;
    return viewsOf(definition.kind).map(({ suffix }) =>
      [place, definition.metric, suffix].filter((part) => part !== '').join('.'),
    );
  });
  return nearestWord(text, ids);
}

/** What a metric means and where its number comes from, in lines. */
export function explanation({ id, where, definition, views }: Explained): string[] {
  const { kind, unit, better, about } = definition;
  const named = views.filter(({ suffix }) => suffix !== '').map(({ suffix }) => suffix);
  return [
    named.length === 0 ? id : named.length === 1 ? `${id}.${named[0]}` : `${id}.{${named.join(',')}}`,
    `  ${about}`,
    ...(where === undefined ? [] : [`  There only ${where}.`]),
    `  unit      ${unit}${better === 'neither' ? '; neither way is better' : `; ${better} is better`}`,
    `  metered   ${metered[kind]}`,
    ...[...new Set(views.map(({ estimator }) => estimator))].map((estimator) => {
      const whose = views.filter((view) => view.estimator === estimator && view.suffix !== '');
      const names = named.length > 1 ? `${whose.map(({ suffix }) => suffix).join(' ')}: ` : '';
      return `  reported  ${names}${estimated[estimator]}`;
    }),
  ];
}

const families = () =>
  kinds.flatMap((kind) =>
    kind.families.flatMap((family) => family.meters.map((definition) => ({ family, definition }))),
  );

const isSame = (asked: string, word: string): boolean => asked === '*' || asked === word;

/** Whether parts name what a family is of; `*` is any one part. */
function isOf(parts: readonly string[], of: string): boolean {
  const wanted = of.split('.');
  return isOfFamily(
    parts.map((part, at) => (part === '*' ? (wanted[at] ?? part) : part)),
    { of, meters: [] },
  );
}
