import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseNumber } from '../../../src/domain/hotlines/number.ts';
import { callerNumberOf } from '../../../src/domain/hotlines/spellings.ts';

test.each([
  ['+8613800138000', '13800138000', ['13800138000', '8613800138000', '008613800138000']],
  ['84110001', '051384110001', ['051384110001', '84110001', '8651384110001', '008651384110001']],
  ['+85221234567', '0085221234567', ['0085221234567']],
])('%s is %s', (raw, number, spellings) => {
  const read = callerNumberOf(raw, '0513');
  expect(read?.number).toBe(number);
  expect([...(read?.spellings ?? [])].sort()).toEqual([...spellings].sort());
});

test('a withheld number, or none, is nobody’s', () => {
  expect(callerNumberOf('', '0513')).toBeNull();
  expect(callerNumberOf('anonymous', '0513')).toBeNull();
});

test('every spelling reads as the number itself', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?[0-9]{3,16}$/), (raw) => {
      const read = callerNumberOf(raw, '0513');
      for (const one of read?.spellings ?? []) expect(normaliseNumber(one, '0513')).toBe(read?.number);
    }),
  );
});
