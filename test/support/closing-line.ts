import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';

const ROOT = resolve(import.meta.dirname, '../..');
/** Read by the gate, which runs a file that failed again from its start (.ci/run). */
const RECORD = join(ROOT, 'dist/test-run.json');

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
interface Run {
  readonly files: Readonly<Record<string, Count>>;
  /** Of no file. */
  readonly errors: number;
  /** What was found wrong by a drawn example would be drawn otherwise the next time: it is final. */
  readonly counterexamples: number;
  readonly reason: TestRunEndReason;
}

/** Says the whole run in one plain line at the end, which a gate can read without knowing the runner. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const run: Run = {
      files: Object.fromEntries(modules.map((one) => [one.relativeModuleId, countOf(one)])),
      errors: errors.length,
      counterexamples: modules.flatMap((one) => [...one.children.allTests()]).filter(hasCounterexample)
        .length,
      reason,
    };
    // Where the gate tries again (see vitest.config.ts), nothing that failed first is passed over in silence.
    const again = modules.flatMap((module) =>
      [...module.children.allTests()]
        .filter((test) => test.diagnostic()?.flaky === true)
        .map((test) => `${module.relativeModuleId} > ${test.fullName}`),
    );
    say('Failed first, passed when tried again; each is to be mended at its cause:', again);
    const first = process.env.AFTER_FAILED_FILES === 'true' ? recorded() : null;
    const whole = first === null ? run : { ...run, files: { ...first.files, ...run.files } };
    if (first !== null) {
      say(
        'Failed first, run again as whole files; each is to be mended at its cause:',
        Object.keys(run.files),
      );
    }
    mkdirSync(dirname(RECORD), { recursive: true });
    writeFileSync(RECORD, JSON.stringify(whole));
    const counts = Object.values(whole.files);
    const sum = (of: keyof Count): number => counts.reduce((all, one) => all + one[of], 0);
    if (run.counterexamples > 0) process.exitCode = 1;
    const skipped = sum('skipped');
    const failed = sum('failed') + whole.errors;
    const days = modules.flatMap((one) =>
      [...one.children.allTests()].flatMap((test) => test.meta().days ?? []),
    );
    process.stdout.write(daysLived(days));
    process.stdout.write(
      `\n${sum('passed')} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`,
    );
  }
}

/** Of the model, with what they were drawn from, so that they can be lived through again. */
function daysLived(days: readonly { readonly runs: number; readonly seed: number }[]): string {
  if (days.length === 0) return '';
  const runs = days.reduce((sum, one) => sum + one.runs, 0);
  return `\n${runs} days of the model, seeds ${days.map(({ seed }) => seed).join(', ')}\n`;
}

function countOf(module: TestModule): Count {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    // Other draws that went well later take nothing back.
    const kind = state === 'pending' ? 'skipped' : hasCounterexample(test) ? 'failed' : state;
    count[kind] += 1;
  }
  // A file that could not be read, or whose set-up failed, counts as one that failed.
  if (module.state() === 'failed' && count.failed === 0) count.failed = 1;
  return count;
}

/** The errors of a test that was tried again are all of its tries. */
function hasCounterexample(test: TestCase): boolean {
  return (test.result().errors ?? []).some(({ message }) => message.startsWith('Property failed'));
}

function recorded(): Run {
  return JSON.parse(readFileSync(RECORD, 'utf8')) as Run;
}

function say(what: string, names: readonly string[]): void {
  if (names.length === 0) return;
  process.stdout.write(`\n${what}\n${names.map((name) => `  ${name}\n`).join('')}`);
}
