import type { Design } from './design.ts';
import type { Lever } from './kind.ts';
import { kinds } from './kinds.ts';

/** What would give an entry more capacity, by its id `services.desk`, with paths from the top of the scenario. */
export function leversOf(design: Design, id: string): Lever[] {
  const [section, name = ''] = id.split('.');
  const kind = kinds.find((each) => each.section === section);
  const config = design.entry(section, name);
  if (kind?.levers === undefined || config === undefined) return [];
  return kind
    .levers(name, config, design)
    .map((lever) => ({ ...lever, path: [section, name, ...lever.path] }));
}
