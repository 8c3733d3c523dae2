import { expect, test } from 'vitest';
import { afterHelp, HELP_STATES, HELP_TABLE, type HelpEvent } from '../../../src/domain/help/help-table.ts';

test('each way out of an open request leads to an end of its own, and an end is one', () => {
  const events = Object.keys(HELP_TABLE.open) as HelpEvent[];
  const ends = events.map(afterHelp);
  expect(new Set(ends).size).toBe(events.length);
  expect(['open', ...ends].toSorted()).toEqual(HELP_STATES.toSorted());
  for (const end of ends) expect(HELP_TABLE[end]).toEqual({});
});
