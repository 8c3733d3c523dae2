// The files of the last run that failed, for a second run from their start; a whole town that broke in one test cannot
// serve the second try of that test. Only what needs real programs, and no counterexample: those failed for good. More
// than three files are no bad moment of a shared machine: then nothing is tried again.
import { readFileSync } from 'node:fs';

const { files, errors, counterexamples, reason } = JSON.parse(readFileSync('dist/test-run.json', 'utf8'));
const failed = Object.entries(files).flatMap(([file, { failed: count }]) => (count > 0 ? [file] : []));
const isPure = (file) => /^test\/(domain|app)\/|architecture/.test(file);
const isFinal = errors > 0 || counterexamples > 0 || reason === 'interrupted' || failed.some(isPure);
if (isFinal || failed.length === 0 || failed.length > 3) process.exit(1);
process.stdout.write(failed.join(' '));
