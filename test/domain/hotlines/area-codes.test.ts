import { expect, test } from 'vitest';
import { areaOfNumber } from '../../../src/domain/hotlines/area-codes.ts';

test('a fixed line tells where it is, by a code of three digits or of four', () => {
  expect(areaOfNumber('051384110001')).toEqual({ code: '0513', name: '江苏南通' });
  expect(areaOfNumber('01088886666')).toEqual({ code: '010', name: '北京' });
  expect(areaOfNumber('02155667788')).toEqual({ code: '021', name: '上海' });
  expect(areaOfNumber('02584110001')).toEqual({ code: '025', name: '江苏南京' });
  expect(areaOfNumber('073184110001')).toEqual({ code: '0731', name: '湖南长沙、株洲、湘潭' });
  expect(areaOfNumber('089866778899')).toEqual({ code: '0898', name: '海南' });
});

test('a mobile, a short code, a number from abroad and a code that nobody has tell nothing', () => {
  for (const number of [
    '13800138000',
    '12345',
    '0085223456789',
    '0445123456789',
    '026884110001',
    '',
    '4001234567',
  ])
    expect(areaOfNumber(number)).toBeNull();
});
