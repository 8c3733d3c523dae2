import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chineseLanguage } from '../../../src/adapters/language/chinese.ts';
import { indexChanges } from '../../../src/app/knowledge/search/index-changes.ts';
import { type Counter, openCounter } from './counter.ts';

// Many places of one kind, in a search whose words are read after they were written: those are read anew by the clock alone.

let counter: Counter;
const NOON = Date.parse('2026-11-25T12:10:00+08:00');
beforeAll(async () => {
  counter = await openCounter({ now: () => NOON });
});
afterAll(() => counter.close());

test('of hundreds of one kind the nearest is found, whatever it is called and whichever stands first in the books', async () => {
  const { database, searchIndex, calendar, places } = counter.services;
  const chemist = (nth: number) => ({
    ...{ id: randomUUID(), code: `CHEMIST-${nth}`, isSample: false },
    content: {
      ...{
        name: nth === 0 ? '城东路上的平民大药房便民分店' : `大药房${nth}`,
        also: [],
        address: `江海路${nth}号`,
      },
      ...{ area: '', longitude: 121.4 + nth / 5000, latitude: 32.2, telephone: '', hours: '24h' },
      ...{ category: 'water', keeper: 'partner' as const, unitCode: null, note: '', isPublic: true },
      verifiedOn: '2026-11-25',
    },
  });
  const all = Array.from({ length: 450 }, (_, nth) => chemist(nth)).reverse();
  await database.transact((tx) => places.put(all, { by: null, at: NOON }, tx));
  const index = indexChanges({
    ...{ database, searchIndex, calendar },
    language: chineseLanguage(),
    now: () => NOON,
  });
  while ((await index()) > 0);
  const near = async (more: string): Promise<string[]> => {
    const words = encodeURIComponent('大药房');
    const path = `/places/near?words=${words}&longitude=121.4&latitude=32.2&limit=2${more}`;
    const { body } = await counter.ask(counter.people.agent, 'GET', `/v1${path}`);
    return body.places.map(({ place: { code } }: { place: { code: string } }) => code);
  };
  expect(await near('&within=50000')).toEqual(['CHEMIST-0', 'CHEMIST-1']);
  expect(await near('&within=100')).toEqual(['CHEMIST-0', 'CHEMIST-1']);
});
