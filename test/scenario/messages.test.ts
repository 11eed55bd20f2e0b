import { describe, expect, it } from 'vitest';
import { type Files, shown } from './desk.ts';

/** A scenario that has all that is needed, with the parts given in the place of its own. */
function desk({
  services = 'services: { desk: { operations: { serve: [] } } }',
  rate = '80/s',
  from = '',
} = {}): string {
  return `workloads:
  customers:
    arrivals: { rate: ${rate} }
    ${from}call: desk.serve
${services}
origins: { US: us-east-2, EU: eu-central-1 }
databases: { trades: {} }
`;
}

const mistakes: [string, Files | string, string][] = [
  [
    'an unknown key',
    desk({ services: 'services:\n  desk:\n    thread: 64\n    operations: { serve: [ work: 10ms ] }' }),
    `desk.yaml:7:5 error unknown key "thread"
  7 |     thread: 64
    |     ^^^^^^
      did you mean "threads"?

1 error
`,
  ],
  [
    'an unknown key that is near no other',
    desk({ services: 'services:\n  desk:\n    zebra: 64\n    operations: { serve: [] }' }),
    `desk.yaml:7:5 error unknown key "zebra"
  7 |     zebra: 64
    |     ^^^^^
      expected threads, regions, target, balancer, tags, manifest or operations

1 error
`,
  ],
  [
    'a wrong unit',
    desk({ rate: '80ms' }),
    `desk.yaml:3:23 error 80ms is not a rate
  3 |     arrivals: { rate: 80ms }
    |                       ^^^^
      expected a rate, such as 80/s or 10M/day

1 error
`,
  ],
  [
    'no unit',
    desk({ services: 'services: { desk: { operations: { serve: [ work: 40 ] } } }' }),
    `desk.yaml:5:50 error 40 has no unit
  5 | services: { desk: { operations: { serve: [ work: 40 ] } } }
    |                                                  ^^
      expected a duration, such as 40ms or 1.5s
      write 40ms, 40s or 40m

1 error
`,
  ],
  [
    'a reference to something that is not defined',
    desk({ services: 'services: { desk: { operations: { serve: [ write: trade ] } } }' }),
    `desk.yaml:5:51 error no database "trade"
  5 | services: { desk: { operations: { serve: [ write: trade ] } } }
    |                                                   ^^^^^
      expected trades
      did you mean "trades"?

1 error
`,
  ],
  [
    'two verbs in a step',
    desk({
      services:
        'services:\n  desk:\n    operations:\n      serve:\n        - write: trades\n          read: trades',
    }),
    `desk.yaml:10:11 error two verbs in a step: write, read
  10 |           read: trades
     |           ^^^^
       expected one verb
       make two steps

1 error
`,
  ],
  [
    'a name with a dot',
    desk({
      services: 'services:\n  desk: { operations: { serve: [] } }\n  desk.two: { operations: { serve: [] } }',
    }),
    `desk.yaml:7:3 error a name cannot have a dot: "desk.two"
  7 |   desk.two: { operations: { serve: [] } }
    |   ^^^^^^^^
      expected letters, digits, - and _, beginning with a letter
      write desk-two; dots part the words of metric ids

1 error
`,
  ],
  [
    'shares that do not add up to 100%',
    desk({ from: 'from: { US: 60%, EU: 30% }\n    ' }),
    `desk.yaml:4:5 error the shares add up to 90%
  4 |     from: { US: 60%, EU: 30% }
    |     ^^^^
      expected 100%

1 error
`,
  ],
  [
    'a bare 60 for a ratio',
    desk({ services: 'services: { desk: { target: 60, operations: { serve: [] } } }' }),
    `desk.yaml:5:29 error 60 is not a ratio: it has no percent sign and is above 1
  5 | services: { desk: { target: 60, operations: { serve: [] } } }
    |                             ^^
      expected a ratio, such as 25% or 0.25
      write 60% or 0.6

1 error
`,
  ],
  [
    'a negative rate',
    desk({ rate: '-80/s' }),
    `desk.yaml:3:23 error -80/s is negative
  3 |     arrivals: { rate: -80/s }
    |                       ^^^^^
      expected a rate above 0

1 error
`,
  ],
  [
    'an alias bomb',
    `a: &a [${'1,'.repeat(20)}]\nb: &b [${'*a,'.repeat(20)}]\nc: &c [${'*b,'.repeat(20)}]\nd: [*c,*c,*c]\n`,
    `desk.yaml:4:5 error *c repeats too much: with it, aliases stand for more than 10000 values
  4 | d: [*c,*c,*c]
    |     ^^
      write the values out, or use extends

1 error
`,
  ],
  [
    'an empty file',
    '',
    `desk.yaml:1:1 error the file is empty
      expected a map of sections: workloads, services, …
      scenarios/01-one-queue.yaml is the smallest there is

1 error
`,
  ],
];

