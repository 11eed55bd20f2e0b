import type { RunSettings } from './run-settings.ts';

/** A scenario whose shapes are right: sections of named entries, parsed and defaulted, in the order of the file. */
export class Design {
  constructor(
    readonly name: string,
    /** One line about it, where its author wrote one. */
    readonly title: string | undefined,
    readonly run: RunSettings,
    readonly targets: readonly TargetSetting[],
    // biome-ignore lint/suspicious/noExplicitAny: each section has a configuration of its own
    private readonly sections: ReadonlyMap<string, ReadonlyMap<string, any>>,
  ) {}

  /** Entries of a section, in the file's order; a `single` section has one, named ''. */
  entries<C>(section: string): [string, C][] {
    return [...(this.sections.get(section) ?? [])] as [string, C][];
  }

  entry<C>(section: string, name = ''): C | undefined {
    return this.sections.get(section)?.get(name) as C | undefined;
  }

  names(section: string): string[] {
    return this.entries(section).map(([name]) => name);
  }

  /** The regions; one of the name `region` where the scenario names none. */
  get regions(): string[] {
    return this.names('regions');
  }

  get origins(): string[] {
    return this.names('origins');
  }
}

/** A need (level fail) or a claim (level warn), as the scenario has it. */
export interface TargetSetting {
  readonly target: string;
  readonly level: 'fail' | 'warn';
  readonly during: 'all' | 'steady';
  readonly because?: string;
}
