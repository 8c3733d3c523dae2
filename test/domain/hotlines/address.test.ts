import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDiversion, parseHistoryInfo, userOf } from '../../../src/domain/hotlines/address.ts';

test.each([
  ['<sip:12319@10.0.0.1>', '12319'],
  ['sip:12319@10.0.0.1;user=phone', '12319'],
  ['"Zhang, San" <sip:+8651312319@host:5060;user=phone>;reason=unconditional', '+8651312319'],
  ['"a <sip:evil@x>" <sips:12319@host>', '12319'],
  ['<tel:+86-513-8411-0001>', '+86-513-8411-0001'],
  ['<tel:12319;phone-context=+86>', '12319'],
  ['<sip:12319;phone-context=+86@host;user=phone>', '12319'],
  ['<sip:%31%32319@host>', '12319'],
  ['<sip:12319:secret@host>', '12319'],
  ['<sip:host>', null],
  ['<sip:@host>', null],
  ['<mailto:a@b>', null],
  ['', null],
])('%s names %s', (value, user) => {
  expect(userOf(value)).toBe(user);
});

test('Diversion: several headers, several entries in one, latest first; what cannot be read is left out', () => {
  expect(
    parseDiversion([
      '"A, B" <sip:111@x;a=",">;reason=busy, <sip:222@x>;reason=no-answer',
      'nonsense',
      '<sip:333@x>;privacy=off',
    ]),
  ).toEqual(['111', '222', '333']);
});

test('History-Info is brought into the order of its indices', () => {
  expect(
    parseHistoryInfo([
      '<sip:12345@x?Reason=SIP%3Bcause%3D302>;index=1.10',
      '<sip:84110001@x>;index=1.2, <sip:12319@x>;index=1',
    ]),
  ).toEqual([
    { user: '12319', index: '1' },
    { user: '84110001', index: '1.2' },
    { user: '12345', index: '1.10' },
  ]);
});

test('no header makes it throw, however broken or long', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    ',',
    ';',
    'sip:',
    'tel:',
    '@',
    '\\',
    'index=',
    '12319',
    '%zz',
    '&',
    ' ',
  );
  const header = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(piece, { maxLength: 200 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(fc.array(header, { maxLength: 8 }), (headers) => {
      expect(parseDiversion(headers).length).toBeLessThanOrEqual(32);
      expect(parseHistoryInfo(headers).length).toBeLessThanOrEqual(32);
    }),
    { numRuns: 300 },
  );
});
