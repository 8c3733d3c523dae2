import { afterEach } from 'vitest';

interface Standing {
  logs(): string;
}

/** Towns that were founded and not razed. */
export const standingTowns = new Set<Standing>();

// What failed once among thousands is not seen again by whoever comes to look: its town says at once what it knows.
afterEach(({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const town of standingTowns) process.stdout.write(`\n---- ${task.name}\n${town.logs()}\n`);
});
