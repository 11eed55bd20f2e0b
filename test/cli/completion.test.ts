import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-completion-'));
const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;

beforeAll(() => {
  writeFileSync(join(folder, 'trades.yaml'), '');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = headroom(['completion', shell]);
    expect(code).toBe(0);
    writeFileSync(join(folder, shell === 'zsh' ? '_headroom' : `headroom.${shell}`), stdout);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function shell(name: string, args: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(name, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, HOME: folder },
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

/** What bash offers for the last of some words. */
const inBash = (...words: string[]): string[] =>
  shell('bash', [
    '--norc',
    '-c',
    `source ./headroom.bash; compopt() { :; }; COMP_WORDS=(headroom "$@"); COMP_CWORD=$#; _headroom; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    ...words,
  ]);

const inFish = (line: string): string[] =>
  shell('fish', ['--no-config', '-c', `source ./headroom.fish; complete -C ${JSON.stringify(line)}`]).map(
    (each) => each.split('\t')[0],
  );

/** zsh completes only on a terminal: one of its own, from its module zpty, which types the line and a tab. */
const zshDriver = `
zmodload zsh/zpty
zpty shell 'PS1= TERM=dumb zsh -f -i'
say() { zpty -w shell "$1" }
say "fpath=($PWD \\$fpath); autoload -U compinit; compinit -u -D; unsetopt zle_bracketed_paste; stty cols 200; print -r -- rea\\"\\"dy"
zpty -r -m shell line '*ready*'
zpty -w -n shell "$1"$'\\t'
silent=0
while (( silent < 10 )); do
  sleep 0.2
  if zpty -r -t shell line; then silent=0; print -rn -- "$line"; else (( silent++ )); fi
done
zpty -d shell
`;
/** What stands on that terminal after the tab, without colours. */
const inZsh = (line: string): string =>
  stripVTControlCharacters(shell('zsh', ['-f', '-c', zshDriver, 'zsh', line]).join('\n'));

describe.skipIf(!has('bash'))('completion in bash', () => {
  test('offers every command, and those below one', () => {
    const commands = headroom(['--help'])
      .stdout.match(/^ {2}[a-z]+(?= )/gm)!
      .map((name) => name.trim());
    expect(commands.length).toBeGreaterThan(10);
    expect(inBash('')).toEqual(expect.arrayContaining(commands.filter((name) => name !== 'help')));
    expect(inBash('base')).toEqual(['baseline']);
    expect(inBash('baseline', 'u')).toEqual(['update']);
    expect(inBash('explain', '')).toEqual(expect.arrayContaining(['metric', 'station', 'problem']));
  });

  test('offers the options of the command, not those of others', () => {
    expect(inBash('run', '--se')).toEqual(['--seed', '--set']);
    expect(inBash('baseline', 'update', '--base')).toEqual(['--baselines']);
    expect(inBash('schema', '--se')).toEqual([]);
  });

  test('offers words behind an option that takes words, and nothing behind a number', () => {
    expect(inBash('run', '--reporter', 'm')).toEqual(['markdown']);
    expect(inBash('place', '--function', 'j')).toEqual(expect.arrayContaining(['java-hash', 'jump']));
    expect(inBash('run', '--seed', '')).toEqual([]);
    expect(inBash('completion', 'z')).toEqual(['zsh']);
  });

  test('offers files where a command takes them', () => {
    expect(inBash('run', 'tr')).toEqual(['trades.yaml']);
    expect(inBash('run', '--seed', '1', 'tr')).toEqual(['trades.yaml']);
    expect(inBash('schema', 'tr')).toEqual([]);
  });
});

describe.skipIf(!has('fish'))('completion in fish', () => {
  test('offers commands, options, words and files', () => {
    expect(inFish('headroom base')).toEqual(['baseline']);
    expect(inFish('headroom baseline u')).toEqual(['update']);
    expect(inFish('headroom run --se').sort()).toEqual(['--seed', '--set']);
    expect(inFish('headroom run --reporter m')).toEqual(['markdown']);
    expect(inFish('headroom run tr')).toEqual(['trades.yaml']);
    expect(inFish('headroom schema tr')).toEqual([]);
  });
});

describe.skipIf(!has('zsh'))('completion in zsh', () => {
  test('offers commands, options, words and files', () => {
    expect(inZsh('headroom base')).toContain('headroom baseline ');
    expect(inZsh('headroom baseline u')).toContain('headroom baseline update ');
    expect(inZsh('headroom run --reporter mark')).toContain('--reporter markdown ');
    expect(inZsh('headroom run tr')).toContain('headroom run trades.yaml ');
    expect(inZsh('headroom run --runs 1 --se')).toMatch(/--seed[\s\S]*--set|--set[\s\S]*--seed/);
  }, 150_000);
});
