import type { Design } from './design.ts';
import type { Kind, Place } from './kind.ts';

let kinds: readonly Kind[] = [];

/** Called once, by the list of kinds: a fault asks what all kinds lose by it, whoever brings it. */
export function registerStops(list: readonly Kind[]): void {
  kinds = list;
}

/** What a design does no more while a region or a zone is lost, wherever callers are sent: no routing makes up for it. */
export const stoppedBy = (design: Design, lost: Place): string[] =>
  kinds.flatMap((kind) =>
    design
      .entries(kind.section)
      .flatMap(([name, config]) => kind.stoppedBy?.(name, config, design, lost) ?? []),
  );
