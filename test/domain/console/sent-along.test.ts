import { expect, test } from 'vitest';
import { type AppealDraft, emptyDraft } from '../../../src/console/pages/desk/form/appeal.ts';
import { forTarget, sentAlong } from '../../../src/console/pages/desk/sent-along.ts';

const written = (place: string, more: Partial<AppealDraft> = {}): AppealDraft => ({
  ...emptyDraft(),
  ...more,
  place,
});

test('the ticket by its number, and of a long place its end, which says where exactly', () => {
  expect(sentAlong('20261127-000012', written(' 如城街道人民路1号 '))).toEqual({
    isDiscreet: false,
    ticket: '20261127-000012',
    location: '如城街道人民路1号',
  });
  const long = sentAlong(null, written(`${'江苏省南通市如东县'.repeat(9)}人民路1号`));
  expect(long.location).toMatch(/人民路1号$/);
  expect([...(long.location ?? '')]).toHaveLength(44);
});

test('what is not written, or is no number of a ticket, is not sent', () => {
  expect(sentAlong(null, written('  '))).toEqual({ isDiscreet: false });
  expect(sentAlong('如东 12', written(''))).toEqual({ isDiscreet: false });
});

test('where it is goes to those who go there', () => {
  const along = sentAlong('T-1', written('人民路1号'));
  for (const kind of ['unit', 'emergency'])
    expect(forTarget(along, kind)).toEqual({ ticket: 'T-1', location: '人民路1号' });
  for (const kind of ['number', 'place', 'expert', 'agent', 'queue'])
    expect(forTarget(along, kind)).toEqual({ ticket: 'T-1' });
});

test.each([{ confidential: true }, { anonymous: true }, { accusedUnitCode: 'urban-management' }])(
  'of an appeal with %o no unit is told where it is, and whoever saves lives is',
  (more) => {
    const along = sentAlong('T-1', written('人民路1号', more));
    expect(forTarget(along, 'unit')).toEqual({ ticket: 'T-1' });
    expect(forTarget(along, 'emergency')).toEqual({ ticket: 'T-1', location: '人民路1号' });
  },
);
