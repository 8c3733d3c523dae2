import { expect, test } from 'vitest';
import { gathered } from '../../../src/adapters/pg/gathered.ts';
import { DatabaseAway } from '../../../src/app/ports/transaction.ts';

test('what is asked in one turn is one statement, each asker hears his own answer', async () => {
  const asked: (readonly number[])[] = [];
  const double = gathered(async (questions: readonly number[]) => {
    asked.push(questions);
    return questions.map((one) => one * 2);
  });
  expect(await Promise.all([double(1), double(2), double(2)])).toEqual([2, 4, 4]);
  expect(await double(3)).toBe(6);
  expect(asked).toEqual([[1, 2, 2], [3]]);
});

test('no question rides on a statement that was sent before it', async () => {
  let version = 1;
  let release = (): void => undefined;
  const sent = new Promise<void>((resolve) => {
    release = resolve;
  });
  const read = gathered(async (questions: readonly string[]) => {
    const seen = version;
    if (seen === 1) await sent;
    return questions.map(() => seen);
  });
  const early = read('a');
  await new Promise(setImmediate);
  version = 2;
  expect(await read('b')).toBe(2);
  release();
  expect(await early).toBe(1);
});

test('a question that spoils the statement spoils it for itself alone; without a database nobody asks again', async () => {
  let statements = 0;
  const picky = gathered(async (questions: readonly string[]) => {
    statements += 1;
    if (questions.includes('away')) throw new DatabaseAway('gone');
    if (questions.includes('\u0000')) throw new Error('invalid byte sequence');
    return questions.map((one) => one.length);
  });
  const [good, bad, other] = await Promise.allSettled([picky('水'), picky('\u0000'), picky('水费')]);
  expect([good, other]).toMatchObject([{ value: 1 }, { value: 2 }]);
  expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'invalid byte sequence' } });
  statements = 0;
  const lost = await Promise.allSettled([picky('away'), picky('水')]);
  expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(statements).toBe(1);
});