describe('the message about', () => {
  it.each(mistakes)('%s', (_what, files, message) => {
    expect(shown(files)).toBe(message);
  });

  it('a directory', () => {
    expect(shown({ 'scenarios/a.yaml': '' }, { file: 'scenarios' })).toBe(
      `error scenarios is a directory
      expected a YAML file

1 error
`,
    );
  });

  it('a file that is not there', () => {
    expect(shown({}, { file: 'desk.yaml' })).toBe('error no file desk.yaml\n\n1 error\n');
  });

  it('extends in a circle', () => {
    const files = {
      'scenarios/a.yaml': 'extends: b.yaml\n',
      'scenarios/b.yaml': 'extends: ./more/c.yaml\n',
      'scenarios/more/c.yaml': 'name: C\nextends: [../a.yaml]\n',
    };
    expect(shown(files)).toBe(
      `scenarios/more/c.yaml:2:11 error extends goes in a circle: scenarios/a.yaml → scenarios/b.yaml → scenarios/more/c.yaml → scenarios/a.yaml
  2 | extends: [../a.yaml]
    |           ^^^^^^^^^
      take one of them away

1 error
`,
    );
  });

  it('several mistakes at once, in the order of the file', () => {
    const text = `workloads:
  customers:
    arrivals: { rate: 80ms }
    from: { US: 60%, EU: 30% }
services:
  desk.one:
    thread: 64
    operations:
      serve:
        - write: trades
          read: trades
        - wirte: trades
        - write: { too: trades }
        - write: trades
          waitFor: { replicas: 1 }
        - work: { exponentail: 10ms }
        - {}
databases:
  trades: { replication: { mode: sink } }
`;
    expect(shown(text)).toBe(`desk.yaml:2:3 error missing key "call"
  2 |   customers:
    |   ^^^^^^^^^
      expected the name of an operation

desk.yaml:3:23 error 80ms is not a rate
  3 |     arrivals: { rate: 80ms }
    |                       ^^^^
      expected a rate, such as 80/s or 10M/day

desk.yaml:4:5 error the shares add up to 90%
  4 |     from: { US: 60%, EU: 30% }
    |     ^^^^
      expected 100%

desk.yaml:6:3 error a name cannot have a dot: "desk.one"
  6 |   desk.one:
    |   ^^^^^^^^
      expected letters, digits, - and _, beginning with a letter
      write desk-one; dots part the words of metric ids

desk.yaml:7:5 error unknown key "thread"
  7 |     thread: 64
    |     ^^^^^^
      did you mean "threads"?

desk.yaml:11:11 error two verbs in a step: write, read
  11 |           read: trades
     |           ^^^^
       expected one verb
       make two steps

desk.yaml:12:11 error unknown verb "wirte" in a step
  12 |         - wirte: trades
     |           ^^^^^
       did you mean "write"?

desk.yaml:13:11 error missing key "to"
  13 |         - write: { too: trades }
     |           ^^^^^
       expected the name of a database

desk.yaml:13:20 error unknown key "too"
  13 |         - write: { too: trades }
     |                    ^^^
       did you mean "to"?

desk.yaml:15:11 error "waitFor" stands beside "write" in a step
  15 |           waitFor: { replicas: 1 }
     |           ^^^^^^^
       expected the options of write below it
       indent waitFor below write, as in write: { …, waitFor: … }

desk.yaml:16:19 error unknown name "exponentail" in a distribution
  16 |         - work: { exponentail: 10ms }
     |                   ^^^^^^^^^^^
       did you mean "exponential"?

desk.yaml:17:11 error no verb in a step
  17 |         - {}
     |           ^^
       expected write, read, work, parallel or flush

desk.yaml:19:34 error expected async or sync, found "sink"
  19 |   trades: { replication: { mode: sink } }
     |                                  ^^^^

13 errors
`);
  });
});
