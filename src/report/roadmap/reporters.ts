import type { RoadmapReport } from '../../result/index.ts';
import { type Registry, textReporter } from '../reporter.ts';

/** Reporters of a roadmap. */
export const roadmapReporters: Registry<RoadmapReport> = {
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => textReporter('terminal', (await import('./terminal.ts')).renderRoadmap),
  },
  json: {
    makes: 'text',
    about: 'a document: headroom.roadmap/1',
    load: async () => textReporter('json', (report) => `${JSON.stringify(report)}\n`),
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => textReporter('markdown', (await import('./markdown.ts')).roadmapMarkdown),
  },
};
