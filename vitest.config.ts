import { defineConfig } from 'vitest/config';

/** Registers a verb of its own. */
const ownModules = 'test/models/consumers/settlement.test.ts';

export default defineConfig({
  test: {
    passWithNoTests: false,
    maxWorkers: '100%',
    // Most of a file's time would go into loading the same modules again. No test leaves anything behind in them, but one.
    projects: [
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: [ownModules], isolate: false },
      },
      { extends: true, test: { name: 'alone', include: [ownModules], isolate: true } },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/reporter.ts'],
    coverage: { include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
});
