import { expect, test } from 'vitest';
import { type FetchPage, readPages } from '../../../src/console/elements/read-pages.ts';

/** Ten rows, three to a page; each question is noted. */
function tenRows(): { readonly fetch: FetchPage<number>; readonly asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    fetch: async (after) => {
      asked.push(after);
      const from = after === undefined ? 0 : Number(after);
      const rows = Array.from({ length: Math.min(3, 10 - from) }, (_, index) => from + index);
      return { rows, next: from + 3 < 10 ? String(from + 3) : null };
    },
  };
}

test('as many pages as were read before, and where they go on', async () => {
  const { fetch, asked } = tenRows();
  expect(await readPages(fetch, 2)).toEqual({ rows: [0, 1, 2, 3, 4, 5], next: '6' });
  expect(asked).toEqual([undefined, '3']);
});

test('all there are, and not one question more', async () => {
  const { fetch, asked } = tenRows();
  expect(await readPages(fetch)).toEqual({ rows: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], next: null });
  expect(asked).toEqual([undefined, '3', '6', '9']);
  expect(await readPages(fetch, 9)).toMatchObject({ next: null });
});

test('what a page refuses is refused', async () => {
  await expect(readPages(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
});
