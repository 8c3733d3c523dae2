import { expect, test } from 'vitest';
import { forTarget, sentAlong } from '../../../src/console/pages/desk/sent-along.ts';

test('the ticket by its number, and of a long place its end, which says where exactly', () => {
  expect(sentAlong({ ticket: '20261127-000012', place: ' 如城街道人民路1号 ' })).toEqual({
    ticket: '20261127-000012',
    location: '如城街道人民路1号',
  });
  const long = sentAlong({ ticket: null, place: `${'江苏省南通市如东县'.repeat(9)}人民路1号` });
  expect(long.location).toMatch(/人民路1号$/);
  expect([...(long.location ?? '')]).toHaveLength(44);
});

test('what is not written, or is no number of a ticket, is not sent', () => {
  expect(sentAlong({ ticket: null, place: '  ' })).toEqual({});
  expect(sentAlong({ ticket: '如东 12', place: '' })).toEqual({});
});

test('where it is goes to those who go there', () => {
  const along = { ticket: 'T-1', location: '人民路1号' };
  for (const kind of ['unit', 'emergency']) expect(forTarget(along, kind)).toEqual(along);
  for (const kind of ['number', 'place', 'expert', 'agent', 'queue'])
    expect(forTarget(along, kind)).toEqual({ ticket: 'T-1' });
});
