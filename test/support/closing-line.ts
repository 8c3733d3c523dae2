import type { Reporter, TestModule } from 'vitest/node';

/** Says the whole run in one plain line at the end, which a gate can read without knowing the runner. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    const again: string[] = [];
    for (const module of modules) {
      // A file that could not be read has no tests, and counts as one that failed.
      if (module.state() === 'failed' && module.children.size === 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        count[test.result().state] += 1;
        if (test.diagnostic()?.flaky === true) again.push(`${module.relativeModuleId} > ${test.fullName}`);
      }
    }
    // Where the gate tries again (see vitest.config.ts), nothing that failed first is passed over in silence.
    if (again.length > 0) {
      process.stdout.write(`\nFailed first, passed when tried again; each is to be mended at its cause:\n`);
      for (const name of again) process.stdout.write(`  ${name}\n`);
    }
    const skipped = count.skipped + count.pending;
    process.stdout.write(
      `\n${count.passed} passed, ${count.failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`,
    );
  }
}
