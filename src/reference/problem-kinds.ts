/** A sort of mistake in a scenario: what it means, and what mends it. */
export interface ProblemKind {
  readonly means: string;
  readonly mend: string;
}

const yaml = 'The text is not YAML as Headroom reads it (1.2, one document, keys that are text).';
const names = 'Names become parts of metric ids: letters, digits, - and _, beginning with a letter.';
const oneKey =
  'A step or a distribution is a map with exactly one key, its verb or name; options stand below that key.';

/** Every sort of mistake by its code. What makes no sense for one kind alone has that kind’s name as its code. */
export const problemKinds: Readonly<Record<string, ProblemKind>> = {
  'no-such-file': {
    means: 'A file that was named is not there.',
    mend: 'Paths in a scenario count from its own file.',
  },
  'file-is-directory': {
    means: 'A folder was named where a file is expected.',
    mend: 'Name the file in it.',
  },
  'unreadable-file': { means: 'The system refused to read the file.', mend: 'Look at its permissions.' },
  'not-utf8': { means: 'The file is not text in UTF-8.', mend: 'Save it as UTF-8.' },
  'empty-file': { means: 'There is nothing in the file.', mend: 'headroom init writes one to begin with.' },
  'several-documents': { means: yaml, mend: 'Take the --- away, or make two files.' },
  'bad-yaml': {
    means: yaml,
    mend: 'The mark is where reading stopped; the cause is often in the line above.',
  },
  'duplicate-key': { means: 'A map has one key twice; one would silently win.', mend: 'Take one away.' },
  'key-is-not-text': { means: yaml, mend: 'Put the key into quotes.' },
  'reserved-key': { means: 'The word would change what the map itself is.', mend: 'Choose another word.' },
  tab: { means: 'YAML does not take tabs in indentation.', mend: 'Indent with two spaces.' },
  directive: { means: yaml, mend: 'Take the % line away.' },
  'unknown-tag': { means: yaml, mend: 'Take the !tag away: what a value is follows from its key.' },
  'alias-bomb': {
    means: 'Aliases stand for more values than any design has.',
    mend: 'Write them out, or use extends.',
  },
  'alias-of-itself': {
    means: 'An anchor contains its own alias: without end.',
    mend: 'Take the alias away.',
  },
  'no-such-anchor': {
    means: 'An alias *name without an anchor &name above it.',
    mend: 'Put the anchor first.',
  },
  'nested-too-deep': {
    means: 'Maps in maps, deeper than any design goes.',
    mend: 'Look for lost indentation.',
  },
  'not-a-map': { means: 'A scenario is a map of sections.', mend: 'Begin with workloads: and services:.' },
  'bad-extends': {
    means: 'extends takes a file or a list of files.',
    mend: 'Name files, relative to this one.',
  },
  'extends-circle': {
    means: 'Files extend each other in a circle: none comes first.',
    mend: 'Take one extends away.',
  },
  'bad-set': { means: '--set takes path=value.', mend: 'Such as --set services.web.threads=64.' },
  'set-into-value': {
    means: 'A path of --set goes on below a value that is no map.',
    mend: 'Set that value as a whole.',
  },
  'set-outside-list': {
    means: 'A path of --set names an item that a list has not.',
    mend: 'Items count from 0; the next number adds one.',
  },
  plan: {
    means: 'What may be changed to find the cheapest design cannot be searched.',
    mend: 'docs/planning.md says what `plan:` takes; each mistake stands at its place.',
  },
  'unknown-key': {
    means:
      'No such key is known there. Nothing is ignored, since a mistyped key would silently be a default.',
    mend: 'docs/reference has every key; mind the indentation: the key may belong a level higher or lower.',
  },
  'missing-key': {
    means: 'A key without a default is not there.',
    mend: 'Write it; docs/reference says what it takes.',
  },
  'no-value': {
    means: 'A key stands there with nothing behind it.',
    mend: 'Write its value, or take the key away; ~ takes away what another file brought.',
  },
  'wrong-type': {
    means: 'A value of another sort is expected: a map, a list, a number.',
    mend: 'docs/reference says what the key takes.',
  },
  'unknown-word': { means: 'The key takes one of a few words.', mend: 'Take one of those that are listed.' },
  'out-of-range': {
    means: 'The number is outside of what the key takes.',
    mend: 'Keep to the bounds that the message names.',
  },
  'invalid-value': {
    means: 'The value has the right form and makes no sense.',
    mend: 'The message says what is expected.',
  },
  'wrong-quantity': {
    means:
      'A number needs its unit, so that 60 is never 60 ms for one and 60 s for another: 40ms, 80/s, 16KiB, 60%.',
    mend: 'm is minute, M million, a month 730 hours; a ratio is 60% or 0.6.',
  },
  'dotted-name': { means: names, mend: 'Write - for the dot: dots part the words of metric ids.' },
  'bad-name': { means: names, mend: 'Choose such a name; title: is free text.' },
  'not-defined': {
    means: 'Something is named that no section defines.',
    mend: 'Define it, or take one of the names that there are.',
  },
  'not-used': {
    means: 'An entry does nothing, since nothing names it.',
    mend: 'Name it where it belongs, or take it away.',
  },
  'several-verbs': { means: oneKey, mend: 'Make two steps of it: each begins with its own -.' },
  'option-beside-verb': { means: oneKey, mend: 'Indent the option below the verb.' },
  'no-verb': {
    means: oneKey,
    mend: 'Write the verb: docs/reference/steps.md, docs/reference/distributions.md.',
  },
  'unknown-verb': {
    means: oneKey,
    mend: 'docs/reference/steps.md and docs/reference/distributions.md have all of them.',
  },
  shares: { means: 'Shares of a whole must add up to 100%.', mend: 'Write rest for one of them.' },
  'no-load': {
    means: 'Nobody calls: there is nothing to simulate.',
    mend: 'Add a workload with arrivals and what it calls.',
  },
  'warm-up-too-long': {
    means: 'The duration counts from the start of the warm-up, which is simulated and not measured.',
    mend: 'Make run.duration longer, or run.warmUp shorter.',
  },
  target: {
    means: 'A target is a metric, one of < <= > >=, and a limit in the metric’s unit.',
    mend: 'headroom validate FILE --metrics lists the metrics that the scenario has.',
  },
  roadmap: {
    means: 'growth.load goes on in time, and a phase comes after those that it names.',
    mend: 'Put months in rising order; name phases as the scenario has them, of the same month or before.',
  },
  check: {
    means:
      'check.metrics names what CI holds against the baseline: ids that the scenario has, `*` for any one part.',
    mend: 'headroom validate FILE --metrics lists them.',
  },
};
