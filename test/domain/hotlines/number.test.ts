import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseNumber, readNumber } from '../../../src/domain/hotlines/number.ts';

const AREA = '0513';

test.each([
  ['12345', '12345'],
  ['051312345', '12345'],
  ['+8651312345', '12345'],
  ['8651312345', '12345'],
  ['+86 513 12345', '12345'],
  ['+8612345', '12345'],
  ['008651312345', '12345'],
  ['110', '110'],
  ['95598', '95598'],
  ['051395598', '95598'],
  ['051384110001', '051384110001'],
  ['84110001', '051384110001'],
  ['8411-0001', '051384110001'],
  ['(0513) 8411 0001', '051384110001'],
  ['+8651384110001', '051384110001'],
  ['+86051384110001', '051384110001'],
  ['8651384110001', '051384110001'],
  ['0086 513 8411 0001', '051384110001'],
  ['86110001', '051386110001'],
  ['13800138000', '13800138000'],
  ['013800138000', '13800138000'],
  ['+8613800138000', '13800138000'],
  ['8613800138000', '13800138000'],
  ['02512345', '02512345'],
  ['01062345678', '01062345678'],
  ['4008123456', '4008123456'],
  ['+14165550100', '0014165550100'],
  ['0014165550100', '0014165550100'],
])('%s is %s', (raw, number) => {
  expect(normaliseNumber(raw, AREA)).toBe(number);
});

test.each([
  ['', 'empty'],
  [' - ', 'empty'],
  ['anonymous', 'characters'],
  ['500&PJSIP/x', 'characters'],
  ['12345;rm', 'characters'],
  ['１２３４５', 'characters'],
  ['++8612345', 'characters'],
  ['12', 'length'],
  ['123456789012345678901', 'length'],
])('%j is no number: %s', (raw, why) => {
  expect(readNumber(raw, AREA)).toEqual({ kind: 'invalid', why });
});

test('one spelling: normalising what is normal changes nothing', () => {
  const digits = fc.array(fc.constantFrom(...'0123456789'), { maxLength: 22 }).map((some) => some.join(''));
  const prefixed = fc.tuple(fc.constantFrom('', '+', '+86', '0086', '86', '0', '0513', '+86513'), digits);
  fc.assert(
    fc.property(prefixed, fc.constantFrom('0513', '010', '0755'), ([prefix, rest], area) => {
      const once = normaliseNumber(prefix + rest, area);
      if (once !== null) expect(normaliseNumber(once, area)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const number = normaliseNumber(text, AREA);
      expect(number === null || /^\d{3,24}$/.test(number)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
