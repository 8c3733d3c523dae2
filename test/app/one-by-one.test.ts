import { expect, test } from 'vitest';
import { oneByOne } from '../../src/app/one-by-one.ts';
import { DatabaseAway } from '../../src/app/ports/transaction.ts';

test('one that cannot be dealt with is told and holds up none of those behind it', async () => {
  const told: object[] = [];
  const dealt: number[] = [];
  const log = { error: (fields: object) => void told.push(fields) };
  const done = await oneByOne([1, 2, 3, 4], log, async (one) => {
    if (one === 2) throw new Error('the second is broken');
    dealt.push(one);
    return one !== 3;
  });
  expect(dealt).toEqual([1, 3, 4]);
  expect(done).toBe(2);
  expect(told).toMatchObject([{ what: 2, err: { message: 'the second is broken' } }]);
});

test('a database that is away is the fault of none of them: the round ends and comes again', async () => {
  const told: object[] = [];
  const log = { error: (fields: object) => void told.push(fields) };
  const seen: number[] = [];
  const round = oneByOne([1, 2], log, async (one) => {
    seen.push(one);
    throw new DatabaseAway('refused');
  });
  await expect(round).rejects.toBeInstanceOf(DatabaseAway);
  expect(seen).toEqual([1]);
  expect(told).toEqual([]);
});
