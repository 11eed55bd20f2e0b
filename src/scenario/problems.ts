/** Every message that a user can see from the reading of scenarios: one factory each, with code, text and hint. */

import { nearestWord } from './nearest.ts';
import type { ProblemText } from './problem.ts';

// Files

export function noSuchFile(path: string): ProblemText {
  return { code: 'no-such-file', message: `no file ${path}` };
}

export function fileIsDirectory(path: string): ProblemText {
  return {
    code: 'file-is-directory',
    message: `${path} is a directory`,
    expected: 'a YAML file',
    found: 'a directory',
  };
}

export function unreadableFile(path: string, reason: string): ProblemText {
  return { code: 'unreadable-file', message: `cannot read ${path}: ${reason}` };
}

export function notUtf8(): ProblemText {
  return {
    code: 'not-utf8',
    message: 'not text in UTF-8',
    expected: 'a YAML file in UTF-8',
    hint: 'save the file as UTF-8',
  };
}

// YAML

export function emptyFile(): ProblemText {
  return {
    code: 'empty-file',
    message: 'the file is empty',
    expected: 'a map of sections: workloads, services, …',
    found: 'nothing',
    hint: 'scenarios/01-one-queue.yaml is the smallest there is',
  };
}

export function severalDocuments(): ProblemText {
  return {
    code: 'several-documents',
    message: 'a second document begins here',
    expected: 'one document a file',
    hint: 'take the --- away, or make two files',
  };
}

export function duplicateKey(key: string): ProblemText {
  return {
    code: 'duplicate-key',
    message: `${quote(key)} is here twice`,
    expected: 'each key once in a map',
  };
}

export function keyIsNotText(found: string): ProblemText {
  return {
    code: 'key-is-not-text',
    message: found === '' ? 'a key is missing before the :' : `the key ${found} is not text`,
    expected: 'a word as key',
    found,
    hint: /^[\w.+-]{1,40}$/.test(found) ? `write "${found}"` : undefined,
  };
}

export function reservedKey(key: string): ProblemText {
  return { code: 'reserved-key', message: `${quote(key)} cannot be a key` };
}

export function tabAsIndent(): ProblemText {
  return {
    code: 'tab',
    message: 'a tab in the indentation',
    expected: 'spaces',
    hint: 'indent with two spaces',
  };
}

export function yamlDirective(): ProblemText {
  return {
    code: 'directive',
    message: 'a directive (%) means nothing here',
    hint: 'leave it away: this is YAML 1.2',
  };
}

export function unknownTag(tag: string): ProblemText {
  return { code: 'unknown-tag', message: `the tag ${tag} means nothing here`, hint: 'leave it away' };
}

export function badYaml(reason: string): ProblemText {
  return { code: 'bad-yaml', message: `not YAML: ${reason}` };
}

export function aliasBomb(alias: string, limit: number): ProblemText {
  return {
    code: 'alias-bomb',
    message: `*${alias} repeats too much: with it, aliases stand for more than ${limit} values`,
    hint: 'write the values out, or use extends',
  };
}

export function aliasOfItself(alias: string): ProblemText {
  return { code: 'alias-of-itself', message: `*${alias} contains itself` };
}

export function noSuchAnchor(alias: string, anchors: readonly string[]): ProblemText {
  return {
    code: 'no-such-anchor',
    message: `no anchor &${alias} above`,
    hint: didYouMean(nearestWord(alias, anchors), '*'),
  };
}

export function nestedTooDeep(limit: number): ProblemText {
  return { code: 'nested-too-deep', message: `nested more than ${limit} levels deep` };
}

export function documentIsNotMap(found: string): ProblemText {
  return {
    code: 'not-a-map',
    message: `the file holds ${found}`,
    expected: 'a map of sections: workloads, services, …',
    found,
  };
}

// extends, files and --set

export function extendsIsNotFile(found: string): ProblemText {
  return {
    code: 'bad-extends',
    message: `extends holds ${found}`,
    expected: 'a file, or a list of files',
    found,
  };
}

export function extendsCircle(chain: readonly string[]): ProblemText {
  return {
    code: 'extends-circle',
    message: `extends goes in a circle: ${chain.join(' → ')}`,
    hint: 'take one of them away',
  };
}

export function badSet(expected: string, found: string): ProblemText {
  return {
    code: 'bad-set',
    message: `--set ${found} is not path=value`,
    expected,
    found,
    hint: 'such as --set services.web.threads=64',
  };
}

export function setIntoScalar(path: string, found: string): ProblemText {
  return {
    code: 'set-into-value',
    message: `${path} is ${found}: nothing can be set below it`,
    expected: 'a map or a list',
    found,
    hint: 'write it as a map in the file, or set it as a whole',
  };
}

export function setOutsideList(path: string, length: number, found: string): ProblemText {
  const last = length === 0 ? 'it is empty: 0 adds to it' : `0 to ${length - 1}, or ${length} to add`;
  return { code: 'set-outside-list', message: `${path} has no item ${found}`, expected: last, found };
}

// Keys and values

export function unknownKey(key: string, known: readonly string[]): ProblemText {
  const nearest = nearestWord(key, known);
  return {
    code: 'unknown-key',
    message: `unknown key ${quote(key)}`,
    expected: nearest === undefined && known.length > 0 ? listed(known) : undefined,
    found: key,
    hint: didYouMean(nearest),
  };
}

