import type { Dimension } from '../units/index.ts';
import {
  type Better,
  type Estimator,
  type MeterDefinition,
  meterId,
  metricId,
  type Scope,
  viewsOf,
} from './metric.ts';

/** One metric of a scenario, known before any run. */
export interface CatalogEntry {
  readonly id: string;
  /** The id of the meter that feeds it (the id without view). */
  readonly meter: string;
  readonly definition: MeterDefinition;
  readonly estimator: Estimator;
  readonly quantile?: number;
  readonly suffix: string;
  readonly unit: Dimension;
  readonly better: Better;
}

/** All metric ids of a scenario. It follows from the scenario alone, so that targets are checked before any run. */
export class Catalog {
  private readonly entries = new Map<string, CatalogEntry>();
  private readonly byParts: { parts: string[]; entry: CatalogEntry }[] = [];

  constructor(scopes: readonly Scope[]) {
    for (const scope of scopes) for (const definition of scope.meters) this.add(scope, definition);
  }

  private add(scope: Scope, definition: MeterDefinition): void {
    for (const view of viewsOf(definition.kind)) {
      const id = metricId(scope.path, definition.metric, view.suffix);
      if (this.entries.has(id)) throw new Error(`two metrics have the id ${id}`);
      const unit: Dimension =
        definition.kind === 'counter' && view.suffix === 'rate' ? 'rate' : definition.unit;
      const entry: CatalogEntry = {
        id,
        meter: meterId(scope.path, definition.metric),
        definition,
        estimator: view.estimator,
        ...(view.quantile === undefined ? {} : { quantile: view.quantile }),
        suffix: view.suffix,
        unit,
        better: definition.better,
      };
      this.entries.set(id, entry);
      this.byParts.push({ parts: id.split('.'), entry });
    }
  }

  get ids(): string[] {
    return [...this.entries.keys()];
  }

  all(): CatalogEntry[] {
    return [...this.entries.values()];
  }

  get(id: string): CatalogEntry | undefined {
    return this.entries.get(id);
  }

  /** Entries whose id matches a pattern in which `*` stands for any one part. */
  matching(pattern: string): CatalogEntry[] {
    if (!pattern.includes('*')) {
      const entry = this.entries.get(pattern);
      return entry === undefined ? [] : [entry];
    }
    const wanted = pattern.split('.');
    return this.byParts
      .filter(
        ({ parts }) =>
          parts.length === wanted.length && wanted.every((part, at) => part === '*' || part === parts[at]),
      )
      .map(({ entry }) => entry);
  }
}
