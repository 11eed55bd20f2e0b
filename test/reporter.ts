import type { Reporter, TestModule } from 'vitest/node';

/**
 * Closes a test run with one line, `N passed, N failed`, for scripts and for eyes. Whatever keeps a test from
 * being heard counts as failed: a module that does not load, a hook that throws, an error nobody awaited, a
 * test that never ended, and a run without any test.
 */
export default class ClosingLine implements Reporter {
  private line = '';

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'skipped') skipped++;
        else failed++;
      }
    }
    if (passed + failed + skipped === 0) failed = 1;
    this.line = `${passed} passed, ${failed} failed`;
    this.print();
  }

  // The coverage table comes after the end of the run, and the line must stay last.
  onFinishedReportCoverage(): void {
    this.print();
  }

  private print(): void {
    process.stdout.write(`${this.line}\n`);
  }
}
