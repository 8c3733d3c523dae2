import { expect, test } from 'vitest';
import { LastShown } from '../../../src/app/organisation/last-shown.ts';
import { DatabaseAway } from '../../../src/app/ports/transaction.ts';

const nobodyAsks = (): Promise<never> => Promise.reject(new Error('asked of books that are away'));

test('what the books showed last is known while they are away; what they never showed is not', async () => {
  const shown = new LastShown<string | null>();
  for (const secret of ['first', 'second']) await shown.of('shen', false, async () => secret);
  expect(await shown.of('lead', false, async () => null)).toBeNull();
  expect(await shown.of('shen', true, nobodyAsks)).toBe('second');
  expect(await shown.of('lead', true, nobodyAsks)).toBeNull();
  await expect(shown.of('gu', true, nobodyAsks)).rejects.toThrow(DatabaseAway);
});

test('a reading that fails changes nothing that is known', async () => {
  const shown = new LastShown<string>();
  await shown.of('shen', false, async () => 'first');
  await expect(shown.of('shen', false, nobodyAsks)).rejects.toThrow('asked of books');
  expect(await shown.of('shen', true, nobodyAsks)).toBe('first');
});

test('no more is kept than there can be; what was read longest ago goes first', async () => {
  const shown = new LastShown<string>(2);
  for (const one of ['shen', 'gu', 'shen', 'lu']) await shown.of(one, false, async () => one);
  expect(await shown.of('shen', true, nobodyAsks)).toBe('shen');
  expect(await shown.of('lu', true, nobodyAsks)).toBe('lu');
  await expect(shown.of('gu', true, nobodyAsks)).rejects.toThrow(DatabaseAway);
});