export function missingKey(key: string, expected?: string): ProblemText {
  return { code: 'missing-key', message: `missing key ${quote(key)}`, expected };
}

export function noValue(key: string, expected?: string): ProblemText {
  return {
    code: 'no-value',
    message: `${quote(key)} has no value`,
    expected,
    hint: 'write one, or leave the key away',
  };
}

export function wrongType(expected: string, found: string, hint?: string): ProblemText {
  return { code: 'wrong-type', message: `expected ${expected}, found ${found}`, expected, found, hint };
}

export function unknownWord(found: string, options: readonly string[]): ProblemText {
  const text = wrongType(listed(options), quote(found), didYouMean(nearestWord(found, options)));
  return { ...text, code: 'unknown-word', found };
}

export function outOfBounds(
  direction: 'at least' | 'at most',
  limit: number,
  inclusive: boolean,
  found: unknown,
): ProblemText {
  const bound = inclusive
    ? `${direction} ${limit}`
    : `${direction === 'at least' ? 'above' : 'below'} ${limit}`;
  const [expected, size] = Array.isArray(found)
    ? [`${bound} in the list`, found.length]
    : typeof found === 'string'
      ? [`${bound} characters`, found.length]
      : [bound, found];
  return { ...wrongType(expected, String(size)), code: 'out-of-range' };
}

export function invalidValue(
  message: string,
  detail: Omit<ProblemText, 'code' | 'message'> & { code?: string } = {},
): ProblemText {
  return { ...detail, code: detail.code ?? 'invalid-value', message };
}

// Names and references

export function dottedName(name: string): ProblemText {
  return {
    code: 'dotted-name',
    message: `a name cannot have a dot: ${quote(name)}`,
    expected: 'letters, digits, - and _, beginning with a letter',
    found: name,
    hint: `write ${name.replaceAll('.', '-')}; dots part the words of metric ids`,
  };
}

export function badName(name: string): ProblemText {
  return {
    code: 'bad-name',
    message: `${quote(name)} is not a name`,
    expected: 'letters, digits, - and _, beginning with a letter',
    found: name,
  };
}

export function notDefined(section: string, name: string, defined: readonly string[]): ProblemText {
  return {
    code: 'not-defined',
    message: `no ${singular(section)} ${quote(name)}`,
    expected: defined.length === 0 ? `one of ${section}, but none is defined` : listed(defined),
    found: name,
    hint: didYouMean(nearestWord(name, defined)),
  };
}

export function nobodyNames(section: string, name: string): ProblemText {
  return {
    code: 'not-used',
    message: `nothing uses the ${singular(section)} ${quote(name)}`,
    hint: 'name it where it belongs, or take it away',
  };
}

// Maps with one key

export function severalVerbs(verbs: readonly string[], noun: string, key: string, hint: string): ProblemText {
  const count = verbs.length === 2 ? 'two' : String(verbs.length);
  return {
    code: 'several-verbs',
    message: `${count} ${key}s in ${withArticle(noun)}: ${verbs.join(', ')}`,
    expected: `one ${key}`,
    found: verbs.join(', '),
    hint,
  };
}

export function optionBesideVerb(option: string, verb: string, noun: string): ProblemText {
  return {
    code: 'option-beside-verb',
    message: `${quote(option)} stands beside ${quote(verb)} in ${withArticle(noun)}`,
    expected: `the options of ${verb} below it`,
    hint: `indent ${option} below ${verb}, as in ${verb}: { …, ${option}: … }`,
  };
}

export function noVerb(noun: string, key: string, verbs: readonly string[]): ProblemText {
  return {
    code: 'no-verb',
    message: `no ${key} in ${withArticle(noun)}`,
    expected: listed(verbs),
    found: 'an empty map',
  };
}

export function unknownVerb(found: string, noun: string, key: string, verbs: readonly string[]): ProblemText {
  const nearest = nearestWord(found, verbs);
  return {
    code: 'unknown-verb',
    message: `unknown ${key} ${quote(found)} in ${withArticle(noun)}`,
    expected: nearest === undefined ? listed(verbs) : undefined,
    found,
    hint: didYouMean(nearest),
  };
}

// Shares

export function sharesDoNotAddUp(sum: string): ProblemText {
  return { code: 'shares', message: `the shares add up to ${sum}`, expected: '100%', found: sum };
}

export function severalRests(): ProblemText {
  return { code: 'shares', message: 'two shares are the rest', expected: 'one rest at most' };
}

// Words

export function quote(word: string): string {
  return JSON.stringify(word);
}

export function singular(section: string): string {
  return section.endsWith('s') ? section.slice(0, -1) : section;
}

/** What a reference into a section is, in a message: `the name of a topic`. */
export function nameOfOne(section: string): string {
  return `the name of ${withArticle(singular(section))}`;
}

/** `a step`, `an operation`. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** `a, b or c`, cut after twelve. */
export function listed(words: readonly string[]): string {
  if (words.length > 12) return `${words.slice(0, 12).join(', ')}, … (${words.length} in all)`;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

export function didYouMean(word: string | undefined, prefix = ''): string | undefined {
  return word === undefined ? undefined : `did you mean ${quote(prefix + word)}?`;
}
