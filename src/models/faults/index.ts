import type { Design } from '../design.ts';
import type { FaultDefinition } from '../fault.ts';
import { defineKind, type Kind } from '../kind.ts';
import { type Phase, phases } from '../milestones.ts';
import { areAlike, checkFault } from './check.ts';
import { type FaultConfig, faultSchema } from './config.ts';
import { faultFamilies, faultScopes } from './metrics.ts';
import { Fault } from './model.ts';
import { publishedAssumptions } from './random/assumptions.ts';
import { randomScopes } from './random/metrics.ts';
import { RandomFault } from './random/model.ts';

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
  const allOf = (design: Design) =>
    design
      .entries<FaultConfig>('faults')
      .map(([name, config]) => ({ name, config, definition: definitionOf(config) }));
  return defineKind<FaultConfig>({
    section: 'faults',
    noun: 'fault',
    about: 'What goes wrong, and when: each has a name of its own.',
    shape: 'named',
    schema: faultSchema(definitions),
    families: faultFamilies,
    scopes: (name, { random }, design) =>
      random === undefined
        ? faultScopes(name, design, phasesIn(design, kinds))
        : [...faultScopes(name, design, []), ...randomScopes(name)],
    assumptions: (name, config, design) => publishedAssumptions(name, config, design),
    varies: () => true,
    check: (name, config, design) => {
      const all = allOf(design);
      const before = all.findIndex((each) => each.name === name);
      const others = all.filter((each) => each.name !== name);
      return checkFault(definitionOf(config), config, design, all.slice(0, before), others);
    },
    build: (name, config, wiring) => {
      const definition = definitionOf(config);
      if (config.random === undefined)
        return new Fault(name, config, definition, wiring, phasesIn(wiring.design, kinds));
      const rivals = allOf(wiring.design).filter(
        (other) => other.name !== name && areAlike(other.config.fault, config.fault),
      );
      return new RandomFault(name, config, definition, rivals, wiring);
    },
  });
}
