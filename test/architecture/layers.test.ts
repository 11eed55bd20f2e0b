import { describe, expect, it } from 'vitest';
import { arrows, packages } from './arrows.ts';
import { closedFolders, noSwitchOverKinds } from './closed-kinds.ts';
import { determinism } from './determinism.ts';
import { onlyMetricsComposesIds, onlyTheCommandTalks, standsAlone } from './edges.ts';
import { type Rule, readProject } from './source.ts';

const project = readProject();

/** A kind as small as the rules can see one, for violations to be about. */
const A_KIND = {
  'src/models/caches/index.ts': "export const caches = { section: 'caches', noun: 'cache' };",
};

interface Plant {
  readonly files: Record<string, string>;
  /** The start of each violation, in order: `path:line`, and as much of the message as tells it apart. */
  readonly breaks: readonly string[];
}

interface Claim {
  readonly claim: string;
  readonly rule: Rule;
  readonly plants: Record<string, Plant>;
}

const claims: Claim[] = [
  {
    claim: 'imports between layers point one way',
    rule: arrows,
    plants: {
      'a unit that knows a metric': {
        files: { 'src/units/parse.ts': "import { x } from '../metrics/index.ts';" },
        breaks: ['src/units/parse.ts:1 units may not import metrics'],
      },
      'a station that knows a model, by a type': {
        files: { 'src/sim/stations/line.ts': "\n\nimport type { Kind } from '../../models/kind.ts';" },
        breaks: ['src/sim/stations/line.ts:3 sim may not import models'],
      },
      'a station that knows a model, by a type in passing': {
        files: { 'src/sim/clock.ts': "let kind: import('../models/kind.ts').Kind;" },
        breaks: ['src/sim/clock.ts:1 sim may not import models'],
      },
      'an algorithm that knows the simulator': {
        files: { 'src/models/algorithms/caching/lru.ts': "export { now } from '../../../sim/clock.ts';" },
        breaks: ['src/models/algorithms/caching/lru.ts:1 algorithms may not import sim'],
      },
      'a scenario that knows a model': {
        files: { 'src/scenario/index.ts': "export * from '../models/kinds.ts';" },
        breaks: ['src/scenario/index.ts:1 scenario may not import models'],
      },
      'a report that knows a study, when it must': {
        files: { 'src/report/html/page.ts': "const study = await import('../../study/run.ts');" },
        breaks: ['src/report/html/page.ts:1 report may not import study'],
      },
      'a report that knows the scenario': {
        files: { 'src/report/html/page.ts': "import '../../scenario/index.ts';" },
        breaks: ['src/report/html/page.ts:1 report may not import scenario'],
      },
      'a study that prints': {
        files: { 'src/study/run.ts': "import { print } from '../cli/print.ts';" },
        breaks: ['src/study/run.ts:1 study may not import cli'],
      },
      'a layer that nobody planned': {
        files: { 'src/misc/things.ts': '' },
        breaks: ['src/misc/things.ts:1 is in no layer'],
      },
      'nothing where nothing is wrong': {
        files: {
          'src/cli/run.ts':
            "import '../study/run.ts'; import '../report/html/page.ts'; import '../../package.json';",
          'src/study/run.ts':
            "import '../models/assemble.ts'; import '../result/result.ts'; import './seeds.ts';",
          'src/models/caches/model.ts': "import '../algorithms/caching/lru.ts'; import '../../sim/clock.ts';",
        },
        breaks: [],
      },
    },
  },
  {
    claim: 'a package with one owner is imported by its owner, and the core imports next to nothing',
    rule: packages,
    plants: {
      'drawing outside of src/report/png': {
        files: { 'src/report/html/page.ts': "const { x } = await import('chartjs-node-canvas');" },
        breaks: ['src/report/html/page.ts:1 only src/report/png/ imports chartjs-node-canvas'],
      },
      'a command outside of src/cli': {
        files: { 'src/study/run.ts': "import { Command } from 'commander';" },
        breaks: ['src/study/run.ts:1 only src/cli/ imports commander'],
      },
      'an algorithm that reads a file': {
        files: { 'src/models/algorithms/routing/geo.ts': "import { readFileSync } from 'node:fs';" },
        breaks: ['src/models/algorithms/routing/geo.ts:1 algorithms may not import node:fs'],
      },
      'a simulator with workers': {
        files: { 'src/sim/simulation.ts': "import 'seedrandom';\nimport 'node:worker_threads';" },
        breaks: ['src/sim/simulation.ts:2 sim may not import node:worker_threads'],
      },
    },
  },
  {
    claim: "a kind's folder is imported by itself and by the list of kinds alone",
    rule: closedFolders,
    plants: {
      "one kind inside another's folder": {
        files: { 'src/models/services/call.ts': "import { cache } from '../caches/model.ts';" },
        breaks: ['src/models/services/call.ts:1 only src/models/kinds.ts may import from src/models/caches'],
      },
      'assembly that picks a kind': {
        files: { 'src/models/assemble.ts': "import type { Cache } from './caches/model.ts';" },
        breaks: ['src/models/assemble.ts:1 only src/models/kinds.ts'],
      },
      'a study that reaches into a kind': {
        files: { 'src/study/plan.ts': "import { cost } from '../models/caches/cost.ts';" },
        breaks: ['src/study/plan.ts:1 only src/models/kinds.ts'],
      },
      'nothing where nothing is wrong': {
        files: {
          'src/models/kinds.ts': "import { caches } from './caches/index.ts';",
          'src/models/caches/index.ts':
            "import './schema.ts'; import '../contracts/keys.ts'; import '../kind.ts';",
          'src/models/caches/store.ts': "import '../algorithms/caching/lru.ts';",
        },
        breaks: [],
      },
    },
  },
  {
    claim: "nobody outside of a kind's folder asks which kind something is of",
    rule: noSwitchOverKinds,
    plants: {
      'a switch': {
        files: { ...A_KIND, 'src/models/assemble.ts': "switch (kind) {\n  case 'caches': break;\n}" },
        breaks: ["src/models/assemble.ts:2 asks whether something is 'caches'"],
      },
      'a comparison, from either side': {
        files: { ...A_KIND, 'src/report/text/run.ts': "if (a === 'cache') b();\nif ('caches' != a) b();" },
        breaks: ["src/report/text/run.ts:1 asks whether something is 'cache'", 'src/report/text/run.ts:2'],
      },
      'a question to an array or a string': {
        files: {
          ...A_KIND,
          'src/result/read.ts': "if (['caches', 'x'].includes(a)) b();\nif (id.startsWith('caches.')) b();",
        },
        breaks: ['src/result/read.ts:1', 'src/result/read.ts:2'],
      },
      'a table': {
        files: {
          ...A_KIND,
          'src/cli/place.ts': 'const act = { caches: 1, other: 2,\n[`cache`]: 3, [cache]: 4 }[kind];',
        },
        breaks: ["src/cli/place.ts:1 asks whether something is 'caches'", 'src/cli/place.ts:2'],
      },
      "a kind that compares with its own name, or a word that is no kind's": {
        files: {
          ...A_KIND,
          'src/models/caches/step.ts': "a === 'cache';",
          'src/cli/run.ts': "a === 'html';",
        },
        breaks: [],
      },
    },
  },
  {
    claim: 'src/sim and src/models read neither clock nor chance nor language',
    rule: determinism,
    plants: {
      'each forbidden thing': {
        files: {
          'src/sim/clock.ts': [
            'const a = Math.random();',
            'const b = Date.now();',
            'const c = performance.now();',
            'const d = new Date();',
            'const e = (1e6).toLocaleString();',
            "const f = new Intl.NumberFormat('en');",
            "const g = ['b', 'a'].sort((x, y) => x.localeCompare(y));",
            'const { floor, random } = Math;',
            "const h = Math['random'];",
            'const i = Date();',
            'const j = process.env.SEED;',
            'setTimeout(() => {}, 10);',
            "import { randomBytes } from 'node:crypto';",
          ].join('\n'),
        },
        breaks: Array.from({ length: 13 }, (_, index) => `src/sim/clock.ts:${index + 1} `),
      },
      'a model': {
        files: { 'src/models/caches/model.ts': 'Math.random()', 'src/models/algorithms/x.ts': 'Date.now()' },
        breaks: [
          'src/models/caches/model.ts:1 uses Math.random',
          'src/models/algorithms/x.ts:1 uses Date.now',
        ],
      },
      'nothing where nothing is wrong': {
        files: {
          'src/sim/clock.ts':
            '// not Math.random()\nconst at = new Date(0); const { floor } = Math; "Date.now()"',
          'src/cli/progress.ts': 'Date.now()',
        },
        breaks: [],
      },
    },
  },
  {
    claim: 'only src/cli exits, prints and reads argv',
    rule: onlyTheCommandTalks,
    plants: {
      'each of them': {
        files: {
          'src/study/run.ts':
            "console.error('x');\nprocess.exit(1);\nprocess.argv[2];\nprocess.stdout.write('x');\nimport { exit } from 'node:process';",
        },
        breaks: [
          'src/study/run.ts:5',
          'src/study/run.ts:1',
          'src/study/run.ts:2',
          'src/study/run.ts:3',
          'src/study/run.ts:4',
        ],
      },
      'nothing where nothing is wrong': {
        files: { 'src/cli/main.ts': 'console.log(process.argv); process.exit(0);' },
        breaks: [],
      },
    },
  },
  {
    claim: 'only src/metrics composes metric ids by joining with a dot',
    rule: onlyMetricsComposesIds,
    plants: {
      'a report that builds an id': {
        files: { 'src/report/text/run.ts': "const id = ['workloads', name, 'latency'].join('.');" },
        breaks: ['src/report/text/run.ts:1 joins parts with a dot'],
      },
      'nothing where nothing is wrong': {
        files: { 'src/metrics/metric.ts': "parts.join('.')", 'src/report/text/run.ts': "words.join(', ')" },
        breaks: [],
      },
    },
  },
  {
    claim: 'no file names what lies beside its checkout',
    rule: standsAlone,
    plants: {
      'both neighbours': {
        files: {
          'docs/a.md': `see\n${['..', 'shared', 'x.json'].join('/')}`,
          'src/cli/main.ts': `read('${['', 'work', 'main'].join('/')}')`,
        },
        breaks: ['docs/a.md:2', 'src/cli/main.ts:1'],
      },
      'nothing where nothing is wrong': {
        files: { 'src/a.ts': "import './shared.ts'; 'src/study/worker.ts'; 'idle/work'; a/work;" },
        breaks: [],
      },
    },
  },
];

describe.each(claims.map(({ claim, ...rest }) => [claim, rest] as const))('%s', (_, { rule, plants }) => {
  it('in this project', () => {
    expect(rule(project)).toEqual([]);
  });

  it.each(Object.entries(plants))('and the rule finds %s', (_, { files, breaks }) => {
    const found = rule(new Map(Object.entries(files)));
    expect(found).toEqual(breaks.map((start) => expect.stringContaining(start)));
  });
});

it('the rules see this project', () => {
  expect([...project.keys()]).toEqual(
    expect.arrayContaining([
      'src/cli/main.ts',
      'src/models/kind.ts',
      'test/architecture/layers.test.ts',
      '.ci/run',
    ]),
  );
});
