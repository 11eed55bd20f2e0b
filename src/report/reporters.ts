import type { Reporter } from './reporter.ts';

/** What a reporter makes: one file (or stdout), a folder of files, or what GitHub shows of a workflow's step. */
export type Makes = 'text' | 'folder' | 'annotations';

export interface ReporterEntry {
  readonly makes: Makes;
  readonly about: string;
  /** Loads it; what a run does not ask for costs it no start-up time. */
  readonly load: () => Promise<Reporter>;
}

/** All reporters by name. */
export const reporters = {
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => (await import('./terminal/reporter.ts')).terminalReporter,
  },
  json: {
    makes: 'text',
    about: 'the result document, from which the others are made',
    load: async () => (await import('./json/index.ts')).jsonReporter,
  },
  html: {
    makes: 'text',
    about: 'one page that opens offline',
    load: async () => (await import('./html/index.ts')).htmlReporter,
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => (await import('./markdown/index.ts')).markdownReporter,
  },
  png: {
    makes: 'folder',
    about: 'a folder of charts for slides',
    load: async () => (await import('./png/index.ts')).pngReporter,
  },
  junit: {
    makes: 'text',
    about: 'a test case a target, for CI servers',
    load: async () => (await import('./junit/index.ts')).junitReporter,
  },
  github: {
    makes: 'annotations',
    about: 'annotations and the step summary; on by itself in GitHub Actions',
    load: async () => (await import('./github/index.ts')).githubReporter,
  },
  csv: {
    makes: 'text',
    about: 'a row a metric',
    load: async () => (await import('./csv/index.ts')).csvReporter,
  },
  ndjson: {
    makes: 'text',
    about: 'the timeline, a line a point',
    load: async () => (await import('./ndjson/index.ts')).ndjsonReporter,
  },
} as const satisfies Record<string, ReporterEntry>;

export type ReporterName = keyof typeof reporters;

export const reporterNames = Object.keys(reporters) as ReporterName[];
