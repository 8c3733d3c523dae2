// The files of the last run that failed, for a second run from their start; a whole town that broke in one test cannot
// serve the second try of that test. More than three are no bad moment of a shared machine: then nothing is tried again.
import { readFileSync } from 'node:fs';

const { files, errors } = JSON.parse(readFileSync('dist/test-run.json', 'utf8'));
const failed = Object.entries(files).flatMap(([file, { failed: count }]) => (count > 0 ? [file] : []));
if (errors > 0 || failed.length === 0 || failed.length > 3) process.exit(1);
process.stdout.write(failed.join(' '));
