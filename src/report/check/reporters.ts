import { posix } from 'node:path';
import type { CheckDocument } from '../../result/index.ts';
import { type Registry, type Reporter, textReporter } from '../reporter.ts';

/** Reporters of a check. */
export const checkReporters: Registry<CheckDocument> = {
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => textReporter('terminal', (await import('./terminal.ts')).renderCheck),
  },
  json: {
    makes: 'text',
    about: 'the check as a document',
    load: async () => textReporter('json', (document) => `${JSON.stringify(document)}\n`),
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => textReporter('markdown', (await import('./markdown.ts')).checkMarkdown),
  },
  junit: {
    makes: 'text',
    about: 'a test case a metric, for CI servers',
    load: async () => textReporter('junit', (await import('./junit.ts')).checkJunit),
  },
  github: {
    makes: 'annotations',
    about: 'annotations and the step summary; on by itself in GitHub Actions',
    load: githubReporter,
  },
};

async function githubReporter(): Promise<Reporter<CheckDocument>> {
  const [{ annotationsOf }, { checkMarkdown }, { commandOf }, { githubArtifacts }] = await Promise.all([
    import('./annotations.ts'),
    import('./markdown.ts'),
    import('../github/command.ts'),
    import('../github/index.ts'),
  ]);
  return {
    name: 'github',
    render: async (documents, { path, source }) => [
      {
        path: posix.join(path, githubArtifacts.annotations),
        content: documents
          .flatMap((document) => annotationsOf(document, source))
          .map(commandOf)
          .join(''),
      },
      { path: posix.join(path, githubArtifacts.summary), content: documents.map(checkMarkdown).join('\n') },
    ],
  };
}
