import type { Design } from '../design.ts';
import type { FaultDefinition } from '../fault.ts';
import { defineKind, type Kind } from '../kind.ts';
import { type Phase, phases } from '../milestones.ts';
import { checkFault } from './check.ts';
import { type FaultConfig, faultSchema } from './config.ts';
import { faultFamilies, faultScopes } from './metrics.ts';
import { Fault } from './model.ts';

/** Phases that some part of a design may go through on the way back from a fault. */
const phasesIn = (design: Design, kinds: readonly Kind[]): Phase[] => {
  const found = kinds.flatMap((kind) =>
    design.entries(kind.section).flatMap(([name, config]) => kind.phases?.(name, config, design) ?? []),
  );
  return phases.filter((phase) => found.includes(phase));
};

/**
 * The kind that plays faults. What can fail belongs to the other kinds, which bring definitions; this one knows when.
 * @param kinds all others; their faults' words differ
 */
export function faultsOf(kinds: readonly Kind[]): Kind<FaultConfig> {
  const definitions = kinds.flatMap((kind) => kind.faults ?? []);
  const byWord = new Map(definitions.map((definition) => [definition.fault, definition]));
  if (byWord.size < definitions.length) throw new Error('two kinds bring the same fault');
  const definitionOf = ({ fault }: FaultConfig) => byWord.get(fault) as FaultDefinition;
  return defineKind<FaultConfig>({
    section: 'faults',
    noun: 'fault',
    about: 'What goes wrong, and when: each has a name of its own.',
    shape: 'named',
    schema: faultSchema(definitions),
    families: faultFamilies,
    scopes: (name, _config, design) => faultScopes(name, design, phasesIn(design, kinds)),
    varies: () => true,
    check: (name, config, design) => {
      const all = design
        .entries<FaultConfig>('faults')
        .map(([each, its]) => ({ name: each, config: its, definition: definitionOf(its) }));
      const before = all.findIndex((each) => each.name === name);
      return checkFault(definitionOf(config), config, design, all.slice(0, before));
    },
    build: (name, config, wiring) =>
      new Fault(name, config, definitionOf(config), wiring, phasesIn(wiring.design, kinds)),
  });
}
