import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Questions } from '../../src/cli/ask.ts';
import { readRate } from '../../src/reference/first-scenario.ts';
import { headroom } from './headroom.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headroom-init-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('headroom init', () => {
  test('writes a scenario that runs at once, and its schema beside it, without a terminal', () => {
    const file = join(folder, 'shop.yaml');
    const init = headroom(['init', file, '--name', 'Shop', '--rate', '200/s', '--regions', 'eu-west-1']);
    expect(init).toMatchObject({ code: 0, stderr: '' });
    expect(init.stdout).toContain(`Next  headroom run ${file}`);
    expect(readdirSync(folder).sort()).toEqual(['scenario.schema.json', 'shop.yaml']);
    expect(readFileSync(file, 'utf8')).toMatch(/^# yaml-language-server: \$schema=scenario\.schema\.json\n/);
    expect(readFileSync(join(folder, 'scenario.schema.json'), 'utf8')).toBe(headroom(['schema']).stdout);
    expect(headroom(['validate', file])).toMatchObject({ code: 0, stderr: '' });
    const run = headroom(['run', file, '--set', 'run.duration=30s', '--runs', '2', '--jobs', '1']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('Shop');
  });

  test('overwrites nothing: says so with code 2, and what to do', () => {
    const file = join(folder, 'scenario.yaml');
    writeFileSync(file, 'mine\n');
    const init = headroom(['init', file]);
    expect(init.code).toBe(2);
    expect(init.stderr).toContain(`${file} is there already: name another file`);
    expect(readdirSync(folder)).toEqual(['scenario.yaml']);
    expect(readFileSync(file, 'utf8')).toBe('mine\n');
  });

  test('leaves another schema alone, and shares one that is the same', () => {
    const schema = join(folder, 'scenario.schema.json');
    writeFileSync(schema, '{}\n');
    const init = headroom(['init', join(folder, 'a.yaml')]);
    expect(init.code).toBe(2);
    expect(init.stderr).toContain(`headroom schema > ${schema}`);
    expect(readdirSync(folder)).toEqual(['scenario.schema.json']);
    rmSync(schema);
    expect(headroom(['init', join(folder, 'a.yaml')]).code).toBe(0);
    expect(headroom(['init', join(folder, 'b.yaml')]).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['a.yaml', 'b.yaml', 'scenario.schema.json']);
  });

  test.each([
    [['--rate', '100'], '--rate'],
    [['--regions', 'us-eest-1'], 'did you mean us-east-1?'],
    [['--within', '-1s'], '--within'],
  ])('refuses %j with code 2 and writes nothing', (options, message) => {
    const init = headroom(['init', join(folder, 'a.yaml'), ...options]);
    expect(init.code).toBe(2);
    expect(init.stderr).toContain(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('wants a YAML file', () => {
    expect(headroom(['init', join(folder, 'a.json')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a.yaml'),
    });
  });
});

describe('questions', () => {
  const asked = () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    return { input, questions: new Questions(input, output), said: () => String(output.read() ?? '') };
  };

  test('an empty answer is the default', async () => {
    const { input, questions, said } = asked();
    const answer = questions.ask('How many?', '100/s', readRate);
    input.write('\n');
    expect(await answer).toBe('100/s');
    expect(said()).toContain('How many? [100/s] ');
    questions.close();
  });

  test('what cannot be is told and asked again', async () => {
    const { input, questions, said } = asked();
    const answer = questions.ask('How many?', '100/s', readRate);
    input.write('many\n');
    input.write('7/s\n');
    expect(await answer).toBe('7/s');
    expect(said().match(/How many\?/g)).toHaveLength(2);
    questions.close();
  });

  test('the end of the input leaves the defaults', async () => {
    const { input, questions } = asked();
    const answer = questions.ask('How many?', '100/s', readRate);
    input.end();
    expect(await answer).toBe('100/s');
    expect(await questions.ask('And then?', '2/s', readRate)).toBe('2/s');
  });
});
