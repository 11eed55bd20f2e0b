import { describe, expect, it } from 'vitest';
import { nodeAt, plainValue } from '../../src/scenario/index.ts';
import { type Files, load } from './desk.ts';

const files: Files = {
  'deep/desk.yaml': 'extends: ../base.yaml\nservices:\n  web: { manifest: hpa.yaml, note: hpa.yaml }\n',
  'base.yaml':
    'services:\n  api: { manifest: manifests/api.yaml }\n  job: { manifest: { maxReplicas: 3 } }\n',
  'deep/hpa.yaml': 'maxReplicas: 10\nspec: { a: ~, b: 1 }\n',
  'manifests/api.yaml': 'maxReplicas: 20\n',
};

describe('a file named in a scenario', () => {
  it('is read relative to the file that names it, and only where files can be named', () => {
    const { document, problems } = load(files);
    expect(problems).toEqual([]);
    expect(document && plainValue(document)).toEqual({
      services: {
        api: { manifest: { maxReplicas: 20 } },
        job: { manifest: { maxReplicas: 3 } },
        web: { manifest: { maxReplicas: 10, spec: { b: 1 } }, note: 'hpa.yaml' },
      },
    });
    const max = document && nodeAt(document, ['services', 'web', 'manifest', 'maxReplicas']);
    expect(max?.at).toMatchObject({ file: 'deep/hpa.yaml', line: 1, column: 14 });
  });

  it('can be set from the command line, relative to where Headroom runs', () => {
    const { document } = load(files, { sets: ['services.web.manifest=manifests/api.yaml'] });
    expect(document && plainValue(document)).toMatchObject({
      services: { web: { manifest: { maxReplicas: 20 } } },
    });
  });

  it('can be set into', () => {
    const { document, problems } = load(files, { sets: ['services.web.manifest.maxReplicas=50'] });
    expect(problems).toEqual([]);
    expect(document && plainValue(document)).toMatchObject({
      services: { web: { manifest: { maxReplicas: 50, spec: { b: 1 } } } },
    });
  });

  it('is missed where it is named', () => {
    const { problems } = load({ 'a.yaml': 'services: { web: { manifest: hpa.yaml } }' });
    expect(problems).toMatchObject([
      { code: 'no-such-file', message: 'no file hpa.yaml', file: 'a.yaml', line: 1, column: 30 },
    ]);
  });

  it('is reported where it is wrong itself', () => {
    const { problems } = load({
      'a.yaml': 'services: { web: { manifest: hpa.yaml } }',
      'hpa.yaml': 'a: 1\na: 2\n',
    });
    expect(problems).toMatchObject([{ code: 'duplicate-key', file: 'hpa.yaml', line: 2, column: 1 }]);
  });
});
