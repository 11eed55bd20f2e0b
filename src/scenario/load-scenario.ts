/** Reads a scenario: its file, those that it extends, those that it names, and what `--set` changes. */

import { applySetting, isProblem, readSettings, type Setting, setFile } from './apply-set.ts';
import { Grafts } from './graft.ts';
import { entryOf, type LocatedNode, type Location, type MapNode, nodeAt } from './located-node.ts';
import { merge, withoutDeleted } from './merge.ts';
import { type Problem, problemAt } from './problem.ts';
import { documentIsNotMap, emptyFile, extendsCircle, extendsIsNotFile } from './problems.ts';
import { type ReadFile, relativeTo, SourceFiles, startOfFile } from './source-files.ts';

export interface LoadOptions {
  /** `path=value` each, from the command line. */
  readonly sets?: readonly string[];
  readonly read: ReadFile;
  /**
   * Names of all distributions: a map with one of them as its only key replaces another such map. Not of steps: they
   * stand in lists, which replace anyhow, and an operation may be called `read`.
   */
  readonly oneKeyVerbs?: ReadonlySet<string>;
  /** Where text is a file to be grafted in: `services.*.autoscale.manifest`. */
  readonly files?: readonly string[];
  /**
   * Phases whose changes are laid over the scenario, in this order, before `sets`; then it has no phases and no growth any more. Absent:
   * the scenario as it is written, with what its phases would change.
   */
  readonly phases?: readonly string[];
}

export interface LoadedScenario {
  /**
   * Absent when there is nothing to check: no file, no YAML, no map, here or in a file that it extends. It may be there
   * beside problems.
   */
  readonly document?: LocatedNode;
  readonly problems: readonly Problem[];
  /** The text of every file that was read, for `renderProblems`; the settings are one, `--set`. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Loads a scenario. Nothing that a user wrote makes it throw: all mistakes are problems, with the file they stand in.
 *
 * @param file the path of the file, as a user gave it; locations name it so
 */
export function loadScenario(file: string, options: LoadOptions): LoadedScenario {
  const files = new SourceFiles(options.read);
  const verbs = options.oneKeyVerbs ?? new Set<string>();
  const problems: Problem[] = [];
  const extended = withBases(file, startOfFile(file), [], { files, verbs, problems });
  const { settings, problems: badSettings, text } = readSettings(options.sets ?? []);
  if (text !== '') files.texts.set(setFile, text);
  problems.push(...badSettings);
  const grafts = new Grafts(options.files ?? [], files);
  const apply = (before: LocatedNode, chosen: readonly Setting[]): LocatedNode =>
    chosen.reduce((document, setting) => {
      const changed = applySetting(document, setting, verbs, grafts);
      if (!isProblem(changed)) return changed;
      problems.push(changed);
      return document;
    }, before);
  let document = extended as LocatedNode | undefined;
  if (document !== undefined) {
    // What is set of a phase is there before the phase comes; all else has the last word.
    const planned = apply(document, settings.filter(isOfRoadmap));
    const changed = withPhases(planned, options.phases ?? [], verbs);
    document = apply(
      changed,
      settings.filter((setting) => !isOfRoadmap(setting)),
    );
  }
  document = document && withoutDeletedOf(grafts.everywhere(document));
  if (options.phases !== undefined) document = document && withoutRoadmap(document);
  return { document, problems: [...files.problems, ...problems], sources: files.texts };
}

/** What phases delete is deleted when they come, so it stays in the text until then. */
function withoutDeletedOf(document: LocatedNode): LocatedNode {
  const bare = withoutDeleted(document);
  const phases = entryOf(document, 'phases');
  if (bare.kind !== 'map' || phases === undefined) return bare;
  return { ...bare, entries: bare.entries.map((entry) => (entry.key === 'phases' ? phases : entry)) };
}

/** The changes of some phases laid over the scenario, as `extends` does; `--set` has the last word. */
function withPhases(
  document: LocatedNode,
  names: readonly string[],
  verbs: ReadonlySet<string>,
): LocatedNode {
  const changes = names.flatMap((name) => nodeAt(document, ['phases', name, 'changes']) ?? []);
  return changes.reduce((base, over) => merge(base, over, verbs), document);
}

const roadmapKeys = ['phases', 'growth'];
const isOfRoadmap = ({ keys }: Setting): boolean => roadmapKeys.includes(keys[0]);

const withoutRoadmap = (document: LocatedNode): LocatedNode =>
  document.kind === 'map'
    ? { ...document, entries: document.entries.filter(({ key }) => !roadmapKeys.includes(key)) }
    : document;

interface Loading {
  readonly files: SourceFiles;
  readonly verbs: ReadonlySet<string>;
  readonly problems: Problem[];
}

/** A file laid over those that it extends; `chain` are the files that led here. */
function withBases(
  file: string,
  askedAt: Location,
  chain: readonly string[],
  loading: Loading,
): MapNode | undefined {
  const { files, verbs, problems } = loading;
  if (chain.includes(file)) {
    problems.push(
      problemAt(askedAt, ['extends'], extendsCircle([...chain.slice(chain.indexOf(file)), file])),
    );
    return undefined;
  }
  const { document: root, problems: faults } = files.yaml(file, askedAt);
  if (root?.kind !== 'map') {
    if (files.texts.has(file) && faults.length === 0)
      problems.push(problemAt(startOfFile(file), [], notMapText(root)));
    return undefined;
  }
  const bases = basesOf(root, problems).map((base) =>
    withBases(relativeTo(file, base.path), base.location, [...chain, file], loading),
  );
  // Half a scenario would be reported as one that lacks the other half.
  if (bases.includes(undefined)) return undefined;
  const own: MapNode = { ...root, entries: root.entries.filter(({ key }) => key !== 'extends') };
  const layers = [...(bases as MapNode[]), own];
  return layers.reduce((base, over) => merge(base, over, verbs) as MapNode);
}

function notMapText(root: LocatedNode | undefined) {
  if (root === undefined || (root.kind === 'scalar' && root.value === null)) return emptyFile();
  return documentIsNotMap(root.kind === 'scalar' ? JSON.stringify(root.value) : 'a list');
}

function basesOf(root: MapNode, problems: Problem[]): { path: string; location: Location }[] {
  const value = entryOf(root, 'extends')?.value;
  if (value === undefined || (value.kind === 'scalar' && value.value === null)) return [];
  return (value.kind === 'list' ? value.items : [value]).flatMap((item) => {
    if (item.kind === 'scalar' && typeof item.value === 'string' && item.value !== '')
      return [{ path: item.value, location: item.at }];
    problems.push(
      problemAt(
        item.at,
        ['extends'],
        extendsIsNotFile(item.kind === 'scalar' ? item.text : `a ${item.kind}`),
      ),
    );
    return [];
  });
}

export type { ReadFile };
