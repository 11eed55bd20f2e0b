/** The scenario language: located YAML, `extends`, `--set`, schemas, references, and the user's mistakes as values. */

export { settingText } from './apply-set.ts';
export { type CheckedScenario, checkAgainst } from './check-against.ts';
export { type EditorSchemaOptions, editorSchema, extendsProperty, wholeSchema } from './editor-schema.ts';
export { type LoadedScenario, type LoadOptions, loadScenario, type ReadFile } from './load-scenario.ts';
export {
  childOf,
  entryOf,
  type ListNode,
  type LocatedNode,
  type Location,
  type MapEntry,
  type MapNode,
  nodeAt,
  type Path,
  plainValue,
  type ScalarNode,
} from './located-node.ts';
export { name, named, namePattern, nameProblem } from './name.ts';
export { editDistance, nearestWord } from './nearest.ts';
export {
  Chosen,
  type ChosenOf,
  type OneKeyOptions,
  oneKey,
  type Variant,
  type Variants,
} from './one-key.ts';
export { shapeOf } from './one-key-json.ts';
export {
  type Problem,
  type ProblemPlacing,
  type ProblemText,
  problemAt,
  problemIn,
  sortProblems,
} from './problem.ts';
export { didYouMean, listed, nobodyNames, quote, singular } from './problems.ts';
export {
  checkReferences,
  collectReferences,
  type FoundReference,
  keyedBy,
  Reference,
  reference,
  sectionKeyword,
} from './reference.ts';
export { type RenderOptions, renderProblems } from './render-problems.ts';
export { resolvedText } from './resolved-text.ts';
export { scenarioHash } from './scenario-hash.ts';
export { type SharesOptions, shares } from './shares.ts';
export { inputName, type UncertainInput, uncertainInputs, withValueAt } from './uncertain.ts';
